"""How well the figures of one year repeat in another: what of a measure is the city, what noise.

A figure that measures something lasting comes out alike in two years close to each other. Where it
does not, and two years apart it does no worse than one, what differs is noise and not change.
"""

from itertools import combinations

import pandas as pd

from analysis.editions import Facts
from analysis.editions import fact_values as fact
from analysis.ranking.averaging import is_averaged, window

# With fewer cities than this a correlation is not shown.
LEAST_CITIES = 10
# A correlation of two neighbouring years above which a measure is called steady.
STEADY = 0.9
# Years that it takes to tell error from change.
WAVES = 3


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
