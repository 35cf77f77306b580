"""The weights that would bring the open data closest to the published order.

A question about the original, never an index of ours. Every pair of published cities says which of
the two stands higher, and so does, where it is asked, every pair of a city on the list and one that
is not; non-negative weights are fitted to these pairs by logistic regression with a penalty that
pulls them towards equal weights. The strength of the penalty is chosen by cross-validation over
cities, and agreement is reported on cities that the fit has not seen.
"""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.optimize import nnls
from scipy.special import expit
from scipy.stats import spearmanr

from analysis.index.correlation import resample_counts
from analysis.index.ranking import TIE_TOLERANCE
from analysis.index.refusal import RefusedValueError

# Penalties tried, from one that leaves nothing but equal weights to almost none.
PENALTIES = np.logspace(2, -4, 13)
# A fit is at rest when a step gains less than this share of the loss; axes along which the loss is
# flatter than this share of its steepest curvature are left out of a step.
LEAST_GAIN, LEAST_CURVATURE = 1e-13, 1e-13
# Where every pair is in order, larger weights make the loss smaller without end; here that ends.
NO_LOSS = 1e-12
MOST_STEPS = 100


class Pairs(NamedTuple):
    """Pairs of cities in published order: those ahead, those behind, and what each pair counts.

    Attributes
    ----------
    ahead, behind
        Values less the mean of their column, cities × columns.
    shares
        Cities ahead × cities behind, in sum 1; 0 where the published order says nothing.
    """

    ahead: np.ndarray
    behind: np.ndarray
    shares: np.ndarray


def ordered_pairs(values: np.ndarray, order: np.ndarray, drawn: np.ndarray) -> Pairs:
    """All pairs of drawn cities, the better-placed one ahead.

    A pair counts as often as its two cities can be drawn together. No city makes a pair with
    itself or with one of the same place: cities that are all behind a list, in no order, are given
    the place after its last.

    Parameters
    ----------
    values
        Cities × columns.
    order
        The place of each city, 1 for the best.
    drawn
        How often each city counts.

    Examples
    --------
    >>> pairs = ordered_pairs(np.array([[1.0], [5.0]]), np.array([2, 1]), np.ones(2))
    >>> pairs.ahead.tolist(), pairs.behind.tolist(), pairs.shares.tolist()
    ([[2.0]], [[-2.0]], [[1.0]])
    """
    # Only differences count; around zero their squares lose no digits.
    centred = values - values.mean(axis=0)
    times = np.where(order[:, None] < order, np.outer(drawn, drawn), 0.0)
    ahead, behind = times.any(axis=1), times.any(axis=0)
    return Pairs(centred[ahead], centred[behind], times[np.ix_(ahead, behind)] / times.sum())


def fit_weights(
    values: np.ndarray, order: np.ndarray, penalty: float, drawn: np.ndarray | None = None
) -> np.ndarray:
    """Non-negative weights (sum 1) of the columns of `values` that best explain `order`.

    Minimises the mean logistic loss of all pairs plus `penalty` times the squared distance of the
    weights from their mean; the scale of the weights is free during the fit. Pairs in place of an
    order make it the model of Bradley and Terry (Biometrika 39, 1952) with columns that explain.

    Parameters
    ----------
    values
        Cities × columns, on one scale, more being better, without gaps.
    order
        The place of each city, 1 for the best.
    penalty
        Strength of the pull towards equal weights, zero or more.
    drawn
        How often each city counts, once each without it.

    Returns
    -------
    np.ndarray
        A weight per column. Where no column supports the order, all weights are equal.

    Raises
    ------
    RefusedValueError
        If the fit does not come to rest.

    Examples
    --------
    The first column is in order, the second one in the opposite order: it gets nothing.

    >>> values, order = np.array([[3.0, 1.0], [2.0, 2.0], [1.0, 3.0]]), np.array([1, 2, 3])
    >>> fit_weights(values, order, penalty=0.001).tolist()
    [1.0, 0.0]
    """
    counts = np.ones(len(order)) if drawn is None else drawn
    start = np.full(values.shape[1], 1.0 / values.shape[1])
    weights = least_loss(ordered_pairs(values, order, counts), penalty, start)
    return weights / weights.sum()


def weight_path(values: np.ndarray, order: np.ndarray) -> list[np.ndarray]:
    """Weights (sum 1) under each of the `PENALTIES`, each fit starting where the last one ended."""
    pairs = ordered_pairs(values, order, np.ones(len(order)))
    weights, path = np.full(values.shape[1], 1.0 / values.shape[1]), []
    for penalty in PENALTIES:
        weights = least_loss(pairs, penalty, weights)
        path.append(weights / weights.sum())
    return path


class Point(NamedTuple):
    """Weights, the loss at them, and what both the loss and Newton's step are made of.

    Attributes
    ----------
    weights
        A weight per column.
    lead
        By how much the weighted value of each city ahead exceeds that of each city behind.
    loss
        Mean logistic loss of the pairs plus the penalty.
    """

    weights: np.ndarray
    lead: np.ndarray
    loss: float


def least_loss(pairs: Pairs, penalty: float, start: np.ndarray) -> np.ndarray:
    """The weights, zero or more and of any scale, of the least loss.

    Newton's method: each step minimises the quadratic model of the loss over weights that are
    zero or more, a non-negative least squares problem, and is halved as long as the loss rises.
    If no column supports the order, so that the best weights are all zero, `start` is returned.
    """
    here = point(start, pairs, penalty)
    centring = 2 * penalty * (np.eye(len(start)) - 1 / len(start))
    for _ in range(MOST_STEPS):
        step = newton_step(here, pairs, centring)
        while (reached := point(here.weights + step, pairs, penalty)).loss > here.loss:
            step = step / 2
        gained, here = here.loss - reached.loss, reached
        if gained <= LEAST_GAIN * here.loss or here.loss <= NO_LOSS:
            return here.weights if here.weights.sum() > 0 else start
    raise RefusedValueError("weights: the fit did not converge")


def point(weights: np.ndarray, pairs: Pairs, penalty: float) -> Point:
    """The loss of the pairs at these weights."""
    lead = (pairs.ahead @ weights)[:, None] - pairs.behind @ weights
    # ln(1 + exp(-lead)) that cannot overflow; scipy's log_expit takes eight times as long.
    losses = np.abs(lead)
    np.negative(losses, out=losses)
    np.exp(losses, out=losses)
    np.log1p(losses, out=losses)
    losses -= np.minimum(lead, 0)
    spread = weights - weights.mean()
    loss = np.vdot(pairs.shares, losses) + penalty * (spread @ spread)
    return Point(weights, lead, float(loss))


def newton_step(here: Point, pairs: Pairs, centring: np.ndarray) -> np.ndarray:
    """The way from a point to the least value of the quadratic model, weights zero or more."""
    weights, doubt = here.weights, expit(-here.lead)
    times = pairs.shares * doubt
    slope = centring @ weights - summed_differences(pairs, times)
    curvature = centring + summed_squares(pairs, times * (1 - doubt))
    sizes, axes = np.linalg.eigh(curvature)
    kept = sizes > LEAST_CURVATURE * sizes[-1]
    root = axes[:, kept] * np.sqrt(sizes[kept])
    target = (axes[:, kept].T @ (curvature @ weights - slope)) / np.sqrt(sizes[kept])
    return nnls(root.T, target)[0] - weights


def summed_differences(pairs: Pairs, times: np.ndarray) -> np.ndarray:
    """The sum of the differences of all pairs, each so many times, without a row for each pair."""
    return times.sum(axis=1) @ pairs.ahead - times.sum(axis=0) @ pairs.behind


def summed_squares(pairs: Pairs, times: np.ndarray) -> np.ndarray:
    """The sum of the products of all differences with themselves, columns × columns."""
    ahead, behind, _ = pairs
    mixed = ahead.T @ times @ behind
    own = (ahead.T * times.sum(axis=1)) @ ahead + (behind.T * times.sum(axis=0)) @ behind
    return own - mixed - mixed.T


def folds(number: int, count: int, seed: int) -> list[np.ndarray]:
    """Indices of `number` cities in `count` random parts of equal size, give or take one.

    Examples
    --------
    >>> parts = folds(10, 3, seed=1)
    >>> [len(part) for part in parts], sorted(np.concatenate(parts).tolist()) == list(range(10))
    ([3, 4, 3], True)
    """
    shuffled = np.random.default_rng(seed).permutation(number)
    edges = np.linspace(0, number, count + 1).round().astype(int)
    return [shuffled[low:high] for low, high in pairwise(edges)]


def unseen_agreement(values: np.ndarray, order: np.ndarray, unseen: np.ndarray) -> np.ndarray:
    """Per penalty: share of the pairs of unseen cities that weights fitted on others put in order.

    A pair counts if at least one of its two cities is unseen.
    """
    seen = np.setdiff1d(np.arange(len(order)), unseen)
    path = weight_path(values[seen], order[seen])
    return share_in_order(values @ np.transpose(path), order, unseen)


def share_in_order(scores: np.ndarray, order: np.ndarray, among: np.ndarray) -> np.ndarray:
    """Share of the pairs with at least one city in `among` that scores order as `order` does.

    Parameters
    ----------
    scores
        By city, or a column for each way to score them.
    order
        The place of each city, 1 for the best; two of the same place make no pair.
    among
        Numbers of cities.

    Examples
    --------
    Of the pairs with city 2, that with city 0 is in order, that with city 1 is not.

    >>> float(share_in_order(np.array([9.0, 1.0, 5.0]), np.array([1, 2, 3]), among=np.array([2])))
    0.5
    """
    involved = np.isin(np.arange(len(order)), among)
    ahead, behind = np.nonzero((order[:, None] < order) & (involved[:, None] | involved))
    return np.asarray((scores[ahead] > scores[behind]).mean(axis=0))


def choose_penalty(values: np.ndarray, order: np.ndarray, parts: list[np.ndarray]) -> pd.DataFrame:
    """Unseen agreement of every penalty, by cross-validation over cities.

    Parameters
    ----------
    values, order
        As `fit_weights` takes them.
    parts
        Indices of cities, each part in turn unseen: see `folds`.

    Returns
    -------
    pd.DataFrame
        `penalty, agreement` (share, 0 to 1, of the pairs of unseen cities in order), a row for each
        of `PENALTIES`, best one first, of equal ones the strongest.

    Examples
    --------
    One column in order puts all pairs in order, under any penalty.

    >>> values, order = np.array([[4.0], [3.0], [2.0], [1.0]]), np.array([1, 2, 3, 4])
    >>> choose_penalty(values, order, folds(4, 2, seed=1)).head(1)
       penalty  agreement
    0    100.0        1.0
    """
    agreement = np.mean([unseen_agreement(values, order, unseen) for unseen in parts], axis=0)
    table = pd.DataFrame({"penalty": PENALTIES, "agreement": agreement})
    return table.sort_values(["agreement", "penalty"], ascending=False, ignore_index=True)


def bootstrap_weights(
    values: np.ndarray, order: np.ndarray, penalty: float, draws: int, seed: int
) -> np.ndarray:
    """Weights refitted on `draws` samples of cities with replacement, draws × columns.

    Parameters
    ----------
    values, order, penalty
        As `fit_weights` takes them.
    draws, seed
        Number of samples, and the seed of the generator.

    Raises
    ------
    RefusedValueError
        If a fit does not come to rest.

    Examples
    --------
    >>> values, order = np.array([[3.0, 1.0], [2.0, 2.0], [1.0, 3.0]]), np.array([1, 2, 3])
    >>> bootstrap_weights(values, order, penalty=0.001, draws=2, seed=1).sum(axis=1).tolist()
    [1.0, 1.0]
    """
    counts = resample_counts(len(order), draws, seed)
    return np.array([fit_weights(values, order, penalty, drawn) for drawn in counts])


def dominated_pairs(values: pd.DataFrame, order: pd.Series) -> pd.Series:
    """How many worse-placed cities beat each city in every column, so that no weights help.

    If another city is at least as good in every column and better in one, no non-negative weights
    can put this city ahead of it. Values as near as those that tie in a ranking are equal.

    Parameters
    ----------
    values
        One row per city, on one scale, more being better, without gaps.
    order
        Places by city, in the same index.

    Returns
    -------
    pd.Series
        Numbers by city.

    Examples
    --------
    >>> values = pd.DataFrame({"a": [1, 2], "b": [5, 5]}, index=["u", "v"])
    >>> dominated_pairs(values, pd.Series({"u": 1, "v": 2})).to_dict()
    {'u': 1, 'v': 0}
    """
    matrix, places = values.to_numpy(), order.to_numpy()
    ahead = matrix[None, :, :] - matrix[:, None, :]
    at_least, better = (ahead >= -TIE_TOLERANCE).all(axis=2), (ahead > TIE_TOLERANCE).any(axis=2)
    worse_placed = places[None, :] > places[:, None]
    return pd.Series((at_least & better & worse_placed).sum(axis=1), index=order.index)


def out_of_sample_rho(
    values: np.ndarray,
    order: np.ndarray,
    parts: list[np.ndarray],
    count: int,
    among: np.ndarray | None = None,
) -> float:
    """Spearman's rho of the published order with scores of cities that the fit has not seen.

    For each of the `parts` the penalty is chosen anew among the other cities, by cross-validation
    in `count` parts of their own (nested cross-validation: Stone, Journal of the Royal Statistical
    Society B 36, 1974), so that an unseen city has a say neither in the weights nor in the penalty.

    Parameters
    ----------
    values, order
        As `fit_weights` takes them.
    parts
        Indices of cities, each part in turn unseen: see `folds`.
    count
        Number of parts of the inner cross-validation.
    among
        Booleans: the cities whose order counts in the correlation; all if it is not given.

    Examples
    --------
    >>> values, order = np.array([[4.0], [3.0], [2.0], [1.0]]), np.array([1, 2, 3, 4])
    >>> round(out_of_sample_rho(values, order, folds(4, 2, seed=1), count=2), 9)
    1.0
    """
    score = np.empty(len(order))
    for unseen in parts:
        seen = np.setdiff1d(np.arange(len(order)), unseen)
        inner = folds(len(seen), min(count, len(seen)), seed=len(seen))
        penalty = choose_penalty(values[seen], order[seen], inner)["penalty"].iloc[0]
        score[unseen] = values[unseen] @ fit_weights(values[seen], order[seen], penalty)
    counted = np.ones(len(order), dtype=bool) if among is None else among
    return float(spearmanr(-order[counted], score[counted]).statistic)
