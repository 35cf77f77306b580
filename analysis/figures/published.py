"""Figures of agreement: the published ranking beside the open-data ranking."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.figures import style
from analysis.figures.keys import (
    evidence_key,
    evidence_marks,
    key_below,
    place_ticks,
    region_scatter,
    write_sides,
)
from analysis.figures.placement import name_points

# Disagreements named in the scatter, and the room below it for cities without open-data place.
NAMED, EDGE = 7, 0.07
YARDSTICKS = {"index": ("open_index", style.ACCENT), "gdp": ("gdp_alone", style.NEUTRAL)}
STATISTICS = ["spearman", "kendall"]


def rank_scatter(
    published: pd.DataFrame,
    disagreements: pd.DataFrame,
    labels: pd.Series,
    say: style.Say,
    names: pd.Series,
) -> Figure:
    """Published against open-data place, first places top left, equal places on the diagonal.

    Half of the cities lie on the band round the diagonal.

    `published` is the results table; cities without an open-data place stand on the lower edge.
    `disagreements` (adcode) names the cities to label, largest difference first. Half a page wide.
    """
    points = published.rename(columns={"rank": "x", "open_rank": "y"})
    last = points["y"].max()
    edge = last * (1 + EDGE)
    marks = points.fillna({"y": edge})
    named = marks[marks["adcode"].isin(disagreements["adcode"].head(NAMED)) | points["y"].isna()]
    with style.canvas(3.9, style.HALF) as (figure, axes):
        write_sides(axes, labels["higher_in_open"], labels["lower_in_open"])
        draw_band(axes, points, say)
        region_scatter(axes, points.dropna(subset="y"), "x", "y")
        axes.set(xlim=(-1, len(points) + 2), ylim=(edge * 1.03, -3))
        axes.set(xlabel=labels["published_place"], ylabel=labels["open_place"])
        axes.set(xticks=place_ticks(len(points), 20), yticks=place_ticks(last, 50))
        draw_unranked(axes, marks[points["y"].isna()], edge, labels)
        key_below(figure, labels)
        name_points(figure, axes, named.assign(name=named["adcode"].map(names)), marks)
    return figure


def draw_band(axes: Axes, points: pd.DataFrame, say: style.Say) -> None:
    """The line of equal places, and the band round it that holds half of the cities."""
    apart = (points["y"] - points["x"]).abs().median()
    ends = np.array([1, len(points)])
    axes.fill_between(
        ends, ends - apart, ends + apart, color=style.PALE["open"], linewidth=0, zorder=0
    )
    axes.plot(ends, ends, color=style.MUTED, linewidth=0.8)
    axes.text(
        0, 1.165, say("half_within", places=apart), transform=axes.transAxes, fontsize=7.5,
        va="bottom", bbox={"facecolor": style.PALE["open"], "linewidth": 0, "pad": 1.5},
    )  # fmt: skip


def draw_unranked(axes: Axes, unranked: pd.DataFrame, edge: float, labels: pd.Series) -> None:
    """Hollow marks on the edge for cities that the open data do not rank."""
    if unranked.empty:
        return
    axes.axhline(edge, color=style.RULE, linewidth=0.8, zorder=0)
    axes.annotate(
        labels["unranked"], (1, edge), xycoords=axes.get_yaxis_transform(), xytext=(0, 3),
        textcoords="offset points", ha="right", fontsize=7.5, color=style.MUTED,
    )  # fmt: skip
    for region, marker in style.REGION_MARKERS.items():
        some = unranked[unranked["region"] == region]
        axes.scatter(
            some["x"], some["y"], s=20, marker=marker, facecolor=style.PAPER,
            edgecolor=style.REGION_COLOURS[region], linewidth=1, zorder=3,
        )  # fmt: skip


def disagreement_dumbbells(
    disagreements: pd.DataFrame, labels: pd.Series, names: pd.Series, number: int = 16
) -> Figure:
    """Published and open-data place of the cities on which the two rankings differ most.

    `disagreements` is the results table, largest difference first; the difference is written
    behind each pair, positive where the open data place the city lower.
    """
    shown = disagreements.head(number)
    rows = np.arange(len(shown))
    with style.canvas(0.7 + 0.17 * len(shown)) as (figure, axes):
        style.rule_grid(axes, "x")
        axes.hlines(rows, shown["rank"], shown["open_rank"], color=style.MUTED, linewidth=0.9)
        evidence_marks(axes, shown["rank"], rows, "published")
        evidence_marks(axes, shown["open_rank"], rows, "open")
        for row, city in enumerate(shown.to_dict("records")):
            write_difference(axes, row, city)
        axes.set_yticks(rows, [names[adcode] for adcode in shown["adcode"]])
        axes.set(ylim=(len(shown) - 0.4, -0.6), xlabel=labels["place_axis"])
        last = shown[["rank", "open_rank"]].max(axis=None)
        axes.set(xticks=place_ticks(last, 50), xlim=(-0.05 * last, last * 1.1))
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        words = {"published": labels["published_place"], "open": labels["open_place"]}
        evidence_key(axes, words, ncols=2, loc="lower left", bbox_to_anchor=(0, 1), borderpad=0)
    return figure


def write_difference(axes: Axes, row: int, city: dict) -> None:
    """The difference of the places behind the open-data place."""
    side = 1 if city["difference"] > 0 else -1
    axes.annotate(
        f"{city['difference']:+.0f}".replace("-", "−"),
        (city["open_rank"], row),
        xytext=(6 * side, 0),
        textcoords="offset points",
        ha="left" if side > 0 else "right",
        va="center",
        fontsize=8,
    )


def agreement_bars(agreement: pd.DataFrame, labels: pd.Series) -> Figure:
    """Rank correlation of the index and of GDP alone with the published places, with intervals.

    `agreement` is the results table; a yardstick that it lacks has no bars.
    """
    table = agreement.set_index(["statistic", "yardstick"])
    known = [name for name in YARDSTICKS if name in set(agreement["yardstick"])]
    with style.canvas(2.1) as (figure, axes):
        for row, statistic in enumerate(STATISTICS):
            for offset, yardstick in zip((-0.18, 0.18), known, strict=False):
                draw_interval(axes, row + offset, table.loc[(statistic, yardstick)], labels)
        axes.set_yticks(range(len(STATISTICS)), [labels[name] for name in STATISTICS])
        axes.set(xlim=(0, 1), ylim=(len(STATISTICS) - 0.5, -0.5))
        axes.set_xlabel(labels["correlation_axis"])
        axes.tick_params(axis="y", length=0)
    return figure


def draw_interval(axes: Axes, y: float, row: pd.Series, labels: pd.Series) -> None:
    """A bar to the estimate with its name and number in it, and a line over the interval."""
    word, colour = YARDSTICKS[row.name[1]]
    ink = style.PAPER if colour == style.ACCENT else style.INK
    axes.barh(y, row["estimate"], height=0.33, color=colour)
    axes.hlines(y, row["low"], row["high"], color=style.PAPER, linewidth=3.2)
    axes.hlines(y, row["low"], row["high"], color=style.INK, linewidth=1.2)
    axes.scatter(row["estimate"], y, s=22, color=style.INK, edgecolor=style.PAPER, zorder=3)
    axes.text(0.01, y, labels[word], va="center", color=ink, fontsize=8)
    axes.text(row["high"] + 0.012, y, f"{row['estimate']:.2f}", va="center", fontsize=8)
