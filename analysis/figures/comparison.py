"""Figures of two editions side by side: slopes of the leading cities, and clear moves."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.figures import style
from analysis.figures.keys import lone_mark

# Moves beyond the uncertainty by colour and by a stronger line, the others quiet.
STRONG: dict[str, Any] = {"color": style.SECOND, "linewidth": 1.8}
QUIET: dict[str, Any] = {"color": "#9aa5b1", "linewidth": 0.9}


def leading_slopes(
    comparison: pd.DataFrame, labels: pd.Series, names: pd.Series, editions: tuple[str, str],
    number: int = 30,
) -> Figure:  # fmt: skip
    """Places before and after of the cities among the first `number` in either edition.

    `comparison` is the results table, `editions` the names of the two.
    """
    leading = comparison[["rank_before", "rank_after"]].min(axis=1) <= number
    shown = comparison[leading]
    with style.canvas(0.9 + 0.165 * len(shown)) as (figure, axes):
        for city in shown.to_dict("records"):
            line = STRONG if city["exceeds"] else QUIET
            axes.plot([0, 1], [city["rank_before"], city["rank_after"]], **line, zorder=2)
            mark = {"s": 14, "color": line["color"], "zorder": 3}
            axes.scatter([0, 1], [city["rank_before"], city["rank_after"]], **mark)
        name_ends(axes, shown, names)
        axes.set_ylim(shown[["rank_before", "rank_after"]].max(axis=None) + 1, 0)
        axes.set(xlim=(-0.75, 1.75), xticks=[0, 1], yticks=[])
        axes.set_xticklabels([f"{labels['edition_word']} {name}" for name in editions])
        axes.xaxis.tick_top()
        axes.tick_params(axis="x", length=0)
        axes.spines[:].set_visible(False)
        handles = [Line2D([], [], **line) for line in (STRONG, QUIET)]
        words = [labels["move_exceeds"], labels["move_within"]]
        axes.legend(handles, words, loc="upper center", bbox_to_anchor=(0.5, 0), ncols=2)
    return figure


def name_ends(axes: Axes, shown: pd.DataFrame, names: pd.Series) -> None:
    """Place and city at both ends, kept apart where places lie close together."""
    for column, x, side, align in (("rank_before", 0, -1, "right"), ("rank_after", 1, 1, "left")):
        ordered = shown.sort_values([column, "adcode"])
        heights = spread(ordered[column].to_numpy(dtype=float))
        for city, height in zip(ordered.to_dict("records"), heights, strict=True):
            axes.annotate(
                f"{names[city['adcode']]}  {city[column]}"
                if side < 0
                else f"{city[column]}  {names[city['adcode']]}",
                (x, city[column]),
                xytext=(x + 0.06 * side, height),
                ha=align,
                va="center",
                fontsize=7.5,
                arrowprops={"arrowstyle": "-", "color": style.RULE, "linewidth": 0.6},
            )


def spread(places: np.ndarray, least: float = 0.95) -> np.ndarray:
    """Heights near rising `places` that lie at least `least` apart, pushed downwards."""
    heights = places.copy()
    for number in range(1, len(heights)):
        heights[number] = max(heights[number], heights[number - 1] + least)
    return heights


def clear_moves(
    comparison: pd.DataFrame, labels: pd.Series, names: pd.Series, number: int = 20
) -> Figure:
    """The largest moves beyond the uncertainty, each with its interval, gains on top.

    `comparison` is the results table.
    """
    clear = comparison[comparison["exceeds"] == 1]
    largest = clear.reindex(clear["move"].abs().sort_values(ascending=False, kind="stable").index)
    shown = largest.head(number).sort_values("move", ascending=False, kind="stable")
    rows = np.arange(len(shown))
    with style.canvas(1.0 + 0.21 * max(len(shown), 1)) as (figure, axes):
        style.rule_grid(axes, "x")
        axes.axvline(0, color=style.MUTED, linewidth=0.8)
        axes.hlines(rows, shown["move_low"], shown["move_high"], color="#a9cfe5", linewidth=4)
        axes.scatter(shown["move"], rows, s=20, color=style.SECOND, zorder=3)
        axes.set_yticks(rows, [names[adcode] for adcode in shown["adcode"]])
        axes.set(ylim=(len(shown) - 0.4, -0.6), xlabel=labels["move_axis"])
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        handles = [lone_mark("o", style.SECOND), Line2D([], [], color="#a9cfe5", linewidth=4)]
        words = [labels["move_of_record"], labels["move_interval"]]
        axes.legend(handles, words, loc="lower left", bbox_to_anchor=(0, 1), ncols=2, borderpad=0)
    return figure
