"""Raw files in the forms in which statistics offices send them, brought to one form of text.

CSV in UTF-8 or GB18030, with commas, semicolons or tabs, or a sheet of a workbook; full-width
digits and thousands separators; names of cities in place of codes. A figure that could be read in
two ways is left as it stands, for `analysis.editions.validation.input_faults` to refuse.
"""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

import pandas as pd

from analysis.editions.city_keys import name_index, with_codes
from analysis.editions.edition import Edition
from analysis.editions.encodings import Text, UnknownEncodingError, decoded
from analysis.editions.text_tables import (
    Flaw,
    Row,
    UnreadableTableError,
    csv_rows,
    file_content,
    table_of_rows,
)

# 1,234,567.8 or 1 234 567.8: groups of three behind one separator. 0,123 and 12,5 are not.
GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}([, ])\d{3}(\1\d{3})*(\.\d+)?")
# What the columns of these roles are called once a table is read, whatever their heading.
NAMES_OF_ROLES = {"key": "adcode", "name": "city", "year": "year"}
WORKBOOK = ".xlsx"


def raw_table(edition: Edition, file: str) -> pd.DataFrame:
    """Raw table `file` of an edition as text, indexed by line, with a column `adcode`.

    Columns of the roles key, name and year are called `adcode`, `city` and `year`. A city given by
    name has its code if the name is known and means one city; else the text stays as it is.
    """
    table = read_file(edition.raw / file, sheet_name(edition, file))
    headings = described_columns(edition, file).set_index("heading_in_file")["column"]
    named = table.rename(columns={h: name for h, name in headings.items() if h})
    return with_codes(named, lambda: name_index(*city_tables(edition)))


def city_tables(edition: Edition) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The cities and the further names they go by."""
    return edition.reference_table("cities"), edition.reference_table("aliases")


def described_columns(edition: Edition, file: str) -> pd.DataFrame:
    """The description of the columns of raw table `file`: see `description`."""
    return description(edition.raw_table("columns.csv"), file)


def description(columns: pd.DataFrame, file: str) -> pd.DataFrame:
    """The lines of `columns.csv` about `file`, under the names that `raw_table` gives columns.

    The ending of the file does not matter, so that a workbook may take the place of a CSV file.
    `heading_in_file` keeps the heading. A file of named cities is described without a key; it has
    one once it is read.
    """
    own = columns[columns["file"].map(stem) == stem(file)]
    described = own.assign(
        heading_in_file=own["column"],
        column=own["role"].map(NAMES_OF_ROLES).fillna(own["column"]),
    )
    if "key" in set(own["role"]) or "name" not in set(own["role"]):
        return described
    key = pd.DataFrame([{"file": file, "column": "adcode", "role": "key"}])
    return pd.concat([key, described]).fillna("")


def stem(file: str) -> str:
    """Name of a file without its ending."""
    return file.rpartition(".")[0] or file


def sheet_name(edition: Edition, file: str) -> str:
    """Sheet that `sources.csv` names for `file`; empty if it names none."""
    sources = edition.raw_table("sources.csv")
    if "sheet" not in sources:
        return ""
    return next(iter(sources.loc[sources["file"] == file, "sheet"]), "")


def place_name(edition: Edition, file: str) -> str:
    """How a fault names a raw file: with its sheet, if `sources.csv` names one."""
    sheet = sheet_name(edition, file)
    return f"{file}, sheet {sheet}" if sheet else file


def span_of(years: str) -> tuple[int, int]:
    """The first and the last year of a text such as 2018-2019."""
    found = [int(year) for year in re.findall(r"\d{4}", years)]
    return min(found), max(found)


def read_file(path: Path, sheet: str = "", encoding: str = "") -> pd.DataFrame:
    """Read a CSV file or a sheet of a workbook as text, without what is blank at its edges.

    `encoding` is that of a CSV file which does not show its own (see `editions.encodings`).

    Raises
    ------
    UnreadableTableError
        For a file that is neither, or is no table.
    """
    return _read(path, sheet, encoding, file_content(path)).copy(deep=False)


# A raw file is read once to see whether it can be, and again for its figures.
@lru_cache(maxsize=16)
def _read(path: Path, sheet: str, encoding: str, content: bytes) -> pd.DataFrame:
    del content  # a file that has changed is another one
    if path.suffix.lower() == WORKBOOK:
        from analysis.editions.workbooks import sheet_rows

        return table_of_rows(path, without_blank_end(sheet_rows(path, sheet)))
    if path.suffix.lower() not in {".csv", ".txt"}:
        raise UnreadableTableError(path, [Flaw("", "the file is neither .csv nor .xlsx")])
    if sheet:
        raise UnreadableTableError(path, [Flaw("", "only a workbook (.xlsx) has sheets")])
    text = file_text(path, encoding).text
    rows = csv_rows(path, text, delimiter(text))
    return table_of_rows(path, without_blank_end(rows))


def file_text(path: Path, encoding: str = "") -> Text:
    """The text of a CSV file, and its encoding."""
    try:
        return decoded(file_content(path), encoding)
    except UnknownEncodingError as error:
        raise UnreadableTableError(path, [Flaw(error.line, error.rule)]) from error


def delimiter(text: str) -> str:
    """Comma, semicolon or tab, whichever stands most often in the header."""
    header = text.partition("\n")[0]
    return max(",;\t", key=header.count)


def without_blank_end(rows: list[Row]) -> list[Row]:
    """Rows without blank ones at the end, nor columns there that have no heading and no field.

    Headings have no blanks around them.
    """
    while rows and not any(field.strip() for field in rows[-1][1]):
        rows = rows[:-1]
    if not rows:
        return rows
    fields = [row for _, row in rows]
    width = len(fields[0])
    while width and not any(field.strip() for row in fields for field in row[width - 1 : width]):
        width -= 1
    (line, header), *records = [
        (line, row if any(field.strip() for field in row[width:]) else row[:width])
        for line, row in rows
    ]
    return [(line, [" ".join(heading.split()) for heading in header]), *records]


def plain_numbers(text: pd.Series) -> pd.Series:
    """Numbers in ASCII digits without thousands separators; any other text as it stands."""
    return text.map(plain_number)


def plain_number(text: str) -> str:
    """One number in ASCII digits without thousands separators; any other text as it stands."""
    if text.isascii() and "," not in text and " " not in text:
        return text
    plain = unicodedata.normalize("NFKC", text).strip()
    return re.sub("[, ]", "", plain) if GROUPED.fullmatch(plain) else plain


def to_numbers(printed: pd.Series) -> pd.Series:
    """Figures as numbers, blanks as gaps."""
    return pd.to_numeric(plain_numbers(printed).replace("", None))
