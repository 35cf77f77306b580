"""The method of record as it stands in its table."""

import math

import numpy as np
import pandas as pd
import pytest

from analysis.index.robustness import uncertainty
from analysis.index.shape import kurtosis, passes, skewness
from analysis.ranking import indicators, method


def test_the_parameters_are_those_of_the_table(real):
    of_record = method.load(real)
    assert of_record.evidence == ["observed", "proxy"]
    assert of_record.number("coverage_all") == 0.65
    assert of_record.bootstrap == {"draws": 2000, "seed": 20201218}


def test_the_engine_is_told_to_leave_designations_untreated(real):
    measures = pd.DataFrame({"measure": ["a", "b"], "kind": ["size", "designation"]})
    engine = method.load(real).engine(measures)
    assert engine.untreated == ("b",)
    assert (engine.skewness_limit, engine.kurtosis_limit, engine.maximum_winsorised) == (2, 3.5, 5)
    assert (engine.normalisation, engine.aggregation) == ("min_max", "arithmetic")


def test_the_shape_of_the_method_is_a_limit_that_is_reached(real):
    limits = method.load(real).limits
    # One of four apart from the rest has the skewness 2 and the kurtosis 4 but for rounding.
    values = pd.Series([0.0, 0.0, 0.0, 1.0])
    shape = {"skewness": skewness(values), "kurtosis": kurtosis(values)}
    assert shape == pytest.approx({"skewness": limits["skewness_limit"], "kurtosis": 4})
    on = limits | {"skewness_limit": shape["skewness"]}
    beside = limits | {"skewness_limit": math.nextafter(shape["skewness"], 3)}
    assert not passes(values, **on)
    assert passes(values, **beside)
    assert not passes(values, **on | {"kurtosis_limit": shape["kurtosis"]})
    assert passes(values, **on | {"kurtosis_limit": math.nextafter(shape["kurtosis"], 5)})


@pytest.mark.parametrize(("present", "ranked"), [(13, True), (12, False)])
def test_thirteen_of_twenty_measures_are_enough_and_twelve_are_not(real, present, ranked):
    of_record = method.load(real)
    shares = pd.DataFrame(
        {"all": [present / 20], "economy": [1.0]}, index=pd.Index(["a"], name="adcode")
    )
    missing = indicators.shortfalls(
        shares, of_record.number("coverage_all"), of_record.number("coverage_domain")
    )
    assert missing.empty is ranked


@pytest.mark.parametrize(("present", "ranked"), [(3, True), (2, False)])
def test_half_of_the_measures_of_a_domain_are_enough(real, present, ranked):
    of_record = method.load(real)
    shares = pd.DataFrame(
        {"all": [1.0], "economy": [present / 6]}, index=pd.Index(["a"], name="adcode")
    )
    missing = indicators.shortfalls(
        shares, of_record.number("coverage_all"), of_record.number("coverage_domain")
    )
    assert missing.empty is ranked


@pytest.mark.parametrize(("draws", "apart"), [(95, True), (94, False)])
def test_ahead_in_ninety_five_draws_of_a_hundred_is_told_apart(real, draws, apart):
    level = method.load(real).number("told_apart_level")
    ranks = np.array([[1, 2]] * draws + [[2, 1]] * (100 - draws))
    units = pd.Index(["a", "b"])
    ahead = uncertainty.pairwise_ahead(ranks, units)
    found = uncertainty.told_apart(ahead, pd.Series([1, 2], units), level=level)
    assert (found["not_told_apart"] == 0).all() == apart


@pytest.mark.parametrize(("draws", "high"), [(95, 1), (94, 2)])
def test_the_interval_leaves_out_five_draws_of_a_hundred_at_each_end(real, draws, high):
    level = method.load(real).number("uncertainty_level")
    counts = np.array([[draws, 100 - draws], [100 - draws, draws]])
    bands = pd.DataFrame(columns=["tier", "first_place", "last_place"])
    record = pd.Series([1, 2], ["a", "b"])
    table = uncertainty.uncertainty_table(counts, record, bands, tops=[1], level=level)
    assert table["rank_high"].iloc[0] == high
