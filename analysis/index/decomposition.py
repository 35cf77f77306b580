"""Decomposition: what the index of a unit is made of, and how much of it is there."""

import numpy as np
import pandas as pd

from analysis.index.aggregation import renormalised_weights
from analysis.index.framework import bottom_up, leaves, root, sibling_weights


def coverage(data: pd.DataFrame, framework: pd.DataFrame, node: str | None = None) -> pd.Series:
    """Return the share (0 to 1) of the leaves below `node` that each unit has.

    Parameters
    ----------
    data
        One row per unit; a leaf without a column counts as missing for every unit.
    framework
        A framework table.
    node
        An inner node or a leaf; the root if it is not given.
    """
    below = leaves(framework, root(framework) if node is None else node)
    return data.reindex(columns=below).notna().mean(axis=1).rename("coverage")


def effective_weights(normalised: pd.DataFrame, framework: pd.DataFrame) -> pd.DataFrame:
    """Return the weight of every leaf in the root of an arithmetic index, unit by unit.

    It is the product of the weights on the way from the root, each renormalised over the
    siblings that the unit has: 0 for a gap, 1 in sum; NaN for a unit without any leaf.
    """
    present = {leaf: normalised[leaf].notna().to_numpy() for leaf in leaves(framework)}
    shares: dict[str, np.ndarray] = {root(framework): np.ones(len(normalised))}
    nodes = bottom_up(framework)
    groups = {node: sibling_weights(framework, node) for node in nodes}
    for node in nodes:
        present[node] = np.logical_or.reduce([present[child] for child in groups[node].index])
    for node in reversed(nodes):
        existing = np.column_stack([present[child] for child in groups[node].index])
        weights = renormalised_weights(existing, groups[node].to_numpy())
        # A missing node below the root has no share to hand on; NaN is kept for empty units.
        handed_on = np.where(present[node] | ~present[nodes[-1]], weights.T, 0.0)
        shares |= dict(zip(groups[node].index, shares[node] * handed_on, strict=True))
    return pd.DataFrame({leaf: shares[leaf] for leaf in leaves(framework)}, normalised.index)


def contributions(normalised: pd.DataFrame, framework: pd.DataFrame) -> pd.DataFrame:
    """Split an arithmetic index into the parts that its leaves contribute.

    Returns
    -------
    pd.DataFrame
        One row per unit, one column per leaf, in points of the index: effective weight times
        normalised value. The parts of a unit sum to its index; a gap has no part (NaN).
    """
    return effective_weights(normalised, framework) * normalised[leaves(framework)]
