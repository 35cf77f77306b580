"""Faults of the raw tables: what is taken for a name, and values as they are printed."""

import pandas as pd
import pytest

from analysis.editions.validation import raw_faults
from analysis.editions.validation.faults import Fault

YEARBOOK = "yearbook_2019.csv"


@pytest.mark.parametrize(
    ("text", "a_name", "no_code"),
    [
        ("深圳市", True, True),
        ("440300", False, False),
        ("44030", True, False),
        ("", False, False),
    ],
)
def test_a_text_in_the_place_of_a_code_may_be_a_name(text, a_name, no_code):
    assert raw_faults.is_a_name(text) is a_name
    assert raw_faults.is_no_code(text) is no_code


@pytest.mark.parametrize(
    ("headings", "alone"), [([""], True), (["adcode"], False), (["", "code"], False), ([], False)]
)
def test_cities_are_given_by_name_alone_where_no_column_of_codes_is_written(headings, alone):
    columns = pd.DataFrame({"role": ["key"] * len(headings), "heading_in_file": headings})
    assert raw_faults.by_name_alone(columns) is alone


def test_only_numbers_are_put_in_plain_digits():
    table = pd.DataFrame({"city": ["１号"], "sales": ["１，２００"]})
    columns = pd.DataFrame({"role": ["name", "value"], "column": ["city", "sales"]})
    plain = raw_faults.in_plain_digits(table, columns)
    assert plain.to_dict("records") == [{"city": "１号", "sales": "1200"}]


@pytest.mark.parametrize(
    ("column", "value", "rule"),
    [
        ("gdp_100m", "many", "must be a number"),
        ("sewage_treat_pct", "101", "must be at least 0 and at most 100"),
        ("gdp_100m", "-1", "must be at least 0"),
    ],
)
def test_a_value_is_refused_as_it_is_printed(tiny, column, value, rule):
    tiny.put(YEARBOOK, 3, column, value)
    ((file, line, where, printed, said),) = tiny.faults()
    assert (file, line, where, printed) == (YEARBOOK, "3", column, value)
    assert said.startswith(rule)


@pytest.mark.parametrize("value", ["0", "100"])
def test_a_value_on_its_bound_is_accepted(tiny, value):
    tiny.put(YEARBOOK, 3, "sewage_treat_pct", value)
    assert tiny.faults() == []


def test_a_fault_in_a_long_table_names_the_line_of_its_own_figure():
    lines = pd.DataFrame({"gdp": [2.0, 4.0], "jobs": [3.0, None]}, [2, 4])
    faults = [
        Fault("f", 2, "jobs", "x", "rule"), Fault("f", 4, "jobs", "", "rule"),
        Fault("f", 2, "city", "y", "rule"), Fault("f", "", "gdp", "", "rule"),
    ]  # fmt: skip
    assert [fault.line for fault in raw_faults.at_their_lines(faults, lines)] == [3, 4, 2, ""]
    assert raw_faults.at_their_lines(faults, None) == faults


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("并市", "并市 was merged into 甲市 in 2011; leave it out in the recipe of the file"),
        ("县市", "县市 is a city of county level in 甲市; leave it out in the recipe of the file"),
        ("州州", "州地 is an autonomous prefecture, prefecture or league, and no city; leave it"),
    ],
)
def test_a_place_outside_the_list_is_refused_for_what_it_is(tiny, name, rule):
    tiny.put("yearbook_2019.csv", 3, "adcode", "")
    tiny.put("yearbook_2019.csv", 3, "city", name)
    assert tiny.faults()[0][4].startswith(rule)


def test_a_former_name_is_the_city_that_has_another_one_now(tiny):
    tiny.put("yearbook_2019.csv", 3, "city", "昔市")
    assert tiny.faults() == []
