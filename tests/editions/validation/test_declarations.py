"""What the lists of an edition say of its files: slips in them are refused by name."""

import pytest
from conftest import read

from analysis.editions.validation.declarations import LISTS, OF_COLUMN_TABLE

YEARBOOK = "yearbook_2019.csv"


def line_of(tiny, column: str) -> int:
    table = read(tiny.edition.raw / "columns.csv")
    here = (table["file"] == YEARBOOK) & (table["column"] == column)
    return 2 + table.index[here][0]


def put(tiny, column: str, name: str, value: str) -> str:
    """Write into the description of a column of the yearbook; returns the line."""
    path, line = tiny.edition.raw / "columns.csv", line_of(tiny, column)
    table = read(path)
    table.loc[line - 2, name] = value
    table.to_csv(path, index=False, lineterminator="\n")
    return str(line)


def faults(tiny) -> set[tuple[str, str, str, str]]:
    return {fault[:4] for fault in tiny.faults()}


@pytest.mark.parametrize(("low", "high", "refused"), [("5", "5", False), ("6", "5", True)])
def test_a_range_may_be_one_value_and_may_not_run_backwards(tiny, low, high, refused):
    put(tiny, "mobile_subs_10k", "maximum", high)
    line = put(tiny, "mobile_subs_10k", "minimum", low)
    assert (("columns.csv", line, "minimum", low) in faults(tiny)) is refused


def test_a_column_of_figures_needs_a_variable_and_one_that_is_known(tiny):
    line = put(tiny, "emp_it", "variable", "")
    assert ("columns.csv", line, "variable", "") in faults(tiny)
    put(tiny, "emp_it", "variable", "emp_it_n")
    assert ("columns.csv", line, "variable", "emp_it_n") in faults(tiny)


def test_a_unit_that_the_variable_does_not_have_is_refused(tiny):
    line = put(tiny, "emp_it", "unit", "dogs")
    assert ("columns.csv", line, "unit", "dogs") in faults(tiny)


def test_a_role_that_there_is_not_is_refused(tiny):
    line = put(tiny, "emp_it", "role", "size")
    assert ("columns.csv", line, "role", "size") in faults(tiny)


@pytest.mark.parametrize("years", ["2019-2018", "19"])
def test_years_that_run_backwards_or_are_none_are_refused(tiny, years):
    tiny.put("sources.csv", 2, "years", years)
    assert ("sources.csv", "2", "years", years) in faults(tiny)


def test_the_lists_are_described_as_the_reference_tables_are():
    described = set(LISTS.columns) - {"file"}
    assert described == set(OF_COLUMN_TABLE.columns)
    assert set(LISTS["file"]) == {"sources.csv", "columns.csv"}
