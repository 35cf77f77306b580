"""What method and corrections say of the raw files."""

import pandas as pd
import pytest

from analysis.editions import LATEST
from analysis.editions.validation import source_rules


def column(minimum: str, maximum: str, variable: str = "sales") -> pd.Series:
    return pd.Series({"minimum": minimum, "maximum": maximum, "variable": variable})


@pytest.mark.parametrize(
    ("value", "minimum", "maximum", "rule"),
    [
        (0.0, "0", "100", ""),
        (-0.1, "0", "100", "must be at least 0, as columns.csv says of the column"),
        (100.0, "0", "100", ""),
        (100.1, "0", "100", "must be at most 100, as columns.csv says of the column"),
        (-5.0, "", "", ""),
    ],
)
def test_a_corrected_figure_keeps_to_the_bounds_of_its_column(value, minimum, maximum, rule):
    assert source_rules.value_rule(value, column(minimum, maximum), set()) == rule


@pytest.mark.parametrize(("value", "refused"), [(0.0, True), (0.1, False)])
def test_an_economy_of_nothing_is_no_correction(value, refused):
    rule = source_rules.value_rule(value, column("", "", "gdp"), {"gdp"})
    assert (rule == "must be above 0: a city has an economy") is refused
    assert source_rules.value_rule(value, column("", "", "parcels"), {"gdp"}) == ""


def test_the_files_that_there_are_come_in_the_order_of_their_names():
    rule = source_rules.files_rule({"b.csv", "a.csv"})
    assert rule == "no edition has such a file; there are a.csv, b.csv"


def test_designations_hold_for_every_later_year_and_figures_for_their_own(tiny):
    printed = source_rules.printed_variables(tiny.edition)
    last = printed.groupby("source")["last"].agg(set)
    assert last["pilots"] == {LATEST}
    assert last["yearbook"] == {2018, 2019}
    gdp = printed[printed["variable"] == "gdp_100m"]
    assert sorted(gdp["first"]) == sorted(gdp["last"])


def test_the_files_of_all_editions_are_known(tiny):
    listed = set(tiny.edition.raw_table("sources.csv")["file"])
    assert source_rules.files_anywhere(tiny.edition) == listed
    described = source_rules.described_anywhere(tiny.edition)
    assert not described.duplicated(["file", "column"]).any()


def test_a_measure_without_figures_is_lost_and_named_by_its_variable(tiny):
    assert len(source_rules.lost_evidence(tiny.edition)) == 0
    tiny.no_longer_print("yearbook_2019.csv", "emp_it")
    tiny.no_longer_print("yearbook_2018.csv", "emp_it")
    (lost,) = source_rules.lost_measures(tiny.edition)
    assert lost[:4] == ("measures.csv", 2, "variable", "emp_it")
