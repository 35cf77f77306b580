"""Shapes of the relation between a size and an index, and how well each predicts unseen units."""

from collections.abc import Callable

import numpy as np

# What each shape does to the size and to the index before a straight line is fitted, and back.
SHAPES: dict[str, tuple[Callable, Callable, Callable]] = {
    "linear": (np.asarray, np.asarray, np.asarray),
    "log_linear": (np.log, np.asarray, np.asarray),
    "power": (np.log, np.log, np.exp),
}


def left_out(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Prediction of each y by the straight line through all other points.

    `x` has one value a unit; the last axis of `y` is that of the units.

    Examples
    --------
    The line through the first two points leads to 2 at the third, which is 5.

    >>> left_out(np.array([0.0, 1.0, 2.0]), np.array([0.0, 1.0, 5.0])).round(9).tolist()
    [-3.0, 2.5, 2.0]
    """
    centred = x - x.mean()
    squares = (centred**2).sum()
    leverage = 1 / len(x) + centred**2 / squares
    slope = (y * centred).sum(axis=-1, keepdims=True) / squares
    residual = y - y.mean(axis=-1, keepdims=True) - slope * centred
    return np.asarray(y - residual / (1 - leverage))


def prediction_error(shape: str, size: np.ndarray, index: np.ndarray) -> np.ndarray:
    """Root mean square error of leave-one-out predictions, on the scale of the index.

    Parameters
    ----------
    shape
        A name in `SHAPES`.
    size
        By unit; positive where the shape takes logarithms.
    index
        The last axis is that of the units; positive where the shape takes logarithms.

    Returns
    -------
    np.ndarray
        In points of the index, without the last axis.

    Examples
    --------
    Points on a straight line are predicted without an error.

    >>> line = prediction_error("linear", np.array([1.0, 2, 3]), np.array([2.0, 4, 6]))
    >>> float(line.round(9))
    0.0
    """
    to_x, to_y, from_y = SHAPES[shape]
    predicted = from_y(left_out(to_x(size), to_y(index)))
    return np.asarray(np.sqrt(((index - predicted) ** 2).mean(axis=-1)))
