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
    ((0, -36), "center", "top"),
    ((44, -34), "left", "center"),
    ((-44, -34), "right", "center"),
    ((44, 34), "left", "center"),
    ((-44, 34), "right", "center"),
    ((0, 50), "center", "bottom"),
    ((0, -50), "center", "top"),
    ((62, 12), "left", "center"),
    ((-62, 12), "right", "center"),
    ((62, -48), "left", "center"),
    ((-62, -48), "right", "center"),
    ((62, 48), "left", "center"),
    ((-62, 48), "right", "center"),
]
NAME_COVERED, OUTSIDE = 100, 50
# Points that a name keeps from the marks of other names, lest it seems to belong to them.
DISTANCE = 5
# Pixels between two names.
APART = 3
# Pixels around a name in which the centre of a mark counts as covered.
EDGE = 3
# Pixels between the points of a line that a name keeps off.
ALONG = 12


def name_points(figure: Figure, axes: Axes, points: pd.DataFrame, marks: pd.DataFrame) -> None:
    """Write `points` (columns x, y, name) beside their marks, with a line to those farther off.

    `marks` (x, y) are all marks drawn, in data units. Call it last: the limits and scales of the
    axes, lines, other texts and the key must stand.
    """
    figure.draw_without_rendering()
    fixed, drawn = written_boxes(axes), np.vstack([on_page(axes, marks), *curves(axes)])
    notes = [written(axes, *point) for point in points[["x", "y", "name"]].to_numpy()]
    boxes = [[placed(note, spot) for spot in range(len(SPOTS))] for note in notes]
    chosen = choose_spots(axes, on_page(axes, points), boxes, drawn, fixed)
    for number, note in enumerate(notes):
        placed(note, chosen[number])


def choose_spots(
    axes: Axes,
    named: np.ndarray,
    boxes: list[list[Bbox]],
    drawn: np.ndarray,
    fixed: list[Bbox],
) -> dict[int, int]:
    """The cheapest spot of every name, those with the fewest free spots first, in two rounds.

    `named` are the named marks, `boxes` what each name would fill on each spot; `drawn` points
    and `fixed` boxes are in the way.
    """
    keep_off = DISTANCE * axes.figure.dpi / 72
    around = [Bbox([mark - keep_off, mark + keep_off]) for mark in named]
    chosen: dict[int, int] = {}

    def costs(number: int) -> list[float]:
        others = fixed + around[:number] + around[number + 1 :]
        others += [boxes[other][spot] for other, spot in chosen.items() if other != number]
        return [cost(axes, named[number], box, drawn, others) for box in boxes[number]]

    order = sorted(range(len(boxes)), key=lambda number: costs(number).count(0))
    for number in [*order, *order]:
        chosen[number] = int(np.argmin(costs(number)))
    return chosen


def on_page(axes: Axes, points: pd.DataFrame) -> np.ndarray:
    """The points in pixels, one row each."""
    return axes.transData.transform(points[["x", "y"]].to_numpy(dtype=float))


def curves(axes: Axes) -> list[np.ndarray]:
    """Points along the lines of the axes in pixels, so that names keep off lines too."""
    found = []
    for line in axes.lines:
        ends = line.get_transform().transform(np.asarray(line.get_xydata(), dtype=float))
        steps = np.hypot(*np.diff(ends, axis=0).T).cumsum()
        along = np.concatenate([[0.0], steps])
        at = np.arange(0, along[-1], ALONG)
        found.append(np.column_stack([np.interp(at, along, side) for side in ends.T]))
    return found


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
    around = box.padded(APART)
    names = sum(around.overlaps(other) or crosses(line, other) for other in others)
    frame = axes.get_window_extent().get_points()
    outside = bool((low < frame[0]).any() or (high > frame[1]).any())
    return float(covered) + NAME_COVERED * names + OUTSIDE * outside


def crosses(line: np.ndarray, box: Bbox) -> bool:
    """Whether any of the points along the line lies in the box."""
    low, high = box.get_points()
    return bool(((line > low) & (line < high)).all(axis=1).any())
