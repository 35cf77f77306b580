"""Raw files in the forms in which statistics offices send them, brought to one form of text.

Text with commas, semicolons or tabs, a sheet of a workbook, a file of Stata or Parquet; full-width
digits and thousands separators; names of cities in place of codes. What a file needs beyond that
its recipe says (`analysis.editions.recipes`). A figure that could be read in two ways is left as
it stands, for `analysis.editions.validation.input_faults` to refuse.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.editions.binary_tables import BINARY, binary_rows
from analysis.editions.city_keys import Index, former_names, name_index, name_key, with_codes
from analysis.editions.edition import Edition
from analysis.editions.encodings import Text, UnknownEncodingError, decoded
from analysis.editions.left_out import COLUMNS, places, without_left_out
from analysis.editions.recipe_rows import Shaped, shaped
from analysis.editions.recipes import Recipe, recipe_of, recipe_path
from analysis.editions.text_tables import (
    Flaw,
    Row,
    UnreadableTableError,
    csv_rows,
    file_content,
    parsed,
    table_of_rows,
)
from analysis.editions.units import factors

# 1,234,567.8 or 1 234 567.8: groups of three behind one separator. 0,123 and 12,5 are not.
GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}([, ])\d{3}(\1\d{3})*(\.\d+)?")
# What the columns of these roles are called once a table is read, whatever their heading.
NAMES_OF_ROLES = {"key": "adcode", "name": "city", "year": "year"}
WORKBOOKS, TEXTS = (".xlsx", ".xls", ".ods"), (".csv", ".tsv", ".txt")
# The tables that say how cities are called.
NAMES_OF_CITIES = ("cities", "aliases", "former_places")
# Between the name of a workbook and that of one of its sheets.
SHEET_MARK = "#"
# Why titles and the like do not count.
ABOVE_HEAD = "above the head"


class Read(NamedTuple):
    """A raw table as it is read.

    `table` is as in `raw_table`; `lines` has the line of every cell where one line of a table has
    those of several of the file (a long table), else it is None; `left_out` is as in
    `left_out_lines`.
    """

    table: pd.DataFrame
    lines: pd.DataFrame | None
    left_out: pd.DataFrame


def raw_table(edition: Edition, file: str) -> pd.DataFrame:
    """Raw table `file` of an edition as text, indexed by line, with a column `adcode`.

    Columns of the roles key, name and year are called `adcode`, `city` and `year`. A city given by
    name has its code if the name is known and means one city; else the text stays as it is.
    """
    return read_raw(edition, file).table


def left_out_lines(edition: Edition, file: str) -> pd.DataFrame:
    """The lines of raw table `file` that do not count: `line, name, reason`."""
    return read_raw(edition, file).left_out


def left_out_counts(edition: Edition) -> pd.DataFrame:
    """What the recipes of an edition leave out: `file, reason, lines, names`, by file and reason.

    `names` are the lines' own, in their order.
    """
    rows = [
        {"file": file, "reason": reason, "lines": len(found), "names": list(found["name"])}
        for file in edition.raw_table("sources.csv")["file"]
        if recipe_path(edition, file).is_file()
        for reason, found in left_out_lines(edition, file).groupby("reason", sort=False)
    ]
    return pd.DataFrame(rows, columns=["file", "reason", "lines", "names"])


def read_raw(edition: Edition, file: str, described: pd.DataFrame | None = None) -> Read:
    """Raw table `file` of an edition, with what its recipe leaves out.

    `described` is its `description`, if it is known already.
    """
    path, sheet = file_and_sheet(edition, file)
    recipe = recipe_of(edition, file)
    whole = (
        shaped_file(path, sheet, recipe) if recipe else Shaped(read_file(path, sheet), None, NONE)
    )
    if described is None:
        described = description(edition.raw_table("columns.csv"), file)
    headings = described.set_index("heading_in_file")["column"]
    named = {h: name for h, name in headings.items() if h}
    table = whole.table.rename(columns=named)
    index = lru_cache(lambda: known_names(edition, recipe))
    if recipe is None:
        return Read(with_codes(table, index), None, pd.DataFrame(columns=COLUMNS))
    table = table.drop(columns=[*recipe.leave_out_columns], errors="ignore")
    names = table.get("city", table.get("adcode", pd.Series("", table.index)))
    known = places(index(), edition.reference_table("provinces"))
    kept, left = without_left_out(table, names, recipe, known)
    lines = whole.lines.rename(columns=named).loc[kept.index] if whole.lines is not None else None
    above = pd.DataFrame({"line": whole.above.index, "name": whole.above, "reason": ABOVE_HEAD})
    left_out = pd.concat([above, left], ignore_index=True)[COLUMNS]
    return Read(with_codes(kept, index), lines, left_out)


NONE = pd.Series(dtype=object)


def file_and_sheet(edition: Edition, table: str) -> tuple[Path, str]:
    """Where a raw table lies: its file and, for one of several in a workbook, its sheet."""
    file, _, sheet = table.partition(SHEET_MARK)
    return edition.raw / file, sheet


def known_names(edition: Edition, recipe: Recipe | None = None) -> Index:
    """Codes by the form of `name_key`, with what the recipe says of names as printed."""
    files = (edition.reference_file(f"{name}.csv") for name in NAMES_OF_CITIES)
    return with_own_names(_names(*map(file_content, files)), recipe)


@lru_cache(maxsize=4)  # every file of named places asks for it
def _names(*contents: bytes) -> Index:
    found = zip(NAMES_OF_CITIES, contents, strict=True)
    return name_index(*all_names(*(parsed(Path(name), content) for name, content in found)))


def with_own_names(index: Index, recipe: Recipe | None) -> Index:
    """An index of names with those of a recipe."""
    own = dict(recipe.names) if recipe else {}
    return {**index, **{name_key(name): frozenset({code}) for name, code in own.items()}}


def all_names(
    cities: pd.DataFrame, aliases: pd.DataFrame, former: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The cities, and aliases with former names.

    Parameters
    ----------
    cities
        `cities.csv`: ``adcode``, and names that are left as they are.
    aliases
        `aliases.csv`: ``alias, adcode``.
    former
        `former_places.csv`: ``place, also, kind, adcode, source``.
    """
    return cities, pd.concat([aliases, former_names(former)], ignore_index=True)


def described_columns(edition: Edition, file: str) -> pd.DataFrame:
    """The description of the columns of raw table `file`: see `description`.

    `factor` is what a printed figure is multiplied with to be in the unit of its variable.
    """
    described = description(edition.raw_table("columns.csv"), file)
    return described.assign(factor=factors(edition, described))


def description(columns: pd.DataFrame, file: str) -> pd.DataFrame:
    """The lines of `columns.csv` about `file`, under the names that `raw_table` gives columns.

    The ending of the file does not matter, so that a workbook may take the place of a CSV file;
    lines about a workbook hold for a sheet of which there are none. `heading_in_file` keeps the
    heading. A file of named cities is described without a key; it has one once it is read.
    """
    stems = [stem(name) for name in columns["file"]]
    wanted = (stem(file), stem(file.partition(SHEET_MARK)[0]))
    mine = next((name for name in wanted if name in stems), None)
    own = columns[[name == mine for name in stems]]
    headings, roles = own["column"], list(own["role"])
    names = [NAMES_OF_ROLES.get(*pair) for pair in zip(roles, headings, strict=True)]
    described = own.assign(heading_in_file=headings, column=pd.array(names, dtype=headings.dtype))
    if "key" in roles or "name" not in roles:
        return described
    blank = dict.fromkeys(described, "") | ({"factor": 1.0} if "factor" in described else {})
    key = pd.DataFrame([blank | {"file": file, "column": "adcode", "role": "key"}])
    return pd.concat([key, described])


def stem(table: str) -> str:
    """Name of a file without its ending, and of its sheet if there is one."""
    file, mark, sheet = table.partition(SHEET_MARK)
    return (file.rpartition(".")[0] or file) + mark + sheet


def place_name(file: str) -> str:
    """How a fault names a raw table: with its sheet, if it is one of several."""
    return file.replace(SHEET_MARK, ", sheet ", 1)


def span_of(years: str) -> tuple[int, int]:
    """The first and the last year of a text such as 2018-2019."""
    found = [int(year) for year in re.findall(r"\d{4}", years)]
    return min(found), max(found)


def read_file(path: Path, sheet: str = "", encoding: str = "") -> pd.DataFrame:
    """Read a file or a sheet of a workbook as text, without what is blank at its edges.

    `encoding` is that of a text file which does not show its own (see `editions.encodings`).

    Raises
    ------
    UnreadableTableError
        For a file that cannot be read, or is no table with its headings in the first line.
    """
    return _read(path, sheet, encoding, file_content(path)).copy(deep=False)


def shaped_file(path: Path, sheet: str, recipe: Recipe) -> Shaped:
    """Read a file or a sheet of a workbook as its recipe says."""
    return _shaped(path, sheet, recipe, file_content(path))


def file_rows(path: Path, sheet: str = "", encoding: str = "", delimiter: str = "") -> list[Row]:
    """All lines of a file or of a sheet of a workbook, as they stand, each with its number."""
    ending = path.suffix.lower()
    if ending in WORKBOOKS:
        from analysis.editions.workbooks import sheet_content, sound_rows

        return sound_rows(path, sheet_content(path, sheet))
    if sheet:
        raise UnreadableTableError(
            path, [Flaw("", f"only a workbook ({', '.join(WORKBOOKS)}) has sheets")]
        )
    if ending in BINARY:
        return binary_rows(path)
    if ending not in TEXTS:
        known = ", ".join([*TEXTS, *WORKBOOKS, *BINARY])
        raise UnreadableTableError(path, [Flaw("", f"the ending of the file is none of {known}")])
    text = file_text(path, encoding).text
    return csv_rows(path, text, delimiter or most_common_delimiter(text))


def sheet_rows(path: Path) -> Iterator[tuple[str, list[Row]]]:
    """The lines of every sheet of a workbook under its name, which is empty if there is one."""
    from analysis.editions.workbooks import sheet_contents, sound_rows

    file_content(path)  # unless it is too large to be opened
    for sheet, content in sheet_contents(path):
        yield sheet, sound_rows(path, content)


# A raw file is read once to see whether it can be, and again for its figures.
@lru_cache(maxsize=16)
def _read(path: Path, sheet: str, encoding: str, content: bytes) -> pd.DataFrame:
    del content  # a file that has changed is another one
    if path.suffix.lower() not in WORKBOOKS:
        return table_of_rows(path, without_blank_end(file_rows(path, sheet, encoding)))
    from analysis.editions.workbooks import (
        cell_flaws,
        headless_flaws,
        merged_flaws,
        sheet_content,
    )

    found = sheet_content(path, sheet)
    rows = without_blank_end(found.rows)
    headings = rows[0][1] if rows else []
    flaws = [*merged_flaws(found), *cell_flaws(found, headings), *headless_flaws(found, headings)]
    if flaws:
        raise UnreadableTableError(path, flaws)
    return table_of_rows(path, rows)


@lru_cache(maxsize=16)
def _shaped(path: Path, sheet: str, recipe: Recipe, content: bytes) -> Shaped:
    del content
    return shaped(path, file_rows(path, sheet, recipe.encoding, recipe.delimiter), recipe)


def file_text(path: Path, encoding: str = "") -> Text:
    """The text of a CSV file, and its encoding."""
    try:
        return decoded(file_content(path), encoding)
    except UnknownEncodingError as error:
        raise UnreadableTableError(path, [Flaw(error.line, error.rule)]) from error


def most_common_delimiter(text: str) -> str:
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
    # Hardly a column has a figure that is not plain, and one look at all of it is quick.
    return text if is_plain("".join(text)) else text.map(plain_number)


def is_plain(text: str) -> bool:
    """Whether a text has neither other digits than ASCII ones nor separators."""
    return text.isascii() and "," not in text and " " not in text


def plain_number(text: str) -> str:
    """One number in ASCII digits without thousands separators; any other text as it stands."""
    if is_plain(text):
        return text
    plain = "".join(map(narrow, text)).strip()
    return re.sub("[, ]", "", plain) if GROUPED.fullmatch(plain) else plain


def narrow(character: str) -> str:
    """A full-width sign or a blank of another width as that of ASCII.

    No sign of a note becomes a digit: 12.3① is no figure, and 12.31 least of all.
    """
    is_wide = unicodedata.decomposition(character).startswith("<wide>")
    return unicodedata.normalize("NFKC", character) if is_wide or character.isspace() else character


def to_numbers(printed: pd.Series) -> pd.Series:
    """Figures as numbers, blanks as gaps, and so is a misprint that is no number.

    Validation lets such a misprint pass only where a correction says what is meant.
    """
    return pd.to_numeric(plain_numbers(printed).replace("", None), errors="coerce")
