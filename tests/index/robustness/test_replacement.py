"""The place of a unit with an ordinary value in place of one of its own."""

import numpy as np
import pandas as pd
import pytest

from analysis.index.aggregation import aggregate
from analysis.index.composite import CompositeIndex, Method
from analysis.index.robustness import replacement

TREE = pd.DataFrame({"code": ["top", "a", "b"], "parent": ["", "top", "top"], "weight": [1, 3, 1]})
# Indices: u (3 · 80 + 40) / 4 = 70, v (3 · 40 + 80) / 4 = 50, w 60 from a alone.
VALUES = pd.DataFrame({"a": [80.0, 40, 60], "b": [40.0, 80, None]}, index=["u", "v", "w"])


def composite(values: pd.DataFrame = VALUES, mean: str = "arithmetic") -> CompositeIndex:
    nothing = pd.DataFrame()
    nodes = aggregate(values, TREE, mean)
    return CompositeIndex(nothing, nothing, nothing, values, nodes, TREE, Method(aggregation=mean))


def test_one_value_at_a_time_becomes_the_mean_of_all_that_have_one():
    found = replacement.index_with_ordinary(composite())
    # The mean of a is 60, and so is that of b: u has (180 + 40) / 4 or (240 + 60) / 4.
    assert found.loc["u"].tolist() == [55, 75]
    assert found.loc["v"].tolist() == [65, 45]
    assert found.loc["w", "a"] == 60
    assert np.isnan(found.loc["w", "b"])


def test_a_unit_is_placed_among_the_others_as_they_are():
    found = replacement.places_with_ordinary(composite())
    # u with 55 falls behind w (60), with 75 it stays first; v with 65 passes w, with 45 not.
    assert found.loc["u"].tolist() == [2, 1]
    assert found.loc["v"].tolist() == [2, 3]
    assert found.loc["w", "a"] == 2
    assert np.isnan(found.loc["w", "b"])


@pytest.mark.parametrize(("own", "place"), [(80.0, 1), (79.0, 2), (81.0, 1)])
def test_a_unit_that_ties_with_another_shares_its_place(own, place):
    # Of a, the mean of 40, 40 and own; v has 10 + own / 4 with b alone to tell them apart.
    values = pd.DataFrame({"a": [40.0, 40, 40], "b": [60.0, own, 40]}, index=["u", "v", "w"])
    found = replacement.places_with_ordinary(composite(values))
    # With the mean of b, (100 + own) / 3, v stands level with u if own is 80.
    assert found.loc["v", "b"] == place


def test_every_mean_is_taken_as_the_method_says():
    found = replacement.index_with_ordinary(composite(mean="geometric"))
    assert found.loc["u", "a"] == pytest.approx((60**3 * 40) ** 0.25)


def test_an_ordinary_value_moves_nobody():
    same = pd.DataFrame({"a": [50.0, 50], "b": [70.0, 30]}, index=["u", "v"])
    found = replacement.places_with_ordinary(composite(same))
    assert found["a"].tolist() == [1, 2]


@pytest.mark.parametrize("ties", [1.0, 1.001])
def test_a_unit_does_not_fall_behind_itself(ties):
    # The mean is 0: u would lose just what still ties, or a little more.
    index = ties * np.array([replacement.TIE_TOLERANCE, -replacement.TIE_TOLERANCE])
    values = pd.DataFrame({"a": index, "b": index}, index=["u", "v"])
    tree = TREE[TREE["code"] != "b"]
    nothing, nodes = pd.DataFrame(), values[["a"]].set_axis(["top"], axis=1)
    made = CompositeIndex(nothing, nothing, nothing, values[["a"]], nodes, tree, Method())
    assert replacement.places_with_ordinary(made).loc["u", "a"] == 1
