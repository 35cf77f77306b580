"""Shapley values by hand, and the property that the parts add up."""

import numpy as np
import pandas as pd
import pytest

from analysis.index.composite import Method, build
from analysis.index.ranking import rank
from analysis.index.robustness import shapley
from analysis.index.robustness.shapley import (
    above,
    all_subsets,
    places,
    shapley_table,
    shapley_weights,
)
from index.robustness.cases import coinr_study, small_framework, small_study

UNTREATED = Method(
    skewness_limit=float("inf"),
    normalisation="min_max",
    normalisation_options={"lower": 1.0, "upper": 100.0},
)


def two_domains():
    """Domains x (weight 3) and y (weight 1), one leaf each; five units."""
    rows = [
        ("index", "", "index", 1, None), ("x", "index", "domain", 3, None),
        ("y", "index", "domain", 1, None), ("xx", "x", "measure", 1, 1),
        ("yy", "y", "measure", 1, 1),
    ]  # fmt: skip
    framework = pd.DataFrame(rows, columns=["code", "parent", "level", "weight", "direction"])
    data = pd.DataFrame(
        {"xx": [0.0, 40.0, 50.0, 80.0, 100.0], "yy": [20.0, 100.0, 50.0, 0.0, 60.0]},
        index=list("abcde"),
    )
    method = Method(skewness_limit=float("inf"))
    return build(data, framework, method=method)


def test_the_weights_of_two_players():
    # Subsets {}, {1}, {2}, {1, 2}: player 1 gains in half of the orders on top of each other set.
    expected = [[-0.5, -0.5], [0.5, -0.5], [-0.5, 0.5], [0.5, 0.5]]
    assert shapley_weights(all_subsets(2)).tolist() == expected


def test_a_worth_worked_by_hand():
    # A pair of gloves is worth 1: players 1 and 2 hold left gloves, player 3 the right one.
    subsets = all_subsets(3)
    worth = (subsets[:, 2] & (subsets[:, 0] | subsets[:, 1])).astype(float)
    assert worth @ shapley_weights(subsets) == pytest.approx([1 / 6, 1 / 6, 2 / 3])


def test_score_parts_of_an_arithmetic_index_are_weighted_differences():
    composite = two_domains()
    # Indices: 5, 55, 50, 60, 90; the means of the domains are 54 and 46.
    assert composite.index.tolist() == pytest.approx([5, 55, 50, 60, 90])
    table = shapley_table(composite, "domain").set_index(["unit", "code"])
    # d against the mean: 3/4 (80 - 54) = 19.5 and 1/4 (0 - 46) = -11.5.
    assert table.loc[("d", "x"), "score_part"] == pytest.approx(19.5)
    assert table.loc[("d", "y"), "score_part"] == pytest.approx(-11.5)


def test_rank_parts_by_hand():
    table = shapley_table(two_domains(), "domain").set_index(["unit", "code"])
    # The mean, 3/4 54 + 1/4 46 = 52, is fourth after 90, 60 and 55. With only x of d:
    # 3/4 80 + 1/4 46 = 71.5, second. With only y of d: 3/4 54 + 0 = 40.5, fifth. With both: 60,
    # second. x: ((2 - 4) + (2 - 5)) / 2 = -2.5; y: ((5 - 4) + (2 - 2)) / 2 = 0.5.
    assert table.loc[("d", "x"), "rank_part"] == pytest.approx(-2.5)
    assert table.loc[("d", "y"), "rank_part"] == pytest.approx(0.5)


def test_how_many_hybrids_are_scored_at_once_changes_nothing(monkeypatch):
    together = shapley_table(two_domains(), "domain")
    assert together.index.tolist() == list(range(len(together)))
    # Four hybrids of each unit: two units at once, or less than one.
    for most in (8, 1):
        monkeypatch.setattr(shapley, "MOST_HYBRIDS", most)
        pd.testing.assert_frame_equal(shapley_table(two_domains(), "domain"), together)


def test_no_single_unit_is_the_reference():
    # An oddity of one unit moves the parts of the others by its share of the mean only.
    composite = two_domains()
    parts = shapley_table(composite, "domain").groupby("code")["score_part"].sum()
    assert parts.to_numpy() == pytest.approx([0, 0], abs=1e-12)


@pytest.mark.parametrize(("level", "nodes"), [("domain", 6), ("subdomain", 14)])
def test_the_parts_of_a_unit_add_up_to_its_distance(level, nodes):
    study = coinr_study()
    units = study.data.index[:: 40 if level == "subdomain" else 4]
    composite = build(study.data.loc[units], study.framework, method=Method())
    table = shapley_table(composite, level)
    assert table["code"].nunique() == nodes
    index = composite.index
    mean = index.mean()
    sums = table.groupby("unit")[["score_part", "rank_part"]].sum().loc[index.index]
    ranks, place = rank(index), (index > mean).sum() + 1
    assert np.abs(sums["score_part"] - (index - mean)).max() < 1e-12
    assert np.abs(sums["rank_part"] - (ranks - place)).max() < 1e-12


@pytest.mark.parametrize("mean", ["arithmetic", "geometric", {"right": "geometric"}])
@pytest.mark.parametrize("renormalisation", ["level_by_level", "once"])
def test_gaps_and_other_means_add_up_too(mean, renormalisation):
    study = small_study()
    method = Method(
        skewness_limit=float("inf"),
        normalisation="min_max",
        normalisation_options={"lower": 1.0, "upper": 100.0},
        aggregation=mean,
        renormalisation=renormalisation,
    )
    composite = build(study.data, study.framework, method=method)
    table = shapley_table(composite, "subdomain")
    # z is a leaf directly under the root, e one under a domain; both stay players.
    assert set(table["code"]) == {"z", "a", "b", "deep", "e"}
    sums = table.groupby("unit")["score_part"].sum()
    # The distance of every unit is its index less the same number, that of the mean unit.
    assert np.ptp((composite.index[sums.index] - sums).to_numpy()) < 1e-12


def test_a_place_among_the_values_of_an_index():
    index = np.array([10.0, 20.0, 20.0, 30.0])
    found = places(np.array([35.0, 30.0, 25.0, 20.0, 5.0]), index)
    assert found.tolist() == [1, 1, 2, 2, 5]


def test_an_unknown_level_is_refused():
    with pytest.raises(ValueError, match="no node has the level 'storey'"):
        above(small_framework(), "storey")


def test_the_tree_above_a_level_keeps_its_columns_and_is_numbered_anew():
    found = above(small_framework().iloc[[1, 2, 4, 5, 6, 7, 8, 9, 3, 0]], "domain")
    assert found["code"].tolist() == ["left", "right", "z", "index"]
    assert found.columns.equals(small_framework().columns)
    assert found.index.tolist() == [0, 1, 2, 3]
