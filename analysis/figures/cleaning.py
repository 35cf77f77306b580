"""Figures of the chapter on cleaning: how many cells are observed, and what fills the others."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from analysis.figures import style

HATCHES = {
    "observed": "", "averaged": "----", "corrected": "xx", "carried": "////", "missing": "",
}  # fmt: skip
# Width of a column of counts behind the bars, on their scale of percent.
COUNTS = 26


def status_bars(
    cells: pd.DataFrame,
    measures: pd.DataFrame,
    labels: pd.Series,
    say: style.Say,
    *,
    narrow: bool = False,
) -> Figure:
    """Share of the cities by status, a bar per measure, the most complete first; all cells on top.

    `cells` holds `measure, status`, `measures` the measures of indicators (`measure, included`);
    cells of context count in the first bar alone. Measures observed in every city share one bar;
    those that the index leaves out are named in grey. The numbers at the right count cities, in
    the first row cells; a narrow figure has no room for them.
    """
    table = with_all_cells(status_counts(cells, measures, labels, say), cells, labels)
    left_out = measures.loc[~measures["included"].eq("1"), "measure"].map(labels)
    row = 0.3 if narrow else 0.2
    with style.canvas(0.9 + row * len(table), style.width(narrow)) as (figure, axes):
        draw_shares(axes, table.div(table.sum(axis=1), axis=0) * 100)
        if narrow:
            write_key_above(figure, list(table), labels)
        else:
            write_counts(axes, table.drop(columns="observed"), labels)
        share = table["observed"].iloc[0] / table.iloc[0].sum()
        percent = f"{100 * share:.1f}{labels['percent_sign']}"
        axes.text(1.5, 0, percent, va="center", color=style.PAPER)
        axes.set_yticks(range(len(table)), style.short_lines(table.index, narrow))
        for tick, name in zip(axes.get_yticklabels(), table.index, strict=True):
            tick.set_color(style.MUTED if name in set(left_out) else style.INK)
            tick.set_style("italic" if name in set(left_out) else "normal")
        last = 101 if narrow else 102 + COUNTS * (table.shape[1] - 1)
        axes.set(xlim=(0, last), ylim=(len(table) - 0.4, -0.5 if narrow else -1.5))
        axes.set_xticks(range(0, 101, 20))
        axes.set_xlabel(labels["share_of_cities"], x=50 / last)
        axes.spines["bottom"].set_bounds(0, 100)
        axes.spines["left"].set_visible(False)
        axes.tick_params(axis="y", length=0)
    return figure


def with_all_cells(table: pd.DataFrame, cells: pd.DataFrame, labels: pd.Series) -> pd.DataFrame:
    """The counts by measure below those of all cells."""
    every = cells["status"].value_counts()
    present = [status for status in style.STATUS_COLOURS if status in every]
    first = every[present].to_frame(labels["all_cells"]).T
    return pd.concat([first, table.reindex(columns=present, fill_value=0)])


def write_key_above(figure: Figure, statuses: list[str], labels: pd.Series) -> None:
    """What the pieces of the bars are."""
    patches = [
        Patch(facecolor=style.STATUS_COLOURS[status], hatch=HATCHES[status], edgecolor=style.PAPER)
        for status in statuses
    ]
    figure.legend(
        patches, [labels[status] for status in statuses], loc="outside upper left", ncols=3,
        borderpad=0, handlelength=1, columnspacing=1.2,
    )  # fmt: skip


def status_counts(
    cells: pd.DataFrame, measures: pd.DataFrame, labels: pd.Series, say: style.Say
) -> pd.DataFrame:
    """Cities by measure (in words) and status; the complete measures as one first row."""
    shown = cells[cells["measure"].isin(measures["measure"])]
    counts = pd.crosstab(shown["measure"], shown["status"])
    present = [status for status in style.STATUS_COLOURS if status in counts]
    counts = counts[present].sort_values("observed", ascending=False, kind="stable")
    complete = counts["observed"] == counts.sum(axis=1)
    rows = counts[~complete].rename(index=labels)
    if not complete.any():
        return rows
    first = counts[complete].iloc[[0]]
    first.index = pd.Index([say("complete_measures", count=complete.sum())])
    return pd.concat([first, rows])


def draw_shares(axes: Axes, shares: pd.DataFrame) -> None:
    """Stacked bars, one segment per status."""
    start = pd.Series(0.0, index=shares.index)
    for status, share in shares.items():
        axes.barh(
            range(len(shares)),
            share,
            left=start,
            height=0.68,
            color=style.STATUS_COLOURS[str(status)],
            hatch=HATCHES[str(status)],
            edgecolor=style.PAPER,
            linewidth=0.5,
        )
        start = start + share


def write_counts(axes: Axes, counts: pd.DataFrame, labels: pd.Series) -> None:
    """A column of numbers per status beside the bars, headed by its name; zero is left blank."""
    write_key(axes, 0, "observed", labels)
    for column, (status, numbers) in enumerate(counts.items(), start=1):
        right = 100 + COUNTS * column
        write_key(axes, right - 23, str(status), labels)
        for row, number in enumerate(numbers):
            text = f"{number:,}" if number else ""
            axes.text(right, row, text, ha="right", va="center", fontsize=7.5)


def write_key(axes: Axes, left: float, status: str, labels: pd.Series) -> None:
    """A swatch of a status and its name above the bars."""
    swatch: dict[str, Any] = {
        "facecolor": style.STATUS_COLOURS[status],
        "edgecolor": style.PAPER,
        "linewidth": 0,
    }
    axes.barh(-0.95, 2, left=left, height=0.5, hatch=HATCHES[status], **swatch)
    axes.text(left + 2.8, -0.93, labels[status], va="center", fontsize=7.5)
