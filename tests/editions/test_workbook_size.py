"""Whether a workbook is small enough to be read."""

import pytest

from analysis.editions import incoming, text_tables, workbook_size

from .test_large_files import workbook


def test_parts_are_counted_before_any_is_parsed(tmp_path, monkeypatch):
    path = workbook(tmp_path / "t.xlsx")
    monkeypatch.setattr(workbook_size, "MOST_TAGS", 20)
    with pytest.raises(text_tables.UnreadableTableError, match="more than about 4 figures"):
        incoming.read_file(path)
