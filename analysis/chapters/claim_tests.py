"""The tests behind the ledger of claims: one function per statement of the white paper.

Each looks at results tables and returns an `Outcome`: what it found, the verdict, and why.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

import pandas as pd

from analysis.editions import Tables
from analysis.language.numbers import decimal, listing, percent

HOLDS, QUALIFIED, FAILS = "holds", "holds with a qualification", "does not hold"
UNTESTABLE = "cannot be tested with public data"
SIZE_WORDS = {"gdp": "GDP", "gdp_per_head": "GDP per head"}
# A rank correlation from 0.7 is called strong here; a shape within a tenth of the best is as good.
STRONG, ABOUT_AS_GOOD = 0.7, 1.1
SHAPES = {"linear": "a straight line", "log_linear": "a logarithm", "power": "a power"}


class Outcome(NamedTuple):
    """What a test found, its verdict, and the reason."""

    found: str
    verdict: str
    reason: str


def verdict(holds: bool, qualified: bool = False) -> str:
    """Holds, holds with a qualification, or does not hold."""
    if not holds:
        return FAILS
    return QUALIFIED if qualified else HOLDS


def lacking(names: list[str]) -> Outcome:
    """The outcome of a test for which the edition has no figures of these."""
    return Outcome("", UNTESTABLE, f"This edition has no figures of {listing(names)}.")


def number_of_cities(tables: Tables) -> Outcome:
    """Places and distinct cities of the list."""
    listed = tables["published"]
    distinct = listed["adcode"].nunique()
    complete = sorted(listed["rank"]) == list(range(1, 101)) and distinct == 100
    return Outcome(str(distinct), verdict(complete), "Places 1 to 100, each with another city.")


def number_of_provinces(tables: Tables) -> Outcome:
    """Provinces with at least one city."""
    provinces = tables["provinces"]
    absent = list(provinces.loc[provinces["published_cities"] == 0, "province"])
    found = len(provinces) - len(absent)
    return Outcome(str(found), verdict(found == 29), f"None lies in {listing(absent or ['-'])}.")


def share_of_east(tables: Tables) -> Outcome:
    """Share of the East in the list."""
    east = tables["regions"].set_index("region").loc["East"]
    number, share = f"{east['published_cities']:.0f}", percent(east["cities_share"])
    reason = f"{number} cities; the East has {share} of all cities."
    return Outcome(percent(east["published_share"]), verdict(east["published_share"] > 0.5), reason)


def share_of_east_and_central(tables: Tables) -> Outcome:
    """Share of East and Central in the list, beside their share of all cities."""
    regions = tables["regions"].set_index("region").loc[["East", "Central"]]
    share, of_all = regions["published_share"].sum(), regions["cities_share"].sum()
    reason = f"The two regions have {percent(of_all)} of all cities."
    return Outcome(percent(share), verdict(share > 0.5, share < of_all), reason)


def order_of_regions(tables: Tables) -> Outcome:
    """Representation in the list and mean index, both from East over Central to West."""
    regions = tables["regions"].set_index("region")
    order = regions.loc[["East", "Central", "West"]]
    listed, index = order["published_representation"], order["mean_index"]
    below = regions.loc["Northeast", "mean_index"] < index["West"]
    found = ", ".join(f"{name} {decimal(share)}" for name, share in listed.items())
    means = ", ".join(f"{name} {decimal(mean, 1)}" for name, mean in index.items())
    reason = f"Mean open-data index: {means}" + (
        "; the Northeast lies below the West." if below else "."
    )
    same = index.is_monotonic_decreasing
    return Outcome(found, verdict(listed.is_monotonic_decreasing, not same or below), reason)


def share_of_three_provinces(tables: Tables) -> Outcome:
    """Share of Jiangsu, Guangdong and Shandong in the list."""
    provinces = tables["provinces"].set_index("province").loc[["Jiangsu", "Guangdong", "Shandong"]]
    numbers = provinces["published_cities"]
    share = provinces["published_share"].sum()
    reason = f"{listing([f'{name} {n:.0f}' for name, n in numbers.items()])} cities."
    return Outcome(percent(share), verdict(percent(share) == percent(0.36)), reason)


def leading_provinces(tables: Tables) -> Outcome:
    """The first four provinces by number of cities, and ties with the fourth."""
    numbers = tables["provinces"].set_index("province")["published_cities"]
    named = numbers.loc[["Jiangsu", "Guangdong", "Shandong", "Zhejiang"]]
    others = numbers.drop(named.index)
    tied = list(others.index[others == named.min()])
    found = ", ".join(f"{name} {number:.0f}" for name, number in named.items())
    reason = (
        f"{listing(tied)} has as many as the fourth." if tied else "No other province has as many."
    )
    return Outcome(found, verdict(others.max() <= named.min(), bool(tied)), reason)


def correlation_with_gdp(tables: Tables) -> Outcome:
    """Rank correlation of published place and of the open index with GDP."""
    return correlation_outcome(tables, "gdp")


def correlation_with_gdp_per_head(tables: Tables) -> Outcome:
    """Rank correlation of published place and of the open index with GDP per head."""
    return correlation_outcome(tables, "gdp_per_head")


def correlation_outcome(tables: Tables, size: str) -> Outcome:
    """Holds if both intervals lie above the limit, fails if neither reaches it."""
    economy = tables["economy"]
    relations = economy[economy["size"].eq(size) & economy["statistic"].eq("spearman")]
    estimates = relations.set_index("level")["estimate"]
    if not {"place", "index"} <= set(estimates.index):
        return lacking([SIZE_WORDS[size]])
    found = f"place {decimal(estimates['place'])}, index {decimal(estimates['index'])}"
    intervals = [
        f"{decimal(low)} to {decimal(high)}"
        for low, high in zip(relations["low"], relations["high"], strict=True)
    ]
    reason = f"95 percent intervals {listing(intervals)}; strong is taken as {STRONG} or more."
    reached, above = (relations["high"] >= STRONG).any(), (relations["low"] >= STRONG).all()
    return Outcome(found, verdict(bool(reached), not above), reason)


def linearity(tables: Tables) -> Outcome:
    """Whether a straight line in GDP per head predicts the index as well as the best shape."""
    fits = tables["economy_fits"].set_index(["size", "shape"])["prediction_error"]
    sizes = set(fits.index.get_level_values("size"))
    if "gdp_per_head" not in sizes:
        return lacking([SIZE_WORDS["gdp_per_head"]])
    error = fits["gdp_per_head"]
    ratio = error["linear"] / error.min()
    found = "errors in points: " + ", ".join(
        f"{SHAPES[str(shape)]} {decimal(points, 1)}" for shape, points in error.items()
    )
    reason = against_gdp(fits["gdp"]) if "gdp" in sizes else "There are no figures of GDP itself."
    return Outcome(found, verdict(bool(ratio < ABOUT_AS_GOOD), bool(ratio > 1)), reason)


def against_gdp(error: pd.Series) -> str:
    """How a straight line and the best shape fare against GDP: errors by shape."""
    curve = SHAPES[str(error.idxmin())]
    return (
        f"Against GDP itself a straight line errs by {decimal(error['linear'], 1)} points, "
        f"the best shape ({curve}) by {decimal(error.min(), 1)}."
    )


def leading_four(tables: Tables) -> Outcome:
    """Whether the four first-tier cities stand in the first stage of the list and the open data."""
    cities, last = ["Beijing", "Shanghai", "Guangzhou", "Shenzhen"], first_stage(tables)
    listed = tables["published"].set_index("city").loc[cities]
    found = ", ".join(f"{city} {place}" for city, place in listed["rank"].items())
    open_places = listing([f"{place:.0f}" for place in listed["open_rank"]])
    reason = f"Their places in the open data: {open_places}; the first stage has {last} cities."
    leading, open_leading = ((listed[name] <= last).all() for name in ("rank", "open_rank"))
    return Outcome(found, verdict(bool(leading), not open_leading), reason)


def first_stage(tables: Tables) -> int:
    """Number of cities in the highest published stage."""
    return int(tables["bands"].dropna(subset="cities")["last_place"].min())


def strong_domains(tables: Tables) -> Outcome:
    """How many of the three named domains have the highest medians among the published cities."""
    return overlap_outcome(tables, "median", ["government", "infrastructure", "governance"])


def weak_livelihood(tables: Tables) -> Outcome:
    """Place of livelihood among the medians of the domains."""
    medians = domain_order(tables, "median")
    if "livelihood" not in medians or len(medians) == 1:
        return lacking(["livelihood or of any other domain"])
    place = medians.index.get_loc("livelihood") + 1
    lower = listing(domain_names(tables, medians.index[place:]) or ["no domain"])
    found = f"place {place} of {len(medians)} by median"
    reason = f"Lower medians: {lower}."
    return Outcome(found, verdict(place > len(medians) / 2, place < len(medians)), reason)


def most_varied(tables: Tables) -> Outcome:
    """How many of the three named domains vary most among the published cities."""
    return overlap_outcome(tables, "variation", ["innovation", "government", "economy"])


def domain_order(tables: Tables, statistic: str) -> pd.Series:
    """Open-data domains over the cities of the published list, from the highest."""
    rows = tables["domains"].query("kind == 'set' and group == 'published'")
    return rows.set_index("domain")[statistic].sort_values(ascending=False)


def overlap_outcome(tables: Tables, statistic: str, named: list[str]) -> Outcome:
    """All of the named among the first as many: holds; all but one: with a qualification.

    Where one of them has no figures, or nothing else has, there is nothing to compare.
    """
    order = domain_order(tables, statistic)
    lost = [domain for domain in named if domain not in order]
    if lost or len(order) == len(named):
        return lacking(domain_names(tables, lost) or ["any other domain"])
    names = domain_names(tables, order.index)
    hits = len(set(named) & set(order.index[: len(named)]))
    reason = f"{hits} of {len(named)} agree; the order is " + ", ".join(
        f"{name} {decimal(value)}" for name, value in zip(names, order, strict=True)
    )
    found = listing(names[: len(named)])
    return Outcome(found, verdict(hits >= len(named) - 1, hits < len(named)), reason + ".")


def domain_names(tables: Tables, codes: Iterable[str]) -> list[str]:
    """Names of domains as the framework has them, in lower case."""
    names = tables["framework"].set_index("code")["name_en"].str.lower()
    return list(names[list(codes)])


def bands(tables: Tables) -> Outcome:
    """Sizes of the bands, and whether each begins where the next lower one ends."""
    limits = tables["bands"].dropna(subset="cities")
    sizes = limits["cities"].astype(int)
    joined = (limits["minimum"].iloc[:-1].to_numpy() == limits["maximum"].iloc[1:].to_numpy()).all()
    found = " + ".join(str(n) for n in sizes[::-1]) + f" = {sizes.sum()}"
    reason = "Each band begins where the one below it ends." if joined else "The bands do not join."
    return Outcome(found, verdict(bool(joined) and sizes.sum() == 100), reason)


def framework_sizes(tables: Tables) -> Outcome:
    """Numbers of domains, sub-domains and indicators."""
    count = tables["framework"]["level"].value_counts()
    sizes = [count[level] for level in ("domain", "subdomain", "indicator")]
    reason = "Counted in the framework as printed."
    return Outcome(", ".join(map(str, sizes)), verdict(sizes == [6, 14, 34]), reason)


def universe(tables: Tables) -> Outcome:
    """Prefecture-level cities in the division codes, and municipalities on the list."""
    level = tables["cities"].set_index("adcode")["level"]
    prefectures = int((level != "municipality").sum())
    ranked = int((level[tables["published"]["adcode"]] == "municipality").sum())
    reason = f"That is every prefecture-level city; {ranked} municipalities are ranked besides."
    return Outcome(str(prefectures), verdict(prefectures == 293, ranked > 0), reason)


def example_cities(tables: Tables) -> Outcome:
    """How many of the cities singled out as examples stand on the list."""
    examples, listed = tables["cases"]["adcode"], set(tables["published"]["adcode"])
    names = tables["cities"].set_index("adcode")["name_en"]
    outside = [names[code] for code in examples if code not in listed]
    found = f"{len(examples) - len(outside)} of {len(examples)}"
    reason = f"Outside the list: {listing(outside or ['none'])}."
    return Outcome(found, verdict(len(outside) < len(examples), bool(outside)), reason)


TESTS: dict[str, Callable[[Tables], Outcome]] = {
    test.__name__: test
    for test in (
        number_of_cities,
        number_of_provinces,
        share_of_east,
        share_of_east_and_central,
        order_of_regions,
        share_of_three_provinces,
        leading_provinces,
        correlation_with_gdp,
        correlation_with_gdp_per_head,
        linearity,
        leading_four,
        strong_domains,
        weak_livelihood,
        most_varied,
        bands,
        framework_sizes,
        universe,
        example_cities,
    )
}
