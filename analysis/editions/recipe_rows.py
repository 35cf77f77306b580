"""A grid of texts becomes a table, as a recipe says: its head, its marks for missing, its form.

Lines keep the numbers that they have in the file. In a table made from a long one, every figure
has a line of its own; see `Shaped.lines`.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.editions.recipes import Recipe
from analysis.editions.text_tables import Flaw, Row, UnreadableTableError

Rows = Sequence[Row]
NO_TABLE = "there is no table; correct headerRows, or import the file again"


class Shaped(NamedTuple):
    """A table of text by line, the lines of every cell of a long one, and the texts above it.

    `lines` has the shape of the table; it is None where the index has the line of every cell.
    `above` are the lines above the head that hold something, with their texts.
    """

    table: pd.DataFrame
    lines: pd.DataFrame | None
    above: pd.Series


def shaped(path: Path, rows: Rows, recipe: Recipe) -> Shaped:
    """The table in the rows of a file, as its recipe says.

    Raises
    ------
    UnreadableTableError
        If the lines of the head are not there, two columns have one heading, or a long table has
        two figures for one place.
    """
    plain = table_below(path, rows, recipe)
    above = pd.Series(
        {
            line: " ".join(" ".join(row).split())
            for line, row in rows
            if line < recipe.header_rows[0]
        },
        dtype=object,
    )
    above = above[above.ne("")]
    if recipe.layout == "long":
        return widened(path, plain, recipe, above)
    return Shaped(plain, None, above)


def table_below(path: Path, rows: Rows, recipe: Recipe) -> pd.DataFrame:
    """The rows below the head that hold anything, under their headings."""
    head = [row for line, row in rows if line in recipe.header_rows]
    body = [(line, row) for line, row in rows
            if line > recipe.header_rows[-1] and any(map(str.strip, row))]  # fmt: skip
    if len(head) < len(recipe.header_rows) or not body:
        rule = f"the recipe has the head in the lines {list(recipe.header_rows)}: {NO_TABLE}"
        raise UnreadableTableError(path, [Flaw("", rule)])
    width = max(len(row) for row in [*head, *(row for _, row in body)])
    headings = joined_headings([padded(row, width) for row in head], recipe.header_join)
    lines = pd.Index([line for line, _ in body], name="line")
    held = [
        number
        for number, heading in enumerate(headings)
        if not is_letter(heading)
        or any(number < len(row) and row[number].strip() for _, row in body)
    ]
    texts = [[plain_text(text, recipe) for text in padded(row, width)] for _, row in body]
    counted = pd.DataFrame(texts, lines, headings, dtype=object).iloc[:, held]
    again = counted.columns[counted.columns.duplicated()].unique()
    if len(again):
        rule = "stands above several columns; take one more line of the head into headerRows"
        raise UnreadableTableError(path, [Flaw(recipe.header_rows[0], rule, h) for h in again])
    return counted


def is_letter(heading: str) -> bool:
    """Whether a column is called by its letter, for its head has no text."""
    return re.fullmatch(r"\([A-Z]+\)", heading) is not None


def padded(row: list[str], width: int) -> list[str]:
    """A row with blanks at its end up to `width`."""
    return row + [""] * (width - len(row))


def joined_headings(head: list[list[str]], join: str) -> list[str]:
    """One heading a column from the lines of a head.

    A heading that spans columns stands in the first of them: it holds for those to its right that
    have none in its line but one below it.

    >>> joined_headings([["city", "economy", ""], ["", "GDP", "trade"]], " / ")
    ['city', 'economy / GDP', 'economy / trade']
    """
    texts = [[" ".join(text.split()) for text in row] for row in head]
    for number, row in enumerate(texts[:-1]):
        for column in range(1, len(row)):
            below = any(lower[column] for lower in texts[number + 1 :])
            if not row[column] and below:
                row[column] = row[column - 1]
    joined = [join.join(filter(None, parts)) for parts in zip(*texts, strict=True)]
    return [heading or f"({column_letters(n)})" for n, heading in enumerate(joined)]


def column_letters(number: int) -> str:
    """What a spreadsheet program calls a column, counted from 0."""
    from xlsxwriter.utility import xl_col_to_name  # half of the time in which `check` starts

    return str(xl_col_to_name(number))


def plain_text(text: str, recipe: Recipe) -> str:
    """A cell without a mark for missing and with a decimal point; blanks in front stay.

    Blanks in front of a name show what it stands below.
    """
    stripped = text.strip()
    if stripped in recipe.missing_values:
        return ""
    if recipe.decimal_char == "," and any(map(str.isdigit, stripped)):
        without = stripped.replace(recipe.group_char, "") if recipe.group_char else stripped
        if without.replace(",", "", 1).replace("-", "", 1).isdigit():
            return without.replace(",", ".")
    return text


def widened(path: Path, table: pd.DataFrame, recipe: Recipe, above: pd.Series) -> Shaped:
    """A long table with a column for each of its indicators, in the order in which they come."""
    wanted = [recipe.indicator, recipe.value, *([recipe.unit] if recipe.unit else [])]
    lacking = [heading for heading in wanted if heading not in table]
    if lacking:
        rule = "the recipe names this column, and the file has none of this heading: correct it"
        raise UnreadableTableError(path, [Flaw("", rule, heading) for heading in lacking])
    unit = table[recipe.unit].str.strip() if recipe.unit else ""
    name = table[recipe.indicator].str.strip() + unit
    keys = [heading for heading in table if heading not in wanted]
    flat = table[keys].assign(indicator_=name, value_=table[recipe.value], line_=table.index)
    again = flat[flat.duplicated([*keys, "indicator_"])]
    if len(again):
        rule = (
            "the place has another figure of this indicator in a line above: leave one of them out"
        )
        flaws = [Flaw(line, rule, recipe.indicator, text)
                 for line, text in again["indicator_"].items()]  # fmt: skip
        raise UnreadableTableError(path, flaws)
    indexed = flat.set_index([*keys, "indicator_"])
    wide = {
        part: indexed[part].unstack("indicator_", sort=False).reindex(columns=name.unique())
        for part in ("value_", "line_")
    }
    first = pd.Index(wide["line_"].min(axis=1).astype(int), name="line")
    values = wide["value_"].fillna("").reset_index().set_axis(first).rename_axis(columns=None)
    lines = wide["line_"].reset_index(drop=True).set_axis(first).rename_axis(columns=None)
    return Shaped(values.astype(object), lines, above)
