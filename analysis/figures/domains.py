"""Figures of the domains: their spread over the cities, and the profile of groups of cities."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from analysis.figures import style
from analysis.figures.keys import lone_mark

SET_COLOURS = {
    **{name: style.EVIDENCE_COLOURS[name] for name in ("published", "open")},
    "ranked": style.NEUTRAL,
}
SET_WORDS = {"published": "published_cities", "open": "open_cities", "ranked": "ranked_cities"}
# Distance between the lanes of the groups in one row of a profile, so that no mark hides another.
LANE = 0.13
# Height of a row in inches, and letters of a name on one line beside a narrow figure.
ROW, LETTERS = 0.5, 18
TIER_MARKERS = {
    "ecosystem_innovation": "o",
    "capability_synergy": "s",
    "unit_digitalisation": "^",
    "below_published_range": "D",
}


def spread(scores: pd.DataFrame, domains: Sequence[str], labels: pd.Series) -> Figure:
    """Every city's value in every domain as a dot, with the quartiles as a box; half a page wide.

    `scores` holds the cities to show, with a column (0–100) per domain; the first of `domains`
    stands on top.
    """
    ordered = list(domains)[::-1]
    with style.canvas(0.6 + ROW * len(ordered), style.HALF) as (figure, axes):
        style.rule_grid(axes, "x")
        for row, domain in enumerate(ordered):
            values = scores[domain].dropna()
            axes.scatter(
                values, row - 0.2 + jitter(len(values)) * 0.22, s=7, color=style.ACCENT,
                alpha=0.55, linewidth=0,
            )  # fmt: skip
            draw_box(axes, values, row + 0.24)
        axes.set_yticks(range(len(ordered)), row_names(ordered, labels))
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        axes.set(ylim=(-0.6, len(ordered) - 0.4), xlabel=labels["domain_axis"])
        axes.set_xlim(style.scale_limits(scores[ordered].to_numpy().ravel(), -1.5, 101.5))
    return figure


def jitter(number: int) -> np.ndarray:
    """Offsets between -1 and 1 that keep neighbours apart: multiples of the golden ratio."""
    return 2 * np.mod(np.arange(number) * (np.sqrt(5) - 1) / 2, 1) - 1


def draw_box(axes: Axes, values: pd.Series, height: float) -> None:
    """Quartiles as a bar, the median as a line across it, whiskers to the extremes."""
    axes.boxplot(
        values,
        orientation="horizontal",
        positions=[height],
        widths=0.2,
        whis=(0, 100),
        showcaps=False,
        patch_artist=True,
        manage_ticks=False,
        boxprops={"facecolor": style.PALE["box"], "edgecolor": style.ACCENT, "linewidth": 0.8},
        whiskerprops={"color": style.ACCENT, "linewidth": 0.8},
        medianprops={"color": style.INK, "linewidth": 1.8},
    )


def variation_bars(domains: pd.DataFrame, labels: pd.Series) -> Figure:
    """Coefficient of variation of every domain in the two hundreds and in all ranked cities.

    `domains` is the results table, in the order of the framework; half a page wide.
    """
    sets = domains[domains["kind"] == "set"]
    table = sets.pivot(index="domain", columns="group", values="variation")
    rows = sets["domain"].drop_duplicates()[::-1]
    table = table.loc[rows, [group for group in SET_COLOURS if group in table]]
    height = 0.8 / len(table.columns)
    with style.canvas(0.6 + ROW * len(table), style.HALF) as (figure, axes):
        for place, (group, values) in enumerate(table.items()):
            y = np.arange(len(table)) + 0.4 - height * (place + 0.5)
            axes.barh(y, values, height=height * 0.92, color=SET_COLOURS[str(group)])
            for row, value in zip(y, values, strict=True):
                axes.text(value + 0.015, row, f"{value:.2f}", va="center", fontsize=7)
        handles = [Patch(color=SET_COLOURS[str(group)]) for group in table]
        words = [labels[SET_WORDS[str(group)]] for group in table]
        figure.legend(
            handles, words, loc="outside lower right", ncols=len(words), borderpad=0,
            handlelength=0.9, handletextpad=0.3, columnspacing=0.8, fontsize=7.5,
        )  # fmt: skip
        axes.set_yticks(range(len(table)), row_names(table.index, labels))
        axes.tick_params(axis="y", length=0)
        axes.set(xlim=(0, table.to_numpy().max() * 1.2), xlabel=labels["variation"])
    return figure


def row_names(domains: Iterable[str], labels: pd.Series) -> list[str]:
    """Names of domains beside a narrow figure, on two lines where they are long."""
    return style.lines([labels[domain] for domain in domains], LETTERS)


def region_profile(domains: pd.DataFrame, labels: pd.Series) -> Figure:
    """Mean value of every domain over the ranked cities of each region."""
    means = group_means(domains, "region", style.REGION_COLOURS)
    looks = {
        name: (colour, style.REGION_MARKERS[name]) for name, colour in style.REGION_COLOURS.items()
    }
    return profile(means, looks, labels, LANE)


def tier_profile(domains: pd.DataFrame, labels: pd.Series) -> Figure:
    """Mean value of every domain over the cities of each open-data stage; half a page wide."""
    means = group_means(domains, "tier", style.TIER_COLOURS)
    looks = {name: (colour, TIER_MARKERS[name]) for name, colour in style.TIER_COLOURS.items()}
    return profile(means, looks, labels, lane=0, width=style.HALF)


def group_means(domains: pd.DataFrame, kind: str, order: Iterable[str]) -> pd.DataFrame:
    """Means of the groups of one kind: a row per domain, the last first, a column per group.

    `domains` is the results table; groups that it does not have are left out.
    """
    means = domains[domains["kind"] == kind].pivot(index="domain", columns="group", values="mean")
    rows = domains["domain"].drop_duplicates()[::-1]
    return means.loc[rows, [group for group in order if group in means]]


def profile(
    means: pd.DataFrame,
    looks: Mapping[str, tuple[str, str]],
    labels: pd.Series,
    lane: float,
    width: float = style.WIDTH,
) -> Figure:
    """Dots of group means, one row per domain, with a key below.

    `means` holds a row per domain from the bottom and a column per group, `looks` the colour and
    the marker of each; `lane` is the distance between the lanes of the groups within a row.
    """
    rows = list(means.index)
    lanes = lane * (np.arange(len(means.columns)) - (len(means.columns) - 1) / 2)
    height = 3.75 if width == style.HALF else 0.85 + 0.33 * len(rows)
    with style.canvas(height, width) as (figure, axes):
        style.rule_grid(axes, "x")
        axes.hlines(range(len(rows)), 0, 100, style.RULE, linewidth=0.6)
        for offset, (group, values) in zip(lanes, means.items(), strict=True):
            colour, marker = looks[str(group)]
            axes.scatter(
                values, np.arange(len(rows)) - offset, s=34, color=colour,
                marker=marker, edgecolor=style.INK, linewidth=0.5, zorder=3,
            )  # fmt: skip
        handles = [
            lone_mark(marker, colour, 5.5, style.INK)
            for colour, marker in (looks[str(group)] for group in means)
        ]
        figure.legend(
            handles, [labels[group] for group in means], loc="outside lower right", borderpad=0,
            ncols=2 if width == style.HALF else 4, handletextpad=0.2, columnspacing=1, fontsize=7.5,
        )  # fmt: skip
        axes.set_yticks(range(len(rows)), row_names(rows, labels))
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        axes.set(ylim=(-0.5, len(rows) - 0.5), xlabel=labels["mean_domain_axis"])
        axes.set_xlim(style.scale_limits(means.to_numpy().ravel(), 0, 102))
    return figure
