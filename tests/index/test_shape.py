"""Skewness and kurtosis of a column, and the limits at which it fails."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis.index import shape


def series(values):
    return pd.Series([float(value) for value in values], name="x")


def test_skewness_and_kurtosis_worked_by_hand():
    # 1, 2, 3, 10: mean 4, deviations -3, -2, -1, 6, sums of powers 50, 180 and 1394.
    values = series([1, 2, 3, 10])
    # G1 = n / ((n-1)(n-2)) * sum d³ / s³, s² = 50/3.
    assert shape.skewness(values) == pytest.approx(4 / 6 * 180 / (50 / 3) ** 1.5)
    # G2 = n(n+1) / ((n-1)(n-2)(n-3)) * sum d⁴ / s⁴ - 3(n-1)² / ((n-2)(n-3))
    #    = 20/6 * 1394/(2500/9) - 27/2 = 16.728 - 13.5
    assert shape.kurtosis(values) == pytest.approx(3.228)


def test_skewness_and_kurtosis_are_those_of_scipy_without_bias():
    values = pd.Series(np.random.default_rng(20201205).lognormal(size=297))
    assert shape.skewness(values) == pytest.approx(stats.skew(values, bias=False), rel=1e-12)
    expected = stats.kurtosis(values, bias=False)
    assert shape.kurtosis(values) == pytest.approx(expected, rel=1e-12)


def test_gaps_do_not_take_part_in_the_shape():
    assert shape.skewness(series([1, 2, math.nan, 3, 10])) == shape.skewness(series([1, 2, 3, 10]))


@pytest.mark.parametrize("values", [[5, 5, 5, 5, 5], [1, 2], [math.nan, math.nan, 1]])
def test_the_shape_of_a_constant_or_tiny_column_is_undefined_and_passes(values):
    assert math.isnan(shape.skewness(series(values)))
    assert math.isnan(shape.kurtosis(series(values)))
    assert shape.passes(series(values))


def test_three_values_have_a_skewness_but_no_kurtosis_and_pass():
    values = series([0, 0.01, 100])
    # Deviations about -33.3, -33.3 and 66.7: nearly the largest skewness of three values, √3.
    assert shape.skewness(values) == pytest.approx(math.sqrt(3), rel=1e-3)
    assert math.isnan(shape.kurtosis(values))
    assert shape.passes(values, skewness_limit=1.0)


def test_a_column_fails_only_with_both_limits_reached():
    values = series([1, 2, 3, 10])  # skewness 1.76, kurtosis 3.228
    assert not shape.passes(values, skewness_limit=1.7, kurtosis_limit=3.2)
    assert shape.passes(values, skewness_limit=1.8, kurtosis_limit=3.2)
    assert shape.passes(values, skewness_limit=1.7, kurtosis_limit=3.3)


def test_a_value_exactly_at_both_limits_fails():
    values = series([1, 2, 3, 10])
    assert not shape.passes(
        values,
        skewness_limit=shape.skewness(values),
        kurtosis_limit=shape.kurtosis(values),
    )


def test_of_a_frame_the_columns_fail_that_fail_alone():
    data = pd.DataFrame({"a": [0.0, 0, 0, 7], "b": [1.0, 2, 3, 4], "c": [5.0] * 4})
    data["gaps"] = [math.nan, 1, 2, 9]
    # Of one value apart from three equal ones the skewness is 2 and the kurtosis 4.
    skewness, kurtosis = shape.skewness(data["a"]), shape.kurtosis(data["a"])
    assert (skewness, kurtosis) == (pytest.approx(2), pytest.approx(4))
    on_limits = shape.failing(data, skewness_limit=skewness, kurtosis_limit=kurtosis)
    assert on_limits.tolist() == [True, False, False, False]
    above = math.nextafter(skewness, 3), math.nextafter(kurtosis, 5)
    assert not shape.failing(data, skewness_limit=above[0], kurtosis_limit=kurtosis).any()
    assert not shape.failing(data, skewness_limit=skewness, kurtosis_limit=above[1]).any()


def test_the_limits_of_a_shape_are_two_and_three_and_a_half():
    # Three of twenty apart: the share 0.15 gives G1 = 2.12 and G2 = 2.78, one below its limit. One
    # of four apart: G1 = 2 and G2 = 4.
    assert shape.passes(series([0] * 17 + [1] * 3))
    assert not shape.passes(series([0] * 9 + [1]))
    assert (shape.SKEWNESS_LIMIT, shape.KURTOSIS_LIMIT) == (2, 3.5)
