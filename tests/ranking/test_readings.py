"""Raw tables to readings: every printed figure with its city, variable, year and place."""

import pandas as pd
import pytest
from conftest import read, write

from analysis.ranking import readings
from analysis.ranking.cleaning import apply_corrections


def one(found: pd.DataFrame, **where: object) -> dict:
    """The one reading that fits."""
    for column, value in where.items():
        found = found[found[column] == value]
    (record,) = found.to_dict("records")
    return record


def test_a_figure_keeps_its_printed_form_and_its_place(tiny_edition):
    found = one(
        readings.read_all(tiny_edition), adcode="930100", variable="sewage_treat_pct", year=2019
    )
    assert found == {
        "adcode": "930100", "variable": "sewage_treat_pct", "year": 2019, "printed": "120.5",
        "value": 120.5, "line": 8, "column": "sewage_treat_pct", "unit": "percent",
        "file": "yearbook_2019.csv",
    }  # fmt: skip


def test_the_readings_of_all_files_and_columns_are_numbered_on(tiny_edition):
    found = readings.read_all(tiny_edition)
    assert found.index.tolist() == list(range(len(found)))
    described = readings.described_columns(tiny_edition, "yearbook_2019.csv")
    raw = readings.read_raw(tiny_edition, "yearbook_2019.csv")
    of_one = readings.read_figures(raw, described, tiny_edition)
    assert of_one.index.tolist() == list(range(len(of_one)))
    assert len(set(of_one["column"])) > 1


def test_a_blank_cell_keeps_its_place(tiny_edition):
    found = one(
        readings.read_all(tiny_edition), adcode="940200", variable="patent_grant_n", year=2019
    )
    assert (found["file"], found["line"], found["printed"]) == ("yearbook_2019.csv", 12, "")
    assert pd.isna(found["value"])


def test_the_year_may_stand_in_a_column_or_in_the_heading(tiny_edition):
    found = readings.read_all(tiny_edition)
    assert set(found.loc[found["file"] == "yearbook_2018.csv", "year"]) == {2018}
    assert set(found.loc[found["file"] == "census.csv", "year"]) == {2020}


def test_a_source_that_prints_nothing_more_is_passed_over(tiny):
    before = readings.read_all(tiny.edition)
    tiny.no_longer_print("census.csv", "popu_2020")
    after = readings.read_all(tiny.edition)
    assert set(before["file"]) - set(after["file"]) == {"census.csv"}
    assert len(after) == (before["file"] != "census.csv").sum()


def test_a_year_printed_with_decimals_is_a_year(tiny):
    tiny.put("yearbook_2019.csv", 2, "year", "2019.0")
    assert tiny.faults() == []
    found = readings.read_all(tiny.edition)
    assert one(found, adcode="910100", variable="emp_it", year=2019)["printed"] == "60000"


def test_a_column_of_another_name_may_hold_a_variable(tiny_edition):
    found = one(readings.read_all(tiny_edition), adcode="910100", variable="resident_population")
    assert (found["column"], found["value"]) == ("popu_2020", 9_900_000)


def test_a_city_is_designated_if_it_is_listed_by_the_data_year(tiny_edition):
    found = readings.read_all(tiny_edition)
    listed = found[found["variable"] == "broadband_china"].set_index("adcode")
    # Listed in 2014, 2015 and 2016; Juniper (940100) follows in 2020, after the data year.
    assert set(listed.index[listed["value"] == 1]) == {"910100", "910200", "930100"}
    assert listed.loc["940100", ["value", "printed"]].tolist() == [0, "not listed"]
    assert len(listed) == 12
    assert set(listed["year"]) == {2019}


@pytest.mark.parametrize(("year", "value"), [("2019", 1), ("2020", 0)])
def test_a_designation_of_the_data_year_itself_counts(tiny, year, value):
    tiny.put("pilots.csv", 5, "year", year)
    found = one(readings.read_all(tiny.edition), adcode="940100", variable="broadband_china")
    assert found["value"] == value


def test_a_list_that_begins_after_the_data_year_says_nothing_of_it(tiny):
    tiny.add_line("pilots.csv", "later_list,2021,930100,庚市,庚,city,https://example.org/21")
    found = readings.read_all(tiny.edition)
    assert "later_list" not in set(found["variable"])


def test_a_designation_points_at_the_name_in_the_notice(tiny_edition):
    found = one(readings.read_all(tiny_edition), adcode="930100", variable="broadband_china")
    assert (found["printed"], found["line"], found["column"]) == ("庚", 4, "name")


def test_a_city_listed_twice_is_designated_by_its_first_line(tiny):
    tiny.add_line("pilots.csv", "broadband_china,2017,930100,庚市,庚,city,https://example.org/17")
    found = one(readings.read_all(tiny.edition), adcode="930100", variable="broadband_china")
    assert (found["value"], found["line"]) == (1, 4)


def naming_tiny(tiny, naming: str) -> dict:
    """What is read of Kapok, which a line of the list names in this way."""
    tiny.add_line(
        "pilots.csv", f"broadband_china,2016,940200,子市,子,{naming},https://example.org/16"
    )
    return one(readings.read_all(tiny.edition), adcode="940200", variable="broadband_china")


def test_a_city_that_is_on_the_list_with_its_province_is_not_designated(tiny):
    found = naming_tiny(tiny, "province")
    assert (found["value"], found["printed"]) == (0, "not itself named (province)")
    assert pd.isna(found["line"])


def test_a_city_that_is_named_itself_later_is_designated_by_that_line(tiny):
    naming_tiny(tiny, "province")
    found = naming_tiny(tiny, "city")
    assert (found["value"], found["printed"], found["line"]) == (1, "子", 7)


def test_whether_a_way_of_naming_counts_is_a_setting(tiny):
    tiny.put("designation_levels.csv", 3, "counts", "1")
    assert naming_tiny(tiny, "province")["value"] == 1


def test_a_programme_that_names_no_city_itself_has_a_no_for_every_city(tiny):
    tiny.add_line("pilots.csv", "zone,2016,940200,子市,子,province,https://example.org/16")
    found = readings.read_all(tiny.edition)
    assert found.loc[found["variable"] == "zone", "value"].tolist() == [0] * 12


def test_a_list_that_does_not_say_how_it_names_cities_names_them(tiny):
    tiny.put("columns.csv", 34, "role", "text")
    assert naming_tiny(tiny, "province")["value"] == 1


def test_a_year_that_is_stated_for_a_figure_goes_before_that_of_the_line(tiny):
    tiny.put("columns.csv", 4, "role", "text")
    corrections = tiny.path("corrections.csv")
    write(corrections, read(corrections).iloc[:0])  # they are of 2019
    tiny.put("yearbook_2019.csv", 8, "sewage_treat_pct", "100")
    for line in range(5, 14):
        tiny.put("columns.csv", line, "year", "2020")
    assert tiny.faults() == []
    found = readings.read_all(tiny.edition)
    assert set(found.loc[found["file"] == "yearbook_2019.csv", "year"]) == {2020}


def test_a_figure_with_the_sign_of_a_note_is_put_right_by_a_correction(tiny):
    tiny.put("yearbook_2019.csv", 2, "gdp_100m", "9800①")
    tiny.add_line("corrections.csv", "note,gdp_100m,910100,2019,9800①,9800,The sign of a note.,")
    assert tiny.faults() == []
    read = readings.read_all(tiny.edition)
    mine = read[(read["variable"] == "gdp_100m") & (read["adcode"] == "910100")]
    corrected = apply_corrections(mine, tiny.edition).set_index("year")["value"]
    assert corrected[2019] == 9800
