"""Whether a workbook is small enough to be read."""

import zipfile

import pytest
import xlsxwriter

from analysis.editions import incoming, text_tables, workbook_size

from .test_large_files import workbook

SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(("most", "refused"), [(6, False), (5, True)])
def test_cells_are_counted_before_a_sheet_is_parsed(tmp_path, monkeypatch, most, refused):
    """Three lines of two columns are six cells."""
    path = workbook(tmp_path / "t.xlsx")
    monkeypatch.setattr(workbook_size, "MOST_CELLS", most)
    with zipfile.ZipFile(path) as archive:
        last, rule = workbook_size.sheet_excess(archive, SHEET)
    assert last == 3
    assert bool(rule) is refused


def test_texts_are_counted_before_a_workbook_is_opened(tmp_path, monkeypatch):
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:  # which keeps texts in a part of their own
        book.add_worksheet().write(0, 0, "unit")
    monkeypatch.setattr(workbook_size, "TAGS_OF_A_TEXT", 0)
    with pytest.raises(text_tables.UnreadableTableError, match="more than 2,000,000 texts"):
        incoming.read_file(path)


def test_the_unpacked_size_is_stated(tmp_path, monkeypatch):
    path = workbook(tmp_path / "t.xlsx")
    monkeypatch.setattr(workbook_size, "MOST_UNPACKED", 1000)
    with pytest.raises(text_tables.UnreadableTableError, match="unpacked, the workbook has"):
        incoming.read_file(path)
