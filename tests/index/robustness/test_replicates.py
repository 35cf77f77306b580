"""Copies of the data with errors drawn: their size, their scale and their bounds."""

import numpy as np
import pandas as pd
import pytest

from analysis.index.robustness.replicates import replicated

UNITS = 4000
DATA = pd.DataFrame({"size": 10.0, "rate": 50.0, "sure": 3.0}, index=range(UNITS))
ERRORS = pd.DataFrame(
    {"scale": ["log", "points"], "error": [0.3, 8.0], "lowest": [np.nan, 0.0],
     "highest": [np.nan, 100.0]},
    index=["size", "rate"],
)  # fmt: skip


@pytest.fixture(scope="module")
def drawn():
    return replicated(DATA, ERRORS, 3, 7)[0]


def test_sizes_are_off_by_a_share_and_others_by_points(drawn):
    off = pd.DataFrame({"size": np.log(drawn["size"] / 10), "rate": drawn["rate"] - 50})
    # The mean of 4,000 normal errors is within four of its own errors of zero, and so on.
    for column, error in ERRORS["error"].items():
        assert abs(off[column].mean()) < 4 * error / np.sqrt(UNITS)
        assert off[column].std() == pytest.approx(error, rel=4 / np.sqrt(2 * UNITS))
    assert abs(off.corr().iloc[0, 1]) < 4 / np.sqrt(UNITS)


def test_a_column_without_an_error_stays_as_it_is(drawn):
    assert drawn["sure"].eq(3).all()
    unknown = ERRORS.assign(error=[np.nan, 0.0])
    assert replicated(DATA, unknown, 1, 7)[0].equals(DATA)
    # Nor is it cut off: that is for what an error may bring about.
    beyond = DATA.head(2).assign(rate=120.0)
    assert replicated(beyond, unknown, 1, 7)[0].equals(beyond)


def test_an_error_of_a_column_that_is_not_there_is_not_drawn():
    assert list(replicated(DATA[["rate"]], ERRORS, 1, 7)[0]) == ["rate"]


def test_gaps_stay_gaps_and_a_size_of_zero_stays_zero():
    data = pd.DataFrame({"size": [0.0, np.nan, 1.0], "rate": [np.nan, 0.0, 1.0], "sure": 1.0})
    copy = replicated(data, ERRORS, 1, 7)[0]
    assert copy.isna().equals(data.isna())
    assert copy.loc[0, "size"] == 0


def test_nothing_goes_beyond_its_bounds():
    wide = ERRORS.assign(error=[0.3, 500.0])
    rate = replicated(DATA, wide, 1, 7)[0]["rate"]
    assert (rate.min(), rate.max()) == (0, 100)


def test_a_copy_is_the_same_however_many_are_made():
    few, many = replicated(DATA, ERRORS, 2, 7), replicated(DATA, ERRORS, 5, 7)
    assert few[1].equals(many[1])
    assert not few[0].equals(few[1])
    assert not replicated(DATA, ERRORS, 1, 8)[0].equals(few[0])


def test_an_error_is_added_to_points_and_multiplies_sizes(monkeypatch):
    class Generator:
        def standard_normal(self, shape):
            return np.ones(shape)

    monkeypatch.setattr(np.random, "default_rng", lambda _: Generator())
    copy = replicated(DATA.head(1), ERRORS, 1, 7)[0].iloc[0]
    # One deviation up: 50 + 8, and 10 times e to the power of 0.3.
    assert copy.to_dict() == pytest.approx({"size": 10 * np.exp(0.3), "rate": 58, "sure": 3})
