"""Treatment of outliers: winsorise, else take logarithms.

The rule is that of the European Commission's Joint Research Centre, as its R package COINr
(``Treat`` with ``winsorise`` and ``log_CT``) applies it. A column fails if its skewness and its
kurtosis are both at or above their limits. A column that fails is winsorised; if it still fails,
the winsorised values are discarded and the original column is log-transformed.

A shape that is undefined passes: a constant column, or one with fewer than four values, has no
tail to treat, and its skewness or kurtosis is shown as NaN. A column of two different values is
left alone too, passing or not: no increasing transformation can change its shape. Gaps stay gaps.
"""

from collections.abc import Sequence
from typing import Any, cast

import numpy as np
import pandas as pd

from analysis.index.refusal import RefusedValueError

SKEWNESS_LIMIT = 2.0
KURTOSIS_LIMIT = 3.5
MAXIMUM_WINSORISED = 5


def skewness(values: pd.Series) -> float:
    """Return the bias-corrected skewness (G1) of the values present.

    Joanes and Gill, Comparing measures of sample skewness and kurtosis, The Statistician 47 (1998).
    NaN with fewer than three values or when all are equal. pandas computes the same figure as
    scipy with ``bias=False``, at a fraction of the cost.

    Examples
    --------
    For one value apart from three equal ones G1 is 2, wherever it lies.

    >>> float(round(skewness(pd.Series([0, 0, 0, 7])), 9))
    2.0
    """
    return cast("float", values.skew()) if values.max() > values.min() else float("nan")


def kurtosis(values: pd.Series) -> float:
    """Return the bias-corrected excess kurtosis (G2) of the values present.

    Joanes and Gill, as for `skewness`. NaN with fewer than four values or when all are equal.

    Examples
    --------
    For one value apart from three equal ones G2 is 4, wherever it lies.

    >>> float(round(kurtosis(pd.Series([0, 0, 0, 7])), 9))
    4.0
    """
    return cast("float", values.kurt()) if values.max() > values.min() else float("nan")


def passes(
    values: pd.Series,
    *,
    skewness_limit: float = SKEWNESS_LIMIT,
    kurtosis_limit: float = KURTOSIS_LIMIT,
) -> bool:
    """Say whether |skewness| or kurtosis is below its limit; an undefined shape passes.

    Examples
    --------
    The skewness is -2 and the kurtosis 4: both reach their limits, or one does not.

    >>> values = pd.Series([7, 7, 7, 0])
    >>> passes(values, skewness_limit=1.9), passes(values, skewness_limit=2.1)
    (False, True)
    >>> passes(values, skewness_limit=1.9, kurtosis_limit=4.1)
    True
    """
    skewed = abs(skewness(values)) >= skewness_limit
    # An undefined (NaN) shape is at or above no limit.
    return not (skewed and kurtosis(values) >= kurtosis_limit)


def winsorise(
    values: pd.Series,
    *,
    skewness_limit: float = SKEWNESS_LIMIT,
    kurtosis_limit: float = KURTOSIS_LIMIT,
    maximum_winsorised: int = MAXIMUM_WINSORISED,
) -> pd.Series:
    """Pull in the extreme of the longer tail until the column passes.

    Each step replaces the largest value (the smallest, if the skewness is negative), with all
    its ties, by the next one. It ends when the column passes, when `maximum_winsorised` points
    have changed, or when only two different values are left. Tied points are never separated,
    so the last step may go past the maximum.

    Parameters
    ----------
    values
        By unit, in any unit of measurement; gaps as NaN.
    skewness_limit, kurtosis_limit
        The column fails at or above both.
    maximum_winsorised
        Number of points.

    Returns
    -------
    pd.Series
        By unit, in the unit of measurement of the values; gaps stay gaps.

    Examples
    --------
    >>> winsorise(pd.Series([1.0, 2, 3, 4, 100])).tolist()
    [1.0, 2.0, 3.0, 4.0, 4.0]
    """
    current = values.astype(float)
    different = np.sort(current.dropna().unique())
    lowest, highest = 0, len(different) - 1
    while (
        count_changed(values, current) < maximum_winsorised
        and highest - lowest > 1
        and not passes(current, skewness_limit=skewness_limit, kurtosis_limit=kurtosis_limit)
    ):
        if skewness(current) >= 0:
            highest -= 1
        else:
            lowest += 1
        current = values.clip(different[lowest], different[highest])
    return current


def log_transform(values: pd.Series) -> pd.Series:
    """Return ln(x - minimum + 0.01 * range).

    The shift makes every argument of the logarithm positive and the shape of the result
    independent of the unit of measurement; the order is kept.

    Raises
    ------
    RefusedValueError
        If the column is constant.

    Examples
    --------
    ln(0 + 0.01 · 100) = 0 and ln(100 + 0.01 · 100) = 4.6151.

    >>> log_transform(pd.Series([0, 100])).round(4).tolist()
    [0.0, 4.6151]
    """
    spread = values.max() - values.min()
    if not spread > 0:
        raise RefusedValueError(f"column {values.name!r} is constant and has no log transformation")
    return np.log(values - values.min() + 0.01 * spread)


def treat(
    data: pd.DataFrame,
    *,
    skewness_limit: float = SKEWNESS_LIMIT,
    kurtosis_limit: float = KURTOSIS_LIMIT,
    maximum_winsorised: int = MAXIMUM_WINSORISED,
    columns: Sequence[str] | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Treat the columns of a frame, each on its own.

    Parameters
    ----------
    data
        One row per unit, numeric columns, gaps as NaN.
    skewness_limit, kurtosis_limit
        A column fails at or above both.
    maximum_winsorised
        Number of points of a column to winsorise at most (see `winsorise` for ties); 0 goes
        straight to the logarithm.
    columns
        The columns that may be treated; all if not given. The others are only described.

    Returns
    -------
    treated
        The frame after treatment.
    details
        One row per column: ``column``, ``skewness_before``, ``kurtosis_before``, ``method``
        (none, winsorised or log), ``points_treated`` (cells changed), ``skewness_after``,
        ``kurtosis_after``, ``passes``.

    Raises
    ------
    ValueError
        If a name in `columns` is not a column of the data, or a limit is negative.

    Examples
    --------
    >>> treated, details = treat(pd.DataFrame({"a": [1.0, 2, 3, 4, 100], "b": [1.0, 2, 3, 4, 5]}))
    >>> treated["a"].tolist()
    [1.0, 2.0, 3.0, 4.0, 4.0]
    >>> details[["column", "method", "points_treated", "passes"]]
      column      method  points_treated  passes
    0      a  winsorised               1    True
    1      b        none               0    True
    """
    if not (skewness_limit >= 0 and maximum_winsorised >= 0):
        raise ValueError(
            "treatment: skewness_limit and maximum_winsorised must not be negative, "
            f"they are {skewness_limit} and {maximum_winsorised}"
        )
    chosen = list(data.columns) if columns is None else list(columns)
    unknown = [column for column in chosen if column not in data.columns]
    if unknown:
        raise ValueError(f"treatment: the data have no columns {unknown}")
    limits = {"skewness_limit": skewness_limit, "kurtosis_limit": kurtosis_limit}
    results = {
        column: _treat_column(data[column], limits, maximum_winsorised)
        if column in chosen
        else ("none", data[column].astype(float))
        for column in data.columns
    }
    treated = pd.DataFrame({column: values for column, (_, values) in results.items()})
    rows = [
        _describe(data[column], values, method, limits)
        for column, (method, values) in results.items()
    ]
    return treated, pd.DataFrame(rows)


def treated_points(
    data: pd.DataFrame, treated: pd.DataFrame, details: pd.DataFrame
) -> pd.DataFrame:
    """List every cell that the treatment changed.

    Parameters
    ----------
    data, treated
        One row per unit, the same columns, before and after treatment.
    details
        The second frame that `treat` returns; ``column, method`` are read.

    Returns
    -------
    pd.DataFrame
        ``unit``, ``column``, ``value``, ``treated_value`` (both in the unit of measurement of the
        column, or the second a logarithm), ``method``, in the order of the columns, then of the
        units.

    Examples
    --------
    >>> data = pd.DataFrame({"a": [1, 2, 3, 4, 100]}, index=list("uvwxy"))
    >>> treated_points(data, *treat(data))
      unit column  value  treated_value      method
    0    y      a  100.0            4.0  winsorised
    """
    methods = dict(zip(details["column"], details["method"], strict=True))
    lists = [_changed_cells(data[c], treated[c], methods[c]) for c in treated.columns]
    return pd.concat(lists, ignore_index=True)


def count_changed(values: pd.Series, treated: pd.Series) -> int:
    """Return the number of values present that differ from their treated value."""
    return int((values.notna() & (values != treated)).sum())


def _treat_column(
    values: pd.Series, limits: dict[str, float], maximum_winsorised: int
) -> tuple[str, pd.Series]:
    if values.nunique() < 3 or passes(values, **limits):
        return "none", values.astype(float)
    winsorised = winsorise(values, maximum_winsorised=maximum_winsorised, **limits)
    if passes(winsorised, **limits):
        return "winsorised", winsorised
    return "log", log_transform(values)


def _describe(
    values: pd.Series, treated: pd.Series, method: str, limits: dict[str, float]
) -> dict[str, Any]:
    before = (skewness(values), kurtosis(values))
    after = before if method == "none" else (skewness(treated), kurtosis(treated))
    return {
        "column": values.name,
        "skewness_before": before[0],
        "kurtosis_before": before[1],
        "method": method,
        "points_treated": count_changed(values, treated),
        "skewness_after": after[0],
        "kurtosis_after": after[1],
        "passes": passes(treated, **limits),
    }


def _changed_cells(values: pd.Series, treated: pd.Series, method: str) -> pd.DataFrame:
    changed = values.notna() & (values != treated)
    return pd.DataFrame(
        {
            "unit": values.index[changed],
            "column": values.name,
            "value": values[changed].to_numpy(dtype=float),
            "treated_value": treated[changed].to_numpy(dtype=float),
            "method": method,
        }
    )
