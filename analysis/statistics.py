"""Rank correlations with bootstrap intervals, shared by the chapters that compare orders."""

import numpy as np
import pandas as pd
from scipy import stats


def spearman(x: np.ndarray, y: np.ndarray, axis: int = -1) -> np.ndarray:
    """Spearman's rho along `axis`: Pearson's correlation of mid-ranks."""
    rank_x, rank_y = (stats.rankdata(values, axis=axis) for values in (x, y))
    return stats.pearsonr(rank_x, rank_y, axis=axis).statistic


def kendall(x: np.ndarray, y: np.ndarray, axis: int = -1) -> np.ndarray:
    """Kendall's tau-b along `axis`: concordant less discordant pairs, ties allowed for."""
    order_x, order_y = (_pair_signs(np.moveaxis(values, axis, -1)) for values in (x, y))
    agreement, untied_x, untied_y = (
        # Sums of signs are whole numbers, exact in single precision; their root is not.
        np.einsum("...i,...i->...", one, other).astype(float)
        for one, other in ((order_x, order_y), (order_x, order_x), (order_y, order_y))
    )
    return agreement / np.sqrt(untied_x * untied_y)


def _pair_signs(values: np.ndarray) -> np.ndarray:
    first, second = np.triu_indices(values.shape[-1], 1)
    return np.sign(values[..., first] - values[..., second]).astype(np.float32)


CORRELATIONS = {"spearman": spearman, "kendall": kendall}


def rank_correlations(
    x: pd.Series, y: pd.Series, draws: int, seed: int, level: float = 0.95
) -> pd.DataFrame:
    """Spearman's rho and Kendall's tau-b of two aligned series, over the pairs that have both.

    Returns `statistic, estimate, low, high, n`; the interval is the percentile bootstrap over
    units (`scipy.stats.bootstrap`) at the confidence `level`.
    """
    pairs = pd.DataFrame({"x": x, "y": y}).dropna().to_numpy(dtype=float).T
    rows = [
        (name, float(statistic(*pairs)), *interval(pairs, name, draws, seed, level), pairs.shape[1])
        for name, statistic in CORRELATIONS.items()
    ]
    return pd.DataFrame(rows, columns=["statistic", "estimate", "low", "high", "n"])


def interval(
    pairs: np.ndarray, statistic: str, draws: int, seed: int, level: float
) -> tuple[float, float]:
    """Percentile bootstrap interval of a rank correlation of two rows of `pairs`."""
    result = stats.bootstrap(
        tuple(pairs),
        CORRELATIONS[statistic],
        n_resamples=draws,
        batch=50,
        paired=True,
        vectorized=True,
        confidence_level=level,
        method="percentile",
        rng=np.random.default_rng(seed),
    )
    return float(result.confidence_interval.low), float(result.confidence_interval.high)
