"""What is measured of a framework: weights where nobody speaks for what is not measured.

The column `part` of a framework says what the complete framework gives to what is measured of each
node; see `aggregation.unit_weights` for the same rule within the figures of a unit.
"""

import pandas as pd

from analysis.index.families import families
from analysis.index.framework import bottom_up, sibling_weights


def sibling_shares(framework: pd.DataFrame) -> pd.Series:
    """Return the weight of every node but the root among its siblings, in sum 1, by code.

    Examples
    --------
    >>> tree = pd.DataFrame({"code": ["top", "m", "z"], "parent": ["", "top", "top"]})
    >>> tree = tree.assign(weight=[1, 3, 1])
    >>> sibling_shares(tree).to_dict()
    {'m': 0.75, 'z': 0.25}
    """
    return pd.concat(list(sibling_weights(framework).values()))


def measured_nodes(framework: pd.DataFrame) -> set[str]:
    """Return the inner nodes all of whose children are leaves, which measure them.

    Examples
    --------
    >>> measured_nodes(pd.DataFrame({"code": ["top", "m", "a"], "parent": ["", "top", "m"]}))
    {'m'}
    """
    below = families(framework)
    inner = {node for node, some in below.items() if some}
    return {node for node in inner if inner.isdisjoint(below[node])}


def by_parts(framework: pd.DataFrame, measured: set[str]) -> pd.DataFrame:
    """The framework in which every node weighs what is measured of it.

    A node that is measured by leaves has its whole `part` there, which the leaves share by their
    weights, and so has a leaf elsewhere; a node above has the sum of what its children have.

    Parameters
    ----------
    framework
        A framework table with the columns `code, parent, weight, part, multiplier`: what the
        complete framework gives to each node, and what that is multiplied by.
    measured
        The nodes that are measured by leaves, before any was left out: see `measured_nodes`.

    Returns
    -------
    pd.DataFrame
        The framework with other weights.

    Examples
    --------
    m weighs its 0.3, however many leaves it has, and beside it z weighs 0.1, here doubled.

    >>> tree = pd.DataFrame({
    ...     "code": ["top", "m", "z", "a", "b"], "parent": ["", "top", "top", "m", "m"],
    ...     "weight": [1, 1, 1, 1, 3], "part": [0.4, 0.3, 0.1, 0.1, 0.2],
    ...     "multiplier": [1.0, 1, 2, 1, 1],
    ... })
    >>> by_parts(tree, measured_nodes(tree)).set_index("code")["weight"].to_dict()
    {'top': 0.5, 'm': 0.3, 'z': 0.2, 'a': 1.0, 'b': 3.0}
    """
    table = framework.set_index("code")
    weights = table["part"] * table["multiplier"]
    below_each = families(framework)
    for node in bottom_up(framework):
        below = below_each[node]
        if node in measured:
            weights[below] = table.loc[below, "weight"]
        else:
            weights[node] = weights[below].sum() * table.loc[node, "multiplier"]
    return framework.assign(weight=weights.to_numpy())
