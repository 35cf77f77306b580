"""Rank correlations with bootstrap intervals, shared by the chapters that compare orders.

Both correlations are computed from counts: how often each unit is drawn. With a count of one each
that is the estimate, with the counts of a bootstrap sample a replicate; one matrix product serves
all samples.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd

# Two pairs always agree or disagree in full.
LEAST_PAIRS = 3
# A share of variance that is rounding.
NOTHING_LEFT = 1e-9


def spearman(x: np.ndarray, y: np.ndarray, counts: np.ndarray | None = None) -> np.ndarray:
    """Spearman's rho: Pearson's correlation of mid-ranks, ties allowed for.

    `counts` holds, per sample (row), how often each unit is drawn; without it each is drawn once.
    """
    drawn = np.ones((1, len(x))) if counts is None else counts
    rank_x, rank_y = (_mid_ranks(values, drawn) for values in (x, y))
    total = drawn.sum(axis=1, keepdims=True)
    # The mean of all mid-ranks of a sample is the same for every sample of one size.
    away_x, away_y = rank_x - (total + 1) / 2, rank_y - (total + 1) / 2
    together = (drawn * away_x * away_y).sum(axis=1)
    apart = (drawn * away_x**2).sum(axis=1) * (drawn * away_y**2).sum(axis=1)
    return together / np.sqrt(apart)


def kendall(x: np.ndarray, y: np.ndarray, counts: np.ndarray | None = None) -> np.ndarray:
    """Kendall's tau-b: concordant less discordant pairs, ties allowed for; `counts` as above."""
    drawn = np.ones((1, len(x))) if counts is None else counts
    order_x, order_y = (np.sign(np.subtract.outer(values, values)) for values in (x, y))
    agreement = _pair_sum(order_x * order_y, drawn)
    untied = _pair_sum(np.abs(order_x), drawn) * _pair_sum(np.abs(order_y), drawn)
    return agreement / np.sqrt(untied)


def partial_spearman(
    x: np.ndarray, y: np.ndarray, given: np.ndarray, counts: np.ndarray | None = None
) -> np.ndarray:
    """Spearman's rho of `x` and `y` with the ranks of `given` held; `counts` as above.

    The partial correlation of the mid-ranks, from their three correlations (Kendall 1942).
    """
    pairs = ((x, y), (x, given), (y, given))
    both, first, second = (spearman(*pair, counts) for pair in pairs)
    left = (1 - first**2) * (1 - second**2)
    # Of ranks that are those of `given`, nothing is left to correlate but rounding.
    return (both - first * second) / np.sqrt(np.where(left > NOTHING_LEFT, left, np.nan))


def area_under_curve(
    values: np.ndarray, member: np.ndarray, counts: np.ndarray | None = None
) -> np.ndarray:
    """Chance that a member has a higher value than another unit, ties counting half.

    The area under the receiver operating characteristic curve, as the share of pairs of a member
    and a unit that is none (Mann and Whitney 1947); `member` is boolean, `counts` as above.
    """
    drawn = np.ones((1, len(values))) if counts is None else counts
    inside, outside = drawn[:, member], drawn[:, ~member]
    better = np.sign(np.subtract.outer(values[member], values[~member])) / 2 + 0.5
    won = ((inside @ better) * outside).sum(axis=1)
    return won / (inside.sum(axis=1) * outside.sum(axis=1))


def _mid_ranks(values: np.ndarray, drawn: np.ndarray) -> np.ndarray:
    below = (values[:, None] < values[None, :]).astype(float)
    equal = (values[:, None] == values[None, :]).astype(float)
    return drawn @ below + (drawn @ equal + 1) / 2


def _pair_sum(pairs: np.ndarray, drawn: np.ndarray) -> np.ndarray:
    return ((drawn @ pairs) * drawn).sum(axis=1)


CORRELATIONS: dict[str, Callable[..., np.ndarray]] = {"spearman": spearman, "kendall": kendall}


def comparable(x: pd.Series, y: pd.Series, least: int = LEAST_PAIRS) -> bool:
    """Whether two series by one label have values together often enough to be set side by side.

    That needs `least` labels with both, and more than two different values of each.
    """
    pairs = pd.concat([x, y], axis="columns", keys=["x", "y"], join="inner").dropna()
    return len(pairs) >= least and bool((pairs.nunique() > 2).all())


def rank_correlations(
    x: pd.Series, y: pd.Series, draws: int, seed: int, level: float = 0.95
) -> pd.DataFrame:
    """Spearman's rho and Kendall's tau-b of two aligned series, over the pairs that have both.

    Returns `statistic, estimate, low, high, n`; the interval is the percentile bootstrap over
    units (Efron 1979) at the confidence `level`. A sample that holds one value alone has no
    correlation and is left out.
    """
    pairs = pd.DataFrame({"x": x, "y": y}).dropna().to_numpy(dtype=float).T
    return bootstrap_table(CORRELATIONS, pairs, draws, seed, level)


def bootstrap_table(
    statistics: Mapping[str, Callable[..., np.ndarray]],
    columns: Sequence[np.ndarray],
    draws: int,
    seed: int,
    level: float = 0.95,
) -> pd.DataFrame:
    """Statistics of aligned columns without gaps: `statistic, estimate, low, high, n`.

    Each takes the columns and, with `counts`, gives a replicate per sample; the interval is the
    percentile bootstrap over units (Efron 1979) at the confidence `level`. A sample on which a
    statistic is not defined is left out of its interval.
    """
    units = len(columns[0])
    counts = resample_counts(units, draws, seed)
    tails = [(1 - level) / 2, (1 + level) / 2]
    rows = []
    for name, statistic in statistics.items():
        with np.errstate(invalid="ignore", divide="ignore"):
            low, high = np.nanquantile(statistic(*columns, counts), tails)
        rows.append((name, statistic(*columns)[0], low, high, units))
    return pd.DataFrame(rows, columns=["statistic", "estimate", "low", "high", "n"])


def resample_counts(units: int, draws: int, seed: int) -> np.ndarray:
    """How often each unit is drawn in each of `draws` samples with replacement."""
    chances = np.full(units, 1 / units)
    return np.random.default_rng(seed).multinomial(units, chances, size=draws).astype(float)


def class_bounds(bounds: list[int], last: int) -> list[int]:
    """Bounds of classes as far as they lie below the last value, and then that value itself."""
    return [*(bound for bound in bounds if bound < last), last]
