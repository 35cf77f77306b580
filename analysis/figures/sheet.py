"""Figures of a printed size: so many centimetres wide and high, with type as large as it says."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from matplotlib.figure import Figure

from analysis.figures import style

# Widths in centimetres: the text column, one of two figures side by side, the paper.
FULL, HALF, PAPER_WIDTH = 17.0, 8.3, 21.0
INCH = 2.54
# The smallest type that a print may have, in points.
SMALL = 7.0


def width(narrow: bool) -> float:
    """Centimetres of a figure as wide as the text of the report, or as a phone."""
    return HALF if narrow else FULL


@contextmanager
def sheet(
    width: float, height: float, *, layout: style.Layout = "none", **grid: Any
) -> Iterator[tuple[Figure, Any]]:
    """Open a figure of `width` and `height` centimetres in the common style (`style.canvas`).

    Yields the figure and its axes; they fill the figure unless a layout is asked for.
    """
    with style.canvas(height / INCH, width / INCH, layout=layout, **grid) as (figure, axes):
        if layout == "none":
            figure.subplots_adjust(left=0, right=1, bottom=0, top=1)
        yield figure, axes
