"""Treatment of outliers: winsorise, else take logarithms.

The rule is that of the European Commission's Joint Research Centre, as its R package COINr
(``Treat`` with ``winsorise`` and ``log_CT_plus``) applies it. A column fails if its skewness and
its kurtosis are both at or above their limits. A column that fails is winsorised; if it still
fails, the winsorised values are discarded and the original column is log-transformed, mirrored
where its long tail is that of the low values.

`treat` does all of it to the units at hand. Where other units are to be treated in the same way,
`fit` finds the transformation of every column and `apply` carries it out on any figures.

A shape that is undefined passes: a constant column, or one with fewer than four values, has no
tail to treat, and its skewness or kurtosis is shown as NaN. A column of two different values is
left alone too, passing or not: no increasing transformation can change its shape. Gaps stay gaps.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.index import shape
from analysis.index.refusal import RefusedValueError
from analysis.index.shape import KURTOSIS_LIMIT, SKEWNESS_LIMIT, kurtosis, passes, skewness

MAXIMUM_WINSORISED = 5
# Part of its range by which a column is shifted away from the place where a logarithm ends.
SHIFT = 0.01
LOGARITHMS = ("log", "log_mirrored")
TRANSFORMATION = ["column", "method", "lowest", "highest", "lower_bound", "upper_bound"]  # of `fit`


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
        By unit, in any unit of measurement, which the result keeps; gaps stay gaps.
    skewness_limit, kurtosis_limit
        The column fails at or above both.
    maximum_winsorised
        Number of points.

    Examples
    --------
    >>> winsorise(pd.Series([1.0, 2, 3, 4, 100])).tolist()
    [1.0, 2.0, 3.0, 4.0, 4.0]
    """
    limits = {"skewness_limit": skewness_limit, "kurtosis_limit": kurtosis_limit}
    bounds = winsorising_bounds(values.astype(float).to_frame(), maximum_winsorised, **limits)
    return values.astype(float).clip(*bounds.iloc[0])


def winsorising_bounds(
    data: pd.DataFrame, maximum_winsorised: int, **limits: float
) -> pd.DataFrame:
    """``lower_bound, upper_bound`` to which `winsorise` pulls the values of each column.

    A column that may not be winsorised has its extremes for bounds.

    Examples
    --------
    >>> data = pd.DataFrame({"a": [1.0, 2, 3, 4, 100], "b": [1.0, 2, 3, 4, 5]})
    >>> winsorising_bounds(data, 5).to_dict("index")
    {'a': {'lower_bound': 1.0, 'upper_bound': 4.0}, 'b': {'lower_bound': 1.0, 'upper_bound': 5.0}}
    """
    different = [np.unique(column[~np.isnan(column)]) for column in data.to_numpy(dtype=float).T]
    low, high = np.zeros(len(different), dtype=int), np.array([len(v) - 1 for v in different])
    bounds = np.array([data.min(), data.max()], dtype=float)
    here = np.arange(len(different))
    while len(here):
        left = data.iloc[:, here]
        current = _clipped(left, *bounds[:, here])
        changed = (left.notna() & (left != current)).sum() < maximum_winsorised
        more = changed & ((high - low)[here] > 1) & shape.failing(current, **limits)
        above = (current.skew() >= 0)[more].to_numpy()
        here = here[more]
        high[here] -= above
        low[here] += ~above
        bounds[:, here] = [[different[n][end[n]] for n in here] for end in (low, high)]
    return pd.DataFrame(bounds.T, data.columns, TRANSFORMATION[-2:])


def log_transform(values: pd.Series) -> pd.Series:
    """Return ln(x - minimum + 0.01 * range), mirrored if the skewness is negative.

    The shift makes every argument of the logarithm positive and the shape of the result
    independent of the unit of measurement; the order is kept. The plain logarithm draws out the
    low values, so it would lengthen a tail on that side. Mirrored it is
    -ln(maximum - x + 0.01 * range), which draws out the high ones (COINr, ``log_CT_plus``).

    Raises
    ------
    RefusedValueError
        If the column is constant.

    Examples
    --------
    ln(0 + 0.01 · 100) = 0 and ln(100 + 0.01 · 100) = 4.6151; mirrored, the ends change places.

    >>> log_transform(pd.Series([0, 0, 100])).round(4).tolist()
    [0.0, 0.0, 4.6151]
    >>> log_transform(pd.Series([0, 100, 100])).round(4).tolist()
    [-4.6151, -0.0, -0.0]
    """
    lowest, highest = values.min(), values.max()
    if not highest > lowest:
        raise RefusedValueError(f"column {values.name!r} is constant and has no log transformation")
    found = pd.DataFrame({"method": [log_method(values)], "lowest": lowest, "highest": highest})
    result = _logarithms(values.to_numpy(dtype=float)[:, None], found)[:, 0]
    return pd.Series(result, values.index, name=values.name)


def log_method(values: pd.Series) -> str:
    """Name the logarithm that suits a column: ``log``, or ``log_mirrored`` for a tail below.

    Examples
    --------
    >>> log_method(pd.Series([0, 0, 7])), log_method(pd.Series([0, 7, 7]))
    ('log', 'log_mirrored')
    """
    return "log_mirrored" if skewness(values) < 0 else "log"


def fit(
    data: pd.DataFrame,
    *,
    skewness_limit: float = SKEWNESS_LIMIT,
    kurtosis_limit: float = KURTOSIS_LIMIT,
    maximum_winsorised: int = MAXIMUM_WINSORISED,
    columns: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Find the transformation of every column, without carrying it out.

    Parameters
    ----------
    data, skewness_limit, kurtosis_limit, maximum_winsorised, columns
        As `treat` takes them.

    Returns
    -------
    pd.DataFrame
        One row per column: ``column``; ``method`` (none, winsorised, log or log_mirrored);
        ``lowest, highest``, the extreme figures before treatment; ``lower_bound, upper_bound``,
        the figures to which those beyond them are pulled, NaN where none are. All but the first
        two are in the unit of measurement of the column.

    Raises
    ------
    ValueError
        As `treat`.

    Examples
    --------
    >>> fit(pd.DataFrame({"a": [1.0, 2, 3, 4, 100]})).to_dict("records")
    [{'column': 'a', 'method': 'winsorised', 'lowest': 1.0, 'highest': 100.0, \
'lower_bound': nan, 'upper_bound': 4.0}]
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
    figures = data.astype(float).copy()  # in one piece of memory
    found = pd.DataFrame(
        {"method": "none", "lowest": figures.min(), "highest": figures.max()}, data.columns
    )
    failed = shape.failing(figures, **limits) & (figures.nunique() >= 3) & data.columns.isin(chosen)
    tried = figures.loc[:, failed]
    bounds = winsorising_bounds(tried, maximum_winsorised, **limits)
    enough = ~shape.failing(_clipped(tried, *bounds.to_numpy().T), **limits)
    logarithm = np.where(tried.skew() < 0, LOGARITHMS[1], LOGARITHMS[0])
    found.loc[failed, "method"] = np.where(enough, "winsorised", logarithm)
    # An end where no value was pulled in has no bound.
    bounds = bounds.mask(bounds == found.loc[failed, ["lowest", "highest"]].to_numpy())
    return found.join(bounds[enough]).rename_axis("column").reset_index()[TRANSFORMATION]


def apply(data: pd.DataFrame, transformations: pd.DataFrame) -> pd.DataFrame:
    """Carry out transformations that were found on these or on other units.

    Figures beyond a bound are pulled to it, however many they are. Figures beyond the place where
    a logarithm begins or ends follow its tangent there, so that every figure has a value and the
    order is kept; nothing else is cut off.

    Parameters
    ----------
    data
        One row per unit, a column for every row of `transformations`, gaps as NaN.
    transformations
        What `fit` returns.

    Returns
    -------
    pd.DataFrame
        In the shape of `data`, its columns in the order of the transformations; gaps stay gaps.

    Examples
    --------
    >>> found = fit(pd.DataFrame({"a": [1.0, 2, 3, 4, 100]}))
    >>> apply(pd.DataFrame({"a": [0.0, 4, 5, 6]}), found)["a"].tolist()
    [0.0, 4.0, 4.0, 4.0]
    """
    figures = data[list(transformations["column"])].astype(float)
    bounds = transformations[TRANSFORMATION[-2:]].to_numpy(dtype=float).T
    matrix = np.clip(figures.to_numpy(), *np.where(np.isnan(bounds), [[-np.inf], [np.inf]], bounds))
    some = transformations["method"].isin(LOGARITHMS).to_numpy()
    matrix[:, some] = _logarithms(figures.to_numpy()[:, some], transformations[some])
    return pd.DataFrame(matrix, data.index, figures.columns)


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
        (none, winsorised, log or log_mirrored), ``points_treated`` (cells changed),
        ``skewness_after``, ``kurtosis_after``, ``passes``.

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
    limits = {"skewness_limit": skewness_limit, "kurtosis_limit": kurtosis_limit}
    found = fit(data, maximum_winsorised=maximum_winsorised, columns=columns, **limits)
    treated = apply(data, found)
    return treated, details(data, treated, found, **limits)


def details(
    data: pd.DataFrame,
    treated: pd.DataFrame,
    transformations: pd.DataFrame,
    *,
    skewness_limit: float = SKEWNESS_LIMIT,
    kurtosis_limit: float = KURTOSIS_LIMIT,
) -> pd.DataFrame:
    """Describe what transformations did to the shape of every column.

    Parameters
    ----------
    data, treated
        One row per unit, the same columns, before and after treatment.
    transformations
        What `fit` returns: ``column, method, lowest, highest, lower_bound, upper_bound``.
    skewness_limit, kurtosis_limit
        A column fails at or above both.

    Returns
    -------
    pd.DataFrame
        The second frame that `treat` returns.

    Examples
    --------
    >>> data = pd.DataFrame({"a": [1.0, 2, 3, 4, 100]})
    >>> found = fit(data)
    >>> details(data, apply(data, found), found)[["method", "points_treated"]].to_dict("records")
    [{'method': 'winsorised', 'points_treated': 1}]
    """
    limits = {"skewness_limit": skewness_limit, "kurtosis_limit": kurtosis_limit}
    methods = zip(transformations["column"], transformations["method"], strict=True)
    return pd.DataFrame(
        [_describe(data[column], treated[column], method, limits) for column, method in methods]
    )


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


def _clipped(data: pd.DataFrame, lower: np.ndarray, upper: np.ndarray) -> pd.DataFrame:
    """Every column pulled within its bounds; gaps stay gaps."""
    return pd.DataFrame(np.clip(data.to_numpy(), lower, upper), data.index, data.columns)


def _logarithms(values: np.ndarray, transformations: pd.DataFrame) -> np.ndarray:
    """The logarithms of columns, by ``method, lowest, highest`` of a row of the table each."""
    mirrored = transformations["method"].eq(LOGARITHMS[1]).to_numpy()
    lowest, highest = transformations[["lowest", "highest"]].to_numpy(dtype=float).T
    distance = np.where(mirrored, highest - values, values - lowest)
    shift = SHIFT * (highest - lowest)
    within = np.maximum(distance, 0)
    # Beyond the end, where the logarithm falls without limit, its tangent takes over.
    result = np.log(within + shift) + (distance - within) / shift
    return np.where(mirrored, -result, result)


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
