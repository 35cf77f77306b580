"""Where the table of a grid is: its head, its column of places, of years, and its form."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

import pandas as pd

from analysis.editions.edition import EARLIEST, LATEST
from analysis.editions.incoming import plain_number
from analysis.editions.recipe_rows import joined_headings
from analysis.editions.text_tables import Row
from analysis.editions.units import unit_key

# So many places make a table of cities of a sheet.
LEAST_PLACES = 3
YEAR_HEADINGS = {"年份", "年度", "年", "时间", "year", "data_year", "years"}
YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
MISSING = {
    "-", "--", "—", "——", "–", "―", "…", "……", "...", "..", "·", "/", "\\", "*", "x", "空", "无",
    "缺", "缺失", "na", "n/a", "n.a.", "nan", "null", "none", "#n/a",
}  # fmt: skip
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?%?")


class Head(NamedTuple):
    """The lines of a head, its headings, and where places, codes and years are; -1 is nowhere."""

    lines: tuple[int, ...]
    headings: list[str]
    name: int
    code: int
    year: int


class Long(NamedTuple):
    """The headings of a long table: of its indicators, units (empty if it has none) and values."""

    indicator: str
    unit: str
    value: str


def find_head(
    rows: Sequence[Row], is_name: Callable[[str], bool], is_code: Callable[[str], bool]
) -> Head | None:
    """The head of the table of places in a grid; None if there is none.

    The column of places is the one with most known names, or codes. The head are the lines with
    at least two texts, one below the other, above the first line of a known place.
    """
    texts = set[str]().union(*(row for _, row in rows))
    name, names = fullest(rows, {text for text in texts if is_name(text)})
    code, codes = fullest(rows, {text for text in texts if is_code(text)})
    if max(names, codes) < LEAST_PLACES:
        return None
    name = name if names >= LEAST_PLACES else -1
    code = code if codes >= LEAST_PLACES else -1
    at, known = (name, is_name) if name >= 0 else (code, is_code)
    first = next(n for n, (_, row) in enumerate(rows) if len(row) > at and known(row[at]))
    start = first
    while start and sum(bool(text.strip()) for text in rows[start - 1][1]) > 1:
        start -= 1
    if start == first:
        return None
    width = max(len(row) for _, row in rows)
    head = [row + [""] * (width - len(row)) for _, row in rows[start:first]]
    headings = joined_headings(head, " / ")
    year = next((n for n, text in enumerate(headings) if is_year_heading(text)), -1)
    lines = tuple(line for line, _ in rows[start:first])
    return Head(lines, headings, name, code, year)


def fullest(rows: Sequence[Row], known: set[str]) -> tuple[int, int]:
    """The column with most known texts, of which these are most, and their number."""
    if not known:
        return -1, 0
    counts = Counter(number for _, row in rows for number, text in enumerate(row) if text in known)
    most = [number for number in counts if counts[number] >= 0.5 * filled(rows, number)]
    best = max(most, key=lambda number: (counts[number], -number), default=-1)
    return best, counts[best]


def filled(rows: Sequence[Row], number: int) -> int:
    """How many lines have a text in a column."""
    return sum(bool(row[number].strip()) for _, row in rows if number < len(row))


def is_year_heading(heading: str) -> bool:
    """Whether a heading is that of a column of years."""
    return "".join(heading.split()).casefold() in YEAR_HEADINGS


def years_in(*texts: str) -> list[int]:
    """The years that texts name, each once, in their order."""
    found = [int(year) for text in texts for year in YEAR.findall(text)]
    return [year for year in dict.fromkeys(found) if EARLIEST <= year <= LATEST]


def missing_marks(table: pd.DataFrame) -> list[str]:
    """The marks for missing in the columns of figures of a table, the most frequent first."""
    texts = map(str.strip, table.to_numpy(dtype=object).ravel())
    return [mark for mark, _ in Counter(t for t in texts if t.casefold() in MISSING).most_common()]


def decimal_comma(table: pd.DataFrame) -> tuple[str, str]:
    """The decimal mark and the mark of groups of the figures: a comma where it cannot be groups.

    Commas before other than three digits are decimal, unless a point is too.
    """
    texts = [text.strip() for text in table.to_numpy(dtype=object).ravel()]

    def stands(pattern: str) -> bool:
        return any(map(re.compile(pattern).fullmatch, texts))

    with_comma = r"[+-]?\d{1,3}(\.\d{3})*,\d{1,2}|[+-]?\d+,(\d{1,2}|\d{4,})"
    if not stands(with_comma) or stands(r"[+-]?[\d,]*\.(\d{1,2}|\d{4,})"):
        return ".", ""
    return ",", "." if stands(r"[+-]?\d{1,3}(\.\d{3})+(,\d+)?") else ""


def is_numeric(texts: pd.Series) -> bool:
    """Whether most of what a column holds, marks for missing apart, are numbers."""
    others = [text for text in texts.tolist() if not NUMBER.fullmatch(text)]
    numbers = len(texts) - len(others)
    filled = [text for text in others if text.strip() and text.strip().casefold() not in MISSING]
    numbers_of_print = sum(bool(NUMBER.fullmatch(plain_number(text).strip())) for text in filled)
    share = (numbers + numbers_of_print) / max(1, numbers + len(filled))
    return share >= 0.6


def long_form(table: pd.DataFrame, keys: list[str], units: set[str]) -> Long | None:
    """The form of a long table, in which a place has a line for each indicator; None for others.

    Parameters
    ----------
    table
        The figures by line.
    keys
        Headings of the columns of places and years.
    units
        The printed forms of units, as `unit_key` makes them.
    """
    others = [heading for heading in table if heading not in keys]
    if table.duplicated(keys).mean() < 0.4:
        return None
    texts = [heading for heading in others if not is_numeric(table[heading])]
    values = [heading for heading in others if heading not in texts]
    of_units = [
        heading for heading in texts
        if table[heading].map(unit_key).isin(units).mean() > 0.5
    ]  # fmt: skip
    unit = of_units[0] if of_units else ""
    named = [
        heading for heading in texts
        if heading != unit and not table.duplicated([*keys, heading]).any()
        and table[heading].nunique() < len(table) / 2
    ]  # fmt: skip
    return Long(named[0], unit, values[0]) if len(named) == 1 and len(values) == 1 else None
