"""The recipe that is kept for a file, or was kept for one of the same head a year before."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from analysis.editions.edition import Edition
from analysis.editions.importing.grids import Grid
from analysis.editions.incoming import described_columns
from analysis.editions.recipe_rows import shaped
from analysis.editions.recipes import Recipe, recipe_of
from analysis.editions.text_tables import UnreadableTableError

# So much of a table that the recipe describes must be there under the same headings.
SAME_HEAD = 0.8
YEAR = re.compile(r"(?:19|20)\d{2}")


class Kept(NamedTuple):
    """A recipe, the headings of places and years by role, variable and unit by heading, and why."""

    recipe: Recipe
    roles: dict[str, str]
    columns: dict[str, tuple[str, str]]
    origin: str


def kept_recipe(edition: Edition, grid: Grid) -> Kept | None:
    """The recipe of this file in the edition, else that of a file of the same head, if any.

    A year in a heading does not tell heads apart.
    """
    for each, table in candidates(edition, grid):
        recipe = recipe_of(each, table)
        if recipe is None:
            continue
        try:
            there = list(shaped(Path(grid.table), grid.rows, recipe).table)
        except UnreadableTableError:
            continue
        by_key = {YEAR.sub("", heading): heading for heading in there}
        described = described_columns(each, table).query("heading_in_file != ''")
        wanted = [YEAR.sub("", heading) for heading in described["heading_in_file"]]
        if not wanted or sum(key in by_key for key in wanted) < SAME_HEAD * len(wanted):
            continue
        rows = [
            (by_key[key], row)
            for key, row in zip(wanted, described.to_dict("records"), strict=True)
            if key in by_key
        ]
        roles = {row["role"]: heading for heading, row in rows
                 if row["role"] in ("key", "name", "year")}  # fmt: skip
        columns = {heading: (row["variable"], row["unit"]) for heading, row in rows
                   if row["role"] == "value"}  # fmt: skip
        return Kept(recipe, roles, columns, f"the recipe of {table} in edition {each.name}")
    return None


def candidates(edition: Edition, grid: Grid) -> Iterator[tuple[Edition, str]]:
    """The table itself in the edition, then all tables of the editions before it."""
    if grid.table in set(edition.raw_table("sources.csv")["file"]):
        yield edition, grid.table
    for earlier in edition.earlier:
        yield from ((earlier, table) for table in earlier.raw_table("sources.csv")["file"])
