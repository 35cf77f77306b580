"""Figures of the index: what the treatment does to each measure, and the scores it leads to."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke

from analysis.figures import style
from analysis.figures.labelling import spread_out

METHOD_MARKERS = {"none": "D", "winsorised": "s", "log": "o", "log_mirrored": "<"}
# Places named one by one on the curve of scores.
NAMED_PLACES = 5
LINES = 15  # of names that fit one above the other beside the curve


def treatment_dots(
    treatment: pd.DataFrame, limit: float, labels: pd.Series, say: style.Say
) -> Figure:
    """Skewness of every measure before and after treatment, the most skewed first.

    `treatment` is the results table; measures beyond `limit` on either side are candidates for
    treatment (if their kurtosis is high too). A cross marks a measure that still fails.
    """
    table = treatment.sort_values("skewness_before", ignore_index=True)
    with style.canvas(0.75 + 0.185 * len(table)) as (figure, axes):
        axes.axvspan(-limit, limit, color=style.PALE["plain"], linewidth=0)
        text = say("within_limit", limit=f"{limit:g}")
        axes.text(0, len(table) - 0.1, text, ha="center", fontsize=7.5, color=style.MUTED)
        axes.axvline(0, color=style.RULE, linewidth=0.8)
        axes.hlines(
            table.index, table["skewness_before"], table["skewness_after"], style.RULE, linewidth=2
        )
        draw_before_and_after(axes, table, labels)
        axes.set_yticks(table.index, table["measure"].map(labels))
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        axes.set(ylim=(-0.8, len(table) - 0.2), xlabel=labels["skewness"])
        axes.legend(loc="upper left", handletextpad=0.3, borderaxespad=0.2)
    return figure


def draw_before_and_after(axes: Axes, table: pd.DataFrame, labels: pd.Series) -> None:
    """The marks: a ring before; after, the mark of the method, and a cross on what still fails."""
    treated = table[table["method"] != "none"]
    axes.scatter(
        treated["skewness_before"],
        treated.index,
        s=22,
        facecolor=style.PAPER,
        edgecolor=style.MUTED,
        linewidth=1,
        zorder=3,
        label=labels["before_treatment"],
    )
    for method, marker in reversed(METHOD_MARKERS.items()):
        rows = table[table["method"] == method]
        colour = style.MUTED if method == "none" else style.ACCENT
        if len(rows):
            axes.scatter(
                rows["skewness_after"], rows.index, s=24 if method != "none" else 12,
                marker=marker, color=colour, linewidth=0, zorder=4, label=labels[f"after_{method}"],
            )  # fmt: skip
    failing = table[table["passes"].astype(int) == 0]
    if len(failing):
        axes.scatter(
            failing["skewness_after"], failing.index, s=60, marker="x", color=style.AGAINST,
            linewidth=1.3, zorder=5, label=labels["still_failing"],
        )  # fmt: skip


def score_curve(
    scores: pd.DataFrame,
    tiers: pd.DataFrame,
    labels: pd.Series,
    say: style.Say,
    names: pd.Series,
) -> Figure:
    """Score by place of every ranked city, with the bands; the leading places are named.

    `scores` holds `adcode, rank, score, tier`, `tiers` the bands with their lower limits.
    """
    with style.canvas(2.9) as (figure, axes):
        draw_bands(axes, scores, tiers, labels, say)
        for tier, members in scores.groupby("tier", sort=False):
            axes.scatter(
                members["rank"], members["score"], s=9, color=style.TIER_COLOURS[str(tier)],
                edgecolor=style.INK, linewidth=0.25, zorder=3,
            )  # fmt: skip
        name_leaders(axes, scores[scores["rank"] <= NAMED_PLACES], names)
        axes.set(
            xlim=(-3, len(scores) * 1.01),
            xlabel=labels["open_place"],
            ylabel=labels["open_score"],
        )
        axes.set_xticks([1, *range(50, len(scores), 50)])
    return figure


def draw_bands(
    axes: Axes, scores: pd.DataFrame, tiers: pd.DataFrame, labels: pd.Series, say: style.Say
) -> None:
    """A line at the lower limit of each band, and the name of each band with its cities."""
    top = scores["score"].max() + 5
    for band in tiers.to_dict("records"):
        members = int((scores["tier"] == band["tier"]).sum())
        if pd.notna(band["minimum"]):
            axes.axhline(band["minimum"], color=style.RULE, linewidth=0.9)
        ceiling = top if pd.isna(band["maximum"]) else band["maximum"]
        text = say("tier_with_count", tier=labels[band["tier"]], count=members)
        axes.annotate(
            text, (1, ceiling), xycoords=("axes fraction", "data"), xytext=(-2, -4),
            textcoords="offset points", ha="right", va="top", color=style.MUTED,
        )  # fmt: skip
    axes.set_ylim(scores["score"].min() - 2, top)


def name_leaders(axes: Axes, leaders: pd.DataFrame, names: pd.Series) -> None:
    """Names of the leading cities in a column beside the curve, each tied to its point."""
    scores, (bottom, top) = list(leaders["score"]), axes.get_ylim()
    line = (top - bottom) / LINES
    heights = spread_out(scores, [line] * len(scores), min(scores) - line, top)
    for city, height in zip(leaders.to_dict("records"), heights, strict=True):
        axes.annotate(
            names[city["adcode"]],
            (city["rank"], city["score"]),
            xytext=(0.1, height),
            textcoords=axes.get_yaxis_transform(),
            path_effects=[withStroke(linewidth=2, foreground=style.PAPER)],
            va="center",
            fontsize=8,
            arrowprops={
                "arrowstyle": "-",
                "color": style.MUTED,
                "linewidth": 0.5,
                "shrinkB": 3,
                "relpos": (0, 0.5),
            },
        )
