"""Sheets of Excel workbooks: what is taken as it stands, and what is refused."""

import openpyxl
import pytest
from conftest import TESTS, EditionOnDisk
from openpyxl.workbook.workbook import Workbook

from analysis.editions import incoming, text_tables, workbooks

from .test_incoming import WORKBOOK, rename_source, to_workbook


def spoil_workbook(edition: EditionOnDisk, change) -> None:
    path = to_workbook(edition, "cities")
    book = openpyxl.load_workbook(path)
    change(book["cities"])
    book.save(path)


def test_a_sign_of_percent_that_is_but_a_text_leaves_the_figure_as_it_is(tmp_path):
    book = Workbook()
    book.active.append(["a", "b"])
    book.active.append([0.1234567890123456, 97])
    book.active["A2"].number_format, book.active["B2"].number_format = "0.0%", '0"%"'
    book.save(tmp_path / "t.xlsx")
    assert incoming.read_file(tmp_path / "t.xlsx").loc[2].tolist() == ["12.34567890123456%", "97"]


def test_a_fault_in_a_workbook_names_sheet_and_row(tiny):
    def change(sheet):
        sheet["D3"] = "see note"

    spoil_workbook(tiny, change)
    place = f"{WORKBOOK}, sheet cities"
    assert tiny.faults() == [(place, "3", "gdp_100m", "see note", "must be a number")]


def test_merged_cells_are_refused(tiny):
    spoil_workbook(tiny, lambda sheet: sheet.merge_cells("D3:D4"))
    rule = "the cells D3:D4 are merged; every cell needs its own value"
    assert tiny.faults()[0] == (f"{WORKBOOK}, sheet cities", "3", "D", "7400", rule)


def test_a_percentage_format_is_refused_as_the_reader_of_the_sheet_sees_it(tiny):
    def change(sheet):
        sheet["D3"] = 0.953
        sheet["D3"].number_format = "0.0%"

    spoil_workbook(tiny, change)
    place = f"{WORKBOOK}, sheet cities"
    assert tiny.faults() == [(place, "3", "gdp_100m", "95.3%", "must be a number")]


def test_a_formula_that_was_never_computed_is_refused(tiny):
    def change(sheet):
        sheet["D3"] = "=E3*2"

    spoil_workbook(tiny, change)
    [(_, line, column, value, rule)] = tiny.faults()
    assert (line, column, value) == ("3", "gdp_100m", "=E3*2")
    assert rule.startswith("the formula was never computed")


def test_a_formula_that_ends_in_an_error_is_refused(tiny):
    def change(sheet):
        sheet["D3"] = "#DIV/0!"
        sheet["D3"].data_type = "e"

    spoil_workbook(tiny, change)
    rule = "the formula of the cell ends in an error"
    assert tiny.faults() == [(f"{WORKBOOK}, sheet cities", "3", "gdp_100m", "#DIV/0!", rule)]


def test_a_figure_outside_the_headings_is_refused(tiny):
    def change(sheet):
        sheet["M3"] = 5

    spoil_workbook(tiny, change)
    assert tiny.faults() == [
        (f"{WORKBOOK}, sheet cities", "3", "M", "5", "the column has no heading")
    ]


@pytest.mark.parametrize(
    ("wanted", "rule"),
    [
        ("towns", "there is no sheet 'towns'; the workbook has: Sheet1, notes"),
        ("", "the sheet must be named; the workbook has: Sheet1, notes"),
    ],
)
def test_the_sheet_must_be_there_and_be_named(tiny, wanted, rule):
    path = to_workbook(tiny)
    book = openpyxl.load_workbook(path)
    book.create_sheet("notes")
    book.save(path)
    rename_source(tiny, WORKBOOK, wanted)
    place = f"{WORKBOOK}, sheet {wanted}" if wanted else WORKBOOK
    assert tiny.faults() == [(place, "", "", "", rule)]


def test_a_file_that_only_calls_itself_a_workbook_is_refused(tiny):
    path = to_workbook(tiny)
    path.write_bytes(b"adcode,city\n910100,x\n")
    rule = "the file is no Excel workbook (.xlsx) that can be opened"
    assert tiny.faults() == [(WORKBOOK, "", "", "", rule)]


def test_dates_and_truth_values_in_a_workbook_are_text(tmp_path):
    book = Workbook()
    book.active.append(["adcode", "flag", "share"])
    book.active.append([110000, True, 12.5])
    book.save(tmp_path / "t.xlsx")
    table = incoming.read_file(tmp_path / "t.xlsx")
    assert table.loc[2].tolist() == ["110000", "TRUE", "12.5"]


def test_an_empty_workbook_is_refused(tmp_path):
    Workbook().save(tmp_path / "t.xlsx")
    with pytest.raises(text_tables.UnreadableTableError, match="the file is empty"):
        incoming.read_file(tmp_path / "t.xlsx")


@pytest.mark.parametrize("file", ["cities.xls", "cities.ods"])
def test_an_old_workbook_and_an_open_document_give_the_same_table(file):
    """They were saved by LibreOffice from a sheet of two cities."""
    table = incoming.read_file(TESTS / "fixtures" / "workbooks" / file)
    assert list(table) == ["adcode", "city", "gdp_100m", "note"]
    assert table.loc[2].tolist() == ["910100", "甲市", "9800.5", "x"]
    assert table.loc[3].tolist() == ["910200", " 乙　市", "", ""]


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("t.xls", "the file is no old Excel workbook (.xls) that can be opened"),
        ("t.ods", "the file is no OpenDocument table (.ods) that can be opened"),
    ],
)
def test_a_file_that_only_has_the_ending_of_a_workbook_is_refused(tmp_path, name, rule):
    (tmp_path / name).write_bytes(b"adcode,city\n")
    with pytest.raises(text_tables.UnreadableTableError) as refusal:
        incoming.read_file(tmp_path / name)
    assert rule in str(refusal.value)


def test_a_sheet_that_begins_below_and_to_the_right_keeps_its_lines(tmp_path):
    book = Workbook()
    book.active["B3"], book.active["C4"] = "head", 5
    book.save(tmp_path / "t.xlsx")
    rows = workbooks.sheet_content(tmp_path / "t.xlsx").rows
    assert rows == [(1, ["", "", ""]), (2, ["", "", ""]), (3, ["", "head", ""]), (4, ["", "", "5"])]
