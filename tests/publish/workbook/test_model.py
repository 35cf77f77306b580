"""What the workbook shows: the edition in the order of the sheets."""

import pandas as pd
import pytest

from analysis.publish.workbook.model import LEVELS


def test_siblings_stand_side_by_side_on_every_level(tiny_model):
    for node in tiny_model.framework["code"]:
        members = tiny_model.children(node)
        if not members:
            continue
        (level,) = {tiny_model.framework.set_index("code")["level"][code] for code in members}
        order = tiny_model.codes(level)
        first = order.index(members[0])
        assert order[first : first + len(members)] == members


def test_every_node_is_on_one_level(tiny_model):
    listed = [code for level in ("index", *LEVELS) for code in tiny_model.codes(level)]
    assert sorted(listed) == sorted(tiny_model.ranking.composite.framework["code"])


def test_a_leaf_has_no_children(tiny_model):
    assert all(tiny_model.children(code) == [] for code in tiny_model.codes("measure"))


@pytest.mark.parametrize("name", ["used", "treated", "normalised", "nodes"])
def test_a_step_has_all_cities_and_those_without_a_rank_are_empty(tiny_model, name):
    table = tiny_model.step(name)
    assert table.index.equals(tiny_model.cities.index)
    ranked = tiny_model.scores["rank"].notna()
    assert 0 < ranked.sum() < len(ranked)
    assert table[~ranked].isna().all(axis=None)
    assert table[ranked].notna().any(axis=1).all()


def test_scores_are_those_of_the_results_and_what_has_none_has_a_reason(tiny_model, built_tiny):
    known = built_tiny.result("scores").set_index("adcode")
    found = tiny_model.scores
    ranked = found.dropna(subset="rank")
    assert set(ranked.index) == set(known.index)
    assert (ranked["rank"] == known["rank"][ranked.index]).all()
    assert (ranked["score"] - known["score"][ranked.index]).abs().max() < 1e-6
    assert (found["reason"].ne("") == found["rank"].isna()).all()


def test_anchors_come_highest_first_with_the_places_that_they_lie_behind(tiny_model, built_tiny):
    anchors = tiny_model.anchors
    assert anchors["score"].is_monotonic_decreasing
    assert anchors["index"].is_monotonic_decreasing
    bands = built_tiny.reference_table("tiers")
    places = dict(zip(bands["minimum"], bands["last_place"], strict=True))
    assert anchors["place"].tolist() == [places[score] for score in anchors["score"]]


def test_measures_are_in_the_order_of_the_sheets(tiny_model):
    assert list(tiny_model.measures.index) == tiny_model.codes("measure")
    pd.testing.assert_index_equal(tiny_model.matrix.index, tiny_model.cities.index)
