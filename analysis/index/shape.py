"""The shape of a column: its skewness, its kurtosis, and whether both are beyond their limits."""

from typing import cast

import pandas as pd

SKEWNESS_LIMIT = 2.0
KURTOSIS_LIMIT = 3.5


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


def failing(
    data: pd.DataFrame,
    *,
    skewness_limit: float = SKEWNESS_LIMIT,
    kurtosis_limit: float = KURTOSIS_LIMIT,
) -> pd.Series:
    """Say of each column of a frame whether it does not pass: `passes`, for many at once.

    Examples
    --------
    For one value apart from four equal ones G1 is the root of 5 and G2 is 5.

    >>> data = pd.DataFrame({"a": [7, 7, 7, 7, 0], "b": [1, 2, 3, 4, 5], "c": [5, 5, 5, 5, 5]})
    >>> failing(data).to_dict()
    {'a': True, 'b': False, 'c': False}
    """
    skewed = data.skew().abs() >= skewness_limit
    return (data.max() > data.min()) & skewed & (data.kurt() >= kurtosis_limit)
