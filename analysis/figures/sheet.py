"""Figures of a printed size: so many centimetres wide and high, with type as large as it says."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from analysis.figures import style
from analysis.figures.fonts import register_with_matplotlib

# Widths in centimetres: the text column, one of two figures side by side, the paper.
FULL, HALF, PAPER_WIDTH = 17.0, 8.3, 21.0
INCH = 2.54
# The smallest type that a print may have, in points.
SMALL = 7.0


@contextmanager
def sheet(width: float, height: float, **grid: Any) -> Iterator[tuple[Figure, Any]]:
    """Open a figure of `width` and `height` centimetres in the common style.

    Yields the figure and its axes (as `matplotlib.pyplot.subplots` gives them, with `grid` as its
    keywords); they fill the figure unless a layout is asked for.
    """
    register_with_matplotlib()
    with style.common_style():
        figure, axes = plt.subplots(figsize=(width / INCH, height / INCH), **grid)
        if "layout" not in grid:
            figure.subplots_adjust(left=0, right=1, bottom=0, top=1)
        yield figure, axes
        plt.close(figure)
