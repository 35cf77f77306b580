"""Figures of the framework: domains, sub-domains and indicators, and how well each is measured."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.figures import style
from analysis.language.numbers import Numbers

# Left edge and width of the three columns, in tenths of the figure's width.
COLUMNS = {"domain": (0.0, 2.4), "subdomain": (2.45, 3.1), "indicator": (5.6, 4.4)}
# How far a colour is mixed with paper where text stands on it.
TINT = 0.82
MARKS: dict[str, dict[str, Any]] = {
    "observed": {"marker": "o", "fillstyle": "full"},
    "proxy": {"marker": "o", "fillstyle": "left", "markerfacecoloralt": style.PAPER},
    "weak": {"marker": "o", "fillstyle": "none"},
    "lost": {"marker": "x"},
    "none": {"marker": "_"},
}


def framework_map(
    framework: pd.DataFrame, grades: pd.Series, labels: pd.Series, numbers: Numbers
) -> Figure:
    """The tree of the framework in three columns of blocks, each indicator with its grade.

    `framework` holds `code, parent, level`; `grades` the state of every indicator by code
    (`evidence.csv`). A block is as high as the indicators in it.
    """
    rows = indicator_rows(framework)
    with style.canvas(0.5 + 0.17 * len(rows)) as (figure, axes):
        for level in ("domain", "subdomain"):
            for code, members in rows.groupby(level, sort=False):
                block(axes, level, members.index[0], len(members), labels[code])
        for row, code in enumerate(rows["indicator"]):
            indicator_block(axes, row, labels[code], grades[code])
        write_headings(axes, labels)
        write_key(axes, len(rows), grades, labels, numbers)
        axes.set(xlim=(0, 10), ylim=(len(rows) + 1.3, -1.0))
        axes.axis("off")
    return figure


def indicator_rows(framework: pd.DataFrame) -> pd.DataFrame:
    """`domain, subdomain, indicator`: one row per indicator, in the order of the framework."""
    parent = framework.set_index("code")["parent"]
    indicator = framework.loc[framework["level"] == "indicator", "code"].reset_index(drop=True)
    subdomain = indicator.map(parent)
    rows = {"domain": subdomain.map(parent), "subdomain": subdomain, "indicator": indicator}
    return pd.DataFrame(rows)


def under_domains(table: pd.DataFrame, domains: pd.Series) -> pd.DataFrame:
    """The rows of indicators with a row above the first one of each domain that names it.

    `domains` is the domain of each row; its name goes into the first column, the rest is empty. A
    column without any value is left out.
    """
    table = table.dropna(axis="columns", how="all")
    first = table.columns[0]
    parts = [
        pd.concat([pd.DataFrame([dict.fromkeys(table, "") | {first: name}]), table.loc[rows.index]])
        for name, rows in domains.groupby(domains, sort=False)
    ]
    return pd.concat(parts, ignore_index=True)


def block(axes: Axes, level: str, first: int, rows: int, text: str) -> None:
    """A block of the columns of domains or sub-domains."""
    left, width = COLUMNS[level]
    shade = style.RULE if level == "domain" else style.PALE["plain"]
    axes.add_patch(Rectangle((left, first + 0.04), width, rows - 0.08, color=shade, linewidth=0))
    size = 8.5 if level == "domain" else 8
    axes.text(left + 0.1, first + rows / 2, text, va="center", fontsize=size)


def indicator_block(axes: Axes, row: int, text: str, grade: str) -> None:
    """An indicator: its name on a tint of the colour of its grade, which a mark repeats."""
    left, width = COLUMNS["indicator"]
    colour = style.GRADE_COLOURS[grade]
    tint = [TINT + (1 - TINT) * part for part in to_rgb(colour)]
    axes.add_patch(Rectangle((left, row + 0.04), width, 0.92, color=tint, linewidth=0))
    axes.add_patch(Rectangle((left, row + 0.04), 0.06, 0.92, color=colour, linewidth=0))
    mark(axes, left + 0.24, row + 0.5, grade)
    axes.text(left + 0.42, row + 0.52, text, va="center", fontsize=8)


def mark(axes: Axes, x: float, y: float, grade: str) -> None:
    """The mark of a grade: a full, half or empty disc, a cross or a dash."""
    colour = style.MUTED if grade == "none" else style.GRADE_COLOURS[grade]
    axes.plot(x, y, markersize=5.5, markeredgewidth=1, color=colour, **MARKS[grade])


def write_headings(axes: Axes, labels: pd.Series) -> None:
    """The names of the three levels above their columns."""
    for level, (left, _) in COLUMNS.items():
        axes.text(left + 0.1, -0.45, labels[level], va="center", fontsize=8, color=style.MUTED)


def write_key(
    axes: Axes, rows: int, grades: pd.Series, labels: pd.Series, numbers: Numbers
) -> None:
    """What the marks mean, each with the number of its indicators, on a line below the blocks."""
    axes.text(0.1, rows + 0.75, labels["evidence"], va="center", fontsize=8, color=style.MUTED)
    for place, grade in enumerate(style.GRADE_COLOURS):
        x = COLUMNS["subdomain"][0] + 0.2 + 1.56 * place
        mark(axes, x, rows + 0.72, grade)
        text = numbers.aside(labels[grade], (grades == grade).sum())
        axes.text(x + 0.18, rows + 0.75, text, va="center", fontsize=8)
