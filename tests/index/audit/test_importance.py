import numpy as np
import pandas as pd
import pytest

from analysis.index.aggregation import aggregate
from analysis.index.audit.importance import (
    BANDWIDTHS,
    HIGHEST_LEVERAGE,
    balance_table,
    correlation_ratio,
    importance_table,
    local_linear,
    smooth,
)
from analysis.index.framework import nominal_weights
from index.audit.cases import TREE, A, B, C

GRID = np.linspace(-3, 3, 61)


def test_the_weight_in_the_index_is_the_product_on_the_path():
    weighed = TREE.assign(weight=[1, 3, 1, 1, 3, 5])
    assert nominal_weights(weighed).to_dict() == {
        "index": 1, "x": 0.75, "y": 0.25, "a": 0.1875, "b": 0.5625, "c": 0.25,
    }  # fmt: skip


def test_local_linear_regression_keeps_a_straight_line():
    line = 2 + 3 * GRID
    assert local_linear(GRID, 0.5) @ line == pytest.approx(line)


def test_rows_of_the_smoother_sum_to_1():
    assert local_linear(GRID, 0.3).sum(axis=1) == pytest.approx(1)


def test_a_point_without_neighbours_is_fitted_by_itself():
    x = np.array([0.0, 1.0, 100.0])
    assert (local_linear(x, 0.5) @ np.array([1.0, 2.0, 7.0]))[2] == pytest.approx(7)


@pytest.mark.parametrize("bandwidth", [0.5, 1.0])
@pytest.mark.parametrize(("spread", "fitted"), [(0.9e-6, [0.5] * 4), (1.1e-6, [0, 1, 0, 1])])
def test_points_within_a_millionth_of_a_bandwidth_have_a_mean_and_no_slope(
    bandwidth, spread, fitted
):
    # Twice a 0 on the left and a 1 on the right; their deviation is the spread.
    x, y = spread * bandwidth * np.array([-1, 1, -1, 1]), np.array([0, 1, 0, 1])
    assert local_linear(x, bandwidth) @ y == pytest.approx(fitted, abs=1e-3)


@pytest.mark.parametrize(("bandwidth", "exponent"), [(1.0, -1 / 2), (2.0, -1 / 8)])
def test_local_linear_worked_by_hand(bandwidth, exponent):
    # At 0 of x = -1, 0, 1 the slope terms cancel: weights k, 1, k over the sum, with the kernel k
    # at a distance of 1 or half a bandwidth.
    kernel = np.exp(exponent)
    expected = np.array([kernel, 1, kernel]) / (1 + 2 * kernel)
    assert local_linear(np.array([-1.0, 0.0, 1.0]), bandwidth)[1] == pytest.approx(expected)


def test_the_unit_and_the_origin_of_a_part_change_no_fit():
    x, y = np.arange(14.0), np.tile([0.0, 1.0, 5.0], 5)[:14]
    assert smooth(1000 * x + 7, y) == pytest.approx(smooth(x, y))


def test_the_share_of_a_lone_node_of_its_level_is_as_it_should_be():
    # x weighs 1/2 of the index and all of its level, and so does its importance.
    tree = TREE[TREE["code"] != "y"].replace({"parent": {"y": "index"}})
    values = pd.DataFrame({"a": A, "b": B, "c": 2 * C})
    table = importance_table(pd.concat([values, aggregate(values, tree)], axis=1), tree)
    row = table.set_index("code").loc["x"]
    assert row[["nominal", "share", "ratio"]].tolist() == pytest.approx([0.5, 1, 1])


def test_with_few_values_the_conditional_mean_is_the_mean_at_each():
    x, y = np.array([0.0, 1.0, 0.0, 1.0]), np.array([1.0, 4.0, 3.0, 8.0])
    assert smooth(x, y).tolist() == [2, 6, 2, 6]


def test_correlation_ratio_of_two_groups_worked_by_hand():
    # Means 2 and 6: variance 4; variance of 1, 4, 3, 8 about 4: (9 + 0 + 1 + 16) / 4 = 6.5.
    x, y = pd.Series([0.0, 1.0, 0.0, 1.0]), pd.Series([1.0, 4.0, 3.0, 8.0])
    assert correlation_ratio(x, y) == pytest.approx(4 / 6.5)


def test_the_correlation_ratio_sees_what_a_straight_line_does_not():
    curve = pd.Series(GRID**2)
    assert abs(curve.corr(pd.Series(GRID))) < 1e-9
    assert correlation_ratio(pd.Series(GRID), curve) > 0.95


def test_noise_explains_next_to_nothing():
    x, y = np.random.default_rng(1).normal(size=(2, 400))
    assert correlation_ratio(pd.Series(x), pd.Series(y)) < 0.05


def test_a_lone_point_rules_narrow_bandwidths_out():
    # With the outlier at 50 a narrow kernel would fit it by itself and count no error there.
    x = np.append(GRID, 50.0)
    assert correlation_ratio(pd.Series(x), pd.Series(2 * x)) == pytest.approx(1, abs=1e-6)


def test_units_with_a_gap_do_not_count():
    x = pd.Series([0.0, 1.0, 0.0, 1.0, np.nan])
    assert correlation_ratio(x, pd.Series([1.0, 4.0, 3.0, 8.0, 99.0])) == pytest.approx(4 / 6.5)


def test_weight_and_importance_side_by_side():
    # index = x/2 + y/2 = A/4 + B/4 + C: variance 1/8 + 1 = 9/8 with y = 2C.
    # Shares: y 8/9, x 1/9, a and b 1/18 each; ratio of y: (8/9) / (1/2).
    values = pd.DataFrame({"a": A, "b": B, "c": 2 * C})
    table = importance_table(pd.concat([values, aggregate(values, TREE)], axis=1), TREE)
    assert table.columns.tolist() == [
        "level", "code", "nominal", "importance", "linear", "share", "ratio",
    ]  # fmt: skip
    found = table.set_index("code")
    assert found["level"].tolist() == ["domain"] * 2 + ["measure"] * 3
    assert found["nominal"].to_dict() == {"x": 0.5, "y": 0.5, "a": 0.25, "b": 0.25, "c": 0.5}
    expected = {"x": 1 / 9, "y": 8 / 9, "a": 1 / 18, "b": 1 / 18, "c": 8 / 9}
    assert found["importance"].to_dict() == pytest.approx(expected)
    assert found["linear"].to_dict() == pytest.approx(expected)
    assert found["share"].to_dict() == pytest.approx(expected)
    assert found.loc["y", "ratio"] == pytest.approx(16 / 9)


def test_balancing_weights_make_the_correlations_with_the_index_equal():
    # x = (A + B) / 2 with the deviation 1/√2, y = 2C with 2: weights 2√2/(1 + 2√2) and the rest.
    values = pd.DataFrame({"a": A, "b": B, "c": 2 * C})
    table = balance_table(aggregate(values, TREE), TREE).set_index("code")
    ratio = 2 * np.sqrt(2)
    assert table["balanced"].tolist() == pytest.approx([ratio / (1 + ratio), 1 / (1 + ratio)])
    assert table["balanced_correlation"].tolist() == pytest.approx([np.sqrt(0.5)] * 2)
    assert table["correlation"].tolist() == pytest.approx([np.sqrt(1 / 9), np.sqrt(8 / 9)])
    assert table["nominal"].tolist() == [0.5, 0.5]


def test_balanced_weights_are_judged_by_the_correlation_ratio_too():
    # Balanced, the index is A + B + √2 C but for its scale: variance 4, of which A + B and C have
    # one half each. Both take few values, so that the ratio is that of the means at each.
    values = pd.DataFrame({"a": A, "b": B, "c": 2 * C})
    table = balance_table(aggregate(values, TREE), TREE)
    assert table["balanced_importance"].tolist() == pytest.approx([0.5, 0.5])


def test_the_correlation_ratios_may_differ_where_the_correlations_are_balanced():
    # y follows from x, but not in a straight line: x explains all of an index of both, and y half,
    # since at either value of y the mean of x is 0. Neither correlates with the other.
    x, y = pd.Series([-1.0, 0.0, 0.0, 1.0]), pd.Series([1.0, -1.0, -1.0, 1.0])
    tree = pd.DataFrame({"code": ["top", "x", "y"], "parent": ["", "top", "top"], "weight": 1})
    table = balance_table(pd.DataFrame({"x": x, "y": y, "top": x + y}), tree).set_index("code")
    assert table["balanced_correlation"].tolist() == pytest.approx([np.sqrt(0.5)] * 2)
    assert table["balanced_importance"].to_dict() == pytest.approx({"x": 1, "y": 0.5})


@pytest.mark.parametrize(("different", "plain"), [(10, True), (11, False)])
def test_up_to_ten_different_values_the_mean_at_each_is_taken(different, plain):
    # Two units at each value, one 1 above and one 1 below a zigzag that no smoother follows.
    x = np.repeat(np.arange(different, dtype=float), 2)
    y = np.where(x % 2 == 0, 10.0, -10.0) + np.tile([1.0, -1.0], different)
    means = np.where(x % 2 == 0, 10.0, -10.0)
    assert (smooth(x, y).tolist() == means.tolist()) is plain


def test_shares_are_taken_of_the_importance_of_the_level():
    # Both domains go up with the index and with one another, and so explain more than it all.
    values = pd.DataFrame({"a": A, "b": A, "c": A + B})
    table = importance_table(pd.concat([values, aggregate(values, TREE)], axis=1), TREE)
    found = table.set_index("code")
    assert found.loc[["x", "y"], "importance"].sum() > 1.5
    assert found.loc[["x", "y"], "share"].sum() == pytest.approx(1)
    assert found.loc[["a", "b", "c"], "share"].sum() == pytest.approx(1)


def test_sixteen_bandwidths_are_tried_from_a_tenth_to_five_deviations():
    assert (BANDWIDTHS[0], BANDWIDTHS[-1], len(BANDWIDTHS)) == pytest.approx((0.1, 5, 16))


def test_a_point_may_make_all_of_its_own_fit_but_a_millionth():
    assert pytest.approx(0.999999, abs=1e-12) == HIGHEST_LEVERAGE
