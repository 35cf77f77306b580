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
# From a word to what it is about.
THIN_LINE = {"arrowstyle": "-", "color": style.MUTED, "linewidth": 0.5}
LINES = 15  # of names that fit one above the other beside the curve


def treatment_dots(
    treatment: pd.DataFrame,
    limit: float,
    labels: pd.Series,
    say: style.Say,
    *,
    narrow: bool = False,
) -> Figure:
    """Skewness of every measure before and after treatment, the most skewed first.

    `treatment` is the results table; measures beyond `limit` on either side are candidates for
    treatment (if their kurtosis is high too). A cross marks a measure that still fails.
    """
    table = treatment.sort_values("skewness_before", ignore_index=True)
    row, columns = (0.3, 2) if narrow else (0.185, 3)
    with style.canvas(1.0 + row * len(table), style.width(narrow)) as (figure, axes):
        axes.axvspan(-limit, limit, color=style.PALE["plain"], linewidth=0)
        text = say("within_limit", limit=f"{limit:g}")
        axes.text(0, len(table) - 0.1, text, ha="center", fontsize=7.5, color=style.MUTED)
        axes.axvline(0, color=style.RULE, linewidth=0.8)
        axes.hlines(
            table.index, table["skewness_before"], table["skewness_after"], style.RULE, linewidth=2
        )
        draw_before_and_after(axes, table, labels)
        axes.set_yticks(table.index, style.short_lines(table["measure"].map(labels), narrow))
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        axes.set(ylim=(-0.8, len(table) - 0.2), xlabel=labels["skewness"])
        figure.legend(
            loc="outside upper left", handletextpad=0.3, borderpad=0, ncols=columns,
            columnspacing=1.4,
        )  # fmt: skip
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
    *,
    narrow: bool = False,
) -> Figure:
    """Score by place of every ranked city, with the bands; the leading places are named.

    A bracket shows the step below the highest band.

    `scores` holds `name, rank, score, tier`, `tiers` the bands with their lower limits.
    """
    with style.canvas(2.9, style.width(narrow)) as (figure, axes):
        draw_bands(axes, scores, tiers, labels, say)
        for tier, members in scores.groupby("tier", sort=False):
            axes.scatter(
                members["rank"], members["score"], s=9, color=style.TIER_COLOURS[str(tier)],
                edgecolor=style.INK, linewidth=0.25, zorder=3,
            )  # fmt: skip
        name_leaders(axes, scores[scores["rank"] <= NAMED_PLACES])
        axes.set(
            xlim=(-3, len(scores) * 1.01),
            xlabel=labels["open_place"],
            ylabel=labels["open_score"],
        )
        axes.set_xticks([1, *range(100 if narrow else 50, len(scores), 100 if narrow else 50)])
        draw_gap(axes, scores, tiers)
    return figure


def draw_gap(axes: Axes, scores: pd.DataFrame, tiers: pd.DataFrame) -> None:
    """How far the score drops below the last city of the highest band, as a bracket."""
    highest = tiers["tier"].iloc[0]
    inside = scores["tier"] == highest
    if inside.all() or not inside.any():
        return
    last, following = scores.loc[inside, "score"].min(), scores.loc[~inside, "score"].max()
    place = scores.loc[inside, "rank"].max() + 0.5
    axes.vlines(place, following, last, style.INK, linewidth=1.2, zorder=4)
    axes.annotate(
        f"−{last - following:.1f}", (place, following), (2, -26), textcoords="offset points",
        ha="left", va="top", fontsize=8, arrowprops=THIN_LINE,
    )  # fmt: skip


def draw_bands(
    axes: Axes, scores: pd.DataFrame, tiers: pd.DataFrame, labels: pd.Series, say: style.Say
) -> None:
    """A line at the lower limit of each band, and the name of each band with its cities."""
    bottom, top = scores["score"].min() - 2, scores["score"].max() + 5
    for band in tiers.to_dict("records"):
        members = int((scores["tier"] == band["tier"]).sum())
        if pd.notna(band["minimum"]):
            axes.axhline(band["minimum"], color=style.RULE, linewidth=0.9)
        ceiling = top if pd.isna(band["maximum"]) else band["maximum"]
        text = say("tier_with_count", tier=labels[band["tier"]], count=members)
        # Below the curve there is room on the left, above it on the right.
        lowest = pd.isna(band["minimum"])
        x, y, shift = (0.02, bottom, (0, 3)) if lowest else (1, ceiling, (-2, -4))
        axes.annotate(
            text, (x, y), xycoords=("axes fraction", "data"), xytext=shift,
            textcoords="offset points", ha="left" if lowest else "right",
            va="bottom" if lowest else "top", color=style.MUTED,
        )  # fmt: skip
    axes.set_ylim(bottom, top)


def name_leaders(axes: Axes, leaders: pd.DataFrame) -> None:
    """Names of the leading cities in a column beside the curve, each tied to its point."""
    scores, (bottom, top) = list(leaders["score"]), axes.get_ylim()
    line = (top - bottom) / LINES
    heights = spread_out(scores, [line] * len(scores), min(scores) - line, top)
    for city, height in zip(leaders.to_dict("records"), heights, strict=True):
        axes.annotate(
            city["name"],
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
