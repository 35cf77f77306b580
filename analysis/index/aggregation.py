"""Aggregation: from the leaves up the tree, each node a weighted mean of its children.

Every mean is taken over the children that a unit has, their weights renormalised to the sum 1,
so a gap is never counted as zero. A node is missing only if all its children are.
"""

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from analysis.index.framework import bottom_up, leaves, sibling_weights
from analysis.index.refusal import RefusedValueError


def arithmetic_mean(values: pd.DataFrame, weights: pd.Series) -> pd.Series:
    """Return the weighted arithmetic mean of each row, over the values present.

    Parameters
    ----------
    values
        One row per unit, one column per child.
    weights
        Positive weights by column name; their sum does not matter.
    """
    return _weighted_mean(values.to_numpy(dtype=float), values, weights)


def geometric_mean(values: pd.DataFrame, weights: pd.Series) -> pd.Series:
    """Return the weighted geometric mean of each row, over the values present.

    Raises
    ------
    RefusedValueError
        Naming unit and column of a value that is not positive.
    """
    logarithms = np.log(_positive_matrix(values, "geometric mean"))
    return np.exp(_weighted_mean(logarithms, values, weights))


def harmonic_mean(values: pd.DataFrame, weights: pd.Series) -> pd.Series:
    """Return the weighted harmonic mean of each row, over the values present.

    Raises
    ------
    RefusedValueError
        Naming unit and column of a value that is not positive.
    """
    reciprocals = 1 / _positive_matrix(values, "harmonic mean")
    return 1 / _weighted_mean(reciprocals, values, weights)


AGGREGATIONS: dict[str, Callable[[pd.DataFrame, pd.Series], pd.Series]] = {
    "arithmetic": arithmetic_mean,
    "geometric": geometric_mean,
    "harmonic": harmonic_mean,
}
# A mean of each name is the value whose function is the arithmetic mean of the functions.
FUNCTIONS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "arithmetic": np.positive,
    "geometric": np.log,
    "harmonic": np.reciprocal,
}


def aggregate(
    normalised: pd.DataFrame,
    framework: pd.DataFrame,
    method: str | Mapping[str, str] = "arithmetic",
    default: str = "arithmetic",
) -> pd.DataFrame:
    """Compute every inner node of the framework.

    Parameters
    ----------
    normalised
        One row per unit, a column for each leaf, gaps as NaN.
    framework
        A framework table that passes `framework.check_tree`.
    method
        A name in `AGGREGATIONS` for all nodes, or names by node code.
    default
        The method of the nodes that such a mapping leaves out.

    Returns
    -------
    pd.DataFrame
        One row per unit, one column per inner node, in the order of the framework.

    Raises
    ------
    ValueError
        For unknown methods or nodes, leaves without a column, and values that a geometric or
        harmonic mean cannot take.
    """
    groups = sibling_weights(framework)
    methods = means_by_node(framework, method, default)
    absent = [leaf for leaf in leaves(framework) if leaf not in normalised.columns]
    if absent:
        raise ValueError(f"aggregation: the leaves {absent} have no column")
    columns = {leaf: normalised[leaf].to_numpy(dtype=float) for leaf in leaves(framework)}
    for node, weights in groups.items():
        matrix = np.column_stack([columns[child] for child in weights.index])
        values = pd.DataFrame(matrix, normalised.index, weights.index)
        columns[node] = AGGREGATIONS[methods[node]](values, weights).to_numpy()
    nodes = {code: columns[code] for code in framework["code"] if code in groups}
    return pd.DataFrame(nodes, normalised.index)


def means_by_node(
    framework: pd.DataFrame, method: str | Mapping[str, str], default: str = "arithmetic"
) -> dict[str, str]:
    """Return the mean at every inner node, in the order of `framework.bottom_up`.

    The parameters are those of `aggregate`.

    Raises
    ------
    ValueError
        For unknown methods or nodes.
    """
    nodes = bottom_up(framework)
    named = dict.fromkeys(nodes, method) if isinstance(method, str) else dict(method)
    unknown_nodes = [node for node in named if node not in nodes]
    if unknown_nodes:
        raise ValueError(f"aggregation: {unknown_nodes} are not inner nodes of the framework")
    methods = {node: named.get(node, default) for node in nodes}
    unknown = sorted(set(methods.values()) - set(AGGREGATIONS))
    if unknown:
        raise ValueError(f"aggregation {unknown} is not one of {sorted(AGGREGATIONS)}")
    return methods


def renormalised_weights(present: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Spread weights over what is present.

    Parameters
    ----------
    present
        Booleans, one row per unit and one column per child.
    weights
        Positive weights, one per child.

    Returns
    -------
    np.ndarray
        Weights of the shape of `present`: 0 where absent, else summing to 1 in each row; NaN
        in a row in which nothing is present.
    """
    shared = np.where(present, weights, 0.0)
    total = shared.sum(axis=1, keepdims=True)
    return shared / np.where(total > 0, total, np.nan)


def refuse_cells(values: pd.DataFrame, refused: np.ndarray, step: str, rule: str) -> None:
    """Raise a RefusedValueError that names unit, column and value of the first refused cell."""
    rows, columns = np.nonzero(refused)
    if len(rows):
        unit, column = values.index[rows[0]], values.columns[columns[0]]
        value = values.to_numpy()[rows[0], columns[0]]
        raise RefusedValueError(
            f"{step}: unit {unit!r}, column {column!r} has the value {value}; "
            f"{rule} ({len(rows)} cell(s) are refused)"
        )


def _positive_matrix(values: pd.DataFrame, step: str) -> np.ndarray:
    matrix = values.to_numpy(dtype=float)
    refuse_cells(values, matrix <= 0, step, "every value must be positive")
    return matrix


def _weighted_mean(matrix: np.ndarray, labels: pd.DataFrame, weights: pd.Series) -> pd.Series:
    aligned = weights.reindex(labels.columns)
    if aligned.isna().any():
        raise ValueError(f"aggregation: no weight for {list(labels.columns[aligned.isna()])}")
    present = ~np.isnan(matrix)
    shares = renormalised_weights(present, aligned.to_numpy(dtype=float))
    return pd.Series((shares * np.where(present, matrix, 0.0)).sum(axis=1), labels.index)
