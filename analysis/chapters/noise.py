"""How well the figures of one year repeat in another: what of a measure is the city, what noise.

A figure that measures something lasting comes out alike in two years close to each other. Where it
does not, and two years apart it does no worse than one, what differs is noise and not change.
"""

import math
from itertools import combinations, pairwise

import numpy as np
import pandas as pd

from analysis.editions import Facts
from analysis.editions import fact_values as fact
from analysis.ranking.averaging import entering_years, is_averaged, window

# With fewer cities than this a correlation is not shown.
LEAST_CITIES = 10
# A correlation of two neighbouring years above which a measure is called steady.
STEADY = 0.9
# Years that it takes to tell error from change.
WAVES = 3
# On which scale the figures of each kind are off; designations are not.
SCALES = {"size": "log", "share": "points", "index": "points"}


def repeat_table(usable: pd.DataFrame, measures: pd.DataFrame) -> pd.DataFrame:
    """The correlation of each measure between every two years, over the cities that have both.

    Parameters
    ----------
    usable
        Readings that no rule refuses: ``adcode, variable, year, value``.
    measures
        `measures.csv`: ``measure, variable``.

    Returns
    -------
    pd.DataFrame
        ``measure, first_year, second_year, cities, pearson, spearman``; pairs of years of fewer
        than `LEAST_CITIES` cities, or in which all have one figure, are left out.
    """
    columns = ["measure", "first_year", "second_year", "cities", "pearson", "spearman"]
    rows = []
    for measure, variable in measures[["measure", "variable"]].itertuples(index=False):
        mine = usable[usable["variable"] == variable]
        wide = mine.pivot_table(index="adcode", columns="year", values="value")
        for first, second in combinations(wide.columns, 2):
            both = wide[[first, second]].dropna()
            if len(both) >= LEAST_CITIES and both.nunique().gt(1).all():
                found = (both[first].corr(both[second], way) for way in ("pearson", "spearman"))
                rows.append([measure, int(first), int(second), len(both), *found])
    return pd.DataFrame(rows, columns=columns)


def year_error_table(usable: pd.DataFrame, measures: pd.DataFrame, data_year: int) -> pd.DataFrame:
    """How far off the figures of each measure are, judged by how unevenly two years differ.

    From one year to the next all cities change; by how much a city's change departs from the
    middle one is taken for the errors of both years, each of which has half of the variance. So
    what truly changes from city to city counts as error, and what is wrong alike in both years
    does not. The standard deviation is put at √(π/2) of the mean absolute departure, as for a
    normal error (Geary 1935): the squares would be decided by a few leaps, and the median is zero
    where most cities print the same rate twice.

    Parameters
    ----------
    usable
        Readings that no rule refuses: ``adcode, variable, year, value``.
    measures
        `measures.csv`: ``measure, variable, kind, years_before, years_after``.
    data_year
        The year that the edition describes.

    Returns
    -------
    pd.DataFrame
        ``measure``; ``scale``: `log` (natural logarithms of sizes) or `points` (shares and
        indices), empty for designations; ``years``, all that stand beside another one, with a
        stroke between them; ``cities``, the changes of a city from year to year in all; ``error``
        of one year; ``averaged_years``, how many years the value of the edition is the mean of;
        ``value_error``, the error of that mean, for independent errors of the years. Where no two
        years stand side by side for `LEAST_CITIES` cities there is no error.
    """
    rows = []
    for measure in measures.to_dict("records"):
        scale = SCALES.get(measure["kind"], "")
        years, changes = yearly_changes(usable[usable["variable"] == measure["variable"]], scale)
        known = len(changes) >= LEAST_CITIES
        error = year_error(changes) if known else None
        count = entering_years(usable, measure, data_year)["year"].nunique()
        averaged = max(1, count) if is_averaged(pd.DataFrame([measure]))[0] else 1
        rows.append(
            {
                "measure": measure["measure"],
                "scale": scale,
                "years": "|".join(map(str, years)) if known else "",
                "cities": len(changes) if known else 0,
                "error": error,
                "averaged_years": averaged,
                "value_error": None if error is None else error / averaged**0.5,
            }
        )
    numbers = {"error": float, "value_error": float}
    return pd.DataFrame(rows).astype(numbers)


def yearly_changes(mine: pd.DataFrame, scale: str) -> tuple[list[int], pd.Series]:
    """Years of one variable that stand side by side, and the changes less the middle of each.

    The changes are those of logarithms of positive figures, or of points; none without a scale.
    """
    changes = [pd.Series(dtype=float)]
    if not scale:
        return [], changes[0]
    wide = mine.pivot_table(index="adcode", columns="year", values="value")
    wide = np.log(wide.where(wide > 0)) if scale == "log" else wide
    years: set[int] = set()
    for first, second in pairwise(wide.columns):
        if second - first == 1:
            change = (wide[second] - wide[first]).dropna()
            changes.append(change - change.median())
            years |= {int(first), int(second)} if len(change) else set()
    return sorted(years), pd.concat([each for each in changes if len(each)] or changes)


def year_error(changes: pd.Series) -> float:
    """The error of one year from departures of changes, each of which has the errors of two.

    √(π/2) times their mean size is their standard deviation, and half of its square is left.

    >>> round(year_error(pd.Series([-2.0, 2.0])), 4)  # 2 × 1.2533 / 1.4142
    1.7725
    """
    return float(changes.abs().mean() * math.sqrt(math.pi / 2) / math.sqrt(2))


def one_year_reliability(first_second: float, first_third: float, second_third: float) -> float:
    """The reliability of one year from the correlations of three: r12 × r23 / r13 (Heise 1969).

    It takes the error of each year as independent, and what is measured as changing step by step,
    so that years far apart are alike only by way of those between them.

    >>> one_year_reliability(0.6, 0.45, 0.6)
    0.8
    """
    return first_second * second_third / first_third


def mean_reliability(single: float, years: int) -> float:
    """The reliability of the mean of several years, each of reliability `single`.

    Spearman and Brown (1910): k r / (1 + (k - 1) r). It takes the years as parallel.

    >>> mean_reliability(0.5, 3)
    0.75
    """
    return years * single / (1 + (years - 1) * single)


def noise_facts(
    repeats: pd.DataFrame, averaged: pd.DataFrame, measures: pd.DataFrame, data_year: int
) -> Facts:
    """What is averaged over which years, and how well single years repeat.

    Parameters
    ----------
    repeats
        `repeats.csv`: ``measure, first_year, second_year, pearson``.
    averaged
        `averaged.csv`: ``measure, year``.
    measures
        `measures.csv`: ``measure, years_before, years_after``.
    data_year
        The year that the edition describes.
    """
    chosen = measures[is_averaged(measures)].to_dict("records")
    found = [averaged_years(repeats, averaged, measure, data_year) for measure in chosen]
    neighbours = repeats[repeats["second_year"] - repeats["first_year"] == 1]
    least = neighbours.groupby("measure", sort=False)["pearson"].min()
    shaky = least[least <= STEADY].sort_values(kind="stable")
    return {
        "account": fact.sentence("noise_account", measures=found),
        "repeats": fact.sentence(
            "noise_repeats", measures=len(least), limit=STEADY, shaky=list(shaky.index)
        ),
    }


def averaged_years(
    repeats: pd.DataFrame, averaged: pd.DataFrame, measure: dict, data_year: int
) -> dict[str, object]:
    """The years that a measure is averaged over, those that lack, and what a mean is worth."""
    years = {int(year) for year in averaged.loc[averaged["measure"] == measure["measure"], "year"]}
    pairs = repeats[repeats["measure"] == measure["measure"]]
    pearson = pairs.set_index(["first_year", "second_year"])["pearson"]
    return {
        "measure": measure["measure"],
        "years": sorted(years),
        "lacking": [year for year in window(measure, data_year) if year not in years],
        "correlations": [fact.rounded(value) for value in pearson],
        "reliability": reliabilities(pearson, len(years)),
    }


def reliabilities(pearson: pd.Series, years: int) -> dict[str, float]:
    """Reliability of one year and of the mean of so many, where three waves allow to tell.

    `pearson` holds the correlations by ``first_year, second_year``.
    """
    waves = sorted({year for pair in pearson.index for year in pair})
    if len(waves) != WAVES or len(pearson) != WAVES or not pearson.gt(0).all():
        return {}
    single = one_year_reliability(*pearson.sort_index())
    found = {"single": single, "mean": mean_reliability(single, years)}
    return {name: fact.rounded(value) for name, value in found.items()}
