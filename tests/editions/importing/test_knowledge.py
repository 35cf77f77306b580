"""What is known before a file is seen: names, headings, last year's figures."""

import pytest
from conftest import read, write

from analysis.editions.importing.knowledge import knowledge, last_figures


def test_last_years_figures_are_those_of_the_edition_before(waiting):
    figures = last_figures(waiting)
    assert figures.loc["910200", "gdp_100m"] == 7400
    assert "resident_population" not in figures  # of 2020, after its data year


def test_figures_in_another_unit_are_turned_into_the_variables_own(tiny, waiting):
    columns = read(tiny.path("columns.csv"))
    own = columns["file"].eq("yearbook_2019.csv") & columns["column"].eq("gdp_100m")
    columns.loc[own, "unit"] = "10,000 yuan"
    write(tiny.path("columns.csv"), columns)
    assert last_figures(waiting).loc["910200", "gdp_100m"] == pytest.approx(0.74)


def test_an_edition_without_one_before_it_knows_headings_alone(tiny):
    known = knowledge(tiny.edition)
    assert known.variables.figures.empty
    assert known.variables.headings["gdp_100m"] == ("gdp_100m",)


def test_former_names_and_other_places_are_known(waiting):
    known = knowledge(waiting)
    assert known.places.cities["昔市"] == {"910200"}  # a name of two signs keeps its 市
    assert known.outside["并市"].startswith("并市 was merged into 甲市 in 2011")
    assert known.outside["县市"] == "县市 is a city of county level in 甲市"
