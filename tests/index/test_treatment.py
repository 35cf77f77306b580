import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis.index import shape, treatment

TEN = list(range(10)) * 3  # 0 … 9 three times: no skewness, light tails


def series(values):
    return pd.Series([float(value) for value in values], name="x")


def powers(count):
    return series(2.0**k for k in range(count))


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
    assert not shape.passes(winsorised)


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


def test_a_tail_of_low_values_is_drawn_in_by_the_mirrored_logarithm():
    # Highest 110, range 100: -ln(110 - x + 1) of 10, 90, 100, 110 is -ln 101, -ln 21, -ln 11, 0.
    values = series([10, 90, 100, 110, math.nan])
    assert shape.skewness(values) < 0
    expected = [-math.log(101), -math.log(21), -math.log(11), 0, math.nan]
    assert treatment.log_transform(values).tolist() == pytest.approx(expected, nan_ok=True)


def test_the_mirrored_logarithm_is_the_plain_one_of_the_mirrored_column():
    values = powers(31)
    assert (treatment.log_transform(-values) == -treatment.log_transform(values)).all()


def test_the_mirrored_logarithm_lessens_a_skew_that_the_plain_one_makes_worse():
    values = -powers(12)
    plain = np.log(values - values.min() + 0.01 * (values.max() - values.min()))
    skews = [abs(shape.skewness(x)) for x in (values, plain, treatment.log_transform(values))]
    assert skews[2] < skews[0] < skews[1]


@pytest.mark.parametrize(
    ("values", "method"),
    # The last two have a skewness of 0.75 to either side: deviations of 2.25, 0.25, 0.75, 1.75.
    [([0, 0, 7], "log"), ([0, 7, 7], "log_mirrored"), ([0, 1, 2, 4], "log"),
     ([0, 2, 3, 4], "log_mirrored")],
)  # fmt: skip
def test_the_side_of_the_long_tail_chooses_the_logarithm(values, method):
    assert treatment.log_method(series(values)) == method


def test_a_column_without_skew_takes_the_plain_logarithm():
    assert treatment.log_method(series([0, 1, 2])) == "log"


def transformation(method, **bounds):
    """Of a column whose figures ran from 0 to 100 where it was fitted."""
    row = {"column": "x", "method": method, "lowest": 0.0, "highest": 100.0}
    return pd.DataFrame([row | {"lower_bound": math.nan, "upper_bound": math.nan} | bounds])


def applied(values, found):
    return treatment.apply(series(values).to_frame(), found)["x"].tolist()


def test_figures_of_others_are_pulled_to_a_bound_and_left_alone_at_an_end_without_one():
    values = [-5, 0, 60, 61, math.nan, 500]
    at_top = applied(values, transformation("winsorised", upper_bound=60.0))
    assert at_top == pytest.approx([-5, 0, 60, 60, math.nan, 60], nan_ok=True)
    at_foot = applied(values, transformation("winsorised", lower_bound=1.0))
    assert at_foot == pytest.approx([1, 1, 60, 61, math.nan, 500], nan_ok=True)


def test_an_untreated_column_of_others_is_never_cut_off():
    assert applied([-5, 0, 500], transformation("none")) == [-5, 0, 500]


def test_beyond_its_end_a_logarithm_goes_on_along_its_tangent():
    # The shift is 1: ln 1 = 0 at the lowest figure, where the slope is 1; above all is ln(x + 1).
    found = applied([-3, -1, 0, 99, 200], transformation("log"))
    assert found == pytest.approx([-3, -1, 0, math.log(100), math.log(201)])
    # Mirrored, the end is the highest figure.
    found = applied([103, 101, 100, 1, -100], transformation("log_mirrored"))
    assert found == pytest.approx([3, 1, 0, -math.log(100), -math.log(201)])


def test_what_is_fitted_and_applied_to_the_same_figures_is_what_treat_gives():
    data = frame().drop(columns="flat").assign(low=-powers(31).to_numpy())
    found = treatment.fit(data, maximum_winsorised=2)
    treated, _ = treat(data)
    pd.testing.assert_frame_equal(treatment.apply(data, found), treated)
    rows = found.set_index("column")
    assert rows["method"].tolist() == ["none", "winsorised", "log", "none", "log_mirrored"]
    assert rows.loc["peak", ["lowest", "highest", "upper_bound"]].tolist() == [0, 100, 9]
    assert math.isnan(rows.loc["peak", "lower_bound"])


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
    limits = shape.skewness(values), shape.kurtosis(values)
    beyond = [math.nextafter(limit, math.inf) for limit in limits]
    assert shape.passes(values, skewness_limit=beyond[0], kurtosis_limit=limits[1])
    assert shape.passes(values, skewness_limit=limits[0], kurtosis_limit=beyond[1])


def test_a_tail_to_the_left_fails_at_the_same_limit_as_one_to_the_right():
    limit = shape.skewness(series([1, 2, 3, 10]))
    mirrored = series([-1, -2, -3, -10])
    assert shape.skewness(mirrored) == -limit
    assert not shape.passes(mirrored, skewness_limit=limit, kurtosis_limit=3)


def test_the_limits_are_those_of_the_joint_research_centre():
    # COINr's `Treat` by default: skewness 2, kurtosis 3.5, and at most five points.
    limits = shape.SKEWNESS_LIMIT, shape.KURTOSIS_LIMIT, treatment.MAXIMUM_WINSORISED
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


def test_the_slope_of_the_tangent_is_one_by_the_shift():
    # From 0 to 200 the shift is 2: ln 2 at the lowest figure, and 4 below it 4 / 2 less.
    ruler = treatment.fit(series([0, 200]).to_frame()).assign(method="log")
    found = treatment.apply(series([0, -4, 204]).to_frame(), ruler)["x"]
    assert found.tolist() == pytest.approx([math.log(2), math.log(2) - 2, math.log(206)])


@pytest.mark.parametrize(("sign", "method"), [(1, "log"), (-1, "log_mirrored")])
def test_a_slight_skewness_decides_the_logarithm_by_its_sign(sign, method):
    # Deviations -2.2, -1.2, -0.2, 0.8, 2.8 from 3.2: G1 = 0.59.
    values = sign * series([1, 2, 3, 4, 6])
    limits = {"skewness_limit": 0.5, "kurtosis_limit": -10.0}
    found = treatment.fit(values.to_frame(), maximum_winsorised=0, **limits)
    assert found["method"].tolist() == [method]


def test_a_column_without_skewness_is_pulled_in_above_first():
    values = series([-9, -1, 0, 1, 9])
    limits = {"skewness_limit": 0.0, "kurtosis_limit": -10.0}
    found = treatment.winsorise(values, maximum_winsorised=1, **limits)
    assert found.tolist() == [-9, -1, 0, 1, 1]


@pytest.mark.parametrize(("sign", "pulled"), [(1, [1, 2, 3, 4, 4]), (-1, [-1, -2, -3, -4, -4])])
def test_a_slight_skewness_decides_the_end_by_its_sign(sign, pulled):
    limits = {"skewness_limit": 0.5, "kurtosis_limit": -10.0}
    found = treatment.winsorise(sign * series([1, 2, 3, 4, 6]), maximum_winsorised=1, **limits)
    assert found.tolist() == pulled


def test_the_logarithm_of_a_column_without_skewness_is_not_mirrored():
    limits = {"skewness_limit": 0.0, "kurtosis_limit": -10.0}
    column = series([-9, -1, 0, 1, 9]).to_frame()
    assert treatment.fit(column, maximum_winsorised=0, **limits)["method"].tolist() == ["log"]
