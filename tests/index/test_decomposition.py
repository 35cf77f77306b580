"""What a value counts for under any mean: parts that add up, worked out by hand and at large."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from analysis.index.aggregation import aggregate
from analysis.index.composite import Method, build
from analysis.index.decomposition import contributions, counted_values, effective_weights
from analysis.index.framework import bottom_up, children, leaves, sibling_weights

from .cases import LEAVES, flat, ragged, tables, trees

MIXED = {"index": "geometric", "left": "harmonic", "right": "arithmetic", "deep": "geometric"}
MEANS = ["arithmetic", "geometric", "harmonic", MIXED]


def positive(table: pd.DataFrame) -> pd.DataFrame:
    """Values above zero, no unit without any."""
    return table.loc[table.notna().any(axis=1)] + 1


def test_a_geometric_mean_worked_by_hand():
    # The mean of 1, 10 and 100 is 10; on the scale of logarithms 1 is the floor, 10 lies on the
    # mean, and 100 twice as far from the floor as the mean.
    values = pd.DataFrame([[1.0, 10.0, 100.0]], ["u"], ["a", "b", "c"])
    counted = counted_values(values, flat(["a", "b", "c"]), "geometric").loc["u"]
    assert counted.to_dict() == pytest.approx({"index": 10, "a": 1, "b": 10, "c": 19})
    parts = contributions(values, flat(["a", "b", "c"]), "geometric").loc["u"]
    assert parts.to_dict() == pytest.approx({"a": 1 / 3, "b": 10 / 3, "c": 19 / 3})


def test_a_harmonic_mean_worked_by_hand():
    # The mean of 1 and 3 is 1.5; on the scale of reciprocals from 1 down to 2/3, 3 has gone twice
    # the way of the mean.
    values = pd.DataFrame([[1.0, 3.0]], ["u"], ["a", "b"])
    counted = counted_values(values, flat(["a", "b"]), "harmonic").loc["u"]
    assert counted.to_dict() == pytest.approx({"index": 1.5, "a": 1, "b": 2})


def test_the_floor_is_the_lowest_value_of_any_unit():
    values = pd.DataFrame([[4.0, 16.0], [1.0, 1.0]], ["u", "floor"], ["a", "b"])
    counted = counted_values(values, flat(["a", "b"]), "geometric")
    # The mean is 8 = 2^3, the values 2^2 and 2^4; each doubling counts for a third of the way 1-8.
    assert counted.loc["u"].to_dict() == pytest.approx({"index": 8, "a": 17 / 3, "b": 31 / 3})
    assert counted.loc["floor"].to_dict() == {"index": 1, "a": 1, "b": 1}


def test_in_arithmetic_means_a_value_counts_for_itself():
    values = pd.DataFrame([[0.0, 1.0, -2.0, 3.5, 4.0, np.nan]], ["u"], LEAVES)
    counted = counted_values(values, ragged())
    assert counted[LEAVES].equals(values)
    assert counted["index"].equals(aggregate(values, ragged())["index"])


@pytest.mark.parametrize("mean", MEANS, ids=str)
@given(table=tables(gaps=True), framework=trees())
def test_the_parts_of_every_unit_add_up_to_its_index(mean, table, framework):
    values = positive(table)
    index = aggregate(values, framework, mean)["index"]
    parts = contributions(values, framework, mean)
    assert np.allclose(parts.sum(axis=1), index, rtol=1e-12)
    assert parts.isna().equals(values[leaves(framework)].isna())
    assert (parts.fillna(0) > -1e-9).all(axis=None)


@pytest.mark.parametrize("mean", MEANS, ids=str)
@given(table=tables(), framework=trees())
def test_a_node_counts_for_the_weighted_mean_of_what_its_children_count_for(mean, table, framework):
    counted = counted_values(positive(table), framework, mean)
    groups = sibling_weights(framework)
    for node in bottom_up(framework):
        below = counted[children(framework, node)] @ groups[node]
        assert np.allclose(counted[node], below, rtol=1e-12)


@given(table=tables(), framework=trees())
def test_a_larger_value_never_counts_for_less(table, framework):
    values = positive(table)
    counted = counted_values(values, framework, "geometric")[leaves(framework)]
    for unit in values.index:
        order = values.loc[unit, leaves(framework)].sort_values().index
        assert (np.diff(counted.loc[unit, order]) > -1e-9).all()


def test_the_weights_in_the_index_are_those_of_the_scale_on_which_the_mean_is_a_sum():
    generator = np.random.default_rng(1)
    values = pd.DataFrame(generator.uniform(1, 100, (50, 6)), columns=LEAVES)
    values = values.mask(generator.random(values.shape) < 0.2).dropna(how="all")
    weights = effective_weights(values, ragged())
    for mean, stretch in (("geometric", np.log), ("harmonic", np.reciprocal)):
        index = aggregate(values, ragged(), mean)["index"]
        assert np.allclose((weights * stretch(values[weights.columns])).sum(axis=1), stretch(index))


def test_an_index_says_which_means_scale_and_limits_it_was_made_with():
    data = pd.DataFrame(np.arange(12.0).reshape(2, 6) ** 2, columns=LEAVES)
    method = Method(normalisation="efficacy_coefficient", normalisation_options={"base": 50.0},
                    aggregation={"left": "geometric"})  # fmt: skip
    composite = build(data, ragged(), method=method)
    assert composite.means["left"] == "geometric"
    assert composite.means["index"] == composite.means["deep"] == "arithmetic"
    assert composite.method.scale == {"base": 50, "span": 40}
    assert composite.limits.loc["a"].to_dict() == {"lowest": 1, "highest": 49}


def test_in_a_unit_without_any_value_no_leaf_has_a_weight():
    tree = pd.DataFrame({"code": ["top", "a"], "parent": ["", "top"], "weight": [1, 1]})
    values = pd.DataFrame({"a": [1.0, np.nan]}, index=["u", "v"])
    found = effective_weights(values, tree)["a"]
    assert found["u"] == 1
    assert np.isnan(found["v"])
