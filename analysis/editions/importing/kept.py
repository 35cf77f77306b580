"""The recipe that is kept for a file, or was kept for one of the same head a year before."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from analysis.editions.edition import Edition
from analysis.editions.importing.grids import Grid
from analysis.editions.importing.head import years_in
from analysis.editions.incoming import described_columns, left_out_lines
from analysis.editions.recipe_rows import joined_headings, padded, shaped
from analysis.editions.recipes import Omission, Recipe, recipe_of
from analysis.editions.text_tables import UnreadableTableError

# So much of a table that the recipe describes must be there under the same headings.
SAME_HEAD = 0.8
# Lines by which a head may stand further down or up than the recipe says.
MOVED = 10
YEAR = re.compile(r"(?:19|20)\d{2}")


class Kept(NamedTuple):
    """A recipe, and what else is known of a table by it.

    Attributes
    ----------
    recipe, roles, columns
        How it is read; headings of places and years by role; variable and unit by heading.
    origin
        Where the recipe comes from, in words.
    own
        Whether it is that of this very table of the edition.
    source
        The source of the figures; empty if it is not known.
    known, gone
        Headings that the recipe's table had too, and those that only it had.
    """

    recipe: Recipe
    roles: dict[str, str]
    columns: dict[str, tuple[str, str]]
    origin: str
    own: bool = False
    source: str = ""
    known: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


def kept_recipe(edition: Edition, grid: Grid) -> Kept | None:
    """The recipe of this file in the edition, else that of a file of the same head, if any.

    Neither a year in a heading nor a line more above it tells heads apart.
    """
    for each, table in candidates(edition, grid):
        if found := recipe_for(each, table, grid, own=each is edition):
            return found
    return None


def candidates(edition: Edition, grid: Grid) -> Iterator[tuple[Edition, str]]:
    """The table itself in the edition, then all tables of the editions before it."""
    if grid.table in set(edition.raw_table("sources.csv")["file"]):
        yield edition, grid.table
    for earlier in edition.earlier:
        yield from ((earlier, table) for table in earlier.raw_table("sources.csv")["file"])


def recipe_for(edition: Edition, table: str, grid: Grid, own: bool) -> Kept | None:
    """The recipe of a table of an edition for a grid; None if there is none that fits."""
    recipe = recipe_of(edition, table)
    if recipe is None:
        return None
    described = described_columns(edition, table).query("heading_in_file != ''")
    wanted = list(described["heading_in_file"])
    lines = lines_moved(grid, recipe, wanted)
    if lines is None:
        return None
    moved = replace(
        recipe,
        header_rows=tuple(line + lines for line in recipe.header_rows),
        leave_out=tuple(omissions(edition, table, grid, recipe, lines)),
    )
    try:
        there = list(shaped(Path(grid.table), grid.rows, moved).table)
    except UnreadableTableError:
        return None
    pairs = same_headings(wanted, there, own)
    if not is_same_head(pairs, wanted):
        return None
    rows = [(pairs[row["heading_in_file"]], row) for row in described.to_dict("records")
            if row["heading_in_file"] in pairs]  # fmt: skip
    sources = edition.raw_table("sources.csv").set_index("file")["source"]
    return Kept(
        replace(moved, leave_out_columns=columns_left_out(recipe, there, pairs)),
        {row["role"]: heading for heading, row in rows if row["role"] in ("key", "name", "year")},
        {heading: (row["variable"], row["unit"]) for heading, row in rows
         if row["role"] == "value"},
        f"the recipe of {table} in edition {edition.name}{moved_text(lines)}",
        own,
        sources[table],
        tuple(pairs.values()),
        tuple(heading for heading in wanted if heading not in pairs),
    )  # fmt: skip


def lines_moved(grid: Grid, recipe: Recipe, wanted: list[str]) -> int | None:
    """How many lines further down than the recipe says its head stands; None if nowhere near."""
    rows = dict(grid.rows[: recipe.header_rows[-1] + MOVED])
    named = [recipe.indicator, recipe.value, *([recipe.unit] if recipe.unit else [])]
    for lines in sorted(range(-MOVED, MOVED + 1), key=abs):
        head = [rows[line + lines] for line in recipe.header_rows if line + lines in rows]
        if len(head) < len(recipe.header_rows):
            continue
        width = max(map(len, head))
        there = joined_headings([padded(row, width) for row in head], recipe.header_join)
        if recipe.layout == "long":
            if {*named} <= {*there}:
                return lines
        elif is_same_head(same_headings(wanted, there, own=False), wanted):
            return lines
    return None


def without_year(heading: str) -> str:
    """A heading without the years in it."""
    return YEAR.sub("", heading)


def same_headings(wanted: list[str], there: list[str], own: bool) -> dict[str, str]:
    """Of the headings that are `wanted` those `there` that are the same, years apart.

    Of several the one of the latest year is meant; in the table's `own` file the very one.
    """
    latest = {without_year(heading): heading for heading in sorted(there, key=years_in)}
    found = {}
    for heading in wanted:
        exact = heading if own and heading in there else ""
        if same := exact or latest.get(without_year(heading), ""):
            found[heading] = same
    return found


def is_same_head(pairs: dict[str, str], wanted: list[str]) -> bool:
    """Whether enough of the wanted headings are there."""
    return bool(wanted) and len(pairs) >= SAME_HEAD * len(wanted)


def columns_left_out(recipe: Recipe, there: list[str], pairs: dict[str, str]) -> tuple[str, ...]:
    """The headings of columns that are not read, as they are in this file."""
    same = same_headings(list(recipe.leave_out_columns), there, own=True)
    meant = (same.get(heading, heading) for heading in recipe.leave_out_columns)
    return tuple(heading for heading in meant if heading not in set(pairs.values()))


def omissions(
    edition: Edition, table: str, grid: Grid, recipe: Recipe, lines: int
) -> Iterator[Omission]:
    """What the recipe leaves out; a line by its number only where the same name stands there."""
    names = names_left_out(edition, table) if any(each.line for each in recipe.leave_out) else {}
    rows = dict(grid.rows) if names else {}
    for each in recipe.leave_out:
        if not each.line:
            yield each
        elif each.line in names:
            cells = [" ".join(text.split()) for text in rows.get(each.line + lines, [])]
            if names[each.line] in cells:
                yield replace(each, line=each.line + lines)


def names_left_out(edition: Edition, table: str) -> dict[int, str]:
    """The names of the lines of a table that do not count; none if it cannot be read."""
    try:
        found = left_out_lines(edition, table)
    except UnreadableTableError:
        return {}
    return dict(zip(found["line"], found["name"], strict=True))


def moved_text(lines: int) -> str:
    """How far the head has moved, in words; empty if it has not."""
    if not lines:
        return ""
    number = abs(lines)
    return f", its head {number} line{'s' if number > 1 else ''} {'down' if lines > 0 else 'up'}"
