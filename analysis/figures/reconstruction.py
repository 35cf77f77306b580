"""The figure of the reconstructed scores: what the published list could have scored."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.figures import style
from analysis.figures.keys import lone_mark, place_ticks
from analysis.figures.placement import name_points

# Cities named because the published order pulls their score farthest from the open-data score.
NAMED = 8
FAINT, STEPS = style.LIGHT, style.EVIDENCE_COLOURS["reconstructed"]


def reconstructed_curve(
    reconstructed: pd.DataFrame,
    published: pd.DataFrame,
    tiers: pd.DataFrame,
    labels: pd.Series,
    *,
    narrow: bool = False,
) -> Figure:
    """Reconstructed score by published place as steps, the open-data scores as faint dots.

    A thin line ties each open-data score to the reconstructed one; the longest are named.

    Parameters
    ----------
    reconstructed
        The cities with their names, by rank: ``rank, adcode, score, low, high, name``.
    published
        `published.csv`: ``adcode, score``.
    tiers
        The reference table `tiers.csv`: ``tier, minimum, maximum``.
    labels
        Words by key.
    """
    open_score = published.set_index("adcode")["score"]
    points = reconstructed.assign(
        x=reconstructed["rank"], y=reconstructed["adcode"].map(open_score)
    ).dropna(subset="y")
    longest = points["y"].sub(points["score"]).abs().nlargest(NAMED).index
    named = points.loc[longest]
    with style.canvas(4.2, style.width(narrow)) as (figure, axes):
        axes.vlines(points["x"], points["y"], points["score"], FAINT, linewidth=0.6)
        axes.scatter(points["x"], points["y"], s=11, color=FAINT, linewidth=0)
        draw_steps(axes, reconstructed)
        axes.set(xlabel=labels["published_place"], ylabel=labels["score"])
        axes.set(xlim=(-1, len(reconstructed) + 2), xticks=place_ticks(len(reconstructed), 20))
        draw_bands(axes, tiers, reconstructed["high"].max(), labels)
        write_key(figure, labels)
        name_points(figure, axes, named, points)
    return figure


def draw_steps(axes: Axes, reconstructed: pd.DataFrame) -> None:
    """The reconstructed scores: a level stretch per city, broken where a band ends."""
    for _, band in reconstructed.groupby("low", sort=False):
        edges = np.append(band["rank"] - 0.5, band["rank"].iloc[-1] + 0.5)
        axes.stairs(band["score"], edges, baseline=None, color=STEPS, linewidth=1.8, zorder=3)


def draw_bands(axes: Axes, tiers: pd.DataFrame, highest: float, labels: pd.Series) -> None:
    """The bands as shades with their names beside them, and the score at every limit."""
    bands = tiers.dropna(subset="minimum")
    tops = bands["maximum"].fillna(highest)
    lowest = min(axes.get_ylim()[0], bands["minimum"].min() - 2)
    for band, top in zip(bands.to_dict("records"), tops, strict=True):
        colour = style.TIER_COLOURS[band["tier"]]
        axes.axhspan(band["minimum"], top, color=colour, alpha=0.16, linewidth=0, zorder=0)
        axes.axhline(band["minimum"], color=style.PAPER, linewidth=1.5, zorder=0)
        axes.annotate(
            labels[band["tier"]].replace(" ", "\n"), (1, (band["minimum"] + top) / 2), (5, 0),
            xycoords=axes.get_yaxis_transform(), textcoords="offset points", va="center",
            fontsize=8, color=style.MUTED,
        )  # fmt: skip
    axes.set(ylim=(lowest, highest), yticks=[*sorted(bands["minimum"]), highest])


def write_key(figure: Figure, labels: pd.Series) -> None:
    """What steps and dots are."""
    steps = Line2D([], [], color=STEPS, linewidth=1.8)
    words = [labels["reconstructed_score"], labels["open_score"]]
    figure.legend(
        [steps, lone_mark("o", FAINT, 4)], words, loc="outside upper left", ncols=2, borderpad=0
    )
