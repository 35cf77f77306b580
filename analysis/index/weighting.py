"""Weighting: how much each sibling counts in its parent.

`equal`, `entropy`, `critic` and `principal_component` read a frame of siblings on one scale, more
being better, and return weights by column that sum to 1. `analytic_hierarchy` reads the pairwise
judgements of people instead. A single column always has the weight 1.
"""

from collections.abc import Callable
from typing import Literal

import numpy as np
import pandas as pd

from analysis.index.aggregation import arithmetic_mean, refuse_cells
from analysis.index.framework import check_tree, leaves, sibling_weights, with_weights
from analysis.index.normalisation import refuse_constant_columns
from analysis.index.refusal import RefusedValueError

# Mean consistency index of random reciprocal matrices of the sizes 1 to 10 (Saaty 1980).
RANDOM_INDEX = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)


def equal(values: pd.DataFrame) -> pd.Series:
    """Return the same weight for every column.

    Examples
    --------
    >>> equal(pd.DataFrame({"a": [0, 1], "b": [1, 0]})).to_dict()
    {'a': 0.5, 'b': 0.5}
    """
    return pd.Series(1 / values.shape[1], index=values.columns)


def entropy(values: pd.DataFrame) -> pd.Series:
    """Weigh columns by how unevenly their total is spread over the units (Shannon 1948).

    With p = x / sum of x over the n units present and e = -sum of p ln p / ln n, the evenness
    of the spread, the weight is (1 - e), scaled to the sum 1. A share of zero adds nothing to e.

    Parameters
    ----------
    values
        Siblings on one scale, one row per unit, zero or positive; gaps as NaN.

    Returns
    -------
    pd.Series
        Weights by column, in sum 1.

    Raises
    ------
    RefusedValueError
        For negative values (unit and column named) and constant columns.

    Examples
    --------
    All of a is with one unit: e = 0. Of b one unit has a quarter: e = (0.25 ln 4 + 0.75 ln 4/3)
    / ln 2 = 0.8113. The weights are as 1 to 0.1887.

    >>> entropy(pd.DataFrame({"a": [0, 100], "b": [25, 75]})).round(4).to_dict()
    {'a': 0.8412, 'b': 0.1588}
    """
    refuse_constant_columns(values, "entropy weights")
    negative = values.to_numpy(dtype=float) < 0
    refuse_cells(values, negative, "entropy weights", "values must not be negative")
    shares = values / values.sum()
    logarithms = shares.where(shares > 0, 1.0).apply(np.log)
    evenness = -(shares * logarithms).sum().to_numpy() / np.log(values.count().to_numpy())
    return pd.Series((1 - evenness) / (1 - evenness).sum(), index=values.columns)


def critic(values: pd.DataFrame) -> pd.Series:
    """Weigh columns by contrast and conflict: CRITIC (Diakoulaki, Mavrotas, Papayannakis 1995).

    The weight is s_j * sum over k of (1 - r_jk), scaled to the sum 1: s is the standard
    deviation (ddof 1) and r the correlation over the units that have both columns. The method
    assumes columns on the same min-max scale, so that the standard deviations compare.

    Parameters
    ----------
    values
        Siblings on one scale, one row per unit; gaps as NaN.

    Returns
    -------
    pd.Series
        Weights by column, in sum 1.

    Raises
    ------
    RefusedValueError
        For constant columns, for pairs of columns without a correlation, and if all columns are
        perfectly correlated, so that there is no conflict to weigh by.

    Examples
    --------
    Two columns share one conflict, so the contrast decides, and that of a is twice that of b.

    >>> critic(pd.DataFrame({"a": [0, 100, 0, 100], "b": [0, 0, 50, 50]})).round(4).to_dict()
    {'a': 0.6667, 'b': 0.3333}
    """
    if values.shape[1] == 1:
        return equal(values)
    correlations = _correlations(values, "CRITIC weights")
    conflict = (1 - correlations).sum()
    if conflict.max() < 1e-9:
        raise RefusedValueError(
            f"CRITIC weights: the columns {list(values.columns)} are perfectly correlated"
        )
    information = values.std(ddof=1) * conflict
    return information / information.sum()


def principal_component(values: pd.DataFrame) -> pd.Series:
    """Weigh columns by their squared loadings on the first principal component.

    The component is that of the correlation matrix, each correlation over the units that have
    both columns. Squared loadings, scaled to the sum 1, are the shares of the columns in the
    component (OECD/JRC Handbook on Constructing Composite Indicators, 2008, with one factor),
    so a weight is never negative, whatever the sign of a loading.

    Parameters
    ----------
    values
        Siblings, one row per unit; gaps as NaN.

    Returns
    -------
    pd.Series
        Weights by column, in sum 1.

    Raises
    ------
    RefusedValueError
        For constant columns, for pairs of columns without a correlation, and if the first two
        components explain the same variance, so that the first is not determined.

    Examples
    --------
    a and b say the same, c has nothing to do with them: the component is a and b alone.

    >>> values = pd.DataFrame({"a": [0, 0, 1, 1], "b": [0, 0, 5, 5], "c": [0, 1, 0, 1]})
    >>> principal_component(values).round(9).abs().to_dict()
    {'a': 0.5, 'b': 0.5, 'c': 0.0}
    """
    if values.shape[1] == 1:
        return equal(values)
    correlations = _correlations(values, "principal component weights")
    variances, components = np.linalg.eigh(correlations.to_numpy())
    if variances[-1] - variances[-2] < 1e-9:
        raise RefusedValueError(
            f"principal component weights: the first two components of {list(values.columns)} "
            "explain the same variance"
        )
    return pd.Series(components[:, -1] ** 2, index=values.columns)


def analytic_hierarchy(comparison_matrix: pd.DataFrame) -> pd.Series:
    """Derive weights from pairwise judgements: the principal eigenvector (Saaty 1980).

    Parameters
    ----------
    comparison_matrix
        Square, the same labels on both sides; the entry in row a and column b says how many
        times as important a is as b.

    Raises
    ------
    ValueError
        If the matrix is not square with the same labels, positive, and reciprocal to 1 %.

    Examples
    --------
    >>> judgements = pd.DataFrame([[1, 3], [1 / 3, 1]], index=["a", "b"], columns=["a", "b"])
    >>> analytic_hierarchy(judgements).round(9).to_dict()
    {'a': 0.75, 'b': 0.25}
    """
    _check_comparisons(comparison_matrix)
    values, vectors = np.linalg.eig(comparison_matrix.to_numpy(dtype=float))
    principal = np.abs(vectors[:, values.real.argmax()].real)
    return pd.Series(principal / principal.sum(), index=comparison_matrix.columns)


def consistency_ratio(comparison_matrix: pd.DataFrame) -> float:
    """Return Saaty's consistency ratio; above 0.1 the judgements contradict each other.

    With lambda the largest eigenvalue of the n x n matrix, the consistency index is
    (lambda - n) / (n - 1), and the ratio divides it by the random index, its mean for random
    matrices of that size (Saaty, The Analytic Hierarchy Process, McGraw-Hill 1980). Two
    judgements cannot contradict each other, so the ratio is 0 up to n = 2.

    Raises
    ------
    ValueError
        As `analytic_hierarchy`, and for more than ten rows, where the table ends.

    Examples
    --------
    a is three times b, b three times c, and c three times a: every row sums to 13/3, the largest
    eigenvalue, and the ratio is (13/3 - 3) / 2 / 0.58 = 1.1494.

    >>> circle = [[1, 3, 1 / 3], [1 / 3, 1, 3], [3, 1 / 3, 1]]
    >>> round(consistency_ratio(pd.DataFrame(circle)), 4)
    1.1494
    """
    _check_comparisons(comparison_matrix)
    size = len(comparison_matrix)
    if size > len(RANDOM_INDEX):
        raise RefusedValueError(f"consistency ratio: {size} rows, the random index ends at 10")
    if size <= 2:
        return 0.0
    largest = np.linalg.eigvals(comparison_matrix.to_numpy(dtype=float)).real.max()
    return float((largest - size) / (size - 1) / RANDOM_INDEX[size - 1])


WEIGHTINGS: dict[str, Callable[[pd.DataFrame], pd.Series]] = {
    "equal": equal,
    "entropy": entropy,
    "critic": critic,
    "principal_component": principal_component,
}


def weigh_siblings(
    normalised: pd.DataFrame,
    framework: pd.DataFrame,
    method: str,
    level: Literal["lowest", "every"] = "lowest",
) -> pd.DataFrame:
    """Return the framework with new weights among siblings.

    Parameters
    ----------
    normalised
        One row per unit, a column for each leaf, on one scale, more being better.
    framework
        A framework table that passes `framework.check_tree`: `code, parent, weight, direction`.
    method
        A name in `WEIGHTINGS`.
    level
        ``lowest`` weighs the groups that consist of leaves only and keeps the weights above
        them: they say what matters, which is not for the data to decide. ``every`` goes on
        upwards and weighs each group of nodes by their arithmetic means under the new weights.

    Returns
    -------
    pd.DataFrame
        The framework with new weights, in sum 1 among the siblings that were weighed.

    Raises
    ------
    ValueError
        For an unknown method or level, as the method does, and if a weight comes out as zero.

    Examples
    --------
    >>> tree = pd.DataFrame({
    ...     "code": ["top", "a", "b"], "parent": ["", "top", "top"],
    ...     "weight": [1, 5, 1], "direction": 1,
    ... })
    >>> values = pd.DataFrame({"a": [0, 100, 0, 100], "b": [0, 0, 50, 50]})
    >>> weigh_siblings(values, tree, "critic")["weight"].round(4).tolist()
    [1.0, 0.6667, 0.3333]
    """
    if method not in WEIGHTINGS:
        raise ValueError(f"weighting {method!r} is not one of {sorted(WEIGHTINGS)}")
    if level not in ("lowest", "every"):
        raise ValueError(f"level {level!r} is neither 'lowest' nor 'every'")
    columns = {leaf: normalised[leaf] for leaf in leaves(framework)}
    weighed = framework
    groups = sibling_weights(framework)
    for node in groups:
        siblings = pd.DataFrame({code: columns[code] for code in groups[node].index})
        if level == "every" or not set(siblings.columns) & set(groups):
            groups[node] = WEIGHTINGS[method](siblings)
            weighed = with_weights(weighed, groups[node])
        columns[node] = arithmetic_mean(siblings, groups[node])
    check_tree(weighed)
    return weighed


def _correlations(values: pd.DataFrame, step: str) -> pd.DataFrame:
    refuse_constant_columns(values, step)
    correlations = values.corr()
    unknown = list(correlations.columns[correlations.isna().any()])
    if unknown:
        raise RefusedValueError(f"{step}: too few units have two of the columns {unknown}")
    return correlations


def _check_comparisons(matrix: pd.DataFrame) -> None:
    if list(matrix.index) != list(matrix.columns):
        raise ValueError("comparison matrix: rows and columns must have the same labels")
    entries = matrix.to_numpy(dtype=float)
    if not (entries > 0).all():
        raise ValueError("comparison matrix: every entry must be a positive number")
    # A third is written as 0.33 or 0.333 in hand-made tables, hence the tolerance.
    rows, columns = np.nonzero(np.abs(entries * entries.T - 1) > 0.01)
    if len(rows):
        first, second = matrix.index[rows[0]], matrix.columns[columns[0]]
        raise ValueError(
            f"comparison matrix: {first!r} to {second!r} is not the reciprocal of the opposite "
            "entry (the diagonal is 1)"
        )
