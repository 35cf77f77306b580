"""Figures of the three stages: where the scores fall, and the size of the cities in each."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

from analysis.figures import style
from analysis.figures.domains import jitter

# Points of score that the name of the highest band needs.
NAME_ROOM = 11
# Letters of a stage on one line beside a panel.
LETTERS = 16
# How many times the largest size the axes reach, to have room for the medians.
ROOM = {"gdp": 4, "gdp_per_head": 2}
# First digits of the ticks of the logarithmic axes.
TICKS = {"gdp": (1,), "gdp_per_head": (2, 5)}


def tier_strip(
    scores: pd.DataFrame,
    tiers: pd.DataFrame,
    labels: pd.Series,
    say: style.Say,
    *,
    narrow: bool = False,
) -> Figure:
    """Histogram of the open-data scores, one bar per point of score, with the bands named.

    `scores` holds `name, score, tier`, best first; `tiers` the bands with their limits. The
    cities of the highest band are named if there is room.
    """
    low, high = np.floor(scores["score"].min()), np.ceil(scores["score"].max())
    with style.canvas(2.9, style.width(narrow)) as (figure, axes):
        for tier, members in scores.groupby("tier", sort=False):
            axes.hist(
                members["score"],
                bins=np.arange(low, high + 1),
                color=style.TIER_COLOURS[str(tier)],
                edgecolor=style.MUTED,
                linewidth=0.4,
            )
        top = axes.get_ylim()[1]
        highest_band = tiers["minimum"].max()
        axes.set(
            xlim=(low - 0.5, max(high, highest_band + NAME_ROOM)),
            ylim=(0, top * 1.3),
        )
        axes.set(xlabel=labels["open_score"], ylabel=labels["number_of_cities"])
        for band in tiers.to_dict("records"):
            count = say("city_count", count=(scores["tier"] == band["tier"]).sum())
            apart = ", " if narrow else "\n"
            text = f"{labels[band['tier']]}{apart}{count}"
            name_band(axes, band, top * 1.28, text, turned=narrow)
        leading = scores[scores["tier"] == tiers["tier"].iloc[0]]
        text = "\n".join(leading["name"])
        centre = (highest_band + axes.get_xlim()[1]) / 2
        if not narrow:
            axes.text(centre, top * 0.2, text, ha="center", va="bottom", fontsize=7.5)
    return figure


def name_band(axes: Axes, band: dict, height: float, text: str, *, turned: bool) -> None:
    """What is said of a band above its bars, and a line at its lower limit.

    Without room for it the text is turned and stands at the limit.
    """
    low, high = axes.get_xlim()
    left = low if pd.isna(band["minimum"]) else band["minimum"]
    right = high if pd.isna(band["maximum"]) else band["maximum"]
    if pd.notna(band["minimum"]):
        axes.axvline(left, color=style.MUTED, linewidth=0.7, linestyle=(0, (3, 3)))
    x, side = (left + 0.4, "left") if turned else ((left + right) / 2, "center")
    axes.text(
        x, height, text, ha=side, va="top", fontsize=7.5, linespacing=1.4,
        rotation=90 if turned else 0,
    )  # fmt: skip


def tier_size(sized: pd.DataFrame, labels: pd.Series) -> Figure:
    """GDP and GDP per head of the ranked cities by open-data stage, on logarithmic axes.

    `sized` holds `tier, gdp, gdp_per_head`, a row for every city; a size without figures has no
    panel. Dots are cities, boxes their quartiles, the line across a box the median, which stands
    at the right. Half a page wide.
    """
    tiers = [tier for tier in style.TIER_COLOURS if tier in set(sized["tier"])]
    sizes = [size for size in TICKS if sized[size].notna().any()]
    with style.canvas(4.2, style.HALF, nrows=len(sizes), squeeze=False) as (figure, grid):
        axes = grid[:, 0]
        for panel, size in zip(axes, sizes, strict=True):
            for row, tier in enumerate(tiers):
                draw_tier(panel, sized.loc[sized["tier"] == tier, size].dropna(), row, tier)
            panel.set_xscale("log")
            panel.xaxis.set_major_locator(LogLocator(subs=TICKS[size]))
            panel.xaxis.set_major_formatter(FuncFormatter(with_commas))
            panel.xaxis.set_minor_formatter(NullFormatter())
            panel.set(xlabel=labels[f"{size}_log_axis"], title=labels[size])
            panel.spines["left"].set_visible(False)
            panel.tick_params(axis="y", length=0)
            panel.set_yticks(range(len(tiers)), style.lines([labels[t] for t in tiers], LETTERS))
            panel.set_ylim(len(tiers) - 0.55, -0.75)
            panel.tick_params(axis="y", labelsize=7.5)
            panel.set_xlim(right=sized[size].max() * ROOM[size])
            panel.text(
                1, 1.02, labels["median"], ha="right", va="bottom", fontsize=7.5,
                color=style.MUTED, transform=panel.transAxes,
            )  # fmt: skip
    return figure


def draw_tier(axes: Axes, values: pd.Series, row: int, tier: str) -> None:
    """The cities of one stage as dots below a box."""
    colour = style.TIER_COLOURS[tier]
    axes.scatter(
        values, row + 0.2 + 0.17 * jitter(len(values)), s=9, color=colour, edgecolor=style.INK,
        linewidth=0.25,
    )  # fmt: skip
    axes.boxplot(
        values,
        orientation="horizontal",
        positions=[row - 0.2],
        widths=0.22,
        whis=(0, 100),
        showcaps=False,
        patch_artist=True,
        manage_ticks=False,
        boxprops={"facecolor": colour, "edgecolor": style.INK, "linewidth": 0.6},
        whiskerprops={"color": style.INK, "linewidth": 0.6},
        medianprops={"color": style.INK, "linewidth": 1.8},
    )
    if len(values):
        axes.text(
            1, row - 0.2, with_commas(float(f"{np.median(values):.3g}"), 0), ha="right",
            va="center", fontsize=7.5, transform=axes.get_yaxis_transform(),
        )  # fmt: skip


def with_commas(value: float, _: int) -> str:
    """A tick of a logarithmic axis as a plain number."""
    return f"{value:,.0f}"
