"""The way of one city from its printed figures to its place."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.figures import sheet, style

# Height of the headings and of a row in centimetres, and the left edges of the columns; figures
# stand at the right of theirs.
HEAD, ROW = 0.9, 1.25
NARROW_ROW = 2.0
MEASURE, FIGURE, SCALE, INDICATOR, DOMAIN, INDEX = 0.0, 5.6, 5.8, 8.2, 11.4, 14.75
BAR = 1.4
# Letters of a name that fit into a line of its column.
LONG, SHORT, NARROW = 28, 16, 9
TYPE: dict[str, Any] = {"fontsize": 7.5, "va": "center", "parse_math": False}
SMALL: dict[str, Any] = TYPE | {"fontsize": sheet.SMALL, "color": style.MUTED}


def heaviest_measures(measures: pd.DataFrame) -> pd.DataFrame:
    """Of every domain the measure of the largest weight, domains in the order of the rows.

    `measures` holds `domain, weight`; of equal weights the first row is taken.
    """
    return measures.loc[measures.groupby("domain", sort=False)["weight"].idxmax()]


def city_way(
    rows: pd.DataFrame,
    reached: tuple[float, int],
    labels: pd.Series,
    name: str,
    *,
    narrow: bool = False,
) -> Figure:
    """A row per domain from the printed figure of a measure to the domain, and all to the index.

    `reached` are index and place. Where it is narrow, the steps of a domain stand one below the
    other, and the index at the foot.

    `rows` holds `measure, value, file, line, normalised, indicator, indicator_value, domain,
    domain_value, share`, the last in percent of the index; a figure without a line of its own has
    gaps in `file` and `line` and a `status`.
    """
    said = f"{reached[0]:.1f}", f"{labels['rank']} {reached[1]}"
    if narrow:
        return narrow_way(rows, said, labels, name)
    height = HEAD + ROW * len(rows)
    middle = HEAD + ROW * len(rows) / 2
    with sheet.sheet(sheet.FULL, height) as (_, axes):
        axes.set(xlim=(0, sheet.FULL), ylim=(height, 0))
        axes.set_axis_off()
        write_headings(axes, labels)
        for number, row in enumerate(rows.to_dict("records")):
            y = HEAD + ROW * (number + 0.5)
            write_measure(axes, y, row, labels)
            draw_normalised(axes, y, row["normalised"])
            write_node(axes, (INDICATOR, y), labels[row["indicator"]], row["indicator_value"])
            write_node(axes, (DOMAIN, y), labels[row["domain"]], row["domain_value"])
            draw_share(axes, (y, middle), share_text(row, labels), row["share"])
        write_index(axes, middle, *said, name)
    return axes.figure


def narrow_way(rows: pd.DataFrame, said: tuple[str, str], labels: pd.Series, name: str) -> Figure:
    """The same on a phone: `said` are index and place."""
    height = NARROW_ROW * len(rows) + 1.0
    with sheet.sheet(sheet.HALF, height) as (_, axes):
        axes.set(xlim=(0, sheet.HALF), ylim=(height, 0))
        axes.set_axis_off()
        for number, row in enumerate(rows.to_dict("records")):
            top = NARROW_ROW * number
            write_measure(axes, top + 0.42, row, labels, sheet.HALF)
            draw_normalised(axes, top + 1.15, row["normalised"], 0)
            for x, y, level in ((2.6, 1.15, "indicator"), (2.6, 1.6, "domain")):
                node = labels[row[level]], row[f"{level}_value"]
                write_node(axes, (x, top + y), *node, letters=len(node[0]))
            axes.text(sheet.HALF, top + 1.6, share_text(row, labels), ha="right", **SMALL)
            axes.hlines(top + NARROW_ROW - 0.12, 0, sheet.HALF, style.RULE, linewidth=0.6)
        foot = height - 0.5
        axes.text(0, foot, f"{labels['index_short']}: {name}", **TYPE)
        axes.text(sheet.HALF, foot, "  ".join(said), ha="right", **TYPE | {"fontsize": 11})
    return axes.figure


def share_text(row: dict, labels: pd.Series) -> str:
    """The share of a domain in the index."""
    return f"{row['share']:.0f}{labels['percent_sign']}"


def write_headings(axes: Axes, labels: pd.Series) -> None:
    """The names of the steps above their columns, a line below them."""
    for x, word in (
        (MEASURE, "measure"), (SCALE, "city_zero_to_hundred"), (INDICATOR, "indicator"),
        (DOMAIN, "domain"), (INDEX, "index_short"),
    ):  # fmt: skip
        axes.text(x, 0.22, labels[word], **TYPE)
    axes.text(FIGURE, 0.22, labels["city_figure"], ha="right", **TYPE)
    axes.text(MEASURE, 0.57, labels["city_source"], **SMALL)
    axes.hlines(HEAD - 0.08, 0, sheet.FULL, style.MUTED, linewidth=0.6)


def write_measure(
    axes: Axes, y: float, row: dict, labels: pd.Series, right: float = FIGURE
) -> None:
    """A measure with its figure, and below it where that is printed."""
    name = style.lines([labels[row["measure"]]], LONG)[0]
    lines = name.count("\n") + 1
    axes.text(MEASURE, y - 0.17, name, linespacing=1.1, **TYPE)
    axes.text(right, y - 0.17, as_printed(row["value"]), ha="right", **TYPE)
    printed = pd.notna(row["line"])
    where = f"{row['file']}, {row['line']:.0f}" if printed else labels[row["status"]]
    axes.text(MEASURE, y + 0.06 + 0.16 * lines, where, **SMALL)


def as_printed(value: float) -> str:
    """A figure with commas and no more than two decimals, none that is zero at the end."""
    return f"{value:,.2f}".rstrip("0").rstrip(".").replace("-", "−")


def draw_normalised(axes: Axes, y: float, value: float, left: float = SCALE) -> None:
    """The value on the scale from 0 to 100 as a bar and a number; beyond its ends it stops."""
    length = BAR * min(max(value, 0), 100) / 100
    axes.add_patch(Rectangle((left, y - 0.15), BAR, 0.3, color=style.PALE["plain"], linewidth=0))
    axes.add_patch(Rectangle((left, y - 0.15), length, 0.3, color=style.ACCENT, linewidth=0))
    axes.text(left + BAR + 0.1, y, f"{value:.0f}".replace("-", "−"), **TYPE)


def write_node(
    axes: Axes, at: tuple[float, float], name: str, value: float, letters: int = SHORT
) -> None:
    """An indicator or a domain: its value, and its name beside it; a small arrow before it."""
    x, y = at
    number = f"{value:.0f}".replace("-", "−")
    axes.text(x - 0.32, y, "›", ha="center", color=style.MUTED, **TYPE | {"fontsize": 10})
    axes.text(x + 0.48, y, number, ha="right", **TYPE)
    axes.text(x + 0.58, y, style.wrapped(name, letters), linespacing=1.1, **TYPE)


def draw_share(axes: Axes, ends: tuple[float, float], text: str, share: float) -> None:
    """The share of a domain in the index, and a line to it as wide as the share."""
    y, middle = ends
    axes.text(INDEX - 0.1, y, text, ha="right", **SMALL)
    axes.plot(
        [INDEX, INDEX + 0.5], [y, middle], color=style.PALE["box"], linewidth=share / 5,
        solid_capstyle="butt", zorder=0,
    )  # fmt: skip


def write_index(axes: Axes, y: float, index: str, place: str, name: str) -> None:
    """The index of the city and its place, where the lines of the domains meet."""
    x = INDEX + 0.5
    axes.text(x, y - 0.35, style.wrapped(name, NARROW), **TYPE | {"va": "bottom"})
    axes.text(x, y, index, **TYPE | {"fontsize": 14})
    axes.text(x, y + 0.5, place, **TYPE | {"fontsize": 9})
