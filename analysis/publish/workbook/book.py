"""The common layout of the sheets: a row per city, the same in every step, under five of heads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from io import BytesIO
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.exceptions import DuplicateWorksheetName, InvalidWorksheetName
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from analysis.index.refusal import RefusedValueError
from analysis.publish.workbook.model import Model

# Rows of a step: title, explanation, code, name, unit or weight; then the cities.
TITLE, NOTE, CODE, NAME, UNIT, FIRST = range(6)
# Columns of a step: adcode, city; then the step's own.
ADCODE, CITY, START = range(3)
# The sheet of the outcome; its first column is the index, which the anchors are taken from.
SCORES = "scores"
# A time of day would make every build differ; this is the day the white paper appeared.
CREATED = datetime(2020, 12, 18)
STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14, "font_color": "#1f5a7a"},
    "note": {"font_color": "#56616d", "text_wrap": False},
    "head": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"},
    "quiet": {"font_color": "#56616d"},
    "number": {"num_format": "#,##0.00##"},
    "value": {"num_format": "0.0000"},
    "whole": {"num_format": "#,##0"},
    "share": {"num_format": "0%"},
    "edit": {"bg_color": "#fff6dd", "border": 1, "border_color": "#e0b04c"},
    "edit_number": {
        "bg_color": "#fff6dd", "border": 1, "border_color": "#e0b04c", "num_format": "#,##0.####",
    },
    "text": {},
    "wrap": {"text_wrap": True, "valign": "top"},
}  # fmt: skip
Formula = Callable[[int, int], str]


@dataclass(frozen=True)
class Book:
    """A workbook that is being written.

    Attributes
    ----------
    model
        What it shows.
    workbook
        Where it is written.
    formats
        The looks of cells by name.
    """

    model: Model
    workbook: xlsxwriter.Workbook
    formats: dict[str, Format]

    @property
    def last(self) -> int:
        """Row of the last city."""
        return FIRST + len(self.model.cities) - 1

    def word(self, key: str) -> str:
        """A word of the workbook."""
        return str(self.model.names[f"workbook_{key}"])

    def coded(self, kind: str, code: str) -> str:
        """The word for a code of the tables, or the code itself where there is none."""
        return str(self.model.names.get(f"workbook_{kind}_{code}", code))

    def name(self, sheet: str) -> str:
        """What a sheet is called."""
        return self.word(f"sheet_{sheet}")

    def sheet(self, code: str, note: str, title: str = "") -> Worksheet:
        """A new sheet with its title and one line that explains it.

        Raises
        ------
        RefusedValueError
            If no sheet may be called what the language calls this one.
        """
        try:
            sheet = self.workbook.add_worksheet(self.name(code))
        except (InvalidWorksheetName, DuplicateWorksheetName) as error:
            rule = f"labels.csv: workbook_sheet_{code}: {error}"
            raise RefusedValueError(rule) from error
        title = title or str(self.model.names.get(f"workbook_title_{code}", self.name(code)))
        sheet.write_string(TITLE, 0, title, self.formats["title"])
        sheet.write_string(NOTE, 0, note, self.formats["note"])
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        return sheet

    def heads(self, sheet: Worksheet, row: int, keys: Sequence[str]) -> None:
        """Write the words of `keys` as the heads of a table, from the first column on."""
        for column, key in enumerate(keys):
            sheet.write_string(row, column, self.word(key), self.formats["head"])

    def step(self, name: str, note: str, codes: Sequence[str]) -> Worksheet:
        """A sheet with a row per city and a column per code, its heads frozen."""
        sheet = self.sheet(name, note)
        self.heads(sheet, CODE, ("adcode", "city"))
        for offset, code in enumerate(codes):
            sheet.write_string(CODE, START + offset, code, self.formats["quiet"])
            names = self.model.names
            word = str(names.get(code, names.get(f"workbook_{code}", code)))
            sheet.write_string(NAME, START + offset, word, self.formats["head"])
        for row, (adcode, city) in enumerate(self.model.speaker.towns.items(), FIRST):
            sheet.write_string(row, ADCODE, str(adcode), self.formats["quiet"])
            sheet.write_string(row, CITY, city, self.formats["text"])
        sheet.set_column(ADCODE, ADCODE, 9)
        sheet.set_column(CITY, CITY, 20)
        sheet.set_column(START, START + max(len(codes), 1) - 1, 13)
        sheet.set_row(NAME, 45)
        sheet.freeze_panes(FIRST, START)
        sheet.repeat_rows(CODE, UNIT)
        return sheet

    def fill(self, sheet: Worksheet, formula: Formula, values: pd.DataFrame, look: str) -> None:
        """Write `formula` (row, column) for every city and column of `values`, its present value.

        The value is what a program shows that does not compute; an empty text stands for a gap.
        """
        format_ = self.formats[look]
        table = values.to_numpy(dtype=object)
        for row in range(FIRST, self.last + 1):
            for column in range(START, START + values.shape[1]):
                value = table[row - FIRST, column - START]
                shown = "" if pd.isna(value) else value
                write_formula(sheet, (row, column), formula(row, column), format_, shown)

    @cached_property
    def before(self) -> dict[str, str]:
        """What stands before a reference to cells of a sheet: its name in quotes."""
        stem = "workbook_sheet_"
        found = self.model.names[self.model.names.index.str.startswith(stem)]
        return {
            str(key).removeprefix(stem): "'{}'!".format(name.replace("'", "''"))
            for key, name in found.items()
        }

    def cell(self, sheet: str, row: int, column: int) -> str:
        """A reference that stays where it is."""
        return self.before[sheet] + xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)

    def near(self, sheet: str, row: int, column: int) -> str:
        """A reference that may be copied along."""
        return self.before[sheet] + xl_rowcol_to_cell(row, column)

    def across(self, sheet: str, row: int, first: int, last: int) -> str:
        """Cells of one row, from column `first` to `last`."""
        return f"{self.near(sheet, row, first)}:{xl_rowcol_to_cell(row, last)}"

    def down(self, sheet: str, column: int, first: int, last: int) -> str:
        """Cells of one column, from row `first` to `last`, staying where they are."""
        name = xl_col_to_name(column, col_abs=True)
        return f"{self.before[sheet]}{name}${first + 1}:{name}${last + 1}"


def new_book(target: str | BytesIO, model: Model) -> Book:
    """An empty workbook for `target`; no text in it is ever taken for a formula, number or link."""
    options = {f"strings_to_{kind}": False for kind in ("formulas", "numbers", "urls")}
    workbook = xlsxwriter.Workbook(target, options)
    workbook.set_properties(
        {
            "title": model.say("file_title", edition=model.edition.name),
            "subject": model.say("file_subject"),
            "created": CREATED,
        }
    )
    formats = {name: workbook.add_format(style) for name, style in STYLES.items()}
    return Book(model, workbook, formats)


def write_formula(
    sheet: Worksheet, place: tuple[int, int], formula: str, format_: Format | None, value: Any
) -> None:
    """Write a formula with its present value; one in braces computes with whole rows at once."""
    if formula.startswith("{"):
        sheet.write_array_formula(*place, *place, formula, format_, value)
    else:
        sheet.write_formula(*place, formula, format_, value)


def quoted(text: str) -> str:
    """A text as it stands in a formula."""
    return '"{}"'.format(text.replace('"', '""'))
