"""A sheet of a workbook (.xlsx, .xls or .ods) as rows of text.

A cell counts by the value that the workbook stores. What a reader of the sheet could see otherwise
is told beside the rows: merged cells and, in a workbook of Excel's present form (.xlsx), formulas
that fail or were never computed. A share is written as the percentage that is shown. No sheet is
read that is not small enough (`editions.workbook_size`): neither a coloured cell in the last row
nor a small file that unpacks to a large one takes time or memory.
"""

import datetime
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element, ParseError, fromstring, iterparse
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum
from xlsxwriter.utility import xl_cell_to_rowcol, xl_col_to_name, xl_range

from analysis.editions.text_tables import (
    Flaw,
    Row,
    UnreadableTableError,
    limited,
)
from analysis.editions.workbook_size import CHUNK, excess, sheet_excess

MODERN, ENDINGS = ".xlsx", (".xlsx", ".xls", ".ods")
# Most sheets have no formulas, errors or shares and need not be parsed for them.
FORMULA, ERROR = re.compile(rb"<(?:\w+:)?f[ />]"), b't="e"'
PERCENT_FORMATS = {"9", "10"}  # built in: 0% and 0.00%
# A number that is no year.
FIGURE = re.compile(r"(?!(19|20)\d\d$)[+-]?[\d,]*\.?\d+")
ADVICE = "save the sheet as CSV, of which more is read"
# What the readers of archives, XML and workbooks raise of a damaged file.
DAMAGES = (
    CalamineError, BadZipFile, ParseError, KeyError, ValueError, EOFError, NotImplementedError,
    zlib.error,
)  # fmt: skip
Place = tuple[int, int]


class Marks(NamedTuple):
    """What a sheet holds beside values, by line and number of the column, both from 1.

    `shares` has the columns of each line.
    """

    uncomputed: dict[Place, str]
    errors: dict[Place, str]
    shares: dict[int, list[int]]


class Sheet(NamedTuple):
    """The rows of a sheet, and its merged areas as (first line, first column, name)."""

    rows: list[Row]
    merged: list[tuple[int, int, str]]
    marks: Marks


UNMARKED = Marks({}, {}, {})


def sheet_content(path: Path, sheet: str = "") -> Sheet:
    """All of the sheet called `sheet`, or of the only one, each row with its number in the sheet.

    Raises
    ------
    UnreadableTableError
        Naming the limit that is exceeded, or what keeps the workbook from being opened.
    """
    with opened(path) as book:
        return content_of(path, book, chosen_sheet(path, book, sheet))


def sheet_contents(path: Path) -> Iterator[tuple[str, Sheet]]:
    """Every sheet of a workbook by its name, which is empty if it is the only one.

    The workbook is opened once, and no more than one sheet is held at a time.
    """
    with opened(path) as book:
        names = tables_of(book)
        for name in names:
            yield name if len(names) > 1 else "", content_of(path, book, name)


def content_of(path: Path, book: CalamineWorkbook, name: str) -> Sheet:
    """All of a sheet of a workbook that is open."""
    marks = sheet_marks(path, name) if path.suffix.lower() == MODERN else UNMARKED
    worksheet = book.get_sheet_by_name(name)
    rows = limited(path, text_rows(worksheet, marks))
    areas = worksheet.merged_cell_ranges or []
    merged = [(first[0] + 1, first[1] + 1, xl_range(*first, *last)) for first, last in areas]
    return Sheet(with_open_formulas(rows, marks), merged, marks)


@contextmanager
def opened(path: Path) -> Iterator[CalamineWorkbook]:
    """The workbook; whatever keeps it from being read is refused."""
    try:
        if path.suffix.lower() in (MODERN, ".ods"):
            with ZipFile(path) as archive:
                rule = excess(archive)
            if rule:
                raise UnreadableTableError(path, [Flaw("", f"{rule}; {ADVICE}")])
        with CalamineWorkbook.from_path(path) as book:
            yield book
    except UnreadableTableError:
        raise
    except DAMAGES as error:
        kind = {
            MODERN: "Excel workbook",
            ".xls": "old Excel workbook",
            ".ods": "OpenDocument table",
        }
        suffix = path.suffix.lower()
        rule = f"the file is no {kind[suffix]} ({suffix}) that can be opened"
        raise UnreadableTableError(path, [Flaw("", rule)]) from error


def tables_of(book: CalamineWorkbook) -> list[str]:
    """Names of the sheets that are tables, and no charts or macros."""
    kind = SheetTypeEnum.WorkSheet
    return [sheet.name for sheet in book.sheets_metadata if sheet.typ == kind]


def chosen_sheet(path: Path, book: CalamineWorkbook, sheet: str) -> str:
    """The name of the sheet to read; without a name there must be just one."""
    sheets = tables_of(book)
    if sheet in sheets or (not sheet and len(sheets) == 1):
        return sheet or sheets[0]
    wanted = f"there is no sheet {sheet!r}" if sheet else "the sheet must be named"
    rule = f"{wanted}; the workbook has: {', '.join(sheets)}"
    raise UnreadableTableError(path, [Flaw("", rule)])


def text_rows(worksheet: CalamineSheet, marks: Marks) -> Iterator[Row]:
    """The rows of a sheet as texts, from line 1 and column A."""
    if worksheet.start is None:
        return
    left = worksheet.start[1]
    for line, row in enumerate(worksheet.iter_rows(), 1):  # blank lines above come, columns do not
        texts = [""] * left + [cell_text(value) for value in row]
        for number in marks.shares.get(line, ()):
            share = row[number - 1 - left]
            if isinstance(share, int | float):
                texts[number - 1] = percentage(share)
        yield line, texts


def with_open_formulas(rows: list[Row], marks: Marks) -> list[Row]:
    """Rows of one width, with lines for formulas below all values."""
    places = [*marks.uncomputed, *marks.errors]
    last = max([*(line for line, _ in places), *(line for line, _ in rows[-1:])], default=0)
    width = max([*(number for _, number in places), *(len(row) for _, row in rows)], default=0)
    found = dict(rows)
    texts = ((line, found.get(line, [])) for line in range(1, last + 1))
    return [(line, row + [""] * (width - len(row))) for line, row in texts]


def sheet_marks(path: Path, sheet: str) -> Marks:
    """What the values of a sheet do not tell, from its XML; too large a sheet is refused."""
    with ZipFile(path) as archive:
        part = sheet_part(archive, sheet)
        last, rule = sheet_excess(archive, part)
        if rule:
            raise UnreadableTableError(path, [Flaw(last, rule)])
        styles = share_styles(archive)
        if not styles and not is_marked(archive, part):
            return UNMARKED
        with archive.open(part) as stream:
            return marks_in(stream, styles)


def sheet_part(archive: ZipFile, sheet: str) -> str:
    """The name of the part of a workbook that holds a sheet."""
    listed = fromstring(archive.read("xl/workbook.xml")).iter()
    [found] = [each for each in listed if local_name(each) == "sheet" and each.get("name") == sheet]
    [identity] = [value for name, value in found.items() if name.endswith("}id")]
    relations = fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    [target] = [each.get("Target", "") for each in relations if each.get("Id") == identity]
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def is_marked(archive: ZipFile, part: str) -> bool:
    """Whether a sheet has formulas or errors."""
    kept = b""
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            text = kept + chunk
            if ERROR in text or FORMULA.search(text):
                return True
            kept = chunk[-8:]
    return False


def share_styles(archive: ZipFile) -> set[str]:
    """Numbers of the styles of cells that show a hundred times their value."""
    if "xl/styles.xml" not in archive.namelist():
        return set()
    styles = fromstring(archive.read("xl/styles.xml"))
    elements = list(styles.iter())
    formats = {
        each.get("numFmtId")
        for each in elements
        if local_name(each) == "numFmt" and is_percentage(each.get("formatCode", ""))
    } | PERCENT_FORMATS
    cells = [list(each) for each in elements if local_name(each) == "cellXfs"]
    return {str(n) for xfs in cells for n, xf in enumerate(xfs) if xf.get("numFmtId") in formats}


def marks_in(stream: Any, styles: set[str]) -> Marks:
    """Formulas without a value, errors and shares of a sheet."""
    marks = Marks({}, {}, {})
    for _, element in iterparse(stream):
        kind = local_name(element)
        if kind == "c" and element.get("r"):
            row, column = xl_cell_to_rowcol(element.get("r", ""))
            place, parts = (row + 1, column + 1), texts_of(element)
            if "f" in parts and not parts.get("v"):
                marks.uncomputed[place] = f"={parts['f']}"
            elif element.get("t") == "e":
                marks.errors[place] = parts.get("v", "")
            elif element.get("s") in styles and element.get("t", "n") == "n" and parts.get("v"):
                marks.shares.setdefault(place[0], []).append(place[1])
        elif kind == "row":
            element.clear()
    return marks


def texts_of(cell: Element) -> dict[str, str]:
    """The texts of the parts of a cell by their names."""
    return {local_name(part): part.text or "" for part in cell}


def local_name(element: Element) -> str:
    """The name of an XML element without its namespace."""
    return element.tag.rpartition("}")[2]


def cell_text(value: Any) -> str:
    """The stored value as text: whole numbers without a point."""
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
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


def merged_flaws(content: Sheet) -> list[Flaw]:
    """One flaw per group of merged cells."""
    texts = dict(content.rows)
    flaws = []
    for line, number, area in content.merged:
        row = texts.get(line, [])
        value = row[number - 1] if number <= len(row) else ""
        rule = f"the cells {area} are merged; every cell needs its own value"
        flaws.append(Flaw(line, rule, xl_col_to_name(number - 1), value))
    return flaws


def cell_flaws(content: Sheet, headings: list[str]) -> list[Flaw]:
    """Formulas that were never computed, or end in an error, by line."""
    never = "the formula was never computed; open and save the workbook, or write the value"
    error = "the formula of the cell ends in an error"
    marks = content.marks
    flaws = [
        Flaw(line, rule, heading(number, headings), text)
        for rule, found in ((never, marks.uncomputed), (error, marks.errors))
        for (line, number), text in found.items()
    ]
    return sorted(flaws, key=lambda flaw: int(flaw.line))


def sound_rows(path: Path, content: Sheet) -> list[Row]:
    """The rows of a sheet; formulas that have no value, and figures of merged cells, are refused.

    A text or a year may stand above several columns or before several lines; a figure may not.
    """
    merged = [flaw for flaw in merged_flaws(content) if FIGURE.fullmatch(flaw.value.strip())]
    if flaws := [*merged, *cell_flaws(content, [])]:
        raise UnreadableTableError(path, flaws)
    return content.rows


def headless_flaws(content: Sheet, headings: list[str]) -> list[Flaw]:
    """Cells that hold something in a column without a heading."""
    bare = [n for n, text in enumerate(headings, 1) if not text]
    width = max((len(row) for _, row in content.rows), default=0)
    columns = [*bare, *range(len(headings) + 1, width + 1)]
    return [
        Flaw(line, "the column has no heading", xl_col_to_name(number - 1), row[number - 1])
        for line, row in content.rows
        for number in columns
        if number <= len(row) and row[number - 1].strip()
    ]


def heading(number: int, headings: list[str]) -> str:
    """The heading of a column, or its letter."""
    there = number <= len(headings) and headings[number - 1]
    return headings[number - 1] if there else xl_col_to_name(number - 1)
