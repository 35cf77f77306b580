"""What is measured of a framework, worked by hand."""

import pandas as pd
import pytest

from analysis.index.framework import prune
from analysis.index.parts import by_parts, measured_nodes, sibling_shares
from index.robustness.cases import small_framework


def weights(tree: pd.DataFrame, **multipliers: float) -> dict[str, float]:
    drawn = tree["code"].map(multipliers).fillna(1.0)
    table = by_parts(tree.assign(multiplier=drawn), measured_nodes(small_framework()))
    return dict(zip(table["code"], table["weight"], strict=True))


def test_every_node_but_the_root_has_its_share_among_its_siblings():
    found = sibling_shares(small_framework())
    expected = {"left": 0.5, "right": 0.25, "z": 0.25, "a": 0.25, "b": 0.75, "deep": 0.5, "e": 0.5}
    assert {code: found[code] for code in expected} == expected
    assert "index" not in found


def test_nodes_all_of_whose_children_are_leaves_are_measured_by_them():
    assert measured_nodes(small_framework()) == {"left", "deep"}


def test_a_node_weighs_what_is_measured_of_it():
    found = weights(small_framework())
    expected = {"left": 0.3, "deep": 0.05, "e": 0.2, "right": 0.25, "z": 0.25, "index": 0.8}
    assert {code: found[code] for code in expected} == pytest.approx(expected)
    assert (found["a"], found["b"]) == (1, 3)


def test_what_is_left_out_leaves_its_weight_to_all():
    found = weights(prune(small_framework(), ["z", "a", "c"]))
    # a alone speaks for left, c alone for deep, and nobody for e.
    expected = {"left": 0.3, "right": 0.05, "z": 0.25}
    assert {code: found[code] for code in expected} == pytest.approx(expected)


def test_every_node_is_multiplied_on_the_way_up():
    found = weights(small_framework(), deep=2.0, right=3.0, a=5.0)
    assert found["deep"] == pytest.approx(0.1)
    assert found["right"] == pytest.approx(3 * (0.1 + 0.2))
    assert found["left"] == pytest.approx(0.3)
