"""The one visual language of all figures: fonts, colours, sizes, quiet axes.

Colours are from the Okabe-Ito palette (Okabe and Ito 2008) and the viridis-like map cividis, both
made for readers with colour-blind vision; no figure tells groups apart by colour alone.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from io import StringIO
from typing import Any, Literal

import matplotlib as mpl
import matplotlib.pyplot as plt
import matplotlib.style
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.figures.fonts import register_with_matplotlib
from analysis.figures.svg_text import mark_halos, settle_text

# Says the sentence of a name with its values: what has a number in it is more than a label.
Say = Callable[..., str]
INK, MUTED, RULE, PAPER = "#1c2430", "#5c6773", "#dfe4ea", "#ffffff"
ACCENT, SECOND = "#1f5a7a", "#d55e00"
REGION_COLOURS = {
    "East": "#0072b2",
    "Central": "#e69f00",
    "West": "#009e73",
    "Northeast": "#cc79a7",
}
REGION_MARKERS = {"East": "o", "Central": "s", "West": "^", "Northeast": "D"}
TIER_COLOURS = {
    "ecosystem_innovation": "#0b3c5d",
    "capability_synergy": "#3f88b5",
    "unit_digitalisation": "#a9cfe5",
    "below_published_range": "#d9dde2",
}
EVIDENCE_COLOURS = {"published": SECOND, "open": ACCENT}
STATUS_COLOURS = {
    "observed": "#3f88b5",
    "averaged": "#a9cfe5",
    "corrected": "#d55e00",
    "carried": "#e69f00",
    "missing": "#d9dde2",
}
GRADE_COLOURS = {
    "observed": "#0b3c5d",
    "proxy": "#3f88b5",
    "weak": "#e0b04c",
    "lost": "#d55e00",
    "none": "#d9dde2",
}
# The width of the text column of the report in inches; type is set for this width.
WIDTH = 6.7

SETTINGS: dict[Any, Any] = {
    "font.family": ["Fira Sans", "Noto Sans SC"],
    "font.size": 8.5,
    "axes.titlesize": 9,
    "axes.titleweight": "normal",
    "axes.titlelocation": "left",
    "axes.labelsize": 8.5,
    "axes.labelcolor": MUTED,
    "axes.edgecolor": MUTED,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": False,
    "axes.axisbelow": True,
    "axes.unicode_minus": True,
    "grid.color": RULE,
    "grid.linewidth": 0.6,
    "text.color": INK,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.major.size": 2.5,
    "ytick.major.size": 2.5,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "legend.frameon": False,
    "legend.fontsize": 8,
    "lines.linewidth": 1.4,
    "figure.dpi": 100,
    "svg.fonttype": "none",
    "svg.hashsalt": "digital-city-top100",
}


def common_style() -> AbstractContextManager[None]:
    """The settings of every figure: matplotlib's own, whatever the user's are, and ours."""
    return mpl.style.context(["default", SETTINGS])


@contextmanager
def canvas(height: float, **grid: Any) -> Iterator[tuple[Figure, Any]]:
    """Open a figure of the report's width and `height` inches in the common style.

    Yields the figure and its axes (as `matplotlib.pyplot.subplots` gives them, with `grid` as its
    keywords); closes it for pyplot afterwards, so that notebooks do not show it twice.
    """
    register_with_matplotlib()
    with common_style():
        figure, axes = plt.subplots(figsize=(WIDTH, height), layout="constrained", **grid)
        yield figure, axes
        plt.close(figure)


def rule_grid(axes: Axes, axis: Literal["x", "y"]) -> None:
    """Quiet grid lines across `axis` ('x' or 'y')."""
    axes.grid(axis=axis, color=RULE, linewidth=0.6)


def direct_label(axes: Axes, x: float, y: float, text: str, **keywords: Any) -> None:
    """A small text beside a mark, with a paper-coloured halo so that it reads over lines."""
    from matplotlib.patheffects import withStroke

    axes.annotate(
        text,
        (x, y),
        textcoords="offset points",
        fontsize=7.5,
        path_effects=[withStroke(linewidth=2, foreground=PAPER)],
        **{"xytext": (4, 3), **keywords},
    )


def svg(figure: Figure) -> Any:
    """The figure as SVG for a notebook: words as text, the same bytes for the same figure."""
    from IPython.display import SVG

    mark_halos(figure)
    with common_style():
        target = StringIO()
        figure.savefig(target, format="svg", metadata={"Date": None})
    return SVG(settle_text(target.getvalue()))


def scale_limits(values: Iterable[float], foot: float, top: float) -> tuple[float, float]:
    """Limits of an axis from `foot` to `top`, widened where values lie beyond them.

    Values of an edition with the rulers of another one may lie beyond 0 and 100.
    """
    present = [float(value) for value in values if not pd.isna(value)]
    room = 0.015 * (top - foot)
    low, high = min(present, default=foot), max(present, default=top)
    return (
        foot if low >= max(foot, 0) else low - room,
        top if high <= min(top, 100) else high + room,
    )
