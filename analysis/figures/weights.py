"""Figures of weights: several methods side by side, and weights against importance."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MultipleLocator

from analysis.figures import style
from analysis.figures.keys import lone_mark

LEVELS = ["domain", "subdomain"]
TITLE_LETTERS = 14  # of a method's name that fit above its panel


def weights_by_method(weights: pd.DataFrame, level: str, labels: pd.Series) -> Figure:
    """Weights of one `level` in percent, one panel per method, the nodes in the same order.

    `weights` is the results table; its first method, that of record, is a tick in every panel.
    """
    table = weights[weights["level"] == level].assign(percent=weights["weight"] * 100)
    wide = table.pivot(index="code", columns="method", values="percent")
    wide = wide.loc[table["code"].drop_duplicates(), table["method"].drop_duplicates()]
    first, *others = wide.columns
    with style.canvas(0.9 + 0.24 * len(wide), ncols=len(others), sharey=True, squeeze=False) as (
        figure,
        grid,
    ):
        for axes, method in zip(grid[0], others, strict=True):
            draw_method(axes, wide[method], wide[first])
            axes.set_title(*style.lines([labels[f"weights_{method}"]], TITLE_LETTERS))
            axes.set_xlim(0, wide.max().max() * 1.5)
        mark = lone_mark("|", style.INK, 9)
        mark.set_markeredgewidth(1.2)
        figure.legend(
            [mark], [labels[f"weights_{first}"]], loc="outside lower right", borderpad=0,
            handletextpad=0,
        )  # fmt: skip
        grid[0][0].set_yticks(range(len(wide)), [labels[code] for code in wide.index])
        grid[0][0].set_ylim(len(wide) - 0.4, -0.6)
        figure.supxlabel(labels["weight_axis"], fontsize=8.5, color=style.MUTED)
    return figure


def draw_method(axes: Axes, weights: pd.Series, usual: pd.Series) -> None:
    """Dots of one method with their numbers, tied to a tick at the usual weight of each node."""
    rows = range(len(weights))
    style.rule_grid(axes, "x")
    axes.hlines(rows, weights, usual, style.LIGHT, linewidth=1.2)
    axes.vlines(
        usual, [row - 0.3 for row in rows], [row + 0.3 for row in rows], style.INK, linewidth=1.2
    )
    axes.scatter(weights, rows, s=24, color=style.ACCENT, linewidth=0, zorder=3)
    for row, (weight, record) in enumerate(zip(weights, usual, strict=True)):
        # A number right of both the dot and the tick covers neither.
        axes.annotate(
            f"{weight:.0f}", (max(weight, record), row), (5, 0), textcoords="offset points",
            va="center", fontsize=7.5,
        )  # fmt: skip
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)


def weight_against_importance(importance: pd.DataFrame, labels: pd.Series) -> Figure:
    """Share of the weight (ring) and of the importance (dot) of every domain and sub-domain.

    `importance` is the results table, whose order is that of the framework; in each panel the
    first node stands on top.
    """
    panels = [importance[importance["level"] == level][::-1] for level in LEVELS]
    heights = [len(panel) for panel in panels]
    rows: dict[str, Any] = {"nrows": 2, "sharex": True, "height_ratios": heights}
    with style.canvas(1.15 + 0.2 * sum(heights), **rows) as (figure, grid):
        for axes, level, panel in zip(grid, LEVELS, panels, strict=True):
            draw_importance(axes, panel, labels)
            axes.set_title(labels[f"{level}s"])
        grid[1].set_xlabel(labels["share_of_level"])
        grid[1].set_xlim(left=0)
        grid[1].xaxis.set_major_locator(MultipleLocator(5))
        marks = [lone_mark("o", "none", 6, style.MUTED), lone_mark("o", style.ACCENT, 5.5)]
        words = [labels["nominal_weight"], labels["importance"]]
        grid[0].legend(
            marks, words, loc="lower right", bbox_to_anchor=(1, 1), ncols=2, borderpad=0,
            handletextpad=0.2,
        )  # fmt: skip
    return figure


def draw_importance(axes: Axes, table: pd.DataFrame, labels: pd.Series) -> None:
    """Ring and dot of every node, joined by a line."""
    rows = range(len(table))
    weight, share = table["nominal"] * 100, table["share"] * 100
    style.rule_grid(axes, "x")
    axes.hlines(rows, weight, share, style.MUTED, linewidth=1)
    axes.scatter(
        weight, rows, s=34, facecolor=style.PAPER, edgecolor=style.MUTED, linewidth=1.2, zorder=3
    )
    axes.scatter(share, rows, s=28, color=style.ACCENT, linewidth=0, zorder=4)
    axes.set_yticks(rows, [labels[code] for code in table["code"]])
    axes.set_ylim(-0.6, len(table) - 0.4)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
