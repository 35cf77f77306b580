"""Figures behind claims about places, worked by hand."""

import numpy as np
import pandas as pd
import pytest

from analysis.chapters import claim_places as places

CITIES = pd.DataFrame(
    [
        ("a", "Coast", "East"),
        ("b", "Coast", "East"),
        ("c", "Plain", "Central"),
        ("d", "Hills", "West"),
    ],
    columns=["adcode", "province_en", "region"],
)
# Residents: 1 and 3, 2, and 1 million.
SIZE = pd.DataFrame(
    {"gdp": [1000.0, 600, 600, 500], "gdp_per_head": [100_000.0, 20_000, 30_000, 50_000]},
    index=[*"abcd"],
)


def test_residents_are_gdp_over_gdp_per_head():
    assert places.people(SIZE).tolist() == pytest.approx([1e6, 3e6, 2e6, 1e6])


@pytest.mark.parametrize(
    ("regions", "expected"),
    [(["East", "Central"], ["Coast"]), (["East", "West"], ["Coast", "Hills"]), (["Central"], [])],
)
def test_the_base_of_a_province_is_that_of_its_cities_together(regions, expected):
    # Coast: 1,600 over 4 million people, 40,000 each, the middle of 30,000, 40,000 and 50,000.
    assert places.provinces_with_base(CITIES, SIZE, regions) == expected


def test_a_province_without_figures_has_no_base():
    known = SIZE.assign(gdp_per_head=[np.nan, np.nan, 30_000, 50_000])
    # Of Plain and Hills alone the upper half is Hills.
    assert places.provinces_with_base(CITIES, known, ["East", "Central", "West"]) == ["Hills"]


def test_smaller_cities_lie_below_the_median_by_residents_and_by_gdp():
    smaller = places.smaller_halves(SIZE, pd.Index([*"bcd", "x"]))
    # Residents 3, 2, 1 million, median 2; GDP 600, 600, 500, median 600.
    assert smaller.index.tolist() == [*"bcd"]
    assert smaller["resident_population"].tolist() == [False, False, True]
    assert smaller["gdp"].tolist() == [False, False, True]


def test_gains_are_mean_moves_of_smaller_less_those_of_larger_cities():
    smaller = np.array([[True, False], [True, True], [False, True], [False, True]])
    moves = np.array([[4, 2, 0, -2], [0, 0, 0, 8]])
    # First draw: (4 + 2) / 2 - (0 - 2) / 2 = 4, and (2 + 0 - 2) / 3 - 4 = -4.
    expected = np.array([[4, -4], [-4, 8 / 3]])
    assert places.gains(moves, smaller) == pytest.approx(expected)
    assert places.gains(moves[0], smaller) == pytest.approx(expected[0])


def test_medians_of_stages_pass_over_gaps():
    stages = pd.Series(["low", "high", "low", "low"])
    values = np.array([[1, 9, 3, np.nan], [1, 7, 2, 3]])
    found = places.stage_medians(values, stages, ["low", "high"])
    assert found.tolist() == [[2, 9], [2, 7]]
