"""Units: how they are printed, and by what a figure is multiplied to be in another one."""

import numpy as np
import pandas as pd
import pytest
from conftest import read, write

from analysis.editions import units
from analysis.editions.incoming import described_columns
from analysis.ranking.readings import read_all

from .test_incoming import YEARBOOK


@pytest.fixture
def table(tiny):
    return tiny.edition.reference_table("units")


@pytest.mark.parametrize(
    ("unit", "other", "times"),
    [
        ("10,000 yuan", "100 million yuan", 1e-4),
        ("100 million yuan", "10,000 yuan", 1e4),
        ("share of 1", "percent", 100),
        ("copies", "10,000 copies", 1e-4),
        ("yuan", "yuan", 1),
        ("unheard of", "unheard of", 1),
        ("yuan", "percent", None),
        ("yuan", "unheard of", None),
    ],
)
def test_units_of_one_base_turn_into_each_other(table, unit, other, times):
    assert units.factor(unit, other, units.sizes(table)) == (
        times if times is None else pytest.approx(times)
    )


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("地区生产总值（亿元）", "100 million yuan"),
        ("经济 / GDP / （万元）", "10,000 yuan"),
        ("Retail (10 000 yuan)", "10,000 yuan"),
        ("公共汽（电）车（万人次）", "10,000 passengers"),
        ("比重 (%)", "percent"),
        ("（单位：亿元）", "100 million yuan"),
        ("执业(助理)医师数", None),
    ],
)
def test_the_unit_of_a_heading_stands_in_its_last_bracket_with_one(table, heading, unit):
    found = units.unit_in(heading, units.printed_units(table))
    assert (unit in found) if unit else found == frozenset()


def test_a_figure_in_another_unit_is_turned_into_that_of_its_variable(tiny):
    """Birch's GDP, line 3: 7400, printed as 74000000 in 10,000 yuan, and all others alike."""
    columns = tiny.path("columns.csv")
    lines = columns.read_text("utf8").replace(
        f"{YEARBOOK},gdp_100m,value,gdp_100m,,100 million yuan",
        f'{YEARBOOK},gdp_100m,value,gdp_100m,,"10,000 yuan"',
    )
    columns.write_text(lines, "utf8")
    table = read(tiny.path(YEARBOOK))
    printed = [f"{gdp}0000" if gdp else "" for gdp in table["gdp_100m"]]
    write(tiny.path(YEARBOOK), table.assign(gdp_100m=printed))
    # The correction of 2100 still meets its cell.
    assert tiny.faults() == []
    described = described_columns(tiny.edition, YEARBOOK).set_index("column")
    assert described.loc["gdp_100m", "factor"] == pytest.approx(1e-4)
    found = read_all(tiny.edition).query("adcode == '910200' and variable == 'gdp_100m'")
    row = found[found["file"].eq(YEARBOOK)].iloc[0]
    assert (row["printed"], row["value"], row["unit"]) == ("74000000", 7400.0, "100 million yuan")


def test_a_unit_that_cannot_be_turned_into_the_variables_own_is_refused(tiny):
    columns = tiny.path("columns.csv")
    text = columns.read_text("utf8")
    first = text.splitlines().index(
        next(line for line in text.splitlines() if line.startswith(f"{YEARBOOK},gdp_100m,value"))
    )
    tiny.put("columns.csv", first + 1, "unit", "percent")
    rule = "variables.csv has '100 million yuan': write a unit that units.csv can turn into it"
    assert (("columns.csv", str(first + 1), "unit", "percent", rule)) in tiny.faults()


@pytest.mark.parametrize(("factor", "value"), [(0.1, 0.7), (1.0, 7.0), (10.0, 70.0)])
def test_figures_in_the_usual_unit_stay_round(factor, value):
    assert units.in_usual_unit(pd.Series([7.0]), factor).tolist() == [value]
    assert units.in_usual_unit(pd.Series([7.0, 7.0]), np.array([factor, 1])).tolist() == [value, 7]
