"""Decomposition: what the index of a unit is made of, and how much of it is there."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.index.aggregation import (
    FUNCTIONS,
    aggregate,
    means_by_node,
    renormalised_weights,
    unit_weights,
)
from analysis.index.framework import bottom_up, children, leaves, root


def coverage(data: pd.DataFrame, framework: pd.DataFrame, node: str | None = None) -> pd.Series:
    """Return the share (0 to 1) of the leaves below `node` that each unit has.

    Parameters
    ----------
    data
        One row per unit; a leaf without a column counts as missing for every unit.
    framework
        A framework table: `code, parent`.
    node
        An inner node or a leaf; the root if it is not given.

    Returns
    -------
    pd.Series
        Shares by unit.

    Raises
    ------
    ValueError
        If the framework has no such node.

    Examples
    --------
    >>> tree = pd.DataFrame({"code": ["top", "a", "b"], "parent": ["", "top", "top"]})
    >>> coverage(pd.DataFrame({"a": [1.0, 2], "b": [3.0, None]}, index=["u", "v"]), tree).to_dict()
    {'u': 1.0, 'v': 0.5}
    """
    return data.reindex(columns=leaves(framework, node)).notna().mean(axis=1).rename("coverage")


def effective_weights(
    normalised: pd.DataFrame, framework: pd.DataFrame, renormalisation: str = "level_by_level"
) -> pd.DataFrame:
    """Return the weight of every leaf in the root, unit by unit, under any mean.

    It is the product of the weights on the way from the root, each renormalised over the
    siblings that the unit has: 0 for a gap, 1 in sum; NaN for a unit without any leaf.

    Parameters
    ----------
    normalised
        One row per unit, a column for each leaf, gaps as NaN; no value is read.
    framework
        A framework table: `code, parent, weight`.
    renormalisation
        What becomes of the weight of a gap, see `aggregation.unit_weights`.

    Returns
    -------
    pd.DataFrame
        One row per unit, one column per leaf.

    Examples
    --------
    >>> tree = pd.DataFrame(
    ...     {"code": ["top", "a", "b"], "parent": ["", "top", "top"], "weight": [1, 1, 3]}
    ... )
    >>> values = pd.DataFrame({"a": [40.0, 40.0], "b": [80.0, None]}, index=["u", "v"])
    >>> effective_weights(values, tree).to_dict("index")
    {'u': {'a': 0.25, 'b': 0.75}, 'v': {'a': 1.0, 'b': 0.0}}
    """
    weights = unit_weights(normalised.notna(), framework, renormalisation)
    # An empty unit has NaN at the root, which every product below it keeps.
    top = root(framework)
    shares = {top: np.where(weights[top] > 0, 1.0, np.nan)}
    for node in reversed(bottom_up(framework)):
        below = children(framework, node)
        among = weights[below].to_numpy()
        renormalised = np.nan_to_num(renormalised_weights(among > 0, among))
        shares |= dict(zip(below, shares[node] * renormalised.T, strict=True))
    return pd.DataFrame({leaf: shares[leaf] for leaf in leaves(framework)}, normalised.index)


def share_present(
    normalised: pd.DataFrame, framework: pd.DataFrame, renormalisation: str = "level_by_level"
) -> pd.DataFrame:
    """Return what share of the weight of every node and leaf each unit has.

    Parameters
    ----------
    normalised, framework, renormalisation
        As `effective_weights` takes them.

    Returns
    -------
    pd.DataFrame
        One row per unit, one column per node and leaf: 0 to 1; level by level a node that a unit
        has anything of counts as whole.

    Examples
    --------
    >>> tree = pd.DataFrame(
    ...     {"code": ["top", "a", "b"], "parent": ["", "top", "top"], "weight": [1, 1, 3]}
    ... )
    >>> values = pd.DataFrame({"a": [40.0], "b": [None]}, index=["u"])
    >>> share_present(values, tree, "once").to_dict("index")
    {'u': {'top': 0.25, 'a': 1.0, 'b': 0.0}}
    """
    present = normalised.notna()
    has, whole = (
        unit_weights(each, framework, renormalisation) for each in (present, present | True)
    )
    return has / whole


def counted_values(
    normalised: pd.DataFrame,
    framework: pd.DataFrame,
    method: str | Mapping[str, str] = "arithmetic",
    renormalisation: str = "level_by_level",
) -> pd.DataFrame:
    """Return what every node and leaf counts for in the root, in points of the root.

    In an arithmetic mean a value counts for itself. A geometric mean is an arithmetic one of
    logarithms, a harmonic one of reciprocals; there a value counts for the point that it reaches,
    on that scale, on the straight way from the floor to the mean, the floor being the lowest
    value of any leaf and unit: with f the function, floor + (f(value) - f(floor)) (mean - floor)
    / (f(mean) - f(floor)). For logarithms this is the logarithmic mean Divisia decomposition
    (Ang, The LMDI approach to decomposition analysis, Energy Policy 33, 2005) of the way from
    the floor to the index. Below a node that itself counts for more or less than its value, its
    children are scaled alike.

    Parameters
    ----------
    normalised
        One row per unit, a column for each leaf, gaps as NaN.
    framework
        A framework table.
    method, renormalisation
        The means, and what becomes of the weight of a gap, as `aggregation.aggregate` takes them.

    Returns
    -------
    pd.DataFrame
        One row per unit, a column for every node and leaf, gaps as NaN. The counted value of a
        node is the arithmetic mean of those of its children, under the weights of the node.

    Raises
    ------
    ValueError
        As `aggregation.aggregate`.

    Examples
    --------
    The geometric mean of 1, the floor, and 100 is 10. On the way from 1 to 10 in logarithms, 100
    goes twice as far as the mean: it counts for 1 + 2 (10 - 1) = 19, and (1 + 19) / 2 is 10.

    >>> tree = pd.DataFrame(
    ...     {"code": ["top", "a", "b"], "parent": ["", "top", "top"], "weight": [1, 1, 1]}
    ... )
    >>> values = pd.DataFrame({"a": [1.0], "b": [100.0]}, index=["u"])
    >>> counted_values(values, tree, "geometric").round(9).to_dict("index")
    {'u': {'top': 10.0, 'a': 1.0, 'b': 19.0}}
    """
    values = pd.concat(
        [
            normalised[leaves(framework)],
            aggregate(normalised, framework, method, renormalisation),
        ],
        axis=1,
    )
    means = means_by_node(framework, method)
    if set(means.values()) == {"arithmetic"}:
        return values[list(framework["code"])]
    floor = np.nanmin(normalised[leaves(framework)].to_numpy(dtype=float))
    top = root(framework)
    counted = {top: values[top].to_numpy()}
    for node in reversed(bottom_up(framework)):
        stretch = FUNCTIONS[means[node]]
        rise = stretch(values[node].to_numpy()) - stretch(floor)
        # A node at the floor has all its children there, and any slope keeps them there.
        slope = (counted[node] - floor) / np.where(rise == 0, 1.0, rise)
        for child in children(framework, node):
            counted[child] = floor + slope * (stretch(values[child].to_numpy()) - stretch(floor))
    return pd.DataFrame({code: counted[code] for code in framework["code"]}, normalised.index)


def contributions(
    normalised: pd.DataFrame,
    framework: pd.DataFrame,
    method: str | Mapping[str, str] = "arithmetic",
    renormalisation: str = "level_by_level",
) -> pd.DataFrame:
    """Split an index into the parts that its leaves contribute.

    Parameters
    ----------
    normalised, framework, method, renormalisation
        As `counted_values` takes them.

    Returns
    -------
    pd.DataFrame
        One row per unit, one column per leaf, in points of the index: effective weight times
        counted value. The parts of a unit sum to its index; a gap has no part (NaN).

    Raises
    ------
    ValueError
        As `aggregation.aggregate`.

    Examples
    --------
    >>> tree = pd.DataFrame(
    ...     {"code": ["top", "a", "b"], "parent": ["", "top", "top"], "weight": [1, 1, 3]}
    ... )
    >>> values = pd.DataFrame({"a": [40.0], "b": [80.0]}, index=["u"])
    >>> contributions(values, tree).to_dict("index")
    {'u': {'a': 10.0, 'b': 60.0}}
    """
    counted = counted_values(normalised, framework, method, renormalisation)
    weights = effective_weights(normalised, framework, renormalisation)
    return weights * counted[leaves(framework)]
