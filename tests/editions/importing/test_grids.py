"""The tables of a file of any form, with its encoding and its delimiter."""

import pytest

from analysis.editions import workbooks
from analysis.editions.importing.grids import grids
from analysis.editions.text_tables import UnreadableTableError

CITIES = ["臺北市", "廈門市", "石家莊市"]
ROWS = [["城市", "數值"], *[[city, f"{n},5"] for n, city in enumerate(CITIES, 1)]]


def one(path, mark, encoding):
    path.write_bytes("\n".join(mark.join(row) for row in ROWS).encode(encoding))
    [grid] = grids(path, CITIES.__contains__)
    return grid


@pytest.mark.parametrize("mark", [";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030", "big5hkscs", "utf-16-le"])
def test_cities_are_found_in_any_encoding_and_between_any_marks(tmp_path, mark, encoding):
    grid = one(tmp_path / "t.txt", mark, encoding)
    assert [row for _, row in grid.rows] == ROWS


def test_what_the_file_shows_by_itself_is_not_said(tmp_path):
    assert one(tmp_path / "t.csv", ";", "utf-8")[2:] == ("", "")
    assert one(tmp_path / "t.csv", ";", "big5hkscs").encoding == "big5hkscs"


def test_a_text_in_which_no_city_is_found_is_refused(tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes("größe;1".encode("cp1252"))
    with pytest.raises(UnreadableTableError, match="no city is found in the text"):
        list(grids(path, CITIES.__contains__))


def test_every_sheet_of_a_workbook_is_a_grid(put):
    path = put("t.xlsx", A=[["x"]], B=[["y", 2]])
    assert [(grid.table, grid.rows) for grid in grids(path, str.isdigit)] == [
        ("t.xlsx#A", [(1, ["x"])]), ("t.xlsx#B", [(1, ["y", "2"])]),
    ]  # fmt: skip
    assert [grid.table for grid in grids(put("o.xlsx", A=[["x"]]), str.isdigit)] == ["o.xlsx"]


def test_a_workbook_is_opened_once_for_all_of_its_sheets(put, monkeypatch):
    opened, asked = workbooks.opened, []
    monkeypatch.setattr(workbooks, "opened", lambda path: asked.append(path) or opened(path))
    path = put("t.xlsx", A=[["x"]], B=[["y"]], C=[["z"]])
    assert len(list(grids(path, str.isdigit))) == 3
    assert asked == [path]
