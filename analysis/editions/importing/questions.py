"""What is asked about lines and columns that a file leaves in doubt, each with its answers."""

import re
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from analysis.editions.importing.grids import Grid
from analysis.editions.importing.head import is_numeric, missing_marks, years_in
from analysis.editions.recipe_rows import shaped
from analysis.editions.recipes import Recipe

YEAR = re.compile(r"(19|20)\d\d")


def unknown_place(name: str, near: list[str]) -> str:
    """What to ask about a name that is no place, with those that it may be a misprint of."""
    nearest = f"; is it {' or '.join(near)}?" if near else ""
    meant = f"--name {name}={near[0] if near else 'CITY'}"
    return f"{name!r} is no known place{nearest} {meant}, or --leave-out {name}"


def second_head(name: str, names: pd.Series) -> str:
    """What to ask about a line that repeats the head, by the names (index: line)."""
    line = names.index[names.str.strip() == name][0]
    return (
        f"line {line} repeats the head: if other columns follow, give the table below a sheet or "
        f"a file of its own; if the same ones follow, --leave-out {name}"
    )


def places_twice(repeated: pd.Series) -> list[str]:
    """What to ask about places that have stood in a line above (index: line)."""
    if repeated.empty:
        return []
    told = [f"{name.strip()} in line {line}" for line, name in repeated.items()]
    shown = ", ".join(told[:3]) + (", …" if len(told) > 3 else "")
    return [
        f"{len(told)} places have stood in a line above ({shown}): --leave-out LINE for the line "
        "of each that does not count"
    ]


def year_columns(headings: Iterable[str]) -> list[str]:
    """A question for each figure that has a column for each of several years.

    >>> year_columns(["GDP 2019", "GDP 2020", "beds 2020", "beds"])[0][:48]
    "the columns 'GDP 2019', 'GDP 2020' are one figur"
    """
    by_figure: dict[str, list[str]] = {}
    for heading in headings:
        if years_in(heading):
            by_figure.setdefault(YEAR.sub("", heading), []).append(heading)
    return [
        f"the columns {', '.join(map(repr, alike))} are one figure in several years: make the "
        f"table long, or leave all but one out, such as --column {alike[0]!r}=-"
        for alike in by_figure.values()
        if len(alike) > 1
    ]


def marks_to_ask(grid: Grid, recipe: Recipe, keys: list[str]) -> list[str]:
    """Questions about marks for missing that a kept recipe does not know yet."""
    table = shaped(Path(grid.table), grid.rows, recipe).table.drop(columns=keys, errors="ignore")
    return [
        f"{mark!r} stands where figures are, and the recipe does not know it: --missing {mark!r} "
        "if the figure is missing"
        for mark in missing_marks(table[[name for name in table if is_numeric(table[name])]])
    ]
