"""The figure that decides: for each city the printed figure that its place hangs on most.

A figure is put in doubt by an ordinary one in its place, the mean of all ranked cities on the scale
of the index. That can be done with every printed figure of every edition; figures of another year
are lacking for half of the measures, and may differ because the city has changed. A gap would not
do: it moves every city that has an ordinary figure in a measure in which most are high.
"""

import numpy as np
import pandas as pd

from analysis.chapters.city_study import with_city
from analysis.editions import Facts
from analysis.editions import fact_values as fact
from analysis.index.composite import CompositeIndex
from analysis.index.robustness.replacement import places_with_ordinary

# So many places of shift are counted as many.
FAR = 10


def deciding_table(
    composite: CompositeIndex, places: pd.Series, cells: pd.DataFrame, cities: pd.DataFrame
) -> pd.DataFrame:
    """The printed figure that each ranked city would move most without.

    Parameters
    ----------
    composite
        The index of record.
    places
        Rank of record by adcode.
    cells
        `cells.csv`: ``adcode, measure, value, unit, status, year, file, line, column``.
    cities
        `cities.csv`: ``adcode, name_en``.

    Returns
    -------
    pd.DataFrame
        One row per ranked city, best first: ``adcode, city, rank, measure, value, unit, status,
        year, file, line, column``; `rank_without`, the place with an ordinary figure instead; and
        `moved`, that place less the rank. Of figures that move a city as far, the first of the
        framework stands. A figure without a line is none that is printed: a list of designations
        does not print the cities that are not on it. A city without any printed figure has no row.
    """
    without = places_with_ordinary(composite)
    printed = cells[cells["line"].notna()]
    known = printed.pivot(index="adcode", columns="measure", values="line")
    known = known.reindex(index=without.index, columns=without.columns).notna()
    shift = without.sub(places[without.index], axis="index").where(known).dropna(how="all")
    measure = shift.abs().idxmax(axis=1)
    found = pd.DataFrame({"unit": shift.index, "rank": places[shift.index].to_numpy()})
    found["measure"] = measure.to_numpy()
    moved = shift.to_numpy()[np.arange(len(shift)), shift.columns.get_indexer(measure)]
    columns = ["value", "unit", "status", "year", "file", "line", "column"]
    table = with_city(found, cities).merge(
        printed[["adcode", "measure", *columns]], on=["adcode", "measure"], how="left"
    )
    table["rank_without"] = (found["rank"] + moved).astype(int)
    table["moved"] = moved.astype(int)
    return table.sort_values(["rank", "adcode"], ignore_index=True)


def deciding_facts(table: pd.DataFrame) -> Facts:
    """How far single figures move cities, and which figures are most often the ones that decide."""
    size = table["moved"].abs()
    count = table["measure"].value_counts().sort_index().sort_values(ascending=False, kind="stable")
    farthest = table.loc[size.sort_values(ascending=False, kind="stable").index]
    most = farthest.iloc[0]
    return {
        "cities": len(table),
        "median": fact.whole(size.median()),
        "median_hundred": fact.whole(size[table["rank"] <= 100].median()),
        "far_places": fact.whole(FAR),
        "far": fact.whole((size >= FAR).sum()),
        "most_often": fact.words(count.index[:1]),
        "most_often_cities": fact.whole(count.iloc[0]),
        "farthest": fact.cities([most["adcode"]]),
        "farthest_measure": fact.words([most["measure"]]),
        "farthest_rank": fact.whole(most["rank"]),
        "farthest_without": fact.whole(most["rank_without"]),
    }
