"""What method and corrections say of the raw files."""

import shutil

import pandas as pd
import pytest
from conftest import EditionOnDisk

from analysis.editions import LATEST
from analysis.editions.validation import source_rules
from analysis.editions.validation.judging import judged_apart
from analysis.editions.validation.sound import SoundEdition


def sound(on_disk: EditionOnDisk) -> SoundEdition:
    """The edition as far as it has no faults."""
    return judged_apart(on_disk.edition)[1]


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


def test_designations_hold_for_every_later_year_and_figures_for_their_own(tiny):
    printed = source_rules.printed_variables(sound(tiny))
    last = printed.groupby("source")["last"].agg(set)
    assert last["pilots"] == {LATEST}
    assert last["yearbook"] == {2018, 2019}
    gdp = printed[printed["variable"] == "gdp_100m"]
    assert sorted(gdp["first"]) == sorted(gdp["last"])


def test_columns_of_figures_are_known_from_all_editions_with_the_years_that_they_describe(tiny):
    other = tiny.edition.raw.with_name("other")
    shutil.copytree(tiny.edition.raw, other)
    path = other / "sources.csv"
    path.write_text(path.read_text("utf8").replace("2018,", "2011-2013,"), "utf8")
    edition = sound(tiny)
    columns = source_rules.figures_anywhere(edition, source_rules.own_figures(edition))
    gdp = columns[columns["variable"] == "gdp_100m"]
    spans = list(gdp[["first", "last"]].itertuples(index=False, name=None))
    assert spans == [(2019, 2019), (2018, 2018), (2019, 2019), (2011, 2013)]


@pytest.mark.parametrize(
    ("variable", "year", "within"),
    [("gdp", 2018, True), ("gdp", 2019, True), ("gdp", 2017, False), ("gdp", 2020, False),
     ("gdp", 2021, True), ("parks", 2018, False)],
)  # fmt: skip
def test_other_editions_are_asked_only_for_corrections_of_years_that_this_one_lacks(
    variable, year, within
):
    columns = pd.DataFrame({"variable": "gdp", "first": [2018, 2021], "last": [2019, 2021]})
    corrections = pd.DataFrame({"variable": ["gdp", variable], "year": [2018, year]})
    assert source_rules.all_within(corrections, columns) is within


def test_a_measure_without_figures_is_lost_and_named_by_its_variable(tiny):
    assert len(source_rules.lost_evidence(sound(tiny))) == 0
    tiny.no_longer_print("yearbook_2019.csv", "emp_it")
    tiny.no_longer_print("yearbook_2018.csv", "emp_it")
    (lost,) = source_rules.lost_measures(sound(tiny))
    assert lost[:4] == ("measures.csv", 2, "variable", "emp_it")


def test_a_measure_in_reserve_is_not_missed(tiny):
    tiny.add_line(
        "measures.csv",
        "it_development,blocks,Blocks,塊,块,yearbook,mobile_subs_10k,size,1,1,1,0,0,0,proxy,1,,it_employment,",
    )
    for year in (2018, 2019):
        tiny.no_longer_print(f"yearbook_{year}.csv", "mobile_subs_10k")
    assert source_rules.lost_measures(sound(tiny)) == []


def test_a_way_of_naming_cities_that_nobody_has_judged_is_refused(tiny):
    tiny.put("pilots.csv", 3, "mapping_level", "rumour")
    assert tiny.faults() == [
        (
            "pilots.csv", "3", "mapping_level", "rumour",
            "is not known in designation_levels.csv, column level: add it there, with 1 under "
            "counts if it makes the city designated, else 0",
        )
    ]  # fmt: skip


def test_a_way_of_naming_cities_must_be_said(tiny):
    tiny.put("pilots.csv", 3, "mapping_level", "")
    assert ("pilots.csv", "3", "mapping_level", "", "must not be empty") in tiny.faults()
