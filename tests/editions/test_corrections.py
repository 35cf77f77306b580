"""Corrections meet the figure of a variable, city and year, however and wherever it is printed."""

import pandas as pd
import pytest
from conftest import read, write

from analysis.editions import corrections
from analysis.ranking import cleaning

YEARBOOK = "yearbook_2019.csv"


@pytest.mark.parametrize("printed", ["2831", "2,831", "2 831", "2831.0", "２８３１", " 2831 "])
def test_a_number_is_the_same_however_it_is_written(printed):
    assert corrections.figure(printed) == "2831.0"


@pytest.mark.parametrize("printed", ["2831.1", "2,83", "28 31", "see note", ""])
def test_another_number_or_text_is_not(printed):
    assert corrections.figure(printed) != "2831.0"


def test_figures_keep_their_places():
    printed = pd.Series(["1,000", "x"], index=[7, 3])
    assert corrections.figures(printed).to_dict() == {7: "1000.0", 3: "x"}


def test_the_table_has_whole_years_and_what_it_replaces(tiny_edition):
    table = corrections.corrections_of(tiny_edition)
    assert table[["year", "figure"]].to_numpy().tolist() == [[2019, "2100.0"], [2019, "120.5"]]


def test_a_correction_holds_in_a_file_of_another_name_and_way_of_writing(tiny):
    table = read(tiny.path(YEARBOOK))
    table.loc[table["gdp_100m"] == "2100", "gdp_100m"] = "2,100.0"
    moved = tiny.path(YEARBOOK).with_name("office.csv")
    write(moved, table)
    tiny.path(YEARBOOK).unlink()
    for file in ("sources.csv", "columns.csv"):
        path = tiny.path(file)
        path.write_text(path.read_text("utf8").replace(YEARBOOK, "office.csv"), "utf8")
    assert tiny.faults() == []
    cells = cleaning.clean(tiny.edition).set_index(["adcode", "measure"])
    corrected = cells[cells["status"] == "corrected"]
    assert corrected["rule"].tolist() == ["fir_gdp"]
    assert corrected["value"].tolist() == [2310]
    assert cells.loc[("930100", "gdp"), "rule"] == ""


def test_a_figure_in_another_unit_is_met_in_that_of_the_variable():
    """28,310,000 in 10,000 yuan are 2,831 in 100 million."""
    printed, numbers = (
        pd.Series(["28,310,000", "2831", "", "x"]),
        pd.Series([2831, 2831, None, None]),
    )
    assert list(corrections.met(printed, numbers)) == ["2831.0", "2831.0", "", "x"]
