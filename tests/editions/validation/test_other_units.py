"""A column in another unit is told by its figures: the factor, in how many cities, and the unit."""

import pandas as pd
import pytest

from analysis.editions.validation.other_units import (
    FEWEST,
    NEAR,
    NEARLY_ALL,
    Rescaled,
    rescaled,
    unit_printed,
    unit_rule,
)


def column(*figures: float) -> pd.Series:
    return pd.Series(figures, dtype=float)


BEFORE = column(*[200.0] * 20)


@pytest.mark.parametrize("power", [-8, -4, -2, -1, 1, 2, 3, 4, 8])
def test_the_power_of_ten_is_found(power):
    assert rescaled(BEFORE * 10.0**power, BEFORE) == Rescaled(power, 20, 20)


def test_figures_of_the_same_unit_are_let_be():
    assert rescaled(BEFORE * 3, BEFORE) is None
    assert rescaled(BEFORE, BEFORE) is None


@pytest.mark.parametrize(("others", "found"), [(2, True), (3, False)])
def test_nearly_all_cities_must_have_the_factor(others, found):
    assert NEARLY_ALL == 0.9  # 18 of 20
    now = BEFORE * 1000
    now.iloc[:others] = 200.0
    assert (rescaled(now, BEFORE) is not None) is found


@pytest.mark.parametrize(("times", "found"), [(NEAR, True), (1 / NEAR, True), (2.51, False)])
def test_each_figure_must_be_near_the_factor(times, found):
    assert (rescaled(BEFORE * 1000 * times, BEFORE) is not None) is found


@pytest.mark.parametrize(("cities", "found"), [(FEWEST, True), (FEWEST - 1, False)])
def test_among_few_cities_a_common_factor_says_nothing(cities, found):
    before = BEFORE.iloc[:cities]
    assert (rescaled(before * 100, before) is not None) is found


def test_gaps_and_nothing_do_not_count():
    now, before = BEFORE * 100, BEFORE.copy()
    now.iloc[0], now.iloc[1], before.iloc[2] = float("nan"), 0, 0
    assert rescaled(now, before) == Rescaled(2, 17, 17)


@pytest.mark.parametrize(
    ("unit", "power", "printed"),
    [
        ("100 million yuan", 4, "10,000 yuan"),
        ("100 million yuan", 8, "yuan"),
        ("10,000 copies", 4, "copies"),
        ("10,000 yuan", -4, "100 million yuan"),
        ("persons", -3, "1,000 persons"),
        ("percent", -2, "share of 1"),
        ("percent", 2, ""),
        ("persons", 1, ""),
        ("", 4, ""),
    ],
)
def test_the_unit_of_the_file_is_named_where_it_has_a_name(unit, power, printed):
    assert unit_printed(unit, power) == printed


def test_the_rule_says_both_units_and_what_to_write_where():
    assert unit_rule("100 million yuan", Rescaled(4, 295, 296), 5) == (
        "10,000 times the figures before in 295 of 296 cities: another unit? columns.csv, line 5, "
        "says 100 million yuan; if the file has 10,000 yuan, write that there under unit"
    )
    assert unit_rule("percent", Rescaled(-2, 9, 9), 7) == (
        "1/100 of the figures before in 9 of 9 cities: another unit? columns.csv, line 7, says "
        "percent; if the file has share of 1, write that there under unit"
    )
    assert unit_rule("beds", Rescaled(1, 9, 9), 7).endswith(
        "says beds; if so, write the unit that the file has there under unit"
    )
