"""What a claim must pass: conditions on figures, for one ranking or for many draws at once.

Each takes arrays whose last axis holds what is compared (regions, cities, sizes, stages); whatever
axes stand before it, such as draws, stay. The ledger and the draws judge by the same conditions.
"""

from typing import NamedTuple

import numpy as np
from scipy import stats

Truth = np.ndarray | np.bool_


class Condition(NamedTuple):
    """Whether a claim holds, and whether only with a qualification; a value each, or an array."""

    holds: Truth
    qualified: Truth


def either(passed: np.ndarray) -> Condition:
    """Holds if one of several is passed; with a qualification unless all are."""
    return Condition(passed.any(axis=-1), ~passed.all(axis=-1))


def falls(values: np.ndarray) -> Truth:
    """Whether no value is higher than the one before it."""
    return (np.diff(values, axis=-1) <= 0).all(axis=-1)


def regions_in_order(listed: np.ndarray, index: np.ndarray, others: np.ndarray) -> Condition:
    """Representation in the list falls; the mean index does too, and no other lies below it."""
    same = falls(index) & ~(others < index[..., -1:]).any(axis=-1)
    holds = np.broadcast_to(falls(listed), same.shape)
    return Condition(holds, ~same)


def strong(low: np.ndarray, high: np.ndarray, limit: float) -> Condition:
    """One of several intervals reaches a limit; with a qualification unless all lie above it."""
    return Condition((high >= limit).any(axis=-1), ~(low >= limit).all(axis=-1))


def straight(linear: np.ndarray, best: np.ndarray, limit: float) -> Condition:
    """The error of a line is less than so many times the least; qualified unless it is the least.

    The least error is that of any shape, the line among them.
    """
    ratio = np.asarray(linear / best)
    return Condition(ratio < limit, ratio > 1)


def in_first_stage(listed: np.ndarray, ranked: np.ndarray, last: int) -> Condition:
    """Published places up to `last`; with a qualification unless the open ones are too."""
    leading = (ranked <= last).all(axis=-1)
    return Condition(np.broadcast_to((listed <= last).all(axis=-1), leading.shape), ~leading)


def rising(values: np.ndarray) -> Condition:
    """The last value lies above the first; with a qualification unless each rises."""
    steps = np.diff(values, axis=-1) > 0
    return Condition(values[..., -1] > values[..., 0], ~steps.all(axis=-1))


def nearly_all(hits: np.ndarray) -> Condition:
    """All of those named are hits; with a qualification if all but one of several are."""
    number = hits.sum(axis=-1)
    return Condition(number >= needed(hits.shape[-1]), number < hits.shape[-1])


def needed(named: int) -> int:
    """How many hits let a claim about so many hold, with a qualification at least."""
    return max(named - 1, 1)


def chance_among(named: int, of: int) -> float:
    """Probability that, of so many drawn by chance without return, `needed` are among those named.

    As many are drawn as are named. Hypergeometric.

    Examples
    --------
    Two or three of three among six:

    >>> round(chance_among(3, 6), 9)
    0.5
    """
    return float(stats.hypergeom.sf(needed(named) - 1, of, named, named))


def chance_above_median(named: int) -> float:
    """Probability that `needed` of so many lie above a median by chance. Binomial.

    Examples
    --------
    Two or three of three:

    >>> round(chance_above_median(3), 9)
    0.5
    """
    return float(stats.binom.sf(needed(named) - 1, named, 0.5))
