import math

import pandas as pd
import pytest
from hypothesis import given

from analysis.index import normalisation
from analysis.index.refusal import RefusedValueError

from .cases import LEAVES, tables

GAP = math.nan
TABLE = pd.DataFrame({"more": [10.0, 20.0, 40.0, GAP], "less": [4.0, 2.0, 1.0, 3.0]})
DIRECTIONS = pd.Series({"more": 1, "less": -1})


def values(method, column, **options):
    return normalisation.normalise(TABLE, DIRECTIONS, method, **options)[column].tolist()


def close(*expected):
    return pytest.approx(list(expected), nan_ok=True)


def test_min_max_runs_from_worst_to_best():
    # (20 - 10) / (40 - 10) = 1/3; less is better: (4 - 2) / (4 - 1) = 2/3.
    assert values("min_max", "more") == close(0, 100 / 3, 100, GAP)
    assert values("min_max", "less") == close(0, 200 / 3, 100, 100 / 3)


def test_min_max_takes_other_ranges():
    assert values("min_max", "more", lower=1, upper=100) == close(1, 34, 100, GAP)


def test_min_max_refuses_an_empty_range():
    with pytest.raises(ValueError, match="upper must be above lower"):
        values("min_max", "more", lower=5, upper=5)


def test_z_scores_use_the_sample_standard_deviation():
    # 10, 20, 40: mean 70/3, squared deviations 1600/9 + 100/9 + 2500/9 = 4200/9,
    # variance with ddof 1: 2100/9.
    sd = math.sqrt(2100 / 9)
    expected = [(x - 70 / 3) / sd for x in (10, 20, 40)]
    assert values("z_score", "more") == close(*expected, GAP)
    scaled = [10 + 2 * z for z in expected]
    assert values("z_score", "more", mean=10, sd=2) == close(*scaled, GAP)


def test_z_scores_can_be_counted_from_the_worst():
    # The same distances as about a mean, in units of a twentieth of the standard deviation.
    about_mean = values("z_score", "more", sd=20)[:3]
    expected = [value - about_mean[0] + 1 for value in about_mean]
    assert values("z_score", "more", sd=20, lowest=1) == close(*expected, GAP)


def test_z_scores_refuse_a_standard_deviation_of_zero():
    with pytest.raises(ValueError, match="sd must be positive"):
        values("z_score", "more", sd=0)


def test_rank_scores_give_the_most_to_the_best():
    assert values("rank_scores", "more") == close(1, 2, 3, GAP)
    assert values("rank_scores", "less") == close(1, 3, 4, 2)


def test_tied_rank_scores_share_their_mean():
    tied = pd.DataFrame({"x": [1.0, 5.0, 5.0, 9.0]})
    assert normalisation.rank_scores(tied)["x"].tolist() == [1, 2.5, 2.5, 4]


def test_percentile_ranks_count_the_units_surpassed():
    assert values("percentile_rank", "more") == close(0, 50, 100, GAP)
    assert values("percentile_rank", "less") == close(0, 200 / 3, 100, 100 / 3)
    # 5 surpasses one of the three others and ties with one: (1 + 1/2) / 3.
    tied = pd.DataFrame({"x": [1.0, 5.0, 5.0, 9.0]})
    assert normalisation.percentile_rank(tied)["x"].tolist() == close(0, 50, 50, 100)


def test_percentile_ranks_take_other_ends():
    assert values("percentile_rank", "more", lower=1) == close(1, 50.5, 100, GAP)
    with pytest.raises(ValueError, match="upper must be above lower"):
        values("percentile_rank", "more", lower=100)


@pytest.mark.parametrize(
    ("method", "options", "expected"),
    [
        ("min_max", {}, True),
        ("min_max", {"lower": 1}, False),
        ("percentile_rank", {}, True),
        ("percentile_rank", {"lower": 1}, False),
        ("efficacy_coefficient", {}, False),
        ("efficacy_coefficient", {"base": 0, "span": 1}, True),
        ("z_score", {}, True),
        ("z_score", {"mean": 100, "sd": 10}, False),
        ("min_max", {"lower": 0.5}, False),
        ("percentile_rank", {"lower": 0.5}, False),
        ("efficacy_coefficient", {"base": 0.5}, False),
        ("z_score", {"mean": 0.5, "sd": 0.1}, False),
        ("z_score", {"mean": -9, "lowest": 1}, False),
        ("z_score", {"mean": 9, "lowest": 0}, True),
        ("rank_scores", {}, False),
        ("distance_to_best", {}, False),
    ],
)
def test_a_scale_that_reaches_zero_is_known_without_any_figures(method, options, expected):
    assert normalisation.reaches_zero(method, **options) == expected
    table = TABLE.iloc[:3]  # complete and above 0, so that every method takes it
    lowest = normalisation.normalise(table, DIRECTIONS, method, **options).min().min()
    assert (lowest <= 0) == expected


@pytest.mark.parametrize(
    "column", [[0.3, 0.3, 0.1 + 0.2], [1e9, 1e9, 1e9 + 1e-5], [0, 1e-70, 2e-70]]
)
def test_columns_that_differ_by_rounding_only_are_refused_by_name(column):
    assert len(set(column)) > 1
    table = TABLE.iloc[:3].assign(less=column)
    with pytest.raises(ValueError, match=r"\['less'\] have fewer than two"):
        normalisation.normalise(table, DIRECTIONS)


def test_columns_that_differ_by_little_are_stretched_to_the_whole_scale():
    table = TABLE.iloc[:3].assign(less=[1e9, 1e9 - 1, 1e9 - 2])
    assert normalisation.normalise(table, DIRECTIONS)["less"].tolist() == [0, 50, 100]


def test_distance_to_best_keeps_ratios():
    assert values("distance_to_best", "more") == close(25, 50, 100, GAP)
    # Less is better and the best is 1: 1/4, 1/2, 1, 1/3.
    assert values("distance_to_best", "less") == close(25, 50, 100, 100 / 3)


def test_distance_to_best_takes_zeros_where_more_is_better():
    zeros = pd.DataFrame({"x": [0.0, 2.0, 8.0]})
    assert normalisation.distance_to_best(zeros)["x"].tolist() == [0, 25, 100]


@pytest.mark.parametrize("column", [[-1.0, 2.0], [0.0, -2.0]])
def test_distance_to_best_refuses_columns_without_ratios(column):
    with pytest.raises(ValueError, match=r"columns \['x'\] are neither"):
        normalisation.distance_to_best(pd.DataFrame({"x": column}))


def test_the_efficacy_coefficient_runs_from_60_to_100():
    assert values("efficacy_coefficient", "more") == close(60, 60 + 40 / 3, 100, GAP)
    assert values("efficacy_coefficient", "more", base=50, span=50) == close(
        50, 50 + 50 / 3, 100, GAP
    )


def test_an_unknown_method_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match=r"'softmax' is not one of .*'min_max'"):
        normalisation.normalise(TABLE, DIRECTIONS, "softmax")


def test_columns_without_a_direction_are_refused_by_name():
    with pytest.raises(ValueError, match=r"columns \['less'\] have no direction"):
        normalisation.normalise(TABLE, pd.Series({"more": 1, "less": 0}))
    with pytest.raises(ValueError, match=r"columns \['more'\] have no direction"):
        normalisation.normalise(TABLE, pd.Series({"less": -1}))


@pytest.mark.parametrize("method", sorted(normalisation.NORMALISATIONS))
def test_columns_that_do_not_vary_are_refused_by_name(method):
    table = TABLE.assign(constant=5.0, empty=GAP)
    directions = pd.Series({"more": 1, "less": -1, "constant": 1, "empty": 1})
    with pytest.raises(ValueError, match=r"\['constant', 'empty'\] have fewer than two"):
        normalisation.normalise(table, directions, method)


@given(table=tables(gaps=True))
def test_every_method_keeps_the_order_turns_directions_and_keeps_gaps(table):
    table = table + 1  # strictly positive, so that every method applies
    directions = pd.Series({leaf: 1 if leaf in "abc" else -1 for leaf in LEAVES})
    expected = (table * directions).rank()
    for method in normalisation.NORMALISATIONS:
        result = normalisation.normalise(table, directions, method)
        assert result.isna().equals(table.isna())
        # Rounding closes gaps of the last digit between tied values.
        assert result.round(9).rank().equals(expected), method


@pytest.mark.parametrize("method", normalisation.NORMALISATIONS)
@pytest.mark.parametrize("options", [{}, {"lower": 1.0}, {"base": -5.0}, {"mean": 100.0}], ids=str)
def test_a_scale_that_reaches_zero_is_known_before_any_figure(method, options):
    function = normalisation.NORMALISATIONS[method]
    fitting = {k: v for k, v in options.items() if k in function.__code__.co_varnames}
    scaled = function(pd.DataFrame({"x": [3.0, 4.0, 9.0]}), **fitting)
    assert normalisation.reaches_zero(method, **fitting) == (scaled.min().min() <= 0)


def test_a_difference_of_exactly_the_rounding_is_none_and_the_next_one_is():
    # Of a column that reaches up to 1, differences up to a billionth of a thousandth are rounding.
    edge = 1 - normalisation.ROUNDING
    on, beside = 1 - edge, 1 - math.nextafter(edge, 0)
    assert on <= normalisation.ROUNDING < beside
    table = pd.DataFrame({"on": [edge, 1.0], "beside": [math.nextafter(edge, 0), 1.0]})
    assert normalisation.varies(table).to_dict() == {"on": False, "beside": True}


def test_the_smallest_spread_is_none_and_a_larger_one_is():
    smallest = normalisation.SMALLEST_SPREAD
    table = pd.DataFrame({"on": [0.0, smallest], "beside": [0.0, 1.01 * smallest]})
    assert normalisation.varies(table).to_dict() == {"on": False, "beside": True}


@pytest.mark.parametrize("method", ["min_max", "percentile_rank"])
def test_the_narrowest_scale_has_some_width(method):
    found = values(method, "more", lower=5, upper=5.5)
    assert (min(found[:3]), max(found[:3])) == (5, 5.5)
    with pytest.raises(ValueError, match="upper must be above lower, they are 5 and 5"):
        values(method, "more", lower=5, upper=5)


def test_a_small_standard_deviation_is_one():
    assert values("z_score", "more", sd=0.5)[:3] == close(
        *[z / 2 for z in values("z_score", "more")[:3]]
    )


def test_a_column_that_reaches_zero_from_above_has_ratios_and_from_below_has_none():
    assert normalisation.distance_to_best(pd.DataFrame({"x": [0.0, 4.0]}))["x"].tolist() == [0, 100]
    with pytest.raises(ValueError, match="neither"):
        normalisation.distance_to_best(pd.DataFrame({"x": [-4.0, 0.0]}))
    barely = pd.DataFrame({"x": [-4.0, -1.0]})
    assert normalisation.distance_to_best(barely)["x"].tolist() == [25, 100]


ENDS = pd.DataFrame({"lowest": [10.0, 10.0], "highest": [20.0, 20.0]}, index=["a", "b"])
SIDES = pd.Series({"a": 1, "b": -1})


@pytest.mark.parametrize(
    ("method", "options", "a", "b"),
    [
        # 5, 10, 20 and 30 on a scale from 10 to 20; of b less is better.
        ("min_max", {}, [-50, 0, 100, 200], [150, 100, 0, -100]),
        ("min_max", {"lower": 1.0, "upper": 101.0}, [-49, 1, 101, 201], [151, 101, 1, -99]),
        ("efficacy_coefficient", {}, [40, 60, 100, 140], [120, 100, 60, 20]),
        # The best figure is 20, or 10 where less is better.
        ("distance_to_best", {}, [25, 50, 100, 150], [200, 100, 50, 100 / 3]),
    ],
)
def test_figures_beyond_given_ends_lie_beyond_the_scale(method, options, a, b):
    data = pd.DataFrame({name: [5.0, 10, 20, 30] for name in "ab"})
    found = normalisation.normalise(data, SIDES, method, ends=ENDS, **options)
    assert found["a"].tolist() == pytest.approx(a)
    assert found["b"].tolist() == pytest.approx(b)


@pytest.mark.parametrize("method", ["z_score", "rank_scores", "percentile_rank"])
def test_a_scale_that_compares_the_units_has_no_ends(method):
    data = pd.DataFrame({name: [5.0, 10, 20, 30] for name in "ab"})
    by_ends = normalisation.normalise(data, SIDES, method, ends=ENDS)
    pd.testing.assert_frame_equal(by_ends, normalisation.normalise(data, SIDES, method))


def test_a_burden_without_ratio_to_the_best_is_refused_under_given_ends_too():
    data = pd.DataFrame({"b": [0.0, 10, 20]})
    with pytest.raises(RefusedValueError, match=r"columns \['b'\] are neither"):
        normalisation.normalise(data, SIDES[["b"]], "distance_to_best", ends=ENDS)


def test_a_burden_whose_best_is_none_at_all_has_no_ratio_to_it():
    data, ends = pd.DataFrame({"b": [10.0, 20]}), ENDS.assign(lowest=0.0)
    with pytest.raises(RefusedValueError, match=r"columns \['b'\] are neither"):
        normalisation.normalise(data, SIDES[["b"]], "distance_to_best", ends=ends)
    beside = normalisation.normalise(data, SIDES[["b"]], "distance_to_best", ends=ENDS)
    assert beside["b"].tolist() == [100, 50]
