"""Every weighting of the parts of an index: how often each leads to which place.

Stochastic multicriteria acceptability analysis without any preference for a weighting (SMAA-2:
Lahdelma and Salminen, Operations Research 49, 2001): weights are drawn evenly from all that are
zero or more and have the sum 1.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.index.aggregation import FUNCTIONS
from analysis.index.ranking import places


def even_weights(parts: int, count: int, seed: int) -> np.ndarray:
    """Draw weights evenly from the simplex: the gaps that random points leave on a unit of length.

    Parameters
    ----------
    parts
        Number of weights, one or more.
    count, seed
        Number of draws, and the seed of the generator.

    Returns
    -------
    np.ndarray
        Draws × parts, zero or more, in sum 1 (Devroye, Non-Uniform Random Variate Generation, 1986,
        chapter V.2).

    Examples
    --------
    >>> even_weights(1, 2, seed=1).tolist()
    [[1.0], [1.0]]
    >>> bool((even_weights(3, 2, seed=1) >= 0).all())
    True
    """
    points = np.random.default_rng(seed).random((count, parts - 1))
    ends = np.column_stack([np.zeros(count), np.sort(points, axis=1), np.ones(count)])
    return np.diff(ends, axis=1)


def ranks_under(values: pd.DataFrame, weights: np.ndarray, mean: str = "arithmetic") -> np.ndarray:
    """Return the place of every unit under each of many weightings.

    Parameters
    ----------
    values
        Units × parts, on one scale, more being better; the weight of a gap is shared out.
    weights
        Draws × parts.
    mean
        A name in `aggregation.AGGREGATIONS`.

    Returns
    -------
    np.ndarray
        Draws × units, places from 1; ties share the better one.

    Examples
    --------
    >>> values = pd.DataFrame({"a": [9.0, 1], "b": [2.0, 3]}, index=["u", "v"])
    >>> ranks_under(values, np.array([[1.0, 0.0], [0.0, 1.0]])).tolist()
    [[1, 2], [2, 1]]
    """
    stretch = FUNCTIONS[mean]
    present = values.notna().to_numpy()
    stretched = np.where(present, stretch(values.to_numpy(dtype=float)), 0.0)
    score = (weights @ stretched.T) / (weights @ present.T)
    if mean == "harmonic":
        score = 1 / score
    return np.array([places(row) for row in score]).astype(int)


def acceptability(ranks: np.ndarray, units: pd.Index, tops: Sequence[int]) -> pd.DataFrame:
    """Return the share of the weightings that put each unit among the first so many.

    Parameters
    ----------
    ranks
        Draws × units.
    units
        Their labels.
    tops
        Numbers of first places.

    Returns
    -------
    pd.DataFrame
        ``unit`` and, for each number k, ``p_top<k>``.

    Examples
    --------
    >>> ranks = np.array([[1, 2], [1, 2], [2, 1], [1, 2]])
    >>> acceptability(ranks, pd.Index(["u", "v"]), [1]).to_dict("list")
    {'unit': ['u', 'v'], 'p_top1': [0.75, 0.25]}
    """
    shares = {f"p_top{top}": (ranks <= top).mean(axis=0) for top in tops}
    return pd.DataFrame({"unit": units, **shares})


def central_weights(
    ranks: np.ndarray, weights: np.ndarray, values: pd.DataFrame, tops: Sequence[int]
) -> pd.DataFrame:
    """Return the mean of the weightings that put each unit among the first so many.

    Parameters
    ----------
    ranks
        Draws × units.
    weights
        Draws × parts.
    values
        Units × parts, whose labels are taken.
    tops
        Numbers of first places.

    Returns
    -------
    pd.DataFrame
        ``unit, top, code, weight``: of every unit that any weighting puts among the first `top`,
        the central weight vector, in sum 1.

    Examples
    --------
    >>> values = pd.DataFrame({"a": [9.0, 1], "b": [2.0, 3]}, index=["u", "v"])
    >>> weights = np.array([[1.0, 0.0], [0.5, 0.5], [0.0, 1.0]])
    >>> found = central_weights(ranks_under(values, weights), weights, values, [1])
    >>> found.pivot(index="unit", columns="code", values="weight").to_dict("index")
    {'u': {'a': 0.75, 'b': 0.25}, 'v': {'a': 0.0, 'b': 1.0}}
    """
    tables = []
    for top in tops:
        among = ranks <= top
        times = among.sum(axis=0)
        found = np.flatnonzero(times)
        means = (among[:, found].T.astype(float) @ weights) / times[found][:, None]
        tables.append(
            pd.DataFrame(
                {
                    "unit": values.index[found].repeat(values.shape[1]),
                    "top": top,
                    "code": np.tile(values.columns, len(found)),
                    "weight": means.ravel(),
                }
            )
        )
    return pd.concat(tables, ignore_index=True)
