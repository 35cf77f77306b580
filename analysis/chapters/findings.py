"""The findings that the prose of the report mentions: one function per chapter, by name."""

from collections.abc import Hashable
from typing import Any

import numpy as np
import pandas as pd

from analysis.editions import Facts, Tables
from analysis.editions import fact_values as fact
from analysis.editions.fact_keys import joined, keyed

Row = dict[Hashable, Any]


def ranking_facts(tables: Tables) -> Facts:
    """The head of the open-data ranking and the gap behind it."""
    scores = tables["scores"]
    leaders = list(scores["adcode"].head(5))
    index = scores["index"]
    tiers, count = tables["tiers"]["tier"].unique(), scores["tier"].value_counts()
    return {
        "first": fact.cities(leaders[:1]),
        "leaders": fact.cities(leaders),
        "fifth_index": fact.number(index[4], 1),
        "sixth_index": fact.number(index[5], 1),
        "gap": fact.number(index[4] - index[5], 1),
        "usual_gap": fact.number(-index[5:38].diff().mean(), 1),
        "score_gap": fact.number(scores["score"][4] - scores["score"][5], 1),
        "usual_score_gap": fact.number(-scores["score"][5:38].diff().mean(), 1),
        "first_index": fact.number(index[0], 1),
        "last_index": fact.number(index.iloc[-1], 1),
        "median_index": fact.number(index.median(), 1),
        "by_tier": keyed("stage", tiers, (int(count.get(tier, 0)) for tier in tiers)),
    }


def region_facts(tables: Tables) -> Facts:
    """Places and shares of regions and leading provinces, by each body of evidence there is."""
    bases = ["published", "open"] if "published" in tables else ["open"]
    regions, provinces = tables["regions"], tables["provinces"]
    places = (place_facts(row, bases) for row in regions.to_dict("records"))
    found: Facts = {
        "by_region": keyed("region", regions["region"].str.lower(), places),
        "leading_provinces": fact.provinces(provinces["province"].head(3)),
        "leading_open_share": fact.share(provinces["open_share"].head(3).sum()),
    }
    return joined(found, published_province_facts(provinces) if "published" in tables else {})


def place_facts(region: Row, bases: list[str]) -> Facts:
    """Cities of one region, and its places by each body of evidence."""
    cities, share = fact.whole(region["cities"]), fact.share(region["cities_share"])
    found: Facts = {"cities": cities, "cities_share": share}
    for basis in bases:
        found[basis] = f"{region[f'{basis}_cities']:.0f}"
        found[f"{basis}_share"] = fact.share(region[f"{basis}_share"])
        found[f"{basis}_representation"] = fact.number(region[f"{basis}_representation"])
    return found


def published_province_facts(provinces: pd.DataFrame) -> Facts:
    """Published places of the leading provinces, and the provinces without any."""
    places, province = provinces["published_cities"], provinces["province"]
    return {
        "leading_numbers": fact.listed([fact.whole(number) for number in places.head(3)]),
        "leading_share": fact.share(provinces["published_share"].head(3).sum()),
        "published_provinces": fact.whole((places > 0).sum()),
        "absent_provinces": fact.provinces(province[places == 0]),
    }


def domain_facts(domains: pd.DataFrame) -> Facts:
    """Order of the domains by level and by spread among the leading hundred of the open data."""
    hundred = domains[domains["group"] == "open"]
    level = hundred.sort_values("median", ascending=False)
    spread = hundred.sort_values("variation", ascending=False)
    described = (
        {"median": fact.number(row["median"], 1), "variation": fact.number(row["variation"])}
        for row in hundred.to_dict("records")
    )
    return {
        "highest": fact.words(level["domain"].head(2)),
        "lowest": fact.words(level["domain"].tail(2)),
        "most_varied": fact.words(spread["domain"].head(3)),
        "least_varied": fact.words([spread["domain"].iloc[-1]]),
        "by_domain": keyed("domain", hundred["domain"], described),
    }


def economy_facts(tables: Tables) -> Facts:
    """Correlations with economic size, the best shapes, and the cities off the curve.

    A size without figures has no correlations and no shape.
    """
    shapes = tables["economy_fits"].set_index("shape")
    fits, by_head = (shapes[shapes["size"] == size] for size in ("gdp", "gdp_per_head"))
    return joined(
        {"by_relation": relation_facts(tables["economy"])},
        {} if fits.empty else shape_facts(fits, tables["economy_cities"]),
        {} if by_head.empty else head_facts(by_head),
    )


def head_facts(fits: pd.DataFrame) -> Facts:
    """The shapes against GDP per head (`fits`, by shape): the best, and a straight line."""
    best = fits.index[fits["best"] == 1][0]
    return {
        "head_shape": fact.words([f"said_shape_{best}"]),
        "head_error": fact.number(fits.loc[best, "prediction_error"], 1),
        "head_linear_error": fact.number(fits.loc["linear", "prediction_error"], 1),
    }


def shape_facts(fits: pd.DataFrame, off: pd.DataFrame) -> Facts:
    """The shapes (`fits`, by shape), and the cities farthest `off` the best one."""
    best = fits.index[fits["best"] == 1][0]
    return {
        "by_shape": keyed("shape", fits.index, map(fit_facts, fits.to_dict("records"))),
        "best_shape": fact.words([f"said_shape_{best}"]),
        "linearity": fact.sentence("economy_linearity", best=best),
        "exponent": fact.number(fits.loc["power", "slope"]),
        "doubling": doubling_facts(fits.loc["power"], off["gdp"].median()),
        "above": fact.cities(off["adcode"].head(3)),
        "below": fact.cities(off["adcode"].tail(3)[::-1]),
    }


def relation_facts(economy: pd.DataFrame) -> Facts:
    """Both rank correlations of every level with every size, by level and size."""
    spearman, kendall = (economy[economy["statistic"] == name] for name in ("spearman", "kendall"))
    tau = kendall.set_index(["level", "size"])["estimate"]
    described = (
        {
            "rho": fact.number(row["estimate"]),
            "interval": fact.interval(row),
            "tau": fact.number(tau[row["level"], row["size"]]),
            "n": fact.whole(row["n"]),
        }
        for _, row in spearman.iterrows()
    )
    return keyed("relation", spearman["level"] + "_" + spearman["size"], described)


def fit_facts(fit: Row) -> Facts:
    """How well one shape describes the index by GDP."""
    return {
        "r_squared": fact.number(fit["r_squared"]),
        "error": fact.number(fit["prediction_error"], 1),
    }


def doubling_facts(power: pd.Series, gdp: float) -> Facts:
    """Index points between a city of the median GDP and one of twice as much, along the power."""
    once, twice = (np.exp(power["intercept"]) * (k * gdp) ** power["slope"] for k in (1, 2))
    return {
        "median_gdp": fact.number(gdp, 0),
        "median_expected": fact.number(once, 1),
        "points": fact.number(twice - once, 1),
    }


def published_facts(tables: Tables) -> Facts:
    """The published list in numbers."""
    listed = tables["published"]
    leaders, open_leaders = (
        set(tables[name]["adcode"].head(5)) for name in ("published", "scores")
    )
    without = listed.loc[listed["open_rank"].isna(), "adcode"]
    return {
        "count": len(listed),
        "leaders": fact.cities(listed["adcode"].head(5)),
        "same_five": len(leaders & open_leaders),
        "unranked": len(without),
        "unranked_names": fact.cities(without),
    }


def agreement_facts(tables: Tables) -> Facts:
    """How far the two rankings agree, and where they differ most."""
    agreement = tables["agreement"].set_index(["yardstick", "statistic"])
    off = tables["disagreements"]
    found: Facts = {}
    for yardstick in tables["agreement"]["yardstick"].unique():
        rho = agreement.loc[(yardstick, "spearman")]
        facts: Facts = {
            "rho": fact.number(rho["estimate"]),
            "interval": fact.interval(rho),
            "tau": fact.number(agreement.loc[(yardstick, "kendall"), "estimate"]),
            "n": fact.whole(rho["n"]),
            "common": fact.whole(agreement.loc[(yardstick, "common"), "estimate"]),
            "listed": fact.number(agreement.loc[(yardstick, "listed"), "estimate"], 3),
            "listed_interval": fact.interval(agreement.loc[(yardstick, "listed")]),
        }
        if (yardstick, "partial") in agreement.index:
            partial = agreement.loc[(yardstick, "partial")]
            facts["partial"] = fact.number(partial["estimate"])
            facts["partial_interval"] = fact.interval(partial)
        found[yardstick] = facts
    worst = off.iloc[0]
    found["largest"] = fact.cities(off["adcode"].head(3))
    found["largest_city"] = fact.cities([worst["adcode"]])
    found["largest_published"] = fact.whole(worst["rank"])
    found["largest_open"] = fact.whole(worst["open_rank"])
    found["largest_domain"] = fact.words([worst["weakest_domain"]])
    found["median_difference"] = fact.whole(off["difference"].abs().median())
    found["within_ten"] = fact.whole((off["difference"].abs() <= 10).sum())
    return found
