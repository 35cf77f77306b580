"""Names beside marks, each where it covers no other name and as few marks as possible."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from matplotlib.text import Annotation, Text

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
# The share of a name that lies on the near side of where it is written.
SHARE = {"left": 0, "right": 1, "bottom": 0, "top": 1, "center": 0.5}
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
    boxes = np.array([boxes_of(note) for note in notes])
    for note, spot in zip(notes, choose_spots(axes, points, boxes, drawn, fixed), strict=True):
        offset, horizontal, vertical = SPOTS[spot]
        note.set(position=offset, ha=horizontal, va=vertical)


def choose_spots(
    axes: Axes, points: pd.DataFrame, boxes: np.ndarray, drawn: np.ndarray, fixed: list[np.ndarray]
) -> list[int]:
    """The cheapest spot of every name, those with the fewest free spots first, in two rounds.

    `boxes` are what each name would fill on each spot; `drawn` points and `fixed` boxes are in the
    way. A box is its lower and its upper corner in pixels.
    """
    marks, frame = on_page(axes, points)[:, None], axes.get_window_extent().get_points()
    keep_off = DISTANCE * axes.figure.dpi / 72
    around = np.concatenate([marks - keep_off, marks + keep_off], axis=1)
    chosen: dict[int, int] = {}

    def costs(number: int) -> np.ndarray:
        names = [boxes[other, spot] for other, spot in chosen.items() if other != number]
        others = np.reshape([*fixed, *np.delete(around, number, axis=0), *names], (-1, 2, 2))
        return spot_costs(frame, marks[number], boxes[number], drawn, others)

    order = sorted(range(len(boxes)), key=lambda number: np.count_nonzero(costs(number) == 0))
    for number in [*order, *order]:
        chosen[number] = int(costs(number).argmin())
    return [chosen[number] for number in range(len(boxes))]


def on_page(axes: Axes, points: pd.DataFrame) -> np.ndarray:
    """The points in pixels, one row each."""
    return axes.transData.transform(points[["x", "y"]].to_numpy(dtype=float))


def curves(axes: Axes) -> list[np.ndarray]:
    """Points along the lines of the axes in pixels, so that names keep off lines too."""
    found = []
    for line in axes.lines:
        ends = line.get_transform().transform(np.asarray(line.get_xydata(), dtype=float))
        ends = ends[np.isfinite(ends).all(axis=1)]
        if not len(ends):  # such as a line that only the key shows
            continue
        steps = np.hypot(*np.diff(ends, axis=0).T).cumsum()
        along = np.concatenate([[0.0], steps])
        at = np.arange(0, along[-1], ALONG)
        found.append(np.column_stack([np.interp(at, along, side) for side in ends.T]))
    return found


def written_boxes(axes: Axes) -> list[np.ndarray]:
    """Boxes of the texts and the key that the axes hold already."""
    key = axes.get_legend()
    artists = axes.texts if key is None else [key, *axes.texts]
    return [artist.get_window_extent().get_points() for artist in artists]


def written(axes: Axes, x: float, y: float, name: str) -> Annotation:
    """The name with a paper-coloured halo and a thin line to its mark."""
    line = {"arrowstyle": "-", "color": MUTED, "linewidth": 0.5, "shrinkA": 0, "shrinkB": 3}
    note = axes.annotate(
        name, (x, y), (0, 0), textcoords="offset points", fontsize=7.5, arrowprops=line
    )
    note.set_path_effects([withStroke(linewidth=2, foreground=PAPER)])
    note.get_window_extent()  # fixes the point from which the offsets are measured
    return note


def boxes_of(note: Annotation) -> np.ndarray:
    """The boxes that the letters of a name fill on each of the spots."""
    note.set(position=(0, 0), ha="left", va="bottom")
    box = Text.get_window_extent(note)
    offsets = np.array([offset for offset, _, _ in SPOTS]) * note.figure.dpi / 72
    shares = np.array([(SHARE[horizontal], SHARE[vertical]) for _, horizontal, vertical in SPOTS])
    low = box.min + offsets - shares * box.size
    return np.stack([low, low + box.size], axis=1)


def spot_costs(
    frame: np.ndarray, mark: np.ndarray, boxes: np.ndarray, marks: np.ndarray, others: np.ndarray
) -> np.ndarray:
    """How many marks each box covers; other names, crossed or covered, and the frame weigh more."""
    low, high = boxes[:, 0], boxes[:, 1]
    covered = inside(marks, low - EDGE, high + EDGE).sum(axis=0)
    lines = np.linspace(mark, np.clip(mark, low, high), 9)
    crossed = inside(lines, others[:, 0], others[:, 1]).any(axis=0)
    touched = (low[:, None] - APART <= others[:, 1]) & (high[:, None] + APART >= others[:, 0])
    names = (crossed | touched.all(axis=-1)).sum(axis=1)
    outside = ((low < frame[0]) | (high > frame[1])).any(axis=1)
    return covered + NAME_COVERED * names + OUTSIDE * outside


def inside(points: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Which points lie in which of the boxes with these corners; boxes are the last axis."""
    points = points[..., None, :]
    return np.all((points > low) & (points < high), axis=-1)
