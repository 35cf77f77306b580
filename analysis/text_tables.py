"""CSV tables as text, one row per record, with the line of the file as index.

Nothing is converted here, so that every later refusal can show the value as it stands in the file.
"""

import csv
import io
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.refusal import RefusedValueError

Row = tuple[int, list[str]]


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
        super().__init__("\n".join(f"{_place(path, flaw)}: {flaw.rule}" for flaw in flaws))


def _place(path: Path, flaw: Flaw) -> str:
    line = f"line {flaw.line}" if flaw.line else ""
    column = f"column {flaw.column}" if flaw.column else ""
    return ", ".join(part for part in (path.name, line, column) if part)


def read_table(path: Path) -> pd.DataFrame:
    """Read a CSV file in UTF-8 as text; the index `line` is the line on which each record ends."""
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableTableError(path, [Flaw("", "the file is not there")]) from error
    return _parsed(path, content).copy(deep=False)


@lru_cache(maxsize=64)  # a description of columns is asked for once for every file it describes
def _parsed(path: Path, content: bytes) -> pd.DataFrame:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableTableError(path, [Flaw("", "the file is not UTF-8 text")]) from error
    return table_of_rows(path, csv_rows(path, text))


def csv_rows(path: Path, text: str, delimiter: str = ",") -> list[Row]:
    """The records of a CSV text, each with the line on which it ends."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return [(reader.line_num, record) for record in reader]
    except csv.Error as error:
        raise UnreadableTableError(path, [Flaw(reader.line_num, str(error))]) from error


def table_of_rows(path: Path, rows: Sequence[Row]) -> pd.DataFrame:
    """A table of text from rows of which the first is the header; ragged rows are refused."""
    if not rows:
        raise UnreadableTableError(path, [Flaw("", "the file is empty")])
    (_, header), *records = rows
    ragged = [
        Flaw(line, f"{len(record)} fields where the header has {len(header)}")
        for line, record in records
        if len(record) != len(header)
    ]
    if ragged:
        raise UnreadableTableError(path, ragged)
    lines = pd.Index([line for line, _ in records], name="line")
    return pd.DataFrame([record for _, record in records], lines, header, dtype=str)
