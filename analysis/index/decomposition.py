"""Decomposition: what the index of a unit is made of, and how much of it is there."""

import numpy as np
import pandas as pd

from analysis.index.aggregation import renormalised_weights
from analysis.index.framework import leaves, root, sibling_weights


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
    return data.reindex(columns=leaves(framework, node)).notna().mean(axis=1).rename("coverage")


def effective_weights(normalised: pd.DataFrame, framework: pd.DataFrame) -> pd.DataFrame:
    """Return the weight of every leaf in the root of an arithmetic index, unit by unit.

    It is the product of the weights on the way from the root, each renormalised over the
    siblings that the unit has: 0 for a gap, 1 in sum; NaN for a unit without any leaf.
    """
    present = {leaf: normalised[leaf].notna().to_numpy() for leaf in leaves(framework)}
    groups = sibling_weights(framework)
    for node, weights in groups.items():
        present[node] = np.logical_or.reduce([present[child] for child in weights.index])
    # An empty unit has NaN at the root, which every product below it keeps.
    top = root(framework)
    shares = {top: np.where(present[top], 1.0, np.nan)}
    for node, weights in reversed(groups.items()):
        existing = np.column_stack([present[child] for child in weights.index])
        renormalised = np.nan_to_num(renormalised_weights(existing, weights.to_numpy()))
        shares |= dict(zip(weights.index, shares[node] * renormalised.T, strict=True))
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
