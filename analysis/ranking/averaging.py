"""The mean over several years, for a measure that differs from year to year by noise.

Years are not alike: a questionnaire changes, and with it the figures of all cities. So a figure
enters as its distance from the mean of all cities in its year, and the mean of all cities in the
data year is added to the mean of these distances.
"""

import pandas as pd

AVERAGED_COLUMNS = [
    "adcode", "city", "measure", "year", "printed", "value", "year_mean", "deviation", "file",
    "line", "column",
]  # fmt: skip


def window(measure: dict, data_year: int) -> range:
    """The years over which the value of a measure is the mean, the data year among them."""
    first, last = data_year - measure["years_before"], data_year + measure["years_after"]
    return range(int(first), int(last) + 1)


def is_averaged(measures: pd.DataFrame) -> pd.Series:
    """Whether the value of a measure is the mean of several years."""
    return (measures["years_before"] + measures["years_after"]) > 0


def entering_years(usable: pd.DataFrame, measure: dict, data_year: int) -> pd.DataFrame:
    """The usable readings of a measure in its window, with the mean of their year.

    Parameters
    ----------
    usable
        Readings that no rule refuses: ``adcode, variable, year, value`` and their place.
    measure
        ``measure, variable, years_before, years_after``.
    data_year
        The year that the edition describes. Without a figure of it nothing enters: the measure
        is lost, and other years do not stand in for it.

    Returns
    -------
    pd.DataFrame
        The readings with ``measure``; ``year_mean``, the mean of all cities that have a figure of
        the year; and ``deviation``, the figure less that mean.
    """
    inside = usable["year"].isin(window(measure, data_year))
    mine = usable[(usable["variable"] == measure["variable"]) & inside]
    if not mine["year"].eq(data_year).any():
        mine = mine.iloc[:0]
    mean = mine.groupby("year")["value"].transform("mean")
    named = mine.assign(measure=measure["measure"], year_mean=mean)
    return named.assign(deviation=named["value"] - mean)


def mean_values(entering: pd.DataFrame, data_year: int) -> pd.DataFrame:
    """The value of each city (index adcode) from the years that enter.

    Returns
    -------
    pd.DataFrame
        ``value``, the mean deviation plus the mean of the data year; ``averaged``, the years with
        a stroke between them, empty where the data year stands alone and the figure is as printed.
    """
    ordered = entering.sort_values(["adcode", "year"])
    by_city = ordered.groupby("adcode")
    of_data_year = ordered[ordered["year"] == data_year]
    level = of_data_year["year_mean"].iloc[0] if len(of_data_year) else float("nan")
    years = by_city["year"].agg(lambda found: "|".join(map(str, found)))
    alone = years.eq(str(data_year))
    printed = of_data_year.set_index("adcode")["value"].reindex(years.index)
    value = (level + by_city["deviation"].mean()).mask(alone, printed)
    return pd.DataFrame({"value": value, "averaged": years.mask(alone, "")})
