"""The tables of a file of any form, each as lines of text, before anything is known of them.

The encoding and the delimiter of a text are those under which most cities are found in it: no
measure of letters knows the names of 297 cities.
"""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from analysis.editions.encodings import CHINESE, UnknownEncodingError, decoded
from analysis.editions.incoming import (
    SHEET_MARK,
    TEXTS,
    WORKBOOKS,
    file_rows,
    most_common_delimiter,
    sheet_rows,
)
from analysis.editions.text_tables import Flaw, Row, UnreadableTableError, file_content

ENCODINGS = (CHINESE, "big5hkscs", "utf-16-le", "utf-16-be", "cp1252")
DELIMITERS = ",;\t|"
# Lines that tell encodings and delimiters apart.
SAMPLE = 400
IsPlace = Callable[[str], bool]


class Grid(NamedTuple):
    """A table of a file: its name in `sources.csv`, its lines, and how its text is to be read.

    `encoding` and `delimiter` are empty where the file shows them by itself.
    """

    table: str
    rows: list[Row]
    encoding: str = ""
    delimiter: str = ""


def grids(path: Path, is_place: IsPlace) -> Iterator[Grid]:
    """Every sheet of a workbook, one after another, or the one table of another file.

    Raises
    ------
    UnreadableTableError
        If the file cannot be opened, is too large, or its encoding cannot be told.
    """
    ending = path.suffix.lower()
    if ending in TEXTS:
        yield text_grid(path, is_place)
    elif ending not in WORKBOOKS:
        yield Grid(path.name, file_rows(path))
    else:
        for sheet, rows in sheet_rows(path):
            yield Grid(f"{path.name}{SHEET_MARK}{sheet}" if sheet else path.name, rows)


def text_grid(path: Path, is_place: IsPlace) -> Grid:
    """The table of a text file."""
    content = file_content(path)
    try:
        encoding, text = "", decoded(content).text
    except UnknownEncodingError:
        encoding, text = likeliest_encoding(path, content, is_place)
    delimiter = likeliest_delimiter(text, is_place)
    rows = file_rows(path, encoding=encoding, delimiter=delimiter)
    usual = delimiter == most_common_delimiter(text)
    return Grid(path.name, rows, encoding, "" if usual else delimiter)


def likeliest_encoding(path: Path, content: bytes, is_place: IsPlace) -> tuple[str, str]:
    """The encoding under which most places are found, and the text in it; none is refused."""
    found = []
    for encoding in ENCODINGS:
        try:
            text = decoded(content, encoding).text
        except UnknownEncodingError:
            continue
        count = max(places_in(text, delimiter, is_place) for delimiter in DELIMITERS)
        found.append((count, encoding, text))
    best = max(found, default=(0, "", ""), key=lambda each: each[0])
    if best[0] == 0:
        rule = f"no city is found in the text, in none of {', '.join(ENCODINGS)}; save it as UTF-8"
        raise UnreadableTableError(path, [Flaw("", rule)])
    return best[1], best[2]


def likeliest_delimiter(text: str, is_place: IsPlace) -> str:
    """The delimiter under which most places are found; of equals the one that makes most fields."""
    return max(
        DELIMITERS, key=lambda mark: (places_in(text, mark, is_place), fields_in(text, mark))
    )


def sample_rows(text: str, delimiter: str) -> list[list[str]]:
    """The first records of a text; what is no table under this delimiter has none."""
    lines = text.splitlines()[:SAMPLE]
    try:
        return list(csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return []


def places_in(text: str, delimiter: str, is_place: IsPlace) -> int:
    """How many of the first records have a place in a field of its own."""
    return sum(any(map(is_place, row)) for row in sample_rows(text, delimiter) if len(row) > 1)


def fields_in(text: str, delimiter: str) -> int:
    """How many fields the first records have."""
    return sum(map(len, sample_rows(text, delimiter)))
