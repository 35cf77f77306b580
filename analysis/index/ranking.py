"""Ranking: from the values of an index, before any rounding, to places and to a score scale."""

from typing import TypeVar

import numpy as np
import pandas as pd

from analysis.index.refusal import RefusedValueError

Table = TypeVar("Table", pd.Series, pd.DataFrame)


# Values that lie no further apart tie, in points of the scale that is ranked. Sums in another order
# differ by some 1e-13 points, a ten-thousandth of that; no figure behind an index is as sure.
TIE_TOLERANCE = 1e-9


def rank(values: Table) -> Table:
    """Return descending ranks: 1 is the largest value, ties share the better place.

    Values are compared as they are, without rounding, and with a tolerance: see `places`.

    Parameters
    ----------
    values
        By unit, in points of any scale; of a frame every column is ranked by itself.

    Returns
    -------
    pd.Series or pd.DataFrame
        Places, as floats, in the shape of `values`; gaps keep no rank (NaN).

    Examples
    --------
    >>> rank(pd.Series({"u": 10, "v": 30, "w": 30, "x": None})).to_dict()
    {'u': 3.0, 'v': 1.0, 'w': 1.0, 'x': nan}
    """
    if isinstance(values, pd.DataFrame):
        return values.apply(rank)
    return pd.Series(places(values.to_numpy(dtype=float)), values.index, name=values.name)


def places(values: np.ndarray) -> np.ndarray:
    """Return the place of each value, 1 for the largest; NaN for NaN.

    In descending order, a value that lies at most `TIE_TOLERANCE` below the one before it ties
    with it. So all members of a chain of such steps share one place, that of its first: whether
    two values share a place depends neither on their order nor on where counting begins, and no
    value has a better place than a larger one.

    Examples
    --------
    >>> places(np.array([50.0, 70.0, np.nan, 70.0])).tolist()
    [3.0, 1.0, nan, 1.0]
    """
    order = np.argsort(-values, kind="stable")  # gaps come last
    ordered = values[order]
    apart = np.append(True, ~(ordered[:-1] - ordered[1:] <= TIE_TOLERANCE))[: len(values)]
    first = np.maximum.accumulate(np.where(apart, np.arange(len(values)), 0))
    found = np.empty(len(values))
    found[order] = np.where(np.isnan(ordered), np.nan, first + 1)
    return found


def midpoint_anchors(index: pd.Series, places: pd.DataFrame) -> pd.DataFrame:
    """Place the anchors of a score scale between neighbouring units.

    Parameters
    ----------
    index
        The index by unit; gaps are left out.
    places
        ``place`` and ``score``: the place p stands for the midpoint between the units at the
        places p and p + 1, so that exactly p units lie above it.

    Returns
    -------
    pd.DataFrame
        ``index`` and ``score``, the anchors for `piecewise_score`.

    Raises
    ------
    RefusedValueError
        For a place that is not a whole number from 1 to the number of units less 1, or whose
        two units are tied, so that no value lies between them.

    Examples
    --------
    Place 1 ends midway between 90 and 70.

    >>> index = pd.Series({"u": 90.0, "v": 70.0, "w": 50.0})
    >>> midpoint_anchors(index, pd.DataFrame({"place": [1], "score": [85]})).to_dict("list")
    {'index': [80.0], 'score': [85]}
    """
    ordered = np.sort(index.dropna().to_numpy(dtype=float))[::-1]
    numbers = places["place"]
    wrong = [place for place in numbers if place % 1 != 0 or not 1 <= place < len(ordered)]
    if wrong:
        raise RefusedValueError(
            f"anchors: places {wrong} are not whole numbers from 1 to {len(ordered) - 1}"
        )
    above = ordered[numbers.astype(int) - 1]
    below = ordered[numbers.astype(int)]
    tied = list(numbers[above - below <= TIE_TOLERANCE])
    if tied:
        raise RefusedValueError(f"anchors: the units at places {tied} are tied with the next unit")
    return pd.DataFrame({"index": (above + below) / 2, "score": places["score"].to_numpy()})


def piecewise_score(index: pd.Series, anchors: pd.DataFrame) -> pd.Series:
    """Map an index through anchors, linearly between them and beyond them.

    Beyond the first and the last anchor the map goes on with the slope of the neighbouring
    segment, so it keeps the order of all units; an end that should lie elsewhere is given as
    one more anchor.

    Parameters
    ----------
    index
        The index by unit; gaps stay gaps.
    anchors
        ``index`` and ``score``, at least two rows, in any order.

    Returns
    -------
    pd.Series
        Points of the score, by unit.

    Raises
    ------
    RefusedValueError
        If there are fewer than two anchors, or the score does not rise with the index.

    Examples
    --------
    From 10 to 20 each point of the index is worth two of the score, and so it is below and above.

    >>> anchors = pd.DataFrame({"index": [10.0, 20.0], "score": [60.0, 80.0]})
    >>> piecewise_score(pd.Series({"u": 15.0, "v": 5.0, "w": 21.0}), anchors).to_dict()
    {'u': 70.0, 'v': 50.0, 'w': 82.0}
    """
    ordered = anchors.sort_values(["index", "score"])
    knots, scores = ordered["index"].to_numpy(dtype=float), ordered["score"].to_numpy(dtype=float)
    if len(knots) < 2:
        raise RefusedValueError(f"anchors: at least two are needed, there are {len(knots)}")
    if not ((np.diff(knots) > 0).all() and (np.diff(scores) > 0).all()):
        pairs = list(zip(knots.tolist(), scores.tolist(), strict=True))
        rule = f"the score must rise strictly with the index, not {pairs}"
        raise RefusedValueError(f"anchors: {rule}")
    slopes = np.diff(scores) / np.diff(knots)
    values = index.to_numpy(dtype=float)
    segment = np.clip(np.searchsorted(knots, values, side="right") - 1, 0, len(slopes) - 1)
    mapped = scores[segment] + slopes[segment] * (values - knots[segment])
    return pd.Series(mapped, index=index.index, name="score")
