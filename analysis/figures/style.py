"""The one visual language of all figures: fonts, colours, sizes, quiet axes.

Every colour stands here; on paper it has a contrast of at least 3 for marks and 4.5 for text (WCAG
2.2). No figure tells groups apart by colour alone.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from io import StringIO
from textwrap import fill
from typing import Any, Literal

import matplotlib as mpl
import matplotlib.pyplot as plt
import matplotlib.style
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.figures.colours import contrast
from analysis.figures.fonts import register_with_matplotlib
from analysis.figures.svg_text import mark_halos, settle_text, with_narrow

# Says the sentence of a name with its values: what has a number in it is more than a label.
Say = Callable[..., str]
Layout = Literal["constrained", "none"]
CHINESE_MARK = re.compile("[、，；]")
INK, MUTED, RULE, PAPER = "#1c2430", "#5c6773", "#dfe4ea", "#ffffff"
# Each colour means one thing in all figures. Orange is the published list and nothing else; an
# estimate from both bodies of evidence has a colour of its own.
EVIDENCE_COLOURS = {"published": "#d55e00", "open": "#1f5a7a", "reconstructed": "#7b3fa0"}
ACCENT = EVIDENCE_COLOURS["open"]
# A second shade of open data, and what is neither: all cities, other yardsticks, the rest.
LIGHT, NEUTRAL = "#5998bd", "#868f99"
# One ramp of open data for what is nested, the narrowest darkest.
OPEN_RAMP = ("#0b3c5d", "#246b98", LIGHT)
# What goes against the rest: a negative correlation, a measure that still fails.
AGAINST = "#a3153a"
REGION_COLOURS = {
    "East": "#4a4f57",
    "Central": "#94790a",
    "West": "#b03a78",
    "Northeast": "#008a94",
}
REGION_MARKERS = {"East": "o", "Central": "s", "West": "^", "Northeast": "D"}
# One ramp, the highest stage darkest; what lies below the stages is pale and needs an edge.
TIER_COLOURS = {
    "ecosystem_innovation": "#06382c",
    "capability_synergy": "#1f7358",
    "unit_digitalisation": "#589c86",
    "below_published_range": "#d9dde2",
}
# Verdicts from the best, with mark, sign in tables, and colour.
VERDICTS = {
    "holds": ("o", "✓", "#33691e"),
    "qualified": ("D", "◐", "#6fa03a"),
    "fails": ("X", "×", AGAINST),
    "untestable": ("s", "?", "#6b7480"),
}
STATUS_COLOURS = {
    "observed": ACCENT,
    "averaged": LIGHT,
    "corrected": AGAINST,
    "carried": "#94790a",
    "missing": "#d9dde2",
}
GRADE_COLOURS = {
    "observed": OPEN_RAMP[0],
    "proxy": LIGHT,
    "weak": "#94790a",
    "lost": AGAINST,
    "none": "#d9dde2",
}
# Lights in the dark of the cover, from the ground to the brightest.
COVER = {"night": "#0a2236", "dusk": "#3f88b5", "glow": "#9fcbe2", "light": "#fff3d6"}
# Surfaces and lines behind marks, and fills that are never without a darker edge or mark.
PALE = {"plain": "#f1f4f7", "open": "#dcebf5", "absent": "#d9dde2", "box": "#c9d9e3"}
# The width of the text column of the report in inches; type is set for this width.
WIDTH = 6.7
# Of two figures that stand side by side each has half of it, less the space between them: 8.3 cm.
HALF = 3.27
# Letters of a name on one line beside a figure that is as narrow.
NARROW_LETTERS = 20

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
def canvas(
    height: float, width: float = WIDTH, *, layout: Layout = "constrained", **grid: Any
) -> Iterator[tuple[Figure, Any]]:
    """Open a figure of `height` inches in the common style, as wide as the report's text or `HALF`.

    Yields the figure and its axes (as `matplotlib.pyplot.subplots` gives them, with `grid` as its
    keywords); closes it for pyplot afterwards, so that notebooks do not show it twice.
    """
    register_with_matplotlib()
    with common_style():
        figure, axes = plt.subplots(figsize=(width, height), layout=layout, **grid)
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


def ink_on(face: str | tuple[float, float, float]) -> str:
    """White or dark text, whichever has the higher contrast on `face`."""
    return max((INK, PAPER), key=lambda ink: contrast(ink, face))


def lines(words: Iterable[str], letters: int) -> list[str]:
    """Each of several texts on lines of its own, as by `wrapped`."""
    return [wrapped(word, letters) for word in words]


def wrapped(words: str, letters: int) -> str:
    """Words on as many lines as they need with no more than `letters` letters, none broken.

    Chinese, which has no blanks, is parted behind its marks; its letters are twice as wide.
    """
    if CHINESE_MARK.search(words):
        return chinese_lines(words, letters // 2)
    return fill(words, letters, break_long_words=False, break_on_hyphens=False)


def chinese_lines(words: str, letters: int) -> str:
    """Chinese on lines of so many letters, or of more where none of its marks stands earlier."""
    parted = fill(CHINESE_MARK.sub(r"\g<0> ", words), letters, break_long_words=False)
    return re.sub(f"(?<={CHINESE_MARK.pattern}) ", "", parted)


def svg(figure: Figure) -> Any:
    """The figure as SVG for a notebook: words as text, the same bytes for the same figure."""
    from IPython.display import SVG

    mark_halos(figure)
    with common_style():
        target = StringIO()
        figure.savefig(target, format="svg", metadata={"Date": None})
    return SVG(settle_text(target.getvalue(), PAPER))


def both(draw: Callable[..., Figure], *arguments: Any) -> Any:
    """The figure that `draw` gives, and hidden in it the same as narrow as a phone.

    `draw` takes a keyword `narrow`; programs that show the file show the wide figure, the page of
    the report whichever fits (`analysis/publish/report/figures.py`).
    """
    from IPython.display import SVG

    wide, narrow = (svg(draw(*arguments, narrow=each)).data for each in (False, True))
    return SVG(with_narrow(wide, narrow))


def width(narrow: bool) -> float:
    """Inches of a figure as wide as the text of the report, or as a phone."""
    return HALF if narrow else WIDTH


def short_lines(words: Iterable[str], narrow: bool) -> list[str]:
    """Names beside the marks of a figure, on several lines where it is narrow."""
    return lines(words, NARROW_LETTERS) if narrow else list(words)


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
