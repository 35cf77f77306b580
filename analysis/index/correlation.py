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
    """Spearman's rho: Pearson's correlation of mid-ranks, ties allowed for (Spearman 1904).

    Parameters
    ----------
    x, y
        One value per unit, without gaps, in any units of measurement.
    counts
        Samples × units: how often each unit is drawn; if not given, once each in one sample.

    Returns
    -------
    np.ndarray
        A correlation (-1 to 1) per sample; NaN where x or y does not vary.

    Examples
    --------
    Two neighbours out of four have changed places: 1 - 6 (1 + 1) / (4 · 15) = 0.8.

    >>> spearman(np.array([1, 2, 3, 4]), np.array([1, 2, 4, 3])).round(9).tolist()
    [0.8]
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
    """Kendall's tau-b: concordant less discordant pairs, ties allowed for (Kendall 1945).

    Parameters and result are those of `spearman`.

    Examples
    --------
    Of six pairs five agree and one does not: (5 - 1) / 6.

    >>> kendall(np.array([1, 2, 3, 4]), np.array([1, 2, 4, 3])).round(4).tolist()
    [0.6667]
    """
    drawn = np.ones((1, len(x))) if counts is None else counts
    order_x, order_y = (np.sign(np.subtract.outer(values, values)) for values in (x, y))
    agreement = _pair_sum(order_x * order_y, drawn)
    untied = _pair_sum(np.abs(order_x), drawn) * _pair_sum(np.abs(order_y), drawn)
    return agreement / np.sqrt(untied)


def partial_spearman(
    x: np.ndarray, y: np.ndarray, given: np.ndarray, counts: np.ndarray | None = None
) -> np.ndarray:
    """Spearman's rho of `x` and `y` with the ranks of `given` held.

    The partial correlation of the mid-ranks, from their three correlations (Kendall 1942):
    (r_xy - r_xg r_yg) / √((1 - r_xg²) (1 - r_yg²)).

    Parameters
    ----------
    x, y, given
        One value per unit, without gaps.
    counts
        As `spearman` takes them.

    Returns
    -------
    np.ndarray
        A correlation (-1 to 1) per sample; NaN where the ranks of x or y are those of `given`.

    Examples
    --------
    x does not correlate with what is given, y with -0.4: 0.8 / √(1 - 0.16) = 0.8729.

    >>> x, y, given = np.array([1, 2, 3, 4]), np.array([1, 2, 4, 3]), np.array([2, 4, 1, 3])
    >>> partial_spearman(x, y, given).round(4).tolist()
    [0.8729]
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
    and a unit that is none (Mann and Whitney 1947).

    Parameters
    ----------
    values
        One value per unit, without gaps.
    member
        Booleans, one per unit.
    counts
        As `spearman` takes them.

    Returns
    -------
    np.ndarray
        A share (0 to 1) per sample; NaN where all or none are members.

    Examples
    --------
    Of the four pairs, 1 against 2 is the one that a member loses.

    >>> members = np.array([True, True, False, False])
    >>> area_under_curve(np.array([3, 1, 2, 0]), members).tolist()
    [0.75]
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

    That needs `least` labels with both, and more than two different values of each: two would be in
    the same order or in the opposite one, whatever they are.

    Parameters
    ----------
    x, y
        Values by label; gaps as NaN.
    least
        Number of labels.

    Examples
    --------
    >>> x = pd.Series({"u": 1, "v": 2, "w": 3})
    >>> y = pd.Series({"u": 9, "v": 5, "w": 7})
    >>> comparable(x, y), comparable(x, y.drop("w"))
    (True, False)
    """
    pairs = pd.concat([x, y], axis="columns", keys=["x", "y"], join="inner").dropna()
    return len(pairs) >= least and bool((pairs.nunique() > 2).all())


def rank_correlations(
    x: pd.Series, y: pd.Series, draws: int, seed: int, level: float = 0.95
) -> pd.DataFrame:
    """Spearman's rho and Kendall's tau-b of two aligned series, over the pairs that have both.

    The interval is the percentile bootstrap over units (Efron 1979). A sample that holds one value
    alone has no correlation and is left out.

    Parameters
    ----------
    x, y
        Values by unit; gaps as NaN.
    draws, seed
        Number of samples with replacement, and the seed of the generator.
    level
        Confidence of the interval.

    Returns
    -------
    pd.DataFrame
        `statistic, estimate, low, high, n`: a row for `spearman` and one for `kendall`.

    Examples
    --------
    Two equal orders correlate fully, in every sample.

    >>> x = pd.Series({"u": 1, "v": 2, "w": 3})
    >>> rank_correlations(x, 10 * x, draws=100, seed=1).round(9)
      statistic  estimate  low  high  n
    0  spearman       1.0  1.0   1.0  3
    1   kendall       1.0  1.0   1.0  3
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
    """Statistics of aligned columns without gaps, with their bootstrap intervals.

    The interval is the percentile bootstrap over units (Efron 1979). A sample on which a statistic
    is not defined is left out of its interval.

    Parameters
    ----------
    statistics
        Functions by name: each takes the columns and, with `counts`, gives a replicate per sample.
    columns
        Arrays of one value per unit.
    draws, seed
        Number of samples with replacement, and the seed of the generator.
    level
        Confidence of the interval.

    Returns
    -------
    pd.DataFrame
        `statistic, estimate, low, high, n`, a row per statistic.

    Examples
    --------
    The members stand above the others in every sample that has both.

    >>> columns = [np.array([4, 3, 2, 1]), np.array([True, True, False, False])]
    >>> bootstrap_table({"area": area_under_curve}, columns, draws=100, seed=1)
      statistic  estimate  low  high  n
    0      area       1.0  1.0   1.0  4
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
    """How often each unit is drawn in each of `draws` samples with replacement, draws × units.

    Examples
    --------
    >>> counts = resample_counts(units=3, draws=2, seed=1)
    >>> counts.shape, counts.sum(axis=1).tolist()
    ((2, 3), [3.0, 3.0])
    """
    chances = np.full(units, 1 / units)
    return np.random.default_rng(seed).multinomial(units, chances, size=draws).astype(float)


def class_bounds(bounds: list[int], last: int) -> list[int]:
    """Bounds of classes as far as they lie below the last value, and then that value itself.

    Parameters
    ----------
    bounds
        Upper bounds, rising.
    last
        The last value.

    Examples
    --------
    >>> class_bounds([10, 50, 100], last=60)
    [10, 50, 60]
    """
    return [*(bound for bound in bounds if bound < last), last]
