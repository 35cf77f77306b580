"""Aggregation: from the leaves up the tree, each node a weighted mean of its children.

Every mean is taken over the children that a unit has, their weights renormalised to the sum 1,
so a gap is never counted as zero. A node is missing only if all its children are. What becomes of
the weight of a gap is a choice, one of `RENORMALISATIONS`: level by level it goes to the siblings,
so that these speak for what is lacking; once, it is shared out over all that the unit has.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

import numpy as np
import pandas as pd

from analysis.index.families import families
from analysis.index.framework import (
    bottom_up,
    leaves,
    nominal_weights,
)
from analysis.index.parts import sibling_shares
from analysis.index.refusal import RefusedValueError

# By unit the weights may differ: then they are a frame like that of the values.
Weights: TypeAlias = pd.Series | pd.DataFrame


def arithmetic_mean(values: pd.DataFrame, weights: Weights) -> pd.Series:
    """Return the weighted arithmetic mean of each row, over the values present.

    Parameters
    ----------
    values
        One row per unit, one column per child, in any unit of measurement; gaps as NaN.
    weights
        Positive weights by column name, or a frame of them, one row per unit; their sum does
        not matter.

    Returns
    -------
    pd.Series
        By unit, in the unit of measurement of the values; NaN for a row without any value.

    Raises
    ------
    ValueError
        Naming the columns without a weight.

    Examples
    --------
    With a gap, b has all the weight: (1 · 40 + 3 · 80) / 4 = 70, and 80.

    >>> values = pd.DataFrame({"a": [40, None], "b": [80.0, 80]}, index=["u", "v"])
    >>> arithmetic_mean(values, pd.Series({"a": 1, "b": 3})).to_dict()
    {'u': 70.0, 'v': 80.0}
    """
    return _mean("arithmetic", values, weights)


def geometric_mean(values: pd.DataFrame, weights: Weights) -> pd.Series:
    """Return the weighted geometric mean of each row, over the values present.

    The logarithm of the mean is the arithmetic mean of the logarithms (OECD/JRC, Handbook on
    Constructing Composite Indicators, 2008, step 6). Parameters and result are those of
    `arithmetic_mean`.

    Raises
    ------
    RefusedValueError
        Naming unit and column of a value that is not positive.
    ValueError
        Naming the columns without a weight.

    Examples
    --------
    The square root of 4 · 9 is 6.

    >>> values = pd.DataFrame({"a": [4.0], "b": [9.0]}, index=["u"])
    >>> geometric_mean(values, pd.Series({"a": 1, "b": 1})).round(9).to_dict()
    {'u': 6.0}
    """
    return _mean("geometric", values, weights)


def harmonic_mean(values: pd.DataFrame, weights: Weights) -> pd.Series:
    """Return the weighted harmonic mean of each row, over the values present.

    The reciprocal of the mean is the arithmetic mean of the reciprocals. Parameters and result are
    those of `arithmetic_mean`.

    Raises
    ------
    RefusedValueError
        Naming unit and column of a value that is not positive.
    ValueError
        Naming the columns without a weight.

    Examples
    --------
    2 / (1/3 + 1/6) = 4.

    >>> values = pd.DataFrame({"a": [3.0], "b": [6.0]}, index=["u"])
    >>> harmonic_mean(values, pd.Series({"a": 1, "b": 1})).round(9).to_dict()
    {'u': 4.0}
    """
    return _mean("harmonic", values, weights)


AGGREGATIONS: dict[str, Callable[[pd.DataFrame, Weights], pd.Series]] = {
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
INVERSES: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "arithmetic": np.positive,
    "geometric": np.exp,
    "harmonic": np.reciprocal,
}
# What becomes of the weight of a gap.
RENORMALISATIONS = ("level_by_level", "once")


def aggregate(
    normalised: pd.DataFrame,
    framework: pd.DataFrame,
    method: str | Mapping[str, str] = "arithmetic",
    renormalisation: str = "level_by_level",
    present: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Compute every inner node of the framework.

    The means are those of the OECD/JRC Handbook on Constructing Composite Indicators (2008),
    step 6, weighting and aggregation.

    Parameters
    ----------
    normalised
        One row per unit, a column for each leaf, gaps as NaN; all on one scale.
    framework
        A framework table that passes `framework.check_tree`: `code, parent, weight`.
    method
        A name in `AGGREGATIONS` for all nodes, or names by node code.
        Nodes that such a mapping leaves out have the arithmetic mean.
    renormalisation
        One of `RENORMALISATIONS`, see `unit_weights`.
    present
        Share (0 to 1) of each leaf that a unit has, where leaves stand for branches with gaps; 1
        for a value and 0 for a gap if not given.

    Returns
    -------
    pd.DataFrame
        One row per unit, one column per inner node, in the order of the framework, in points of the
        scale of the leaves.

    Raises
    ------
    ValueError
        For unknown methods or nodes, leaves without a column, and values that a geometric or
        harmonic mean cannot take.

    Examples
    --------
    (1 · 40 + 3 · 80) / 4 = 70; a gap leaves its weight to its sibling.

    >>> tree = pd.DataFrame(
    ...     {"code": ["top", "a", "b"], "parent": ["", "top", "top"], "weight": [1, 1, 3]}
    ... )
    >>> leaves = pd.DataFrame({"a": [40.0, 40.0], "b": [80.0, None]}, index=["u", "v"])
    >>> aggregate(leaves, tree)["top"].to_dict()
    {'u': 70.0, 'v': 40.0}
    """
    methods = means_by_node(framework, method)
    absent = [leaf for leaf in leaves(framework) if leaf not in normalised.columns]
    if absent:
        raise ValueError(f"aggregation: the leaves {absent} have no column")
    shares = normalised.notna() if present is None else present
    weights = unit_weights(shares, framework, renormalisation)
    weighing = {code: weights[code].to_numpy() for code in weights}
    columns = {leaf: normalised[leaf].to_numpy(dtype=float) for leaf in leaves(framework)}
    below_each = families(framework)
    for node, mean in methods.items():
        below = below_each[node]
        matrix = np.column_stack([columns[child] for child in below])
        if mean != "arithmetic" and (matrix <= 0).any():
            _refuse_not_positive(pd.DataFrame(matrix, normalised.index, below), mean)
        among = np.column_stack([weighing[child] for child in below])
        columns[node] = _row_means(mean, matrix, among)
    nodes = {code: columns[code] for code in framework["code"] if code in methods}
    return pd.DataFrame(nodes, normalised.index)


def unit_weights(
    present: pd.DataFrame, framework: pd.DataFrame, renormalisation: str = "level_by_level"
) -> pd.DataFrame:
    """Return what every node and leaf weighs beside its siblings, unit by unit.

    Level by level, a node weighs what the framework gives it as long as a unit has any leaf below
    it: a sibling takes over the weight of a gap. Once, it weighs as much as the leaves below it
    that the unit has: the weight of a gap is shared out over all leaves that the unit has, and
    none speaks for those that it lacks.

    Parameters
    ----------
    present
        One row per unit, a column for each leaf: whether the unit has it, or what share of it.
    framework
        A framework table: `code, parent, weight`.
    renormalisation
        One of `RENORMALISATIONS`.

    Returns
    -------
    pd.DataFrame
        One row per unit, one column per node and leaf, in the order of the framework: the weight
        among siblings, not scaled to any sum; 0 where the unit has nothing.

    Raises
    ------
    ValueError
        For an unknown renormalisation.

    Examples
    --------
    m consists of a and b. Without a it still weighs as much as z, or half as much.

    >>> tree = pd.DataFrame({
    ...     "code": ["top", "m", "z", "a", "b"], "parent": ["", "top", "top", "m", "m"],
    ...     "weight": 1,
    ... })
    >>> present = pd.DataFrame({"z": [True], "a": [False], "b": [True]}, index=["u"])
    >>> unit_weights(present, tree).loc["u", ["m", "z"]].tolist()
    [0.5, 0.5]
    >>> unit_weights(present, tree, "once").loc["u", ["m", "z"]].tolist()
    [0.25, 0.5]
    """
    if renormalisation not in RENORMALISATIONS:
        raise ValueError(f"renormalisation {renormalisation!r} is not one of {RENORMALISATIONS}")
    shares = {leaf: present[leaf].to_numpy(dtype=float) for leaf in leaves(framework)}
    below = families(framework)
    if renormalisation == "once":
        nominal = nominal_weights(framework)
        found = {leaf: nominal[leaf] * share for leaf, share in shares.items()}
        for node in bottom_up(framework):
            found[node] = sum(found[child] for child in below[node])
    else:
        for node in bottom_up(framework):
            some = [shares[child] > 0 for child in below[node]]
            shares[node] = np.logical_or.reduce(some).astype(float)
        siblings = sibling_shares(framework).reindex(framework["code"], fill_value=1.0)
        found = {code: siblings[code] * (share > 0) for code, share in shares.items()}
    return pd.DataFrame({code: found[code] for code in framework["code"]}, present.index)


def means_by_node(framework: pd.DataFrame, method: str | Mapping[str, str]) -> dict[str, str]:
    """Return the mean at every inner node, in the order of `framework.bottom_up`.

    The parameters are those of `aggregate`.

    Raises
    ------
    ValueError
        For unknown methods or nodes.

    Examples
    --------
    >>> tree = pd.DataFrame({"code": ["top", "a", "b"], "parent": ["", "top", "a"], "weight": 1})
    >>> means_by_node(tree, {"a": "geometric"})
    {'a': 'geometric', 'top': 'arithmetic'}
    """
    nodes = bottom_up(framework)
    named = dict.fromkeys(nodes, method) if isinstance(method, str) else dict(method)
    unknown_nodes = [node for node in named if node not in nodes]
    if unknown_nodes:
        raise ValueError(f"aggregation: {unknown_nodes} are not inner nodes of the framework")
    methods = {node: named.get(node, "arithmetic") for node in nodes}
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
        Positive weights, one per child, or one per unit and child.

    Returns
    -------
    np.ndarray
        Weights of the shape of `present`: 0 where absent, else summing to 1 in each row; NaN
        in a row in which nothing is present.

    Examples
    --------
    >>> present = np.array([[True, True], [False, True], [False, False]])
    >>> renormalised_weights(present, np.array([1.0, 3.0])).tolist()
    [[0.25, 0.75], [0.0, 1.0], [nan, nan]]
    """
    shared = np.where(present, weights, 0.0)
    total = shared.sum(axis=1, keepdims=True)
    return shared / np.where(total > 0, total, np.nan)


def refuse_cells(values: pd.DataFrame, refused: np.ndarray, step: str, rule: str) -> None:
    """Raise an error that names unit, column and value of the first refused cell.

    Parameters
    ----------
    values
        One row per unit.
    refused
        Booleans in the shape of `values`; without a true one nothing happens.
    step, rule
        What refuses, and what it asks of every value, in words.

    Raises
    ------
    RefusedValueError
        If any cell is refused.

    Examples
    --------
    >>> values = pd.DataFrame({"a": [1.0, -2.0]}, index=["u", "v"])
    >>> refuse_cells(values, values.to_numpy() < 0, "shares", "no value may be negative")
    Traceback (most recent call last):
    analysis.index.refusal.RefusedValueError: shares: unit 'v', column 'a' has the value -2.0; \
    no value may be negative (1 cell(s) are refused)
    """
    rows, columns = np.nonzero(refused)
    if len(rows):
        unit, column = values.index[rows[0]], values.columns[columns[0]]
        value = values.to_numpy()[rows[0], columns[0]]
        raise RefusedValueError(
            f"{step}: unit {unit!r}, column {column!r} has the value {value}; "
            f"{rule} ({len(rows)} cell(s) are refused)"
        )


def _refuse_not_positive(values: pd.DataFrame, mean: str) -> None:
    refused = values.to_numpy(dtype=float) <= 0
    refuse_cells(values, refused, f"{mean} mean", "every value must be positive")


def _mean(mean: str, values: pd.DataFrame, weights: Weights) -> pd.Series:
    names = weights.index if isinstance(weights, pd.Series) else weights.columns
    if absent := [column for column in values.columns if column not in names]:
        raise ValueError(f"aggregation: no weight for {absent}")
    if mean != "arithmetic":
        _refuse_not_positive(values, mean)
    among = weights[list(values.columns)].to_numpy(dtype=float)
    return pd.Series(_row_means(mean, values.to_numpy(dtype=float), among), values.index)


def _row_means(mean: str, matrix: np.ndarray, weights: np.ndarray) -> np.ndarray:
    present = ~np.isnan(matrix)
    shares = renormalised_weights(present, weights)
    stretched = np.where(present, FUNCTIONS[mean](matrix), 0.0)
    return INVERSES[mean]((shares * stretched).sum(axis=1))
