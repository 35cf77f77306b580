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


def weights_by_method(
    weights: pd.DataFrame, shifts: pd.Series, labels: pd.Series, *, narrow: bool = False
) -> Figure:
    """Weights of the domains in percent, one panel per method, the domains in the same order.

    `weights` is the results table; its first method, that of record, is a tick in every panel.
    Below each name stands by how many places the method moves cities on average, from `shifts`.
    """
    level = "domain"
    table = weights[weights["level"] == level].assign(percent=weights["weight"] * 100)
    wide = table.pivot(index="code", columns="method", values="percent")
    wide = wide.loc[table["code"].drop_duplicates(), table["method"].drop_duplicates()]
    first, *others = wide.columns
    columns = 3 if narrow else len(others)
    lines = -(-len(others) // columns)
    panels: dict[str, Any] = {"ncols": columns, "nrows": lines, "sharex": True, "sharey": True}
    height = 0.6 + lines * (0.55 + 0.24 * len(wide))
    with style.canvas(height, style.width(narrow), squeeze=False, **panels) as (figure, grid):
        for axes in grid.flat[len(others) :]:
            axes.set_axis_off()
        for axes, method in zip(grid.flat, others, strict=False):
            draw_method(axes, wide[method], wide[first])
            [name] = style.lines([labels[f"weights_{method}"]], TITLE_LETTERS)
            axes.set_title(f"{name}\n{shifts[method]:.1f} {labels['places']}", fontsize=8)
        grid[0][0].set_xlim(0, wide.max().max() * (1.8 if narrow else 1.5))
        mark = lone_mark("|", style.INK, 9)
        mark.set_markeredgewidth(1.2)
        figure.legend(
            [mark], [labels[f"weights_{first}"]], loc="outside lower right", borderpad=0,
            handletextpad=0,
        )  # fmt: skip
        words = [labels[f"{code}_short" if narrow else code] for code in wide.index]
        grid[0][0].set_yticks(range(len(wide)), words)
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


def weight_against_importance(
    importance: pd.DataFrame, labels: pd.Series, *, narrow: bool = False
) -> Figure:
    """Share of the weight (ring) and of the importance (dot) of every domain and sub-domain.

    `importance` is the results table, whose order is that of the framework; in each panel the
    first node stands on top. The numbers at the right say how much of the variance of the index
    each explains.
    """
    panels = [importance[importance["level"] == level][::-1] for level in LEVELS]
    heights = [len(panel) for panel in panels]
    rows: dict[str, Any] = {"nrows": 2, "sharex": True, "height_ratios": heights}
    row = 0.3 if narrow else 0.2
    with style.canvas(1.3 + row * sum(heights), style.width(narrow), **rows) as (figure, grid):
        for axes, level, panel in zip(grid, LEVELS, panels, strict=True):
            draw_importance(
                axes,
                panel,
                style.short_lines(panel["code"].map(labels), narrow),
                labels["percent_sign"],
            )
            axes.set_title(labels[f"{level}s"])
        grid[0].text(
            1, 1.02, style.wrapped(labels["explains"], 12), transform=grid[0].transAxes,
            ha="right", va="bottom", fontsize=7.5, color=style.MUTED,
        )  # fmt: skip
        grid[1].set_xlabel(
            style.wrapped(labels["share_of_level"], 40) if narrow else labels["share_of_level"]
        )
        grid[1].set_xlim(0, 1.16 * 100 * importance[["nominal", "share"]].max(axis=None))
        grid[1].xaxis.set_major_locator(MultipleLocator(5))
        marks = [lone_mark("o", "none", 6, style.MUTED), lone_mark("o", style.ACCENT, 5.5)]
        words = [labels["nominal_weight"], labels["importance"]]
        figure.legend(
            marks, words, loc="outside upper left", ncols=2, borderpad=0, handletextpad=0.2
        )
    return figure


def draw_importance(axes: Axes, table: pd.DataFrame, words: list[str], percent: str) -> None:
    """Ring and dot of every node, joined by a line, and at the right what it explains."""
    rows = range(len(table))
    weight, share = table["nominal"] * 100, table["share"] * 100
    style.rule_grid(axes, "x")
    axes.hlines(rows, weight, share, style.MUTED, linewidth=1)
    axes.scatter(
        weight, rows, s=34, facecolor=style.PAPER, edgecolor=style.MUTED, linewidth=1.2, zorder=3
    )
    axes.scatter(share, rows, s=28, color=style.ACCENT, linewidth=0, zorder=4)
    axes.set_yticks(rows, words)
    for row, explained in enumerate(table["importance"]):
        axes.text(
            1, row, f"{100 * explained:.0f}{percent}", transform=axes.get_yaxis_transform(),
            ha="right", va="center", fontsize=7.5,
        )  # fmt: skip
    axes.set_ylim(-0.6, len(table) - 0.4)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
