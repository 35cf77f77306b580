"""The three stages: who stands in each, and what sets them apart.

Members come in with their stage (`analysis.ranking.bands`); here they are counted and described.
"""

import pandas as pd

from analysis.editions import Facts
from analysis.editions import fact_values as fact
from analysis.ranking.bands import BELOW


def tier_table(
    scores: pd.DataFrame, published: pd.DataFrame | None, economy: pd.DataFrame, tiers: pd.DataFrame
) -> pd.DataFrame:
    """One row per basis (published, open) and tier: cities and what sets them apart.

    Medians are over the cities with data.

    Parameters
    ----------
    scores
        The open-data ranking, `scores.csv`: ``adcode, tier, score, index``.
    published
        The published list, `published.csv`: ``adcode, tier``; None without one.
    economy
        GDP (100 million yuan) and GDP per head (yuan) by adcode: ``gdp, gdp_per_head``.
    tiers
        The reference table `tiers.csv`, the highest tier first: ``tier``.
    """
    open_tiers = scores[["adcode", "tier"]].assign(basis="open")
    bases = [] if published is None else [published[["adcode", "tier"]].assign(basis="published")]
    members = pd.concat([*bases, open_tiers]).merge(
        scores[["adcode", "score", "index"]], on="adcode", how="left"
    )
    members = members.join(economy[["gdp", "gdp_per_head"]], on="adcode")
    grouped = members.groupby(["basis", "tier"], sort=False)
    table = grouped.agg(
        cities=("adcode", "size"),
        lowest_score=("score", "min"),
        highest_score=("score", "max"),
        median_index=("index", "median"),
        median_gdp=("gdp", "median"),
        median_gdp_per_head=("gdp_per_head", "median"),
    )
    return in_tier_order(table.reset_index(), tiers)


def in_tier_order(table: pd.DataFrame, tiers: pd.DataFrame) -> pd.DataFrame:
    """Rows by basis (published first) and by tier from the highest."""
    place = {tier: number for number, tier in enumerate(tiers["tier"])}
    order = table.assign(place=table["tier"].map(place)).sort_values(
        ["basis", "place"], ascending=[False, True]
    )
    return order.drop(columns="place").reset_index(drop=True)


def tier_facts(tiers: pd.DataFrame) -> Facts:
    """How many times the median size of the last open-data stage that of the first one is.

    `tiers` is the table of results. A size that either stage has no figures of is left out.
    """
    stages = tiers[(tiers["basis"] == "open") & (tiers["tier"] != BELOW)]
    found: Facts = {}
    for size in ("gdp", "gdp_per_head"):
        median = stages[f"median_{size}"]
        if len(median) > 1 and pd.notna(times := median.iloc[0] / median.iloc[-1]):
            found[size] = fact.number(times, 1)
    return found
