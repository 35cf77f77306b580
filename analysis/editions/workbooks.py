"""A sheet of an Excel workbook (.xlsx) as rows of text.

A cell counts by the value that the workbook stores. What a reader of the sheet could see otherwise
is refused: merged cells, formulas that fail or were never computed, cells outside the header. A
sheet is read row by row, and only from a workbook that is not too large (`editions.workbook_size`):
neither a coloured cell in the last row of a sheet nor a small file that unpacks to a large one
takes time or memory.
"""

import datetime
import re
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element, iterparse
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries
from openpyxl.workbook.workbook import Workbook

from analysis.editions.text_tables import Flaw, Row, UnreadableTableError, limited, shortened
from analysis.editions.workbook_size import excess

Grid = list[tuple[int, tuple[Any, ...]]]
# Most sheets have neither formulas nor merged cells and need not be parsed for them.
MARKED = re.compile(rb"<(\w+:)?(f|mergeCell)[ />]")
ADVICE = "save the sheet as CSV, of which more is read"


class Marks(NamedTuple):
    """What a sheet holds beside values: cells whose formula has none, and merged areas."""

    uncomputed: dict[tuple[int, int], str]
    merged: list[str]


def sheet_rows(path: Path, sheet: str = "") -> list[Row]:
    """Rows of the sheet called `sheet`, or of the only one, each with its number in the sheet.

    Raises
    ------
    UnreadableTableError
        Naming every cell that cannot be taken as it stands, or the limit that is exceeded.
    """
    with opened(path) as book:
        worksheet = chosen_sheet(path, book, sheet)
        marks = sheet_marks(path, worksheet)
        rows = limited(path, enumerate(worksheet.iter_rows(), 1))
    grid = filled(rows, marks)
    headings = [cell_text(cell) for cell in grid[0][1]] if grid else []
    while headings and headings[-1] == "":
        headings.pop()
    flaws = merged_flaws(grid, marks) + cell_flaws(grid, headings, marks)
    if flaws:
        raise UnreadableTableError(path, shortened(flaws))
    return limited(path, ((line, texts(row, len(headings))) for line, row in grid))


@contextmanager
def opened(path: Path) -> Iterator[Workbook]:
    """The workbook, to be read row by row; whatever keeps it from being read is refused."""
    try:
        with ZipFile(path) as archive:
            rule = excess(archive)
        if rule:
            raise UnreadableTableError(path, [Flaw("", f"{rule}; {ADVICE}")])
        book = load_workbook(path, data_only=True, read_only=True)
        try:
            yield book
        finally:
            book.close()
    except UnreadableTableError:
        raise
    except Exception as error:  # a damaged file makes the reader fail in any way there is
        rule = "the file is no Excel workbook (.xlsx) that can be opened"
        raise UnreadableTableError(path, [Flaw("", rule)]) from error


def chosen_sheet(path: Path, book: Workbook, sheet: str) -> Any:
    """The sheet to read, for reading alone; without a name there must be just one."""
    sheets = {worksheet.title: worksheet for worksheet in book.worksheets}
    if sheet in sheets or (not sheet and len(sheets) == 1):
        chosen = sheets[sheet or next(iter(sheets))]
        chosen.reset_dimensions()  # what a file states of its size may be wrong
        return chosen
    wanted = f"there is no sheet {sheet!r}" if sheet else "the sheet must be named"
    rule = f"{wanted}; the workbook has: {', '.join(sheets)}"
    raise UnreadableTableError(path, [Flaw("", rule)])


def sheet_marks(path: Path, worksheet: Any) -> Marks:
    """What reading by rows does not tell of a sheet."""
    with ZipFile(path) as archive:
        content = archive.read(worksheet._worksheet_path)
    uncomputed, merged = {}, []
    for _, element in iterparse(BytesIO(content)) if MARKED.search(content) else ():
        kind = local_name(element)
        if kind == "c" and (formula := uncomputed_formula(element)) is not None:
            uncomputed[coordinate_to_tuple(element.get("r"))] = formula
        elif kind == "mergeCell":
            merged.append(element.get("ref", ""))
        if kind in {"row", "mergeCell"}:
            element.clear()
    return Marks(uncomputed, merged)


def local_name(element: Element) -> str:
    """The name of an XML element without its namespace."""
    return element.tag.rpartition("}")[2]


def uncomputed_formula(cell: Element) -> str | None:
    """The formula of a cell that has one and no value."""
    parts = {local_name(part): part.text or "" for part in cell}
    return f"={parts['f']}" if "f" in parts and not parts.get("v") else None


def filled(grid: Grid, marks: Marks) -> Grid:
    """The rows of a sheet without those at the end in which nothing is written."""
    last = max((line for line, _ in marks.uncomputed), default=0)
    while grid and grid[-1][0] > last and all(cell.value is None for cell in grid[-1][1]):
        grid.pop()
    return grid


def texts(row: tuple[Any, ...], width: int) -> list[str]:
    """The first cells of a row as texts, empty where it ends before."""
    return [cell_text(cell) for cell in row[:width]] + [""] * (width - len(row))


def merged_flaws(grid: Grid, marks: Marks) -> list[Flaw]:
    """One flaw per group of merged cells."""
    flaws = []
    for area in marks.merged:
        column, line, _, _ = range_boundaries(area)
        row = grid[line - 1][1] if line <= len(grid) else ()
        value = cell_text(row[column - 1]) if column <= len(row) else ""
        rule = f"the cells {area} are merged; every cell needs its own value"
        flaws.append(Flaw(line, rule, get_column_letter(column), value))
    return flaws


def cell_flaws(grid: Grid, headings: list[str], marks: Marks) -> list[Flaw]:
    """What keeps single cells from being taken as they stand, by line."""
    stored = [
        flaw
        for line, row in grid
        for number, cell in enumerate(row, 1)
        if (flaw := cell_flaw(cell, line, number, headings)) is not None
    ]
    rule = "the formula was never computed; open and save the workbook, or write the value"
    open_formulas = [
        Flaw(line, rule, heading(number, headings), formula)
        for (line, number), formula in marks.uncomputed.items()
    ]
    return sorted(stored + open_formulas, key=lambda flaw: int(flaw.line))


def cell_flaw(cell: Any, line: int, number: int, headings: list[str]) -> Flaw | None:
    """What keeps a cell from being taken as it stands, if anything does."""
    if cell.data_type == "e":
        rule = "the formula of the cell ends in an error"
        return Flaw(line, rule, heading(number, headings), str(cell.value))
    if cell.value is not None and not (number <= len(headings) and headings[number - 1]):
        letter = get_column_letter(number)
        return Flaw(line, "the column has no heading", letter, cell_text(cell))
    return None


def heading(number: int, headings: list[str]) -> str:
    """The heading of a column, or its letter."""
    return headings[number - 1] if number <= len(headings) else get_column_letter(number)


def cell_text(cell: Any) -> str:
    """The stored value as text: whole numbers without a point, percentages with their sign."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return percentage(value) if is_percentage(cell.number_format) else number_text(value)
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value)


def is_percentage(number_format: str) -> bool:
    """Whether a cell shows a hundred times its value; a sign that is quoted is but a text."""
    return "%" in re.sub(r'"[^"]*"|\\.', "", number_format)


def percentage(value: float) -> str:
    """Write a share as a percentage of which a hundredth reads back as the same share."""
    return f"{Decimal(number_text(value)).scaleb(2).normalize():f}%"


def number_text(value: float) -> str:
    """Write a number so that it reads back as the same one."""
    return str(int(value)) if float(value).is_integer() else repr(value)
