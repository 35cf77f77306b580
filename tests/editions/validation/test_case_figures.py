"""Text becomes figures in one way, or stays what it is."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from any_units import FLAT, SOME, faults, lay_out, ranking, tables
from openpyxl import Workbook

from analysis.editions.validation.case_figures import is_percentage, plain_column, share
from analysis.editions.validation.case_files import CaseFiles, read_case
from analysis.editions.validation.faults import InputRefusedError


def column(*texts: str, missing: tuple[str, ...] = ()) -> list[str]:
    return plain_column(pd.Series(texts), missing).tolist()


def test_percentages_become_shares_if_every_figure_is_one():
    assert column("10%", "2.5 %", "", "-3%", "120%") == ["0.10", "0.025", "", "-0.03", "1.20"]
    assert column("10%", "2.5") == ["10%", "2.5"]
    assert column("１０％") == ["0.10"]


def test_a_share_keeps_all_digits_of_its_percentage():
    assert share("12.34567890123456%") == "0.1234567890123456"
    assert float(share("7%")) == 0.07


@pytest.mark.parametrize("text", ["%", "1%%", "a%", "1,5%", "1%2", "10"])
def test_what_is_no_number_with_a_sign_is_no_percentage(text):
    assert not is_percentage(text)


def test_marks_for_missing_figures_are_those_that_are_named():
    assert column("..", ":", "3", "-99", missing=("..", "-99")) == ["", ":", "3", ""]
    assert column("..", "10%", missing=("..",)) == ["", "0.10"]


def test_named_marks_are_gaps_and_others_are_refused_with_the_way_to_name_them(tmp_path):
    data = SOME.replace("A,1,2,3", "A,..,2,3").replace("B,2,1,4", "B,2,1,:")
    found = tables(tmp_path, FLAT, data, missing=("..", ":"))
    gaps = found["leaves"].set_index("unit").isna()
    assert gaps.to_numpy().tolist() == [[True, False, False], [False, False, True], [False] * 3]
    rule = "must be a number; if it marks a missing figure, add --missing ':'"
    assert faults(tmp_path, FLAT, data, missing=("..",)) == [("data.csv", "3", "c", ":", rule)]


def test_a_mark_is_no_unit(tmp_path):
    data = SOME.replace("A,1", "NA,1")
    assert set(ranking(tmp_path, FLAT, data, missing=("NA",)).index) == {"NA", "B", "C"}


def with_workbook(folder: Path, last: float, form: str) -> CaseFiles:
    """A case whose data are in a workbook; in a column two cells are percentages."""
    book = Workbook()
    for row in [["unit", "a", "b", "c"], ["A", 0.1, 2, 3], ["B", 0.25, 1, 4], ["C", last, 5, 1]]:
        book.active.append(row)
    for cell, number_format in {"B2": "0%", "B3": "0%", "B4": form}.items():
        book.active[cell].number_format = number_format
    book.save(folder / "data.xlsx")
    return replace(lay_out(folder, FLAT, SOME), data=folder / "data.xlsx")


def test_percent_cells_of_a_workbook_are_the_shares_that_they_store(tmp_path):
    case = read_case(with_workbook(tmp_path, 0.1234567890123456, "0.0%"))
    assert case.data["a"].tolist() == [0.1, 0.25, 0.1234567890123456]


def test_a_column_in_which_not_all_cells_are_percentages_is_refused(tmp_path):
    with pytest.raises(InputRefusedError, match="line 2, column a, value '10%': has a sign of per"):
        read_case(with_workbook(tmp_path, 12, "General"))
