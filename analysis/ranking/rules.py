"""The kinds of cleaning rules: each says which printed figures cannot be true.

A rule sees figures only, never the name of a city: `wide`, with a row per city and year (index
``adcode, year``) and a column per variable. It returns, for each row, whether it refuses the figure
of the rule's ``variable``.
"""

import numpy as np
import pandas as pd

# Changes are compared with their limit in so many decimals: 0.3 - 0.2 is no less than 0.1.
DECIMALS = 9


def refused_by_ratio(wide: pd.DataFrame, rule: dict) -> np.ndarray:
    """Figures whose ratio to `compared_with` lies outside the bounds of the rule."""
    ratio = wide[rule["variable"]] / nearest_year(wide[rule["compared_with"]])
    return ((ratio < rule["minimum"]) | (ratio > rule["maximum"])).to_numpy()


def refused_by_minimum(wide: pd.DataFrame, rule: dict) -> np.ndarray:
    """Figures below the minimum of the rule."""
    return (wide[rule["variable"]] < rule["minimum"]).to_numpy()


def refused_by_repeat(wide: pd.DataFrame, rule: dict) -> np.ndarray:
    """Figures equal to the year before, to the precision in which they are printed."""
    value = wide[rule["variable"]]
    return (value == year_before(value)).to_numpy() | (
        value == year_before(value).round()
    ).to_numpy()


def refused_by_jump(wide: pd.DataFrame, rule: dict) -> np.ndarray:
    """The odd one of two neighbouring years that differ by the factor `maximum` or more.

    A third year decides which is odd (`odd_years`); failing that, the year whose ratio to
    `compared_with` lies farther, in logarithms, from the median ratio of all cities and years.
    """
    value = wide[rule["variable"]].where(wide[rule["variable"]] > 0)
    ratio = np.log(value / nearest_year(wide[rule["compared_with"]]))
    return odd_years(np.log(value), farness(ratio), np.log(rule["maximum"]))


def refused_by_odds(wide: pd.DataFrame, rule: dict) -> np.ndarray:
    """The odd one of two neighbouring years whose odds differ by the factor `maximum` or more.

    The odds of a part are the part divided by the rest of its whole, `compared_with`. A third year
    decides which is odd (`odd_years`); failing that, the year whose odds lie farther, in
    logarithms, from the median of all cities and years.
    """
    part, whole = wide[rule["variable"]], wide[rule["compared_with"]]
    inside = (part > 0) & (whole > part)
    odds = np.log((part / (whole - part)).where(inside))
    return odd_years(odds, farness(odds), np.log(rule["maximum"]))


def refused_by_step(wide: pd.DataFrame, rule: dict) -> np.ndarray:
    """The odd one of two neighbouring years that differ by `maximum` units or more.

    A third year decides which is odd (`odd_years`); failing that, the year farther from the median
    of all cities and years.
    """
    value = wide[rule["variable"]]
    return odd_years(value, farness(value), rule["maximum"])


RULES = {
    "ratio": refused_by_ratio,
    "minimum": refused_by_minimum,
    "repeat": refused_by_repeat,
    "jump": refused_by_jump,
    "odds": refused_by_odds,
    "step": refused_by_step,
}
# Kinds that judge a figure by its neighbouring years.
OF_NEIGHBOURS = ("jump", "odds", "step")


def odd_years(value: pd.Series, oddness: pd.Series, limit: float) -> np.ndarray:
    """Of two neighbouring years that differ by `limit` or more, the odd one.

    The year before the two and the year after them are witnesses: one that differs by less than
    the limit from only one of the two speaks for that one and against the other. Where the
    witnesses are silent or disagree, the year of the greater `oddness` is the odd one; where that
    is unknown or equal, neither.
    """
    this_year, odd = value.to_numpy(float), oddness.to_numpy(float)
    earlier, odd_before = (year_before(figures).to_numpy(float) for figures in (value, oddness))
    two_before, later = year_before(year_before(value)), year_after(value)
    against = sum(
        far_apart(witness, this_year, limit).astype(int) * close(witness, earlier, limit)
        - far_apart(witness, earlier, limit).astype(int) * close(witness, this_year, limit)
        for witness in (two_before.to_numpy(float), later.to_numpy(float))
    )
    apart = far_apart(this_year, earlier, limit)
    this = apart & ((against > 0) | ((against == 0) & (odd > odd_before)))
    other = apart & ((against < 0) | ((against == 0) & (odd_before > odd)))
    return this | year_after(pd.Series(other.astype(float), value.index)).eq(1).to_numpy()


def far_apart(value: np.ndarray, other: np.ndarray, limit: float) -> np.ndarray:
    """Whether two figures differ by the limit or more; not where one is blank."""
    return np.abs(value - other).round(DECIMALS) >= round(limit, DECIMALS)


def close(value: np.ndarray, other: np.ndarray, limit: float) -> np.ndarray:
    """Whether two figures differ by less than the limit; not where one is blank."""
    return np.abs(value - other).round(DECIMALS) < round(limit, DECIMALS)


def farness(value: pd.Series) -> pd.Series:
    """Distance of each figure from the median of all cities and years."""
    return (value - value.median()).abs()


def year_before(value: pd.Series) -> pd.Series:
    """The same city's value one year earlier."""
    return _shifted(value, 1)


def year_after(value: pd.Series) -> pd.Series:
    """The same city's value one year later."""
    return _shifted(value, -1)


def _shifted(value: pd.Series, years: int) -> pd.Series:
    # Numbers in place of a MultiIndex, which takes ten times as long to be looked up.
    year = value.index.get_level_values("year").to_numpy()
    places = pd.Index(value.index.codes[0].astype(np.int64) * 10_000 + year)
    found = places.get_indexer(places - years)
    return pd.Series(np.where(found >= 0, value.to_numpy()[found], np.nan), value.index)


def nearest_year(value: pd.Series) -> pd.Series:
    """The value itself or, where it is blank, that of the nearest year, the earlier one first."""
    by_city = value.groupby(level="adcode")
    return value.fillna(by_city.ffill()).fillna(by_city.bfill())
