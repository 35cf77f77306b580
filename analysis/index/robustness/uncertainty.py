"""What many draws say about each rank: intervals, probabilities, and who can be told apart."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

TOPS = (10, 50, 100)


def uncertainty_table(
    counts: np.ndarray,
    record: pd.Series,
    bands: pd.DataFrame,
    *,
    tops: Sequence[int] = TOPS,
    level: float = 0.9,
) -> pd.DataFrame:
    """Summarise how often each unit takes each place.

    Parameters
    ----------
    counts
        Units × places, the number of draws (`Engine.acceptability` with one place a column).
    record
        Rank by the method of record, by unit, in the order of the rows.
    bands
        ``tier, first_place, last_place``; a gap in the last column stands for the last unit.
    tops
        Numbers k for the probability of a place among the first k.
    level
        Probability of the interval.

    Returns
    -------
    pd.DataFrame
        One row per unit: ``unit, rank, median_rank, rank_low, rank_high``, ``p_top<k>`` and a
        column ``p_<tier>`` per band. `rank_low` is the better end. The quantile q is the best
        place that at least a share q of the draws reaches or betters, so it is a place.

    Examples
    --------
    Out of ten draws u is first in nine; nine are enough for the better half, not for 19 of 20.

    >>> counts = np.array([[9, 1], [1, 9]])
    >>> bands = pd.DataFrame({"tier": ["leading"], "first_place": [1], "last_place": [1]})
    >>> uncertainty_table(counts, pd.Series({"u": 1, "v": 2}), bands, tops=[1])
      unit  rank  median_rank  rank_low  rank_high  p_top1  p_leading
    0    u     1            1         1          2     0.9        0.9
    1    v     2            2         1          2     0.1        0.1
    """
    low, high = (1 - level) / 2, (1 + level) / 2
    table = {
        "unit": record.index,
        "rank": record.to_numpy(dtype=int),
        "median_rank": place_quantile(counts, 0.5),
        "rank_low": place_quantile(counts, low),
        "rank_high": place_quantile(counts, high),
    }
    table |= {f"p_top{top}": probability(counts, 1, top) for top in tops}
    for band in bands.itertuples():
        last = counts.shape[1] if pd.isna(band.last_place) else int(band.last_place)
        table[f"p_{band.tier}"] = probability(counts, int(band.first_place), last)
    return pd.DataFrame(table)


def place_quantile(counts: np.ndarray, share: float) -> np.ndarray:
    """Return, per unit, the best place such that a share of the draws is there or better.

    Parameters
    ----------
    counts
        Units × places, numbers of draws.
    share
        From 0 to 1.

    Examples
    --------
    >>> [place_quantile(np.array([[9, 1]]), share).tolist() for share in (0.5, 0.9, 0.95)]
    [[1], [1], [2]]
    """
    reached = np.cumsum(counts, axis=1)
    # In whole draws: a share of them computed in floats may miss the draw that it names.
    needed = np.ceil(share * reached[:, -1:] - 1e-9)
    return (reached < np.maximum(needed, 1)).sum(axis=1) + 1


def probability(counts: np.ndarray, first: int, last: int) -> np.ndarray:
    """Return, per unit, the share of the draws with a place from `first` to `last`.

    Examples
    --------
    >>> probability(np.array([[5, 3, 2]]), first=2, last=3).tolist()
    [0.5]
    """
    return counts[:, first - 1 : last].sum(axis=1) / counts.sum(axis=1)


def within(counts: np.ndarray, record: pd.Series, places: int) -> np.ndarray:
    """Return, per unit, the share of the draws at most so many places from its rank of record.

    Parameters
    ----------
    counts
        Units × places, numbers of draws.
    record
        Rank by the method of record, in the order of the rows.
    places
        In either direction.

    Examples
    --------
    Out of ten draws u is nine times where the record has it, and v five times.

    >>> within(np.array([[9, 1, 0], [0, 5, 5]]), pd.Series({"u": 1, "v": 3}), 0).tolist()
    [0.9, 0.5]
    """
    distance = np.abs(np.arange(1, counts.shape[1] + 1) - record.to_numpy()[:, None])
    return np.where(distance <= places, counts, 0).sum(axis=1) / counts.sum(axis=1)


def band_table(ranks: np.ndarray, record: pd.Series, bands: pd.DataFrame) -> pd.DataFrame:
    """Say how often the units of every band of places stay in it, one by one and all at once.

    That every unit of a band is likely to stay does not say that all stay in the same draw.

    Parameters
    ----------
    ranks
        Draws × units.
    record
        Rank by the method of record, in the order of the columns.
    bands
        ``tier, first_place, last_place``; a gap in the last column stands for the last unit.

    Returns
    -------
    pd.DataFrame
        ``tier``; ``units`` that the record has in the band; ``kept``, the share of them that a
        draw leaves there on average; ``kept_all``, the share of the draws that leave all of them
        there. A band without a unit has no row.

    Examples
    --------
    Of two draws the second lets u and w change places: of the two first, one stays.

    >>> bands = pd.DataFrame({"tier": ["a", "b"], "first_place": [1, 3], "last_place": [2, None]})
    >>> ranks = np.array([[1, 2, 3], [3, 2, 1]])
    >>> band_table(ranks, pd.Series({"u": 1, "v": 2, "w": 3}), bands)
      tier  units  kept  kept_all
    0    a      2  0.75       0.5
    1    b      1  0.50       0.5
    """
    rows = []
    for band in bands.itertuples():
        last = len(record) if pd.isna(band.last_place) else int(band.last_place)
        own = record.between(band.first_place, last).to_numpy()
        if own.any():
            kept = (ranks[:, own] >= band.first_place) & (ranks[:, own] <= last)
            rows.append((band.tier, int(own.sum()), kept.mean(), kept.all(axis=1).mean()))
    return pd.DataFrame(rows, columns=["tier", "units", "kept", "kept_all"])


def pairwise_ahead(ranks: np.ndarray, units: pd.Index) -> pd.DataFrame:
    """Return the share of draws in which the unit of the row is ahead of that of the column.

    Parameters
    ----------
    ranks
        Draws × units.
    units
        Their labels. A tie puts neither ahead.

    Returns
    -------
    pd.DataFrame
        Units × units, shares (0 to 1).

    Examples
    --------
    Of four draws u is ahead in two, v in one, and in one they tie.

    >>> ranks = np.array([[1, 2], [1, 2], [2, 1], [1, 1]])
    >>> pairwise_ahead(ranks, pd.Index(["u", "v"])).to_dict("index")
    {'u': {'u': 0.0, 'v': 0.5}, 'v': {'u': 0.25, 'v': 0.0}}
    """
    columns = np.ascontiguousarray(ranks.T.astype(np.int32))
    ahead = np.array([(own < columns).mean(axis=1) for own in columns])
    return pd.DataFrame(ahead, units, units)


def told_apart(ahead: pd.DataFrame, record: pd.Series, *, level: float) -> pd.DataFrame:
    """Say from which units each unit cannot be told apart.

    Two units can be told apart if one of them is ahead in at least a share `level` of the draws.

    Parameters
    ----------
    ahead
        Units × units, as `pairwise_ahead` gives it.
    record
        Rank by the method of record, by unit.
    level
        Share of the draws.

    Returns
    -------
    pd.DataFrame
        One row per unit: ``unit, rank``, ``not_told_apart`` (the number of other units), and
        ``best_rank, worst_rank`` among these and the unit itself.

    Examples
    --------
    w is always last; u and v change places.

    >>> ahead = pairwise_ahead(np.array([[1, 2, 3], [2, 1, 3]]), pd.Index(["u", "v", "w"]))
    >>> told_apart(ahead, pd.Series({"u": 1, "v": 2, "w": 3}), level=0.95)
      unit  rank  not_told_apart  best_rank  worst_rank
    0    u     1               1          1           2
    1    v     2               1          1           2
    2    w     3               0          3           3
    """
    share = ahead.to_numpy()
    # No unit is ahead of itself, so each is close to itself.
    close = np.maximum(share, share.T) < level
    rank = record[ahead.index].to_numpy(dtype=int)
    spread = np.where(close, rank, 0)
    return pd.DataFrame(
        {
            "unit": ahead.index,
            "rank": rank,
            "not_told_apart": close.sum(axis=1) - 1,
            "best_rank": np.where(close, rank, rank.max() + 1).min(axis=1),
            "worst_rank": spread.max(axis=1),
        }
    )


def simultaneous_intervals(ranks: np.ndarray, units: pd.Index, *, level: float) -> pd.DataFrame:
    """Return intervals of ranks that hold all units at once in a share `level` of the draws.

    The depth of a rank is the smaller of the shares of draws in which the unit is at least as
    good and at least as bad; a draw is as deep as the rank in it that is least deep. The
    intervals hold what is at least as deep as the shallowest of the deepest draws that make up
    the share.

    Parameters
    ----------
    ranks
        Draws × units.
    units
        Their labels.
    level
        Share of the draws.

    Returns
    -------
    pd.DataFrame
        ``unit, rank_low, rank_high``; `rank_low` is the better end.

    Examples
    --------
    Nine draws out of ten have one order, and the tenth is not needed for 90 %.

    >>> ranks = np.array([[1, 2]] * 9 + [[2, 1]])
    >>> simultaneous_intervals(ranks, pd.Index(["u", "v"]), level=0.9)
      unit  rank_low  rank_high
    0    u         1          1
    1    v         2          2
    """
    draws, size = ranks.shape
    counts = np.stack([np.bincount(of_unit - 1, minlength=size) for of_unit in ranks.T])
    better, worse = counts.cumsum(axis=1), counts[:, ::-1].cumsum(axis=1)[:, ::-1]
    depth = np.minimum(better, worse)
    depth_of_draw = depth[np.arange(size)[None, :], ranks - 1].min(axis=1)
    limit = np.sort(depth_of_draw)[::-1][int(np.ceil(level * draws)) - 1]
    held = (depth >= limit) & (counts > 0)
    places = np.arange(1, size + 1)
    return pd.DataFrame(
        {
            "unit": units,
            "rank_low": np.where(held, places, size + 1).min(axis=1),
            "rank_high": np.where(held, places, 0).max(axis=1),
        }
    )


def overlapping(intervals: pd.DataFrame) -> np.ndarray:
    """Return, per unit, with how many others its interval of ranks shares a place.

    Of intervals that hold all units at once, those without a common place tell two units apart
    jointly: in every draw that the intervals hold, the same one of the two is ahead. The idea is
    that of simultaneous confidence sets for ranks (Mogstad, Romano, Shaikh and Wilhelm, Review of
    Economic Studies 91, 2024), here over the draws of a design, not over samples.

    Parameters
    ----------
    intervals
        ``rank_low, rank_high``, a row per unit, as `simultaneous_intervals` gives them.

    Examples
    --------
    The first two meet at place 2; the third begins behind both.

    >>> overlapping(pd.DataFrame({"rank_low": [1, 2, 3], "rank_high": [2, 2, 3]})).tolist()
    [1, 1, 0]
    """
    low, high = (intervals[name].to_numpy() for name in ("rank_low", "rank_high"))
    meets = (low[:, None] <= high) & (high[:, None] >= low)
    return meets.sum(axis=1) - 1
