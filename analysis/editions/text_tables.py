"""CSV tables as text, one row per record, with the line of the file as index.

The tables of the project are written with commas in UTF-8, and read as a spreadsheet program leaves
them too: with semicolons or tabs, a byte order mark, in UTF-16 or GB18030, with blank lines below.
Nothing is converted here, so that every later refusal can show the value as it stands in the file.
What is too large for a table of this project is refused before it takes time or memory.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, TypeVar

import pandas as pd

from analysis.editions.encodings import UnknownEncodingError, decoded
from analysis.index.refusal import RefusedValueError

Row = tuple[int, list[str]]
Record = TypeVar("Record", bound=Sequence)

# Limits of one table: far above those of statistics by city, far below what fills the memory.
MOST_BYTES = 60_000_000
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384  # those of a sheet in a spreadsheet program
MOST_CELLS = 2_000_000
# A file with one slip in every line has the same fault many times; so many are told one by one.
MOST_FLAWS = 100

SPLIT = "leave out what no index needs, or split it"
RAGGED = "add what lacks, or put quotes around the field that the delimiter parts"
QUOTES = "put quotes around the whole field, and write one within it twice"
NOT_THERE = "the file is not there"


class Flaw(NamedTuple):
    """What keeps a file from being a table: the rule it breaks, and where if that is known."""

    line: int | str
    rule: str
    column: str = ""
    value: str = ""


class UnreadableTableError(RefusedValueError):
    """A file is no table; `flaws` lists every place and rule."""

    def __init__(self, path: Path, flaws: Sequence[Flaw]) -> None:
        self.path, self.flaws = path, flaws
        lines = (f"{_place(path, flaw)}: {flaw.rule}" for flaw in shortened(flaws))
        super().__init__("\n".join(lines))

    def __reduce__(self) -> tuple[type, tuple[Path, Sequence[Flaw]]]:
        return type(self), (self.path, self.flaws)


def _place(path: Path, flaw: Flaw) -> str:
    line = f"line {flaw.line}" if flaw.line else ""
    column = f"column {flaw.column}" if flaw.column else ""
    return ", ".join(part for part in (path.name, line, column) if part)


def read_table(path: Path) -> pd.DataFrame:
    """Read a CSV file as text; the index `line` is the line on which each record ends."""
    return parsed(Path(path.name), file_content(path)).copy(deep=False)


def file_content(path: Path) -> bytes:
    """The bytes of a file, unless it is not there or larger than any table may be."""
    if not path.is_file():
        raise UnreadableTableError(path, [Flaw("", NOT_THERE)])
    size = path.stat().st_size
    if size > MOST_BYTES:
        rule = (
            f"the file has {size / 1e6:,.0f} MB; up to {MOST_BYTES / 1e6:.0f} MB are read: {SPLIT}"
        )
        raise UnreadableTableError(path, [Flaw("", rule)])
    return path.read_bytes()


@lru_cache(maxsize=64)  # a description of columns is asked for once for every file it describes
def parsed(path: Path, content: bytes) -> pd.DataFrame:
    """The table in the content of a CSV file: not to be changed, for it is kept."""
    written = own_text(path, content)
    return table_of_rows(path, without_blank_edges(csv_rows(path, written.text, written.delimiter)))


class Written(NamedTuple):
    """The text of a table, and the encoding and the delimiter that it is written with."""

    text: str
    encoding: str
    delimiter: str


def own_text(path: Path, content: bytes) -> Written:
    """The text of a table of the project, whichever way a spreadsheet program has saved it."""
    try:
        text, encoding = decoded(content)
    except UnknownEncodingError as error:
        raise UnreadableTableError(path, [Flaw(error.line, error.rule)]) from error
    header = text.partition("\n")[0]
    return Written(text, encoding, max(",;\t", key=header.count))


def without_blank_edges(rows: list[Row]) -> list[Row]:
    """Rows without the lines below and the columns at the right that hold no text.

    A spreadsheet program leaves them where somebody has written and deleted something.
    """
    while rows and not any(field.strip() for field in rows[-1][1]):
        rows = rows[:-1]
    if not rows or "".join(rows[0][1][-1:]).strip():
        return rows  # as nearly always: nothing need be looked at
    width = max(filled_width(row) for _, row in rows)
    return [(line, row[:width]) for line, row in rows]


def filled_width(row: list[str]) -> int:
    """How many fields a row has up to its last one that holds text."""
    return max((number for number, field in enumerate(row, 1) if field.strip()), default=0)


def csv_rows(path: Path, text: str, delimiter: str = ",") -> list[Row]:
    """The records of a CSV text, each with the line on which it ends."""
    content = io.StringIO(text.rstrip("\r\n"), newline="")
    reader = csv.reader(content, delimiter=delimiter, strict=True)
    try:
        return limited(path, ((reader.line_num, record) for record in reader))
    except csv.Error as error:
        raise UnreadableTableError(path, [Flaw(reader.line_num, f"{error}: {QUOTES}")]) from error


def limited(path: Path, rows: Iterable[tuple[int, Record]]) -> list[tuple[int, Record]]:
    """The rows, unless they are more than a table may have; no more of them are read then."""
    kept: list[tuple[int, Record]] = []
    cells = 0
    for line, record in rows:
        cells += len(record)
        if len(record) > MOST_COLUMNS or len(kept) == MOST_ROWS or cells > MOST_CELLS:
            what = limit_reached(len(record), len(kept) + 1)
            rule = f"the table has more than {what}, which is the most that is read: {SPLIT}"
            raise UnreadableTableError(path, [Flaw(line, rule)])
        kept.append((line, record))
    return kept


def limit_reached(columns: int, lines: int) -> str:
    """The limit that a table with a record too many, or too long, exceeds."""
    if columns > MOST_COLUMNS:
        return f"{MOST_COLUMNS:,} columns"
    return f"{MOST_ROWS:,} lines" if lines > MOST_ROWS else f"{MOST_CELLS:,} cells"


def table_of_rows(path: Path, rows: Sequence[Row]) -> pd.DataFrame:
    """A table of text from rows of which the first is the header; ragged rows are refused."""
    if not rows:
        raise UnreadableTableError(
            path,
            [Flaw("", "the file is empty: put its table in, with the headings in the first line")],
        )
    (_, header), *records = rows
    ragged = [
        Flaw(line, f"{len(record)} fields where the header has {len(header)}: {RAGGED}")
        for line, record in records
        if len(record) != len(header)
    ]
    if ragged:
        raise UnreadableTableError(path, ragged)
    lines = pd.Index([line for line, _ in records], name="line")
    return pd.DataFrame([record for _, record in records], lines, header, dtype=str)


def shortened(flaws: Sequence[Flaw]) -> list[Flaw]:
    """The first flaws and, if there are very many, how many more there are."""
    more = len(flaws) - MOST_FLAWS
    rest = [Flaw("", f"and {more:,} more faults like these")] if more > 0 else []
    return [*flaws[:MOST_FLAWS], *rest]
