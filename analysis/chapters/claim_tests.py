"""The tests behind the ledger of claims: one function per kind of statement of the white paper.

Each looks at results tables, at what the claim is about (`subjects`: codes) and at the numbers that
it leads one to expect, and returns an `Outcome`. ``claim_tests.csv`` says what each test asks.
"""

from collections.abc import Callable

import pandas as pd

from analysis.chapters import claim_conditions as conditions
from analysis.chapters.claim_outcomes import Outcome, Stated, Value, figures, judged, lacking
from analysis.chapters.claim_tests_of_places import TESTS_OF_PLACES
from analysis.chapters.claim_verdicts import verdict
from analysis.editions import Tables
from analysis.editions import fact_values as fact


def number_of_cities(tables: Tables, claim: Stated) -> Outcome:
    """Places and distinct cities of the list."""
    (wanted,) = claim.numbers
    listed = tables["published"]
    distinct = listed["adcode"].nunique()
    complete = sorted(listed["rank"]) == list(range(1, int(wanted) + 1)) and distinct == wanted
    reason = fact.sentence("claim_places", last=int(wanted), complete=bool(complete))
    return Outcome(fact.number(wanted, 0), fact.number(distinct, 0), verdict(complete), reason)


def number_of_provinces(tables: Tables, claim: Stated) -> Outcome:
    """Provinces with at least one city."""
    (wanted,) = claim.numbers
    provinces = tables["provinces"]
    absent = list(provinces.loc[provinces["published_cities"] == 0, "province"])
    found = len(provinces) - len(absent)
    reason = fact.sentence("claim_absent_provinces", provinces=absent)
    return Outcome(fact.number(wanted, 0), fact.number(found, 0), verdict(found == wanted), reason)


def share_of_regions(tables: Tables, claim: Stated) -> Outcome:
    """Share of regions in the list, beside their share of all cities."""
    (limit,) = claim.numbers
    regions = tables["regions"].set_index("region").loc[claim.subjects]
    share, of_all = regions["published_share"].sum(), regions["cities_share"].sum()
    reason = fact.sentence(
        "claim_regions", regions=claim.subjects, share=fact.rounded(of_all),
        cities=fact.whole(regions["published_cities"].sum()),
    )  # fmt: skip
    expected = fact.sentence("claim_expects_above", share=limit)
    return Outcome(
        expected, fact.share(share), verdict(share > limit, qualified=share < of_all), reason
    )


def order_of_regions(tables: Tables, claim: Stated) -> Outcome:
    """Representation in the list and mean index, both from the first region to the last."""
    regions = tables["regions"].set_index("region")
    order = regions.loc[claim.subjects]
    listed, index = order["published_representation"], order["mean_index"]
    others = regions["mean_index"].drop(index=claim.subjects)
    below = list(others.index[others < index.iloc[-1]])
    reason = fact.sentence("claim_region_means", below=below, **figures(index, 1))
    condition = conditions.regions_in_order(listed.to_numpy(), index.to_numpy(), others.to_numpy())
    found = fact.sentence("claim_figures", **figures(listed))
    expected = fact.sentence("claim_expects_order", codes=claim.subjects)
    return judged(expected, found, condition, reason)


def share_of_provinces(tables: Tables, claim: Stated) -> Outcome:
    """Share of some provinces in the list."""
    (wanted,) = claim.numbers
    provinces = tables["provinces"].set_index("province").loc[claim.subjects]
    share = provinces["published_share"].sum()
    reason = fact.sentence("claim_province_cities", **figures(provinces["published_cities"], 0))
    expected = fact.sentence("claim_expects_share", share=wanted)
    holds = verdict(round(100 * share) == round(100 * wanted))
    return Outcome(expected, fact.share(share), holds, reason)


def leading_provinces(tables: Tables, claim: Stated) -> Outcome:
    """The first provinces by number of cities, and ties with the last of them."""
    numbers = tables["provinces"].set_index("province")["published_cities"]
    named = numbers.loc[claim.subjects]
    others = numbers.drop(named.index)
    tied = list(others.index[others == named.min()])
    reason = fact.sentence("claim_tied_provinces", provinces=tied, place=len(named))
    found = fact.sentence("claim_figures", **figures(named, 0))
    holds = verdict(others.max() <= named.min(), qualified=bool(tied))
    return Outcome(fact.sentence("claim_expects_leading"), found, holds, reason)


def correlation_with_size(tables: Tables, claim: Stated) -> Outcome:
    """Rank correlation of published place and of the open index with a size.

    Holds if both intervals lie above the limit, fails if neither reaches it.
    """
    (size,), (limit,) = claim
    expected = fact.sentence("claim_expects_strong", limit=limit)
    economy = tables["economy"]
    relations = economy[economy["size"].eq(size) & economy["statistic"].eq("spearman")]
    estimates = relations.set_index("level")["estimate"]
    if not {"place", "index"} <= set(estimates.index):
        return lacking(expected, [size])
    found = fact.sentence(
        "claim_correlations",
        **{level: fact.rounded(estimates[level]) for level in ("place", "index")},
    )
    intervals = [[fact.rounded(row.low), fact.rounded(row.high)] for row in relations.itertuples()]
    reason = fact.sentence("claim_intervals", intervals=intervals, limit=limit)
    low, high = (relations[name].to_numpy() for name in ("low", "high"))
    return judged(expected, found, conditions.strong(low, high, limit), reason)


def linearity(tables: Tables, claim: Stated) -> Outcome:
    """Whether a straight line in a size predicts the index as well as the best shape."""
    (size,), (limit,) = claim
    expected = fact.sentence("claim_expects_line", limit=limit)
    fits = tables["economy_fits"].set_index("shape").groupby("size")["prediction_error"]
    errors = {str(name): error for name, error in fits}
    if size not in errors:
        return lacking(expected, [size])
    error = errors.pop(size)
    found = fact.sentence("claim_errors", **figures(error, 1))
    condition = conditions.straight(error["linear"], error.min(), limit)
    reason = fact.sentence("claim_other_sizes", sizes=bests(errors))
    return judged(expected, found, condition, reason)


def bests(errors: dict[str, pd.Series]) -> list[Value]:
    """How a straight line and the best shape fare against sizes: errors by shape for each."""
    return [
        {
            "size": size,
            "best": str(error.idxmin()),
            "error": fact.rounded(error.min()),
            "linear": fact.rounded(error["linear"]),
        }
        for size, error in errors.items()
    ]


def leading_cities(tables: Tables, claim: Stated) -> Outcome:
    """Whether some cities stand in the first stage of the list and of the open data."""
    last = first_stage(tables)
    listed = tables["published"].set_index("adcode").loc[claim.subjects]
    open_places = [None if pd.isna(rank) else int(rank) for rank in listed["open_rank"]]
    reason = fact.sentence("claim_open_places", places=open_places, stage=last)
    place, ranked = (listed[name].to_numpy(dtype=float) for name in ("rank", "open_rank"))
    condition = conditions.in_first_stage(place, ranked, last)
    found = fact.sentence("claim_city_places", **figures(listed["rank"], 0))
    expected = fact.sentence("claim_expects_first_stage", count=len(listed))
    return judged(expected, found, condition, reason)


def first_stage(tables: Tables) -> int:
    """Number of cities in the highest published stage."""
    return int(tables["bands"].dropna(subset="cities")["last_place"].min())


def highest_domains(tables: Tables, claim: Stated) -> Outcome:
    """How many of the domains named have the highest medians among the published cities."""
    return overlap_outcome(domain_order(tables, "median"), claim.subjects, "claim_expects_highest")


def most_varied_domains(tables: Tables, claim: Stated) -> Outcome:
    """How many of the domains named vary most among the published cities."""
    order = domain_order(tables, "variation")
    return overlap_outcome(order, claim.subjects, "claim_expects_varied")


def lowest_domain(tables: Tables, claim: Stated) -> Outcome:
    """Place of a domain among the medians of the domains."""
    (domain,) = claim.subjects
    expected = fact.sentence("claim_expects_lowest")
    medians = domain_order(tables, "median")
    if domain not in medians or len(medians) == 1:
        return lacking(expected, [] if domain in medians else [domain])
    place = int(medians.index.get_loc(domain)) + 1
    found = fact.sentence("claim_place_of", place=place, of=len(medians))
    reason = fact.sentence("claim_lower_medians", domains=list(medians.index[place:]))
    holds = verdict(place > len(medians) / 2, qualified=place < len(medians))
    return Outcome(expected, found, holds, reason)


def domain_order(tables: Tables, statistic: str) -> pd.Series:
    """Open-data domains over the cities of the published list, from the highest."""
    rows = tables["domains"].query("kind == 'set' and group == 'published'")
    return rows.set_index("domain")[statistic].sort_values(ascending=False)


def overlap_outcome(order: pd.Series, named: list[str], expects: str) -> Outcome:
    """All of the named among the first as many: holds; all but one: with a qualification.

    The reason says with which probability chance alone would do as much. Where one of them has
    no figures, or nothing else has, there is nothing to compare.
    """
    expected = fact.sentence(expects, count=len(named))
    lost = [domain for domain in named if domain not in order]
    if lost or len(order) == len(named):
        return lacking(expected, lost)
    first = list(order.index[: len(named)])
    hits = pd.Series(named).isin(first).to_numpy()
    chance = conditions.chance_among(len(named), len(order))
    reason = fact.sentence(
        "claim_agreeing", agree=int(hits.sum()), of=len(named), chance=fact.rounded(chance),
        enough=conditions.needed(len(named)), **figures(order),
    )  # fmt: skip
    return judged(expected, fact.words(first), conditions.nearly_all(hits), reason)


def bands(tables: Tables, claim: Stated) -> Outcome:
    """Sizes of the bands from the lowest, and whether each begins where the one below it ends."""
    limits = tables["bands"].dropna(subset="cities")
    sizes = [int(cities) for cities in limits["cities"]][::-1]
    joined = (limits["minimum"].iloc[:-1].to_numpy() == limits["maximum"].iloc[1:].to_numpy()).all()
    wanted = [int(number) for number in claim.numbers]
    return Outcome(
        fact.sentence("claim_expects_bands", sizes=wanted),
        fact.sentence("claim_band_sizes", sizes=sizes),
        verdict(bool(joined) and sizes == wanted),
        fact.sentence("claim_bands_join", joined=bool(joined)),
    )


def framework_sizes(tables: Tables, claim: Stated) -> Outcome:
    """Numbers of domains, sub-domains and indicators."""
    count = tables["framework"]["level"].value_counts()
    sizes = [int(count[level]) for level in ("domain", "subdomain", "indicator")]
    wanted = [int(number) for number in claim.numbers]
    expected, found = (fact.sentence("claim_sizes", sizes=each) for each in (wanted, sizes))
    return Outcome(expected, found, verdict(sizes == wanted), fact.sentence("claim_as_printed"))


def universe(tables: Tables, claim: Stated) -> Outcome:
    """Prefecture-level cities in the division codes, and municipalities on the list."""
    (wanted,) = claim.numbers
    level = tables["cities"].set_index("adcode")["level"]
    prefectures = int((level != "municipality").sum())
    ranked = int((level[tables["published"]["adcode"]] == "municipality").sum())
    holds = verdict(prefectures == wanted, qualified=ranked > 0)
    reason = fact.sentence("claim_municipalities", ranked=ranked)
    return Outcome(fact.number(wanted, 0), fact.number(prefectures, 0), holds, reason)


def example_cities(tables: Tables, claim: Stated) -> Outcome:
    """How many of the cities singled out as examples stand on the list."""
    (wanted,) = claim.numbers
    examples, listed = tables["cases"]["adcode"], set(tables["published"]["adcode"])
    outside = [code for code in examples if code not in listed]
    inside = len(examples) - len(outside)
    holds = verdict(inside > 0 and len(examples) == wanted, qualified=bool(outside))
    expected = fact.sentence("claim_part_of", part=int(wanted), of=int(wanted))
    found = fact.sentence("claim_part_of", part=inside, of=len(examples))
    return Outcome(expected, found, holds, fact.sentence("claim_outside", cities=outside))


TESTS: dict[str, Callable[[Tables, Stated], Outcome]] = {
    test.__name__: test
    for test in (
        number_of_cities,
        number_of_provinces,
        share_of_regions,
        order_of_regions,
        share_of_provinces,
        leading_provinces,
        correlation_with_size,
        linearity,
        leading_cities,
        highest_domains,
        lowest_domain,
        most_varied_domains,
        bands,
        framework_sizes,
        universe,
        example_cities,
    )
} | TESTS_OF_PLACES
