"""The weights that would bring the open data closest to the published order.

A question about the original, never an index of ours. Every pair of published cities says which of
the two stands higher; non-negative weights are fitted to these pairs by logistic regression with a
penalty that pulls them towards equal weights. The strength of the penalty is chosen by
cross-validation over cities, and agreement is reported on cities that the fit has not seen.
"""

from itertools import pairwise

import numpy as np
import pandas as pd
from scipy.optimize import minimize
from scipy.special import expit, log_expit
from scipy.stats import spearmanr

from analysis.refusal import RefusedValueError

# Penalties tried, from almost none to one that leaves nothing but equal weights.
PENALTIES = np.logspace(-4, 2, 13)


def pair_differences(values: np.ndarray, order: np.ndarray) -> np.ndarray:
    """Better-placed minus worse-placed city, one row per pair; `order` holds the places."""
    sorted_values = values[np.argsort(order, kind="stable")]
    first, second = np.triu_indices(len(order), 1)
    return sorted_values[first] - sorted_values[second]


def fit_weights(values: np.ndarray, order: np.ndarray, penalty: float) -> np.ndarray:
    """Non-negative weights (sum 1) of the columns of `values` that best explain `order`.

    Minimises the mean logistic loss of all pairs plus `penalty` times the squared distance of the
    weights from their mean (L-BFGS-B); the scale of the weights is free during the fit.
    """
    differences = pair_differences(values, order)
    number = values.shape[1]

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        margin = differences @ weights
        spread = weights - weights.mean()
        value = -log_expit(margin).mean() + penalty * (spread**2).sum()
        gradient = -(expit(-margin) @ differences) / len(margin) + 2 * penalty * spread
        return float(value), gradient

    start = np.full(number, 1.0 / number)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(0, None)] * number)
    if not found.success or found.x.sum() == 0:
        raise RefusedValueError(f"weights: the fit did not converge ({found.message})")
    return found.x / found.x.sum()


def folds(number: int, count: int, seed: int) -> list[np.ndarray]:
    """Indices of `number` cities in `count` random parts of equal size."""
    shuffled = np.random.default_rng(seed).permutation(number)
    edges = np.linspace(0, number, count + 1).round().astype(int)
    return [shuffled[low:high] for low, high in pairwise(edges)]


def cross_validate(
    values: np.ndarray, order: np.ndarray, penalty: float, parts: list[np.ndarray]
) -> float:
    """Mean share of the pairs of unseen cities that weights fitted on the others put in order.

    A pair counts if at least one of its two cities is unseen.
    """
    shares = []
    for unseen in parts:
        seen = np.setdiff1d(np.arange(len(order)), unseen)
        score = values @ fit_weights(values[seen], order[seen], penalty)
        shares.append(share_in_order(score, order, unseen))
    return float(np.mean(shares))


def share_in_order(score: np.ndarray, order: np.ndarray, among: np.ndarray) -> float:
    """Share of the pairs with at least one city in `among` that `score` orders as `order` does."""
    involved = np.isin(np.arange(len(order)), among)
    first, second = np.triu_indices(len(order), 1)
    chosen = involved[first] | involved[second]
    better = order[first] < order[second]
    agrees = (score[first] > score[second]) == better
    return float(agrees[chosen].mean())


def choose_penalty(values: np.ndarray, order: np.ndarray, parts: list[np.ndarray]) -> pd.DataFrame:
    """Unseen agreement of every penalty: `penalty, agreement`, best one first."""
    table = pd.DataFrame(
        [(p, cross_validate(values, order, p, parts)) for p in PENALTIES],
        columns=["penalty", "agreement"],
    )
    return table.sort_values(["agreement", "penalty"], ascending=False, ignore_index=True)


def bootstrap_weights(
    values: np.ndarray, order: np.ndarray, penalty: float, draws: int, seed: int
) -> np.ndarray:
    """Weights refitted on `draws` samples of cities with replacement, one row per draw.

    A city drawn twice counts twice against all others; the pair with itself says nothing.
    """
    random = np.random.default_rng(seed)
    samples = [random.integers(0, len(order), len(order)) for _ in range(draws)]
    return np.array([fit_weights(values[s], order[s], penalty) for s in samples])


def dominated_pairs(values: pd.DataFrame, order: pd.Series) -> pd.Series:
    """How many worse-placed cities beat each city in every column, so that no weights help.

    `values` and `order` share their index. If another city is at least as good in every column and
    better in one, no non-negative weights can put this city ahead of it.
    """
    matrix, places = values.to_numpy(), order.to_numpy()
    at_least = (matrix[None, :, :] >= matrix[:, None, :]).all(axis=2)
    better = (matrix[None, :, :] > matrix[:, None, :]).any(axis=2)
    worse_placed = places[None, :] > places[:, None]
    return pd.Series((at_least & better & worse_placed).sum(axis=1), index=order.index)


def out_of_sample_rho(
    values: np.ndarray, order: np.ndarray, penalty: float, parts: list[np.ndarray]
) -> float:
    """Spearman's rho of the published order with scores each given by weights fitted without it."""
    score = np.empty(len(order))
    for unseen in parts:
        seen = np.setdiff1d(np.arange(len(order)), unseen)
        score[unseen] = values[unseen] @ fit_weights(values[seen], order[seen], penalty)
    return float(spearmanr(-order, score).statistic)
