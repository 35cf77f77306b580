"""Why a unit is where it is: its distance from the mean of all units, shared out among the nodes.

A hybrid has the values of the unit at some nodes of a level and the means of all units at the
others, where it lacks nothing: with any single unit as the reference, its oddities would be part
of every answer. The part of a node is its Shapley value (1953): the mean change of the hybrid's
score, or rank, when the node's own value comes in, over all orders in which the nodes may come in.
The parts of a unit add up to its whole distance.
"""

from math import factorial

import numpy as np
import pandas as pd

from analysis.index.aggregation import aggregate
from analysis.index.composite import CompositeIndex
from analysis.index.decomposition import share_present
from analysis.index.framework import children, parents, path_to_root, root
from analysis.index.ranking import TIE_TOLERANCE

# Scored at once; more would only take memory.
MOST_HYBRIDS = 100_000


def shapley_table(composite: CompositeIndex, level: str) -> pd.DataFrame:
    """Share out the distance of every unit from the mean of all among the nodes of a level.

    Parameters
    ----------
    composite
        An index; its framework has the column `level`.
    level
        Level of the nodes.

    Returns
    -------
    pd.DataFrame
        ``unit, level, code, score_part, rank_part``: points of the index, and places (negative
        where the node brings the unit forward). The reference has the mean value of all units at
        every node; it and every hybrid have the place that their score would take in the ranking
        of record.

    Raises
    ------
    ValueError
        If no node has the level.

    Examples
    --------
    The index is the mean of a and b, so a part is half the distance from the mean, which is 50.

    >>> from analysis.index.composite import Method, build
    >>> tree = pd.DataFrame({
    ...     "code": ["top", "a", "b"], "parent": ["", "top", "top"],
    ...     "level": ["index", "part", "part"], "weight": [1, 1, 1], "direction": [1, 1, 1],
    ... })
    >>> data = pd.DataFrame({"a": [0.0, 100, 50], "b": [100.0, 0, 50]}, index=["u", "v", "w"])
    >>> table = shapley_table(build(data, tree, method=Method()), "part")
    >>> table[["unit", "code", "score_part"]]
      unit code  score_part
    0    u    a       -25.0
    1    u    b        25.0
    2    v    a        25.0
    3    v    b       -25.0
    4    w    a         0.0
    5    w    b         0.0
    """
    tree = above(composite.framework, level)
    players = [code for code in tree["code"] if not children(tree, code)]
    values = composite.nodes.reindex(columns=players)
    values = values.fillna(composite.normalised.reindex(columns=players))
    renormalisation = composite.method.renormalisation
    present = share_present(composite.normalised, composite.framework, renormalisation)
    mean, has = values.mean().to_numpy(), present[players]
    coalitions = all_subsets(len(players))
    index, shares = np.sort(composite.index.to_numpy()), shapley_weights(coalitions)
    at_once = max(1, MOST_HYBRIDS // len(coalitions))
    tables = []
    for first in range(0, len(values), at_once):
        units = values.iloc[first : first + at_once]
        pairs = ((units, mean), (has.loc[units.index], 1.0))
        flat, present = (
            pd.DataFrame(
                np.where(coalitions, own.to_numpy()[:, None, :], others).reshape(-1, len(players)),
                columns=players,
            )
            for own, others in pairs
        )
        scores = _scores(flat, present, tree, composite).reshape(len(units), -1)
        parts = {"score_part": scores @ shares, "rank_part": places(scores, index) @ shares}
        columns = {"unit": np.repeat(units.index, len(players)), "level": level}
        columns |= {"code": players * len(units)}
        tables.append(pd.DataFrame(columns | {name: p.ravel() for name, p in parts.items()}))
    return pd.concat(tables, ignore_index=True)


def above(framework: pd.DataFrame, level: str) -> pd.DataFrame:
    """Return the framework down to a level, whose nodes become leaves; a leaf above it stays."""
    level_of = dict(zip(framework["code"], framework["level"], strict=True))
    if level not in level_of.values():
        raise ValueError(f"shapley: no node has the level {level!r}")
    steps = parents(framework)
    hidden = [
        any(level_of[node] == level for node in path_to_root(steps, code)[1:])
        for code in framework["code"]
    ]
    return framework.loc[~np.array(hidden)].reset_index(drop=True)


def all_subsets(size: int) -> np.ndarray:
    """Return the subsets of `size` players, subsets × players, as booleans; the empty one first.

    Examples
    --------
    >>> all_subsets(2).astype(int).tolist()
    [[0, 0], [1, 0], [0, 1], [1, 1]]
    """
    return (np.arange(2**size)[:, None] >> np.arange(size)) & 1 == 1


def shapley_weights(subsets: np.ndarray) -> np.ndarray:
    """Return the matrix that turns the worth of all subsets into Shapley values.

    Subsets × players: what the worth of a subset counts for in the value of a player,
    (s - 1)! (n - s)! / n! if it holds the player, else - s! (n - s - 1)! / n!.

    Examples
    --------
    One of two players brings 10 alone and 20 together with the other, who brings nothing alone:
    the parts are 15 and 5.

    >>> (np.array([0, 10, 0, 20]) @ shapley_weights(all_subsets(2))).tolist()
    [15.0, 5.0]
    """
    players = subsets.shape[1]
    size = subsets.sum(axis=1)
    chance = [
        factorial(s) * factorial(players - s - 1) / factorial(players) for s in range(players)
    ]
    inside = np.array([0.0, *chance])[size]
    outside = np.array([*chance, 0.0])[size]
    return np.where(subsets, inside[:, None], -outside[:, None])


def places(scores: np.ndarray, index: np.ndarray) -> np.ndarray:
    """Return the places that scores would take among the values of an index, in rising order.

    A score shares the place of the values that it ties with.
    """
    return len(index) - np.searchsorted(index, scores + TIE_TOLERANCE, side="right") + 1.0


def _scores(
    values: pd.DataFrame, present: pd.DataFrame, tree: pd.DataFrame, composite: CompositeIndex
) -> np.ndarray:
    inner, means = set(parents(tree).values()), composite.means
    above_players = {node: mean for node, mean in means.items() if node in inner}
    renormalisation = composite.method.renormalisation
    nodes = aggregate(values, tree, above_players, renormalisation, present)
    return nodes[root(tree)].to_numpy()
