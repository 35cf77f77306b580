"""Alpha without size: worked by hand on a design whose correlations are exact."""

import numpy as np
import pandas as pd
import pytest

from analysis.index.audit.reliability import cronbach_alpha
from analysis.index.audit.size_free import alpha_table, residuals
from index.audit.cases import COMMON, A, B, C

SIZE = pd.DataFrame({"size": COMMON})
GROUPS = {"x": ["a", "b", "c"]}
# Size and one thing of its own each: correlated by 1/2, and by size alone.
BY_SIZE = pd.DataFrame({"a": COMMON + A, "b": COMMON + B, "c": COMMON + C})


def row(values: pd.DataFrame, drivers: pd.DataFrame = SIZE, names: str = "abc") -> pd.Series:
    return alpha_table(values, {"x": list(names)}, drivers).iloc[0]


def test_items_that_share_nothing_but_size_have_no_alpha_left():
    # As they are 3/2 (1 - 6/12) = 3/4. What is left is uncorrelated: 3/2 (1 - 3/3) = 0.
    found = row(BY_SIZE)
    assert (found["items"], found["n"]) == (3, 8)
    assert found["alpha"] == pytest.approx(0.75)
    assert found["alpha_rest"] == pytest.approx(0, abs=1e-12)


def test_what_items_share_beside_size_is_left():
    # A driver that no item moves with changes nothing.
    found = row(BY_SIZE, pd.DataFrame({"other": A * B}))
    assert found["alpha_rest"] == pytest.approx(0.75)


def test_of_two_drivers_both_are_taken_out():
    # a and b share A and size: variances 2 each after size, which A then takes as well.
    values = pd.DataFrame({"a": COMMON + A + B, "b": COMMON + A + C})
    one, both = (
        row(values, pd.DataFrame(drivers), "ab")
        for drivers in ({"size": COMMON}, {"size": COMMON, "level": 3 * A + 7})
    )
    # Without size: variances 2 and 2, covariance 1: 2 (1 - 4/6) = 2/3.
    assert one["alpha_rest"] == pytest.approx(2 / 3)
    assert both["alpha_rest"] == pytest.approx(0, abs=1e-12)


def test_residuals_are_uncorrelated_with_the_drivers_and_have_the_mean_zero():
    generator = np.random.default_rng(5)
    items = pd.DataFrame(generator.normal(size=(9, 2)), columns=["a", "b"])
    drivers = pd.DataFrame(generator.normal(size=(9, 2)), columns=["x", "y"])
    left = residuals(items, drivers)
    assert left.mean().abs().max() < 1e-12
    assert np.abs(drivers.to_numpy().T @ left.to_numpy()).max() < 1e-12
    for name in items:
        slopes, *_ = np.linalg.lstsq(
            (drivers - drivers.mean()).to_numpy(), (items[name] - items[name].mean()), rcond=None
        )
        again = items[name] - items[name].mean() - (drivers - drivers.mean()).to_numpy() @ slopes
        assert left[name].to_numpy() == pytest.approx(again.to_numpy())


def test_both_alphas_are_over_the_units_that_have_every_item_and_driver():
    gaps = BY_SIZE.copy()
    gaps.loc[0, "a"] = np.nan
    drivers = SIZE.copy()
    drivers.loc[1, "size"] = np.nan
    found = row(gaps, drivers)
    assert found["n"] == 6
    assert found["alpha"] == pytest.approx(cronbach_alpha(BY_SIZE.iloc[2:]))


def test_a_single_item_or_one_that_does_not_vary_has_no_alpha():
    for found in (row(BY_SIZE, names="a"), row(BY_SIZE.assign(a=0.1))):
        assert np.isnan(found["alpha"])
        assert np.isnan(found["alpha_rest"])


def test_an_item_that_follows_from_size_leaves_nothing_to_compare():
    found = row(BY_SIZE.assign(a=3 * COMMON + 2))
    assert found["alpha"] > 0
    assert np.isnan(found["alpha_rest"])


@pytest.mark.parametrize(("units", "there"), [(2, False), (3, True)])
def test_a_fit_needs_more_units_than_it_has_numbers_to_find(units, there):
    values = pd.DataFrame({"a": [1.0, 4, 2], "b": [2.0, 3, 9]}).head(units)
    found = row(values, pd.DataFrame({"size": [1.0, 2, 4]}).head(units), "ab")
    assert pd.notna(found["alpha"]) == pd.notna(found["alpha_rest"]) == there


def test_without_any_figures_of_size_nothing_is_said():
    found = row(BY_SIZE, pd.DataFrame({"size": [np.nan] * 8}))
    assert found["n"] == 0
    assert np.isnan(found["alpha_rest"])


@pytest.mark.parametrize("unit", [1e-9, 1e9])
def test_the_unit_of_the_items_changes_no_alpha(unit):
    found = row(unit * BY_SIZE)
    assert found["alpha"] == pytest.approx(0.75)
    assert found["alpha_rest"] == pytest.approx(0, abs=1e-12)
