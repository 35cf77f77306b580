"""The published places inside the open intervals: whether the published list is plausible.

An interval holds the places that defensible choices give to a city. A published place inside it
is one that open data could have led to; of one outside it the parts of the index say which figures
stand against it.
"""

import numpy as np
import pandas as pd

from analysis.editions import Facts
from analysis.editions import fact_values as fact
from analysis.index.composite import CompositeIndex
from analysis.index.decomposition import counted_values, effective_weights
from analysis.index.framework import leaves
from analysis.ranking.lineage import summed

# A city is put beside those that the open data place at most so far from its published place.
NEIGHBOURS = 10
# The two intervals, by the column that says where the published place lies.
INTERVALS = {
    "placed": ("rank_low", "rank_high"),
    "placed_technique": ("technique_low", "technique_high"),
}


def published_place_table(
    published: pd.DataFrame, uncertainty: pd.DataFrame, composite: CompositeIndex
) -> pd.DataFrame:
    """The published place of every city beside its open intervals, and what carries a difference.

    Parameters
    ----------
    published
        `published.csv`: ``adcode, city, rank, open_rank``.
    uncertainty
        `uncertainty.csv`: ``adcode, rank_low, rank_high, technique_low, technique_high``.
    composite
        The index of record.

    Returns
    -------
    pd.DataFrame
        Of the cities that both rank, by published place: these columns; `placed` and
        `placed_technique`, whether the published place lies ``inside`` the interval or is
        ``better`` or ``worse``; and the columns of `carrying_parts`.
    """
    bounds = [end for ends in INTERVALS.values() for end in ends]
    both = published[["adcode", "city", "rank", "open_rank"]].dropna(subset="open_rank")
    table = both.merge(uncertainty[["adcode", *bounds]], on="adcode")
    for name, (low, high) in INTERVALS.items():
        table[name] = placed(table["rank"], table[low], table[high])
    open_places = uncertainty.set_index("adcode")["rank"]
    parts = neighbour_parts(composite, table.set_index("adcode")["rank"], open_places)
    carried = carrying_parts(parts, composite.framework, table.set_index("adcode"))
    return table.join(carried, on="adcode").sort_values("rank", ignore_index=True)


def placed(place: pd.Series, low: pd.Series, high: pd.Series) -> np.ndarray:
    """Whether a place is ``better`` than an interval, ``worse``, or ``inside``, ends included."""
    return np.select([place < low, place > high], ["better", "worse"], "inside")


def neighbour_parts(
    composite: CompositeIndex, places: pd.Series, open_places: pd.Series
) -> pd.DataFrame:
    """What every measure adds to the distance of a city from those near its published place.

    Parameters
    ----------
    composite
        The index of record.
    places
        Published place by city.
    open_places
        Rank of record by city, of all ranked cities.

    Returns
    -------
    pd.DataFrame
        Cities × measures, points of the index: the weight that the measure has for the city,
        times its value less the mean of the others whose rank of record lies within `NEIGHBOURS`
        places of the published place. 0 for a gap, which says nothing for or against the city.
    """
    framework, normalised, method = composite.framework, composite.normalised, composite.method
    means = (method.aggregation, method.renormalisation)
    counted = counted_values(normalised, framework, *means)[leaves(framework)]
    weights = effective_weights(normalised, framework, method.renormalisation)
    near = {
        city: open_places.index[open_places.sub(place).abs() <= NEIGHBOURS].drop(
            city, errors="ignore"
        )
        for city, place in places.items()
    }
    usual = pd.DataFrame({city: counted.loc[others].mean() for city, others in near.items()}).T
    return (weights.loc[usual.index] * (counted.loc[usual.index] - usual)).fillna(0.0)


def carrying_parts(
    matrix: pd.DataFrame, framework: pd.DataFrame, places: pd.DataFrame
) -> pd.DataFrame:
    """The domain and the measure that carry the difference between both places most.

    Parameters
    ----------
    matrix
        What `neighbour_parts` gives: cities × measures.
    framework
        The framework of the index: ``code, parent, level``.
    places
        ``rank, open_rank`` by city.

    Returns
    -------
    pd.DataFrame
        By city: `difference`, the sum of all parts; `domain, domain_part` and `measure,
        measure_part`: of a city with a better published place, what holds it back most in the open
        data, and of another one what brings it forward most.
    """
    sums = summed(matrix, framework)
    domains = list(framework.loc[framework["level"] == "domain", "code"])
    held_back = places["rank"] < places["open_rank"]
    side = np.where(held_back.loc[matrix.index], -1.0, 1.0)
    found = {"difference": matrix.sum(axis=1)}
    for name, table in (("domain", sums[domains]), ("measure", matrix)):
        most = table.mul(side, axis="index")
        found[name] = most.idxmax(axis=1)
        found[f"{name}_part"] = most.max(axis=1) * side
    return pd.DataFrame(found)


def plausibility_facts(places: pd.DataFrame) -> Facts:
    """How many published places lie inside the interval of their city, and who stands outside."""
    better, worse = (places[places["placed"] == side] for side in ("better", "worse"))
    return {
        "cities": len(places),
        "all": interval_facts(places, "placed"),
        "technique": interval_facts(places, "placed_technique"),
        "outside": len(better) + len(worse),
        "farthest_better": fact.cities(farthest(better, better["rank_low"] - better["rank"])),
        "farthest_worse": fact.cities(farthest(worse, worse["rank"] - worse["rank_high"])),
        "by_chance": fact.whole(inside_by_chance(places)),
    }


def farthest(places: pd.DataFrame, gap: pd.Series) -> pd.Series:
    """The three cities with the largest gap between published place and interval."""
    return places.loc[gap.sort_values(ascending=False, kind="stable").index[:3], "adcode"]


def interval_facts(places: pd.DataFrame, column: str) -> Facts:
    """Number of cities on each side of one of the two intervals, and the share inside it."""
    sides = places[column]
    count = sides.value_counts()
    return {
        "inside": fact.whole(count.get("inside", 0)),
        "better": fact.whole(count.get("better", 0)),
        "worse": fact.whole(count.get("worse", 0)),
        "inside_share": fact.share((sides == "inside").mean()),
    }


def inside_by_chance(places: pd.DataFrame) -> float:
    """Mean number of cities inside if their published places were dealt out among them anew."""
    places_held = placed(
        places["rank"].to_numpy()[:, None],
        places["rank_low"].to_numpy(),
        places["rank_high"].to_numpy(),
    )
    return float((places_held == "inside").mean(axis=0).sum())
