"""Weights from the whole simplex, and the places that they give."""

import numpy as np
import pandas as pd
import pytest

from analysis.index.robustness import simplex

# u is best in a, v in b; w is beaten by v in both.
VALUES = pd.DataFrame({"a": [90.0, 30, 20], "b": [10.0, 50, 40]}, index=["u", "v", "w"])


def test_weights_are_zero_or_more_and_add_up_to_one():
    weights = simplex.even_weights(4, 500, seed=3)
    assert weights.shape == (500, 4)
    assert (weights >= 0).all()
    assert weights.sum(axis=1) == pytest.approx(np.ones(500))
    assert np.array_equal(weights, simplex.even_weights(4, 500, seed=3))
    assert not np.array_equal(weights, simplex.even_weights(4, 500, seed=4))


def test_weights_are_spread_evenly_over_all_there_are():
    weights = simplex.even_weights(3, 20000, seed=3)
    # Evenly on a triangle, a weight is above t with the probability (1 - t)²: its mean is 1/3.
    assert weights.mean(axis=0) == pytest.approx([1 / 3] * 3, abs=0.01)
    for limit in (0.2, 0.5, 0.8):
        above = (weights > limit).mean(axis=0)
        assert above == pytest.approx([(1 - limit) ** 2] * 3, abs=0.01)


def test_places_follow_the_weighted_mean():
    weights = np.array([[1.0, 0.0], [0.5, 0.5], [0.0, 1.0]])
    # 90 30 20, then 50 40 30, then 10 50 40.
    assert simplex.ranks_under(VALUES, weights).tolist() == [[1, 2, 3], [1, 2, 3], [3, 1, 2]]


def test_equal_scores_share_the_better_place():
    # With 0.4 on a: 0.4 · 90 + 0.6 · 10 = 42 and 0.4 · 30 + 0.6 · 50 = 42.
    assert simplex.ranks_under(VALUES, np.array([[0.4, 0.6]])).tolist() == [[1, 1, 3]]


def test_the_weight_of_a_gap_is_shared_out():
    values = VALUES.astype(float)
    values.loc["u", "b"] = np.nan
    # u has 90 whatever b weighs.
    assert simplex.ranks_under(values, np.array([[0.1, 0.9]])).tolist() == [[1, 2, 3]]


def test_a_gap_counts_nothing_beside_a_heavy_weight():
    # u has 50 by its small part alone; whatever else stood for the gap would weigh nine times it.
    values = pd.DataFrame({"a": [50.0, 45.0, 55.0], "b": [np.nan, 45.0, 55.0]})
    assert simplex.ranks_under(values, np.array([[0.1, 0.9]])).tolist() == [[2, 3, 1]]


@pytest.mark.parametrize(
    ("mean", "first"),
    # Equal weights of 4 and 1, of 2 and 2.1: arithmetic 2.5, 2.05; geometric 2, 2.05; harmonic
    # 1.6, 2.05.
    [("arithmetic", 0), ("geometric", 1), ("harmonic", 1)],
)
def test_the_mean_is_that_of_the_method(mean, first):
    values = pd.DataFrame({"a": [4.0, 2.0], "b": [1.0, 2.1]})
    ranks = simplex.ranks_under(values, np.array([[0.5, 0.5]]), mean)
    assert ranks[0, first] == 1


def test_shares_count_a_place_on_the_limit_and_not_the_one_beside_it():
    ranks = np.array([[1, 2, 3], [2, 1, 3], [3, 1, 2], [1, 2, 3]])
    found = simplex.acceptability(ranks, VALUES.index, (1, 2)).set_index("unit")
    assert found["p_top1"].tolist() == [0.5, 0.5, 0]
    assert found["p_top2"].tolist() == [0.75, 1, 0.25]


def test_central_weights_are_the_mean_of_those_that_give_the_place():
    weights = np.array([[0.9, 0.1], [0.5, 0.5], [0.0, 1.0]])
    ranks = simplex.ranks_under(VALUES, weights)
    found = simplex.central_weights(ranks, weights, VALUES, (1, 2))
    assert found.index.tolist() == list(range(len(found)))
    wide = found.pivot(index=["top", "unit"], columns="code", values="weight")
    assert wide.loc[(1, "u")].tolist() == pytest.approx([0.7, 0.3])
    assert wide.loc[(1, "v")].tolist() == [0, 1]
    # w is never first; it is second under the last weighting alone.
    assert (1, "w") not in wide.index
    assert wide.loc[(2, "w")].tolist() == [0, 1]
    assert wide.loc[(2, "v")].tolist() == pytest.approx([1.4 / 3, 1.6 / 3])


def test_one_part_has_all_the_weight():
    assert simplex.even_weights(1, 3, seed=1).tolist() == [[1], [1], [1]]
