"""Marks and keys that several chapters share: regions by marker, the two rankings by ring and dot.

A published place is a ring and an open-data place a dot, so that equal places read as a dot in a
ring.
"""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.lines import Line2D

from analysis.figures import style

RING: dict[str, Any] = {"s": 46, "facecolor": style.PAPER, "linewidth": 1.5}
DOT: dict[str, Any] = {"s": 15, "facecolor": style.EVIDENCE_COLOURS["open"], "linewidth": 0.0}


def region_scatter(axes: Axes, points: pd.DataFrame, x: str, y: str) -> None:
    """Marks of `points` (region and the columns `x` and `y`), shape and colour by region."""
    for region, marker in style.REGION_MARKERS.items():
        some = points[points["region"] == region]
        axes.scatter(
            some[x],
            some[y],
            s=18,
            marker=marker,
            color=style.REGION_COLOURS[region],
            edgecolor=style.PAPER,
            linewidth=0.4,
        )


def region_key(axes: Axes, labels: pd.Series, **legend: Any) -> Legend:
    """The four regions by shape and colour; `legend` goes to `Axes.legend`."""
    return axes.legend(*region_handles(labels), handletextpad=0.2, **legend)


def key_below(figure: Figure, labels: pd.Series) -> None:
    """The four regions in a line below the axes of a narrow figure."""
    figure.legend(
        *region_handles(labels), loc="outside lower right", ncols=4, borderpad=0,
        handletextpad=0.1, columnspacing=0.8, fontsize=7.5,
    )  # fmt: skip


def region_handles(labels: pd.Series) -> tuple[list[Line2D], list[str]]:
    """Marks and names of the regions."""
    handles = [
        lone_mark(marker, style.REGION_COLOURS[region])
        for region, marker in style.REGION_MARKERS.items()
    ]
    return handles, [labels[region] for region in style.REGION_MARKERS]


def lone_mark(marker: str, colour: str, size: float = 5, edge: str | None = None) -> Line2D:
    """A mark for a key, `size` points wide; an edge of another colour if `edge` is given."""
    return Line2D(
        [],
        [],
        linestyle="",
        marker=marker,
        markersize=size,
        markerfacecolor=colour,
        markeredgecolor=edge or colour,
        markeredgewidth=0.6,
    )


def evidence_marks(axes: Axes, x: Any, y: Any, evidence: str) -> None:
    """Places of one ranking: published ones as rings, open-data ones as dots."""
    shape = RING if evidence == "published" else DOT
    axes.scatter(x, y, edgecolor=style.EVIDENCE_COLOURS[evidence], zorder=3, **shape)


def evidence_key(axes: Axes, words: dict[str, str], extra: Any = (), **legend: Any) -> Legend:
    """Ring and dot with their `words` (by evidence), then `extra` pairs of handle and word."""
    marks = {
        "published": lone_mark("o", "none", 6.5, style.EVIDENCE_COLOURS["published"]),
        "open": lone_mark("o", style.EVIDENCE_COLOURS["open"], 4),
    }
    marks["published"].set_markeredgewidth(1.5)
    pairs = [(marks[evidence], word) for evidence, word in words.items()] + list(extra)
    handles, names = zip(*pairs, strict=True)
    return axes.legend(handles, names, handletextpad=0.3, **legend)


def place_ticks(last: float, step: int) -> list[int]:
    """Ticks of an axis of places: the first place, then every `step` places."""
    return [1, *range(step, int(last) + 1, step)]


def write_sides(axes: Axes, above: str, below: str) -> None:
    """What lies above and below a falling diagonal, outside the axes, where no mark is."""
    sides: dict[str, Any] = {"transform": axes.transAxes, "color": style.MUTED, "fontsize": 7.5}
    axes.text(0, 1.085, f"↗ {above}", va="bottom", **sides)
    axes.text(0, 1.02, f"↙ {below}", va="bottom", **sides)
