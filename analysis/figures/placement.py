"""Names beside marks, each where it covers no other name and as few marks as possible."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from matplotlib.text import Annotation, Text
from matplotlib.transforms import Bbox

from analysis.figures.style import MUTED, PAPER

# Where a name may stand, in points from its mark, the preferred place first.
SPOTS = [
    ((6, 0), "left", "center"),
    ((-6, 0), "right", "center"),
    ((0, 6), "center", "bottom"),
    ((0, -6), "center", "top"),
    ((4, 4), "left", "bottom"),
    ((4, -4), "left", "top"),
    ((-4, 4), "right", "bottom"),
    ((-4, -4), "right", "top"),
    ((9, 9), "left", "bottom"),
    ((9, -9), "left", "top"),
    ((-9, 9), "right", "bottom"),
    ((-9, -9), "right", "top"),
    ((20, 14), "left", "bottom"),
    ((20, -14), "left", "top"),
    ((-20, 14), "right", "bottom"),
    ((-20, -14), "right", "top"),
    ((0, 24), "center", "bottom"),
    ((0, -24), "center", "top"),
    ((36, 4), "left", "center"),
    ((36, -24), "left", "center"),
    ((-36, 4), "right", "center"),
    ((-36, -24), "right", "center"),
]
NAME_COVERED, OUTSIDE = 100, 50
# Points that a name keeps from the marks of other names, lest it seems to belong to them.
DISTANCE = 5
# Pixels around a name in which the centre of a mark counts as covered.
EDGE = 3


def name_points(figure: Figure, axes: Axes, points: pd.DataFrame, marks: pd.DataFrame) -> None:
    """Write `points` (columns x, y, name) beside their marks, with a line to those farther off.

    `marks` (x, y) are all marks drawn, in data units. Call it last: the limits and scales of the
    axes, other texts and the key must stand.
    """
    figure.draw_without_rendering()
    drawn, named = on_page(axes, marks), on_page(axes, points)
    taken = written_boxes(axes)
    for number, (mark, point) in enumerate(zip(named, points.to_dict("records"), strict=True)):
        note = written(axes, point["x"], point["y"], point["name"])
        keep_off = DISTANCE * figure.dpi / 72
        others = [Bbox([m - keep_off, m + keep_off]) for m in np.delete(named, number, axis=0)]
        costs = [
            cost(axes, mark, placed(note, spot), drawn, taken + others)
            for spot in range(len(SPOTS))
        ]
        taken.append(placed(note, int(np.argmin(costs))))


def on_page(axes: Axes, points: pd.DataFrame) -> np.ndarray:
    """The points in pixels, one row each."""
    return axes.transData.transform(points[["x", "y"]].to_numpy(dtype=float))


def written_boxes(axes: Axes) -> list[Bbox]:
    """Boxes of the texts and the key that the axes hold already."""
    key = axes.get_legend()
    keys = [] if key is None else [key.get_window_extent()]
    return [*keys, *(text.get_window_extent() for text in axes.texts)]


def written(axes: Axes, x: float, y: float, name: str) -> Annotation:
    """The name with a paper-coloured halo and a thin line to its mark."""
    line = {"arrowstyle": "-", "color": MUTED, "linewidth": 0.5, "shrinkA": 0, "shrinkB": 3}
    note = axes.annotate(
        name, (x, y), (0, 0), textcoords="offset points", fontsize=7.5, arrowprops=line
    )
    note.set_path_effects([withStroke(linewidth=2, foreground=PAPER)])
    note.get_window_extent()  # fixes the point from which the offsets are measured
    return note


def placed(note: Annotation, spot: int) -> Bbox:
    """Move the name to one of the spots and return the box its letters fill there."""
    offset, horizontal, vertical = SPOTS[spot]
    note.set(position=offset, ha=horizontal, va=vertical)
    return Text.get_window_extent(note)


def cost(axes: Axes, mark: np.ndarray, box: Bbox, marks: np.ndarray, others: list[Bbox]) -> float:
    """How many marks the box covers; other names, crossed or covered, and the frame weigh more."""
    low, high = box.get_points()
    covered = ((marks > low - EDGE) & (marks < high + EDGE)).all(axis=1).sum()
    line = np.linspace(mark, np.clip(mark, low, high), 9)
    names = sum(box.overlaps(other) or crosses(line, other) for other in others)
    frame = axes.get_window_extent().get_points()
    outside = bool((low < frame[0]).any() or (high > frame[1]).any())
    return float(covered) + NAME_COVERED * names + OUTSIDE * outside


def crosses(line: np.ndarray, box: Bbox) -> bool:
    """Whether any of the points along the line lies in the box."""
    low, high = box.get_points()
    return bool(((line > low) & (line < high)).all(axis=1).any())
