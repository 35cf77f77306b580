"""Copies of the data with errors drawn, so that the doubt of the figures stays visible as a spread.

A figure of a size is off by a share of itself, so its error is that of its logarithm; a share or
an index is off by points.
"""

import numpy as np
import pandas as pd


def replicated(
    data: pd.DataFrame, errors: pd.DataFrame, count: int, seed: int
) -> list[pd.DataFrame]:
    """Copies of the data in which every figure has an error drawn.

    Errors are normal, with the mean zero, and independent of each other. They are drawn around the
    printed figure, for the truth may lie as far from it as another figure would.

    Parameters
    ----------
    data
        One row per unit, numeric columns, gaps as NaN.
    errors
        By column of the data: ``scale`` (`log` or `points`), ``error`` (the standard deviation, of
        the natural logarithm or in points), ``lowest, highest`` (what a figure cannot go beyond,
        NaN if nothing is known of it). Columns without a row have no error.
    count
        Number of copies.
    seed
        Seed of all draws; copy k is the same however many copies are made.

    Returns
    -------
    list[pd.DataFrame]
        Copies of `data`; gaps stay gaps, and a size of zero stays zero.

    Examples
    --------
    >>> data = pd.DataFrame({"size": [10.0, 0.0], "rate": [99.0, None], "sure": [1.0, 0.0]})
    >>> errors = pd.DataFrame(
    ...     {"scale": ["log", "points"], "error": [0.1, 50.0], "lowest": [None, 0.0],
    ...      "highest": [None, 100.0]}, index=["size", "rate"],
    ... )
    >>> first, second = replicated(data, errors, count=2, seed=1)
    >>> first["sure"].tolist(), float(first.loc[1, "size"]), bool(first["rate"].isna()[1])
    ([1.0, 0.0], 0.0, True)
    >>> bool(0 <= first.loc[0, "rate"] <= 100), bool(first.loc[0, "size"] == 10)
    (True, False)
    """
    known = errors[errors["error"] > 0]
    of_column = known[known.index.isin(data.columns)]
    return [
        _with_errors(data, of_column, np.random.default_rng([seed, number]))
        for number in range(count)
    ]


def _with_errors(
    data: pd.DataFrame, errors: pd.DataFrame, generator: np.random.Generator
) -> pd.DataFrame:
    drawn = pd.DataFrame(generator.standard_normal(data.shape), data.index, data.columns)
    off = drawn[errors.index] * errors["error"]
    figures = data[errors.index]
    logarithmic = errors.index[errors["scale"] == "log"]
    moved = figures + off
    moved[logarithmic] = figures[logarithmic] * np.exp(off[logarithmic])
    bounds = errors[["lowest", "highest"]].astype(float)
    return data.assign(**moved.clip(bounds["lowest"], bounds["highest"], axis="columns"))
