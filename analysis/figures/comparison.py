"""The figure of two editions side by side: the moves of the leading cities, with their doubt."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.figures import style
from analysis.figures.keys import lone_mark
from analysis.figures.tables import as_text

# Cities drawn: those among so many first ones in either edition.
FIRST = 30


def leading_moves(
    comparison: pd.DataFrame, labels: pd.Series, names: pd.Series, *, narrow: bool = False
) -> Figure:
    """Places gained by the cities among the first `FIRST` in either edition, most gained first.

    `comparison` is the results table. A line is the interval of the move under other choices; the
    dot is full where all of it lies on one side of zero. Beside each name stand both places.
    """
    leading = comparison[["rank_before", "rank_after"]].min(axis=1) <= FIRST
    shown = comparison[leading].sort_values(["move", "rank_after"], ascending=[False, True])
    rows = np.arange(len(shown))
    clear = shown["exceeds"].astype(int) == 1
    with style.canvas(0.85 + 0.155 * len(shown), style.width(narrow)) as (figure, axes):
        style.rule_grid(axes, "x")
        axes.axvline(0, color=style.MUTED, linewidth=0.8, zorder=1)
        axes.hlines(rows, shown["move_low"], shown["move_high"], style.LIGHT, linewidth=2.2)
        face = np.where(clear, style.ACCENT, style.PAPER)
        axes.scatter(shown["move"], rows, s=20, c=list(face), edgecolor=style.ACCENT, zorder=3)
        axes.set_yticks(rows, [named(city, names) for city in shown.to_dict("records")])
        axes.set(
            ylim=(len(shown) - 0.4, -0.6), xlabel=style.wrapped(labels["places_gained_axis"], 28)
        )
        axes.xaxis.set_major_formatter(lambda value, _: as_text(float(value), "+.0f"))
        axes.tick_params(axis="y", length=0, labelsize=7.5)
        axes.spines["left"].set_visible(False)
        write_key(figure, labels, set(clear), 1 if narrow else 3)
    return figure


def named(city: dict, names: pd.Series) -> str:
    """A city with its places before and after."""
    return f"{names[city['adcode']]}  {city['rank_before']} → {city['rank_after']}"


def write_key(figure: Figure, labels: pd.Series, shown: set[bool], columns: int) -> None:
    """What full and hollow dots, as far as any are `shown`, and the line are, above the marks."""
    marks = {"move_range": Line2D([], [], color=style.LIGHT, linewidth=2.2)}
    if True in shown:
        marks["move_clear"] = lone_mark("o", style.ACCENT, 4.5)
    if False in shown:
        marks["move_unclear"] = lone_mark("o", style.PAPER, 4.5, style.ACCENT)
    figure.legend(
        list(marks.values()), [labels[key] for key in marks], loc="outside upper left",
        ncols=columns, borderpad=0, handletextpad=0.4, columnspacing=1.4,
    )  # fmt: skip
