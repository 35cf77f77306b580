"""Small figures of one finding each: where published places lie, chances, verdicts, moves."""

from collections.abc import Sequence
from textwrap import fill
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.figures import sheet, style
from analysis.figures.labelling import spread_out

SIDES = ("better", "inside", "worse")
# Letters of a list of names that fit into a line of a third of the text column.
LETTERS = 42


def inside_outside(places: pd.DataFrame, labels: pd.Series, names: pd.Series) -> Figure:
    """One bar of the published places by side of the open interval, the cities outside below.

    `places` holds `adcode, rank, placed`, in the order of the list.
    """
    groups = {side: places.loc[places["placed"] == side, "adcode"] for side in SIDES}
    said = {
        side: fill(", ".join(names[code] for code in groups[side]), LETTERS)
        for side in ("better", "worse")
    }
    lines = max(1, *(text.count("\n") + 1 for text in said.values()))
    height = 1.75 + 0.36 * lines
    with sheet.sheet(sheet.FULL, height) as (_, axes):
        axes.set(xlim=(0, sheet.FULL), ylim=(height, 0))
        axes.set_axis_off()
        start = 0.0
        for side in SIDES:
            width = sheet.FULL * len(groups[side]) / len(places)
            colour = style.NEUTRAL if side == "inside" else style.EVIDENCE_COLOURS["published"]
            axes.barh(0.95, width, 0.55, left=start, color=colour, edgecolor=style.PAPER)
            start += width
        for x, side, align in zip(
            (0, sheet.FULL / 2, sheet.FULL), SIDES, ("left", "center", "right"), strict=True
        ):
            heading = f"{len(groups[side])} {labels[f'placed_{side}']}"
            axes.text(x, 0.35, heading, ha=align, va="center", fontsize=8.5)
            axes.text(
                x,
                1.5,
                said.get(side, ""),
                ha=align,
                va="top",
                fontsize=sheet.SMALL,
                linespacing=1.35,
                multialignment=align,
            )
    return axes.figure


def chance_lines(
    uncertainty: pd.DataFrame, labels: pd.Series, limits: Sequence[int] = (10, 50, 100)
) -> Figure:
    """Chance to be among the first 10, 50 and 100 by open place, a dot a city and a smooth line.

    A limit that takes in every city has none.
    `uncertainty` holds `rank` and `p_top10, p_top50, p_top100`.
    """
    table = uncertainty.sort_values("rank")
    last = int(min(table["rank"].max(), 2 * max(limits)))
    shown = table[table["rank"] <= last]
    with sheet.sheet(sheet.FULL, 7.2) as (_, axes):
        axes.set_position((0.075, 0.17, 0.9, 0.76))
        style.rule_grid(axes, "y")
        for limit, colour in zip(limits, style.OPEN_RAMP, strict=True):
            if limit >= last:
                break
            chance = 100 * shown[f"p_top{limit}"]
            smooth = (100 * table[f"p_top{limit}"]).rolling(9, center=True, min_periods=1).median()
            axes.scatter(shown["rank"], chance, s=5, color=colour, alpha=0.45, linewidth=0)
            axes.plot(shown["rank"], smooth[: len(shown)], color=colour, linewidth=1.8)
            axes.axvline(limit, color=colour, linewidth=0.7, linestyle=(0, (2, 2)))
            axes.text(
                limit + 1.5,
                107,
                labels[f"first_{limit}"],
                fontsize=8,
                va="center",
            )
        axes.set(xlim=(0, last + 1), ylim=(-2, 102), yticks=range(0, 101, 25))
        axes.set_xticks([1, *(tick for tick in (10, 50, 100, 150, 200) if tick <= last)])
        axes.yaxis.set_major_formatter("{x:.0f} %")
        axes.set_xlabel(labels["open_place"])
        axes.spines["left"].set_visible(False)
        axes.tick_params(axis="y", length=0)
    return axes.figure


def statements_bar(claims: pd.DataFrame, labels: pd.Series) -> Figure:
    """One bar of the ledger by verdict, the number in it, the verdict with its sign below.

    `claims` holds `verdict`.
    """
    counts = claims["verdict"].value_counts().reindex(list(style.VERDICTS), fill_value=0)
    counts = counts[counts > 0]
    with sheet.sheet(sheet.FULL, 1.5) as (_, axes):
        axes.set(xlim=(0, sheet.FULL), ylim=(1.5, 0))
        axes.set_axis_off()
        widths = sheet.FULL * counts / counts.sum()
        starts = widths.cumsum() - widths
        words = {
            verdict: f"{style.VERDICTS[str(verdict)][1]} {labels[f'verdict_{verdict}']}"
            for verdict in counts.index
        }
        lengths = [0.3 + 0.155 * len(word) for word in words.values()]
        centres = spread_out(list(starts + widths / 2), lengths, 0, sheet.FULL)
        for verdict, centre in zip(counts.index, centres, strict=True):
            colour = style.VERDICTS[str(verdict)][2]
            axes.barh(
                0.45,
                widths[verdict],
                0.8,
                left=starts[verdict],
                color=colour,
                edgecolor=style.PAPER,
            )
            axes.text(
                starts[verdict] + widths[verdict] / 2,
                0.45,
                f"{counts[verdict]}",
                ha="center",
                va="center",
                fontsize=10,
                color=style.ink_on(colour),
            )
            axes.text(centre, 1.2, words[verdict], ha="center", va="center", fontsize=8)
    return axes.figure


def what_moved(
    comparison: pd.DataFrame, labels: pd.Series, names: pd.DataFrame, number: int = 20
) -> Figure:
    """Move of each of the first cities with its interval; clear moves are filled and numbered.

    `comparison` holds `adcode, rank_after, move, move_low, move_high, exceeds`; `names` the
    columns `chinese` and `latin` by adcode. Up is to the right.
    """
    shown = comparison.nsmallest(number, "rank_after").reset_index(drop=True)
    height = 1.3 + 0.39 * len(shown)
    with sheet.sheet(sheet.HALF, height) as (_, axes):
        axes.set_position((0.46, 0.95 / height, 0.52, 1 - 1.0 / height))
        axes.axvline(0, color=style.MUTED, linewidth=0.7)
        for row, city in shown.iterrows():
            clear = city["exceeds"] == 1
            colour = style.ACCENT if clear else style.NEUTRAL
            axes.hlines(row, city["move_low"], city["move_high"], colour, linewidth=1.5)
            axes.scatter(
                city["move"],
                row,
                s=16,
                zorder=3,
                linewidth=1,
                edgecolor=colour,
                facecolor=colour if clear else style.PAPER,
            )
            write_mover(axes, int(row), city, names)
        axes.set_ylim(len(shown) - 0.4, -0.6)
        axes.yaxis.set_visible(False)
        axes.spines[:].set_visible(False)
        axes.grid(axis="x")
        axes.tick_params(length=0, labelsize=sheet.SMALL)
        axes.xaxis.set_major_formatter(
            lambda value, _: f"{value:+.0f}".replace("-", "−").replace("+0", "0")
        )
        axes.set_xlabel(labels["places_gained"], fontsize=7.5)
    return axes.figure


def write_mover(axes: Axes, row: int, city: pd.Series, names: pd.DataFrame) -> None:
    """Place and name left of the scale."""
    at: dict[str, Any] = {"transform": axes.get_yaxis_transform(), "va": "center"}
    at["fontsize"] = sheet.SMALL
    name = names.loc[city["adcode"]]
    ink = style.ACCENT if city["exceeds"] == 1 else style.INK
    axes.text(-0.8, row, f"{city['rank_after']:.0f}", ha="right", color=style.MUTED, **at)
    axes.text(-0.77, row, name["chinese"], color=ink, **at)
    axes.text(-0.51, row, name["latin"], color=ink, **at)
