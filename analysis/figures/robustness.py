"""Figures of uncertainty and sensitivity: intervals of ranks, places, choices, decompositions."""

import numpy as np
import pandas as pd
import seaborn
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, PowerNorm
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from analysis.figures import style

WIDE, NARROW = 1.3, 4
# Places are shown in classes of so many, for cities as for places: a print cannot show more.
CLASS = 10
SHARES = LinearSegmentedColormap.from_list(
    "shares", [style.PAPER, style.LIGHT, style.GRADE_COLOURS["observed"]]
)


def rank_intervals(
    uncertainty: pd.DataFrame, count: int, labels: pd.Series, names: pd.Series
) -> Figure:
    """Intervals of the places of the first `count` cities, in two columns on one scale, best first.

    The thin line is the interval under all choices, the thick one that with the concept held; the
    dot is the place of record, the tick the median of the draws.
    """
    first = uncertainty.head(count)
    half = -(-len(first) // 2)
    parts = [first.iloc[:half], first.iloc[half:]]
    with style.canvas(0.85 + 0.148 * half, ncols=2, squeeze=False, sharex=True) as (figure, grid):
        for axes, part in zip(grid[0], parts, strict=True):
            draw_intervals(axes, part, half, names)
            axes.set_xlabel(labels["place_axis"])
        grid[0][0].set_xlim(0, first["rank_high"].max() * 1.02)
        figure.legend(
            interval_marks(),
            [labels[key] for key in (
                "rank_of_record", "median_of_draws", "interval_technique", "interval_all",
            )],
            loc="outside upper left", ncols=4, borderpad=0, handletextpad=0.6, columnspacing=1.4,
        )  # fmt: skip
    return figure


def draw_intervals(axes: Axes, part: pd.DataFrame, rows_of_column: int, names: pd.Series) -> None:
    """One column of cities with their places and intervals."""
    rows = np.arange(len(part))
    axes.hlines(rows, part["technique_low"], part["technique_high"], style.LIGHT, linewidth=NARROW)
    axes.hlines(rows, part["rank_low"], part["rank_high"], style.ACCENT, linewidth=WIDE)
    axes.plot(part["median_rank"], rows, "|", color=style.INK, markersize=6, markeredgewidth=1)
    axes.plot(part["rank"], rows, "o", color=style.INK, markersize=3)
    words = [f"{place}  {names[code]}" for place, code in part[["rank", "adcode"]].to_numpy()]
    axes.set_yticks(rows, words, fontsize=7)
    axes.set_ylim(rows_of_column - 0.4, -0.6)
    axes.xaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.grid(axis="x")
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)


def interval_marks() -> list[Line2D]:
    """The marks of the key: rank, median, interval with the concept held, interval of all."""
    return [
        Line2D([], [], marker="o", color=style.INK, markersize=3, linestyle=""),
        Line2D([], [], marker="|", color=style.INK, markersize=6, linestyle=""),
        Line2D([], [], color=style.LIGHT, linewidth=NARROW),
        Line2D([], [], color=style.ACCENT, linewidth=WIDE),
    ]


def acceptability_map(acceptability: pd.DataFrame, ranks: pd.Series, labels: pd.Series) -> Figure:
    """How often cities take places: both in classes of ten, the darker the more often.

    `acceptability` is the results table, `ranks` the rank of record by adcode.
    """
    shares = place_classes(acceptability, ranks)
    with style.canvas(4.6) as (figure, axes):
        # The root of the share: the ends of the ranking would outshine its long middle.
        seaborn.heatmap(
            shares * 100, ax=axes, cmap=SHARES, norm=PowerNorm(0.5, vmin=0), square=True,
            xticklabels=False, yticklabels=False,
            cbar_kws={"shrink": 0.7, "label": labels["acceptability_axis"]},
        )  # fmt: skip
        ticks = np.arange(0, len(shares) + 1, 5)
        axes.set_xticks(ticks, ticks * CLASS)
        axes.set_yticks(ticks, ticks * CLASS)
        axes.set(xlabel=labels["place_axis"], ylabel=labels["rank_of_record"].capitalize())
    return figure


def place_classes(acceptability: pd.DataFrame, ranks: pd.Series) -> np.ndarray:
    """Mean share of the draws by class of rank of record (rows) and class of place (columns)."""
    row = (acceptability["adcode"].map(ranks) - 1) // CLASS
    column = (acceptability["place"] - 1) // CLASS
    size = int(max(row.max(), column.max())) + 1
    sums = np.zeros((size, size))
    np.add.at(sums, (row.to_numpy(dtype=int), column.to_numpy(dtype=int)), acceptability["share"])
    return sums / sums.sum(axis=1, keepdims=True)


def sensitivity_bars(
    sensitivity: pd.DataFrame, labels: pd.Series, *, narrow: bool = False
) -> Figure:
    """Sobol indices of the choices in percent: bars on their own and with joint effects.

    The largest stands on top.
    """
    order = sensitivity.sort_values("total", ignore_index=True)
    rows = np.arange(len(order))
    with style.canvas(1.1 + 0.3 * len(order), style.width(narrow)) as (figure, axes):
        total = order[["total", "total_low", "total_high"]] * 100
        first = order[["first", "first_low", "first_high"]].clip(lower=0) * 100
        axes.barh(rows + 0.19, total["total"], 0.36, color=style.LIGHT, label=labels["total_order"])
        axes.barh(rows - 0.19, first["first"], 0.36, color=style.ACCENT,
                  label=labels["first_order"])  # fmt: skip
        for offset, table in ((0.19, total), (-0.19, first)):
            low, high = table.iloc[:, 1], table.iloc[:, 2]
            axes.hlines(rows + offset, low, high, style.INK, linewidth=0.9)
            for row, (share, end) in enumerate(zip(table.iloc[:, 0], high, strict=True)):
                axes.annotate(
                    f"{share:.1f}", (end, row + offset), (4, 0), textcoords="offset points",
                    va="center", fontsize=7.5,
                )  # fmt: skip
        words = [labels[f"factor_{name}"] for name in order["factor"]]
        axes.set_yticks(rows, style.short_lines(words, narrow))
        axes.set_xlim(0, total["total_high"].max() * 1.08)
        axis = labels["sensitivity_axis"]
        axes.set_xlabel(style.wrapped(axis, 32) if narrow else axis)
        figure.legend(loc="outside upper left", ncols=2, borderpad=0, columnspacing=1.4)
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
    return figure


def decomposition_bars(
    shapley: pd.DataFrame, labels: pd.Series, names: pd.Series, *, narrow: bool = False
) -> Figure:
    """Parts of the domains in the distance from the mean city, a panel per city with their sum.

    `shapley` holds the rows of the cities and of one level of the results table.
    """
    cities = list(shapley["adcode"].drop_duplicates())
    wide = shapley.pivot(index="code", columns="adcode", values="score_part")
    wide = wide.loc[shapley["code"].drop_duplicates(), cities]
    limits = (min(wide.min().min() * 1.35, -1), wide.max().max() * 1.2)
    columns = 2 if narrow else len(cities)
    lines = -(-len(cities) // columns)
    panels: dict = {"ncols": columns, "nrows": lines, "sharex": True, "sharey": True}
    height = 0.5 + lines * (0.35 + 0.24 * len(wide))
    with style.canvas(height, style.width(narrow), squeeze=False, **panels) as (figure, grid):
        for axes in grid.flat[len(cities) :]:
            axes.set_axis_off()
        for axes, adcode in zip(grid.flat, cities, strict=False):
            draw_parts(axes, wide[adcode])
            axes.set_title(f"{names[adcode]}  {signed(wide[adcode].sum())}", fontsize=8)
            axes.set_xlim(limits)
        grid[0][0].set_yticks(range(len(wide)), [labels[f"{code}_short"] for code in wide.index])
        grid[0][0].invert_yaxis()
        axis = labels["score_part_axis"]
        axis = style.wrapped(axis, 42) if narrow else axis
        figure.supxlabel(axis, fontsize=8.5, color=style.MUTED)
    return figure


def draw_parts(axes: Axes, parts: pd.Series) -> None:
    """Bars to the right for what brings a city forward, to the left for what holds it back."""
    colours = [style.ACCENT if part >= 0 else style.NEUTRAL for part in parts]
    axes.barh(range(len(parts)), parts, height=0.62, color=colours)
    axes.axvline(0, color=style.MUTED, linewidth=0.6)
    for row, part in enumerate(parts):
        text = signed(part)
        side, shift = ("left", 2) if part >= 0 else ("right", -2)
        axes.annotate(text, (part, row), (shift, 0), textcoords="offset points", ha=side,
                      va="center", fontsize=7)  # fmt: skip
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)


def signed(part: float) -> str:
    """A part with its sign and one decimal; what rounds to nothing has no sign."""
    text = f"{part:+.1f}".replace("-", "−")
    return "0.0" if text in {"+0.0", "−0.0"} else text


def interval_words(uncertainty: pd.DataFrame) -> pd.DataFrame:
    """By adcode ``median_rank`` and two intervals in words: ``interval_held`` and ``interval``.

    The first is that with the concept held, the second that of all choices. `uncertainty` is the
    results table.
    """
    table = uncertainty.set_index("adcode").astype({"median_rank": int})
    ends = {"interval_held": "technique", "interval": "rank"}
    words = {
        name: table[f"{end}_low"].astype(str) + "–" + table[f"{end}_high"].astype(str)
        for name, end in ends.items()
    }
    return pd.DataFrame({"median_rank": table["median_rank"], **words})
