"""A sheet of an Excel workbook (.xlsx) as rows of text.

A cell counts by the value that the workbook stores. What a reader of the sheet could see otherwise
is refused: merged cells, formulas that fail or were never computed, cells outside the header.
"""

import datetime
import re
import zipfile
from decimal import Decimal
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from analysis.text_tables import Flaw, Row, UnreadableTableError


def sheet_rows(path: Path, sheet: str = "") -> list[Row]:
    """Rows of the sheet called `sheet`, or of the only one, each with its number in the sheet.

    Raises
    ------
    UnreadableTableError
        Naming every cell that cannot be taken as it stands.
    """
    values, formulas = (_open(path, data_only) for data_only in (True, False))
    name = chosen_sheet(path, values, sheet)
    grid = [list(row) for row in values[name].iter_rows()]
    headings = [cell_text(cell) for cell in grid[0]] if grid else []
    while headings and headings[-1] == "":
        headings.pop()
    flaws = merged_flaws(values[name]) + [
        flaw
        for row in grid
        for cell in row
        if (flaw := cell_flaw(cell, formulas[name], headings)) is not None
    ]
    if flaws:
        raise UnreadableTableError(path, flaws)
    return [(row[0].row, [cell_text(cell) for cell in row[: len(headings)]]) for row in grid]


def _open(path: Path, data_only: bool) -> Workbook:
    try:
        return load_workbook(path, data_only=data_only)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
        rule = "the file is no Excel workbook (.xlsx) that can be opened"
        raise UnreadableTableError(path, [Flaw("", rule)]) from error


def chosen_sheet(path: Path, book: Workbook, sheet: str) -> str:
    """Name of the sheet to read; without a name there must be just one."""
    names = [worksheet.title for worksheet in book.worksheets]
    if sheet in names:
        return sheet
    if not sheet and len(names) == 1:
        return names[0]
    wanted = f"there is no sheet {sheet!r}" if sheet else "the sheet must be named"
    rule = f"{wanted}; the workbook has: {', '.join(names)}"
    raise UnreadableTableError(path, [Flaw("", rule)])


def merged_flaws(worksheet: Worksheet) -> list[Flaw]:
    """One flaw per group of merged cells."""
    return [
        Flaw(
            area.min_row,
            f"the cells {area.coord} are merged; every cell needs its own value",
            get_column_letter(area.min_col),
            cell_text(worksheet.cell(area.min_row, area.min_col)),
        )
        for area in worksheet.merged_cells.ranges
    ]


def cell_flaw(cell: Cell, formulas: Worksheet, headings: list[str]) -> Flaw | None:
    """What keeps a cell from being taken as it stands, if anything does."""
    named = 0 < cell.column <= len(headings)
    column = headings[cell.column - 1] if named else get_column_letter(cell.column)
    if cell.data_type == "e":
        return Flaw(cell.row, "the formula of the cell ends in an error", column, str(cell.value))
    if cell.value is None:
        formula = formulas.cell(cell.row, cell.column)
        rule = "the formula was never computed; open and save the workbook, or write the value"
        computed = formula.data_type != "f"
        return None if computed else Flaw(cell.row, rule, column, str(formula.value))
    if not named or not column:
        return Flaw(cell.row, "the column has no heading", get_column_letter(cell.column),
                    cell_text(cell))  # fmt: skip
    return None


def cell_text(cell: Cell) -> str:
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
