"""Redundancy: pairs of columns that tell nearly the same, and what both weigh together."""

from itertools import combinations

import pandas as pd

# As many decimals of a correlation are compared with the limit.
DECIMALS = 9


def redundant_pairs(values: pd.DataFrame, weights: pd.Series, limit: float) -> pd.DataFrame:
    """List the pairs of columns whose correlation (Pearson) lies at or beyond a limit.

    Parameters
    ----------
    values
        One row per unit, a column per measure, on the scale on which they are averaged.
    weights
        Weight of every column in the index, by column.
    limit
        Least size of the correlation, 0 to 1; the sign does not count.

    Returns
    -------
    pd.DataFrame
        ``first, second, correlation, n`` (units that have both) and ``weight``, the sum of the
        weights of both; the closest pair first, of equally close ones that of the earlier columns.

    Examples
    --------
    >>> values = pd.DataFrame({"a": [1, 2, 3, 4], "b": [8, 6, 4, 2], "c": [1, 2, 2, 1]})
    >>> redundant_pairs(values, pd.Series({"a": 0.5, "b": 0.25, "c": 0.25}), 0.9)
      first second  correlation  n  weight
    0     a      b         -1.0  4    0.75
    """
    correlations = values.corr().round(DECIMALS)
    rows = [
        (first, second, correlations.loc[first, second],
         int(values[[first, second]].notna().all(axis=1).sum()), weights[[first, second]].sum())
        for first, second in combinations(values.columns, 2)
        if abs(correlations.loc[first, second]) >= limit
    ]  # fmt: skip
    pairs = pd.DataFrame(rows, columns=["first", "second", "correlation", "n", "weight"])
    return pairs.sort_values(
        "correlation", key=lambda r: -r.abs(), kind="stable", ignore_index=True
    )
