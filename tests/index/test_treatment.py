import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis.index import treatment

TEN = list(range(10)) * 3  # 0 … 9 three times: no skewness, light tails


def series(values):
    return pd.Series([float(value) for value in values], name="x")


def powers(count):
    return series(2.0**k for k in range(count))


def test_skewness_and_kurtosis_worked_by_hand():
    # 1, 2, 3, 10: mean 4, deviations -3, -2, -1, 6, sums of powers 50, 180 and 1394.
    values = series([1, 2, 3, 10])
    # G1 = n / ((n-1)(n-2)) * sum d³ / s³, s² = 50/3.
    assert treatment.skewness(values) == pytest.approx(4 / 6 * 180 / (50 / 3) ** 1.5)
    # G2 = n(n+1) / ((n-1)(n-2)(n-3)) * sum d⁴ / s⁴ - 3(n-1)² / ((n-2)(n-3))
    #    = 20/6 * 1394/(2500/9) - 27/2 = 16.728 - 13.5
    assert treatment.kurtosis(values) == pytest.approx(3.228)


def test_skewness_and_kurtosis_are_those_of_scipy_without_bias():
    values = pd.Series(np.random.default_rng(20201205).lognormal(size=297))
    assert treatment.skewness(values) == pytest.approx(stats.skew(values, bias=False), rel=1e-12)
    expected = stats.kurtosis(values, bias=False)
    assert treatment.kurtosis(values) == pytest.approx(expected, rel=1e-12)


def test_gaps_do_not_take_part_in_the_shape():
    assert treatment.skewness(series([1, 2, math.nan, 3, 10])) == treatment.skewness(
        series([1, 2, 3, 10])
    )


@pytest.mark.parametrize("values", [[5, 5, 5, 5, 5], [1, 2], [math.nan, math.nan, 1]])
def test_the_shape_of_a_constant_or_tiny_column_is_undefined_and_passes(values):
    assert math.isnan(treatment.skewness(series(values)))
    assert math.isnan(treatment.kurtosis(series(values)))
    assert treatment.passes(series(values))


def test_three_values_have_a_skewness_but_no_kurtosis_and_pass():
    values = series([0, 0.01, 100])
    # Deviations about -33.3, -33.3 and 66.7: nearly the largest skewness of three values, √3.
    assert treatment.skewness(values) == pytest.approx(math.sqrt(3), rel=1e-3)
    assert math.isnan(treatment.kurtosis(values))
    assert treatment.passes(values, skewness_limit=1.0)


def test_a_column_fails_only_with_both_limits_reached():
    values = series([1, 2, 3, 10])  # skewness 1.76, kurtosis 3.228
    assert not treatment.passes(values, skewness_limit=1.7, kurtosis_limit=3.2)
    assert treatment.passes(values, skewness_limit=1.8, kurtosis_limit=3.2)
    assert treatment.passes(values, skewness_limit=1.7, kurtosis_limit=3.3)


def test_a_value_exactly_at_both_limits_fails():
    values = series([1, 2, 3, 10])
    assert not treatment.passes(
        values,
        skewness_limit=treatment.skewness(values),
        kurtosis_limit=treatment.kurtosis(values),
    )


def test_winsorising_replaces_the_extreme_by_the_next_value():
    winsorised = treatment.winsorise(series([*TEN, 100]))
    assert winsorised.tolist() == [*TEN, 9]


def test_winsorising_takes_the_low_end_when_the_skewness_is_negative():
    winsorised = treatment.winsorise(series([*TEN, -91]))
    assert winsorised.tolist() == [*TEN, 0]


def test_winsorising_replaces_ties_together_even_past_the_maximum():
    values = series([*TEN, 100, 100])
    winsorised = treatment.winsorise(values, maximum_winsorised=1)
    assert winsorised.tolist() == [*TEN, 9, 9]
    assert treatment.count_changed(values, winsorised) == 2


def test_winsorising_ends_at_the_maximum():
    # Each step pulls the top points down to the next power of two; three steps do not do.
    winsorised = treatment.winsorise(powers(40), maximum_winsorised=3)
    assert winsorised.tolist() == [2.0**k for k in range(37)] + [2.0**36] * 3
    assert not treatment.passes(winsorised)


def test_winsorising_does_nothing_to_a_column_that_passes():
    assert treatment.winsorise(series(TEN)).tolist() == TEN


def test_winsorising_never_makes_a_column_constant():
    values = series([0] * 60 + [1, 50])
    winsorised = treatment.winsorise(values, maximum_winsorised=10)
    # 50 becomes 1; the two ones are the last different value and stay.
    assert winsorised.tolist() == [0] * 60 + [1, 1]


def test_the_log_transformation_shifts_by_a_hundredth_of_the_range():
    # Minimum 10, range 100: ln(0 + 1), ln(50 + 1), ln(100 + 1); a gap stays a gap.
    transformed = treatment.log_transform(series([10, 60, 110, math.nan]))
    expected = [0, math.log(51), math.log(101), math.nan]
    assert transformed.tolist() == pytest.approx(expected, nan_ok=True)


def test_a_constant_column_has_no_log_transformation():
    with pytest.raises(ValueError, match="column 'x' is constant"):
        treatment.log_transform(series([4, 4, 4]))


def treat(data, **options):
    """With at most two points, which is too few for the powers of two."""
    return treatment.treat(data, **{"maximum_winsorised": 2, **options})


def frame():
    long_tail = powers(31).tolist()
    return pd.DataFrame(
        {
            "calm": [*TEN, 5.0],
            "peak": [*TEN, 100.0],
            "tail": long_tail,
            "flag": [0.0] * 30 + [1.0],
            "flat": [7.0] * 31,
        },
        index=[f"u{number}" for number in range(31)],
    )


def test_treatment_winsorises_else_takes_the_logarithm_of_the_original():
    treated, details = treat(frame())
    details = details.set_index("column")
    assert details["method"].to_dict() == {
        "calm": "none",
        "peak": "winsorised",
        "tail": "log",
        "flag": "none",
        "flat": "none",
    }
    assert details["points_treated"].tolist() == [0, 1, 31, 0, 0]
    assert treated["peak"].tolist() == [*TEN, 9]
    # The range is 2³⁰ - 1, so the smallest value becomes ln(0.01 (2³⁰ - 1)).
    assert treated["tail"].iloc[0] == pytest.approx(math.log(0.01 * (2**30 - 1)))
    assert treated[["calm", "flag", "flat"]].equals(frame()[["calm", "flag", "flat"]])


def test_a_column_of_two_values_is_left_alone_but_does_not_pass():
    details = treat(frame())[1].set_index("column")
    # 30 zeros and a one: no transformation that keeps the order could change this shape.
    assert not details.loc["flag", "passes"]
    assert details["passes"].drop("flag").all()


def test_the_details_describe_the_shape_before_and_after():
    data = frame()
    treated, details = treat(data)
    peak = details.set_index("column").loc["peak"]
    assert peak["skewness_before"] == pytest.approx(stats.skew(data["peak"], bias=False))
    assert peak["kurtosis_before"] == pytest.approx(stats.kurtosis(data["peak"], bias=False))
    assert peak["skewness_after"] == pytest.approx(stats.skew(treated["peak"], bias=False))
    assert peak["kurtosis_after"] == pytest.approx(stats.kurtosis(treated["peak"], bias=False))
    assert math.isnan(details.set_index("column").loc["flat", "skewness_after"])


def test_only_the_named_columns_are_treated_and_the_others_are_described():
    treated, details = treat(frame(), columns=["tail"])
    assert treated["peak"].equals(frame()["peak"])
    peak = details.set_index("column").loc["peak"]
    assert (peak["method"], peak["passes"]) == ("none", False)


def test_without_winsorised_points_a_failing_column_goes_to_the_logarithm():
    details = treat(frame(), maximum_winsorised=0)[1].set_index("column")
    assert details.loc[["peak", "tail"], "method"].tolist() == ["log", "log"]


def test_treatment_refuses_unknown_columns_and_negative_limits():
    with pytest.raises(ValueError, match=r"no columns \['y'\]"):
        treat(frame(), columns=["tail", "y"])
    with pytest.raises(ValueError, match="must not be negative"):
        treat(frame(), maximum_winsorised=-1)


def test_every_changed_cell_is_listed_with_its_method():
    data = frame()
    treated, details = treat(data)
    points = treatment.treated_points(data, treated, details)
    assert points.iloc[0].tolist() == ["u30", "peak", 100.0, 9.0, "winsorised"]
    assert points["column"].tolist() == ["peak"] + ["tail"] * 31
    assert points.index.tolist() == list(range(32))
    assert len(points) == details["points_treated"].sum()


def test_a_gap_is_neither_treated_nor_listed():
    data = frame()
    data.loc["u3", "tail"] = math.nan
    treated, details = treat(data)
    points = treatment.treated_points(data, treated, details)
    assert math.isnan(treated.loc["u3", "tail"])
    assert "u3" not in points["unit"].tolist()
    assert details.set_index("column").loc["tail", "points_treated"] == 30


def test_just_above_either_limit_of_its_own_shape_a_column_passes():
    values = series([1, 2, 3, 10])
    shape = treatment.skewness(values), treatment.kurtosis(values)
    beyond = [math.nextafter(limit, math.inf) for limit in shape]
    assert treatment.passes(values, skewness_limit=beyond[0], kurtosis_limit=shape[1])
    assert treatment.passes(values, skewness_limit=shape[0], kurtosis_limit=beyond[1])


def test_a_tail_to_the_left_fails_at_the_same_limit_as_one_to_the_right():
    limit = treatment.skewness(series([1, 2, 3, 10]))
    mirrored = series([-1, -2, -3, -10])
    assert treatment.skewness(mirrored) == -limit
    assert not treatment.passes(mirrored, skewness_limit=limit, kurtosis_limit=3)


def test_the_limits_are_those_of_the_joint_research_centre():
    # COINr's `Treat` by default: skewness 2, kurtosis 3.5, and at most five points.
    limits = treatment.SKEWNESS_LIMIT, treatment.KURTOSIS_LIMIT, treatment.MAXIMUM_WINSORISED
    assert limits == (2, 3.5, 5)


@pytest.mark.parametrize(("outliers", "method"), [(5, "winsorised"), (6, "log")])
def test_five_points_are_pulled_in_and_a_sixth_is_too_many(outliers, method):
    # The outliers lie ever farther out, so that each has to be pulled in until the last is.
    far = [100.0 * 4**k for k in range(outliers)]
    data = pd.DataFrame({"x": TEN * 40 + far})
    details = treatment.treat(data)[1]
    assert details.loc[0, "method"] == method


@pytest.mark.parametrize(("values", "method"), [([0, 1, 50], "log"), ([0, 0, 50], "none")])
def test_a_column_of_exactly_three_different_values_is_treated_and_one_of_two_is_not(
    values, method
):
    data = pd.DataFrame({"x": [0.0] * 60 + values})
    assert treatment.treat(data, maximum_winsorised=0)[1].loc[0, "method"] == method


def test_of_three_different_values_the_largest_is_pulled_in_and_then_it_ends():
    winsorised = treatment.winsorise(series([0] * 60 + [1, 50]), maximum_winsorised=1)
    assert winsorised.tolist() == [0] * 60 + [1, 1]


@pytest.mark.parametrize("name", ["skewness_limit", "maximum_winsorised"])
def test_a_limit_of_zero_is_taken_and_one_below_is_refused(name):
    treatment.treat(frame(), **{name: 0})
    with pytest.raises(ValueError, match="must not be negative"):
        treatment.treat(frame(), **{name: -1})


def test_a_symmetric_column_is_pulled_in_at_the_top():
    winsorised = treatment.winsorise(
        series([-10, -1, 1, 10]), skewness_limit=0, kurtosis_limit=-9, maximum_winsorised=1
    )
    assert winsorised.tolist() == [-10, -1, 1, 1]
