"""A tree without its chains, and the parts of it that have to be computed."""

import numpy as np
import pandas as pd
import pytest

from analysis.index.robustness.flatten import Tree, plan
from index.robustness.cases import small_framework

# Slots of the small tree, level by level: the root, then left, right and z, then a and b, deep and
# e, then c and d. Leaves branch by branch: a 0, b 1, c 2, d 3, e 4, z 5.
CODES = ["index", "left", "right", "z", "a", "b", "deep", "e", "c", "d"]
ARITHMETIC = dict.fromkeys(["index", "left", "right", "deep"], "arithmetic")


@pytest.fixture
def tree():
    return Tree(small_framework())


def test_the_slots_of_siblings_are_neighbours_behind_their_parent(tree):
    assert [slot.code for slot in tree.slots] == CODES
    assert [slot.kids for slot in tree.slots[:3]] == [(1, 4), (4, 6), (6, 8)]
    assert tree.branching == [0, 1, 2, 6]
    assert tree.leaf_numbers.tolist() == [5, 0, 1, 4, 2, 3]
    assert tree.weights.tolist() == [1, 2, 1, 1, 1, 3, 1, 1, 1, 1]


def test_a_chain_is_one_slot_with_the_weight_of_its_upper_end():
    rows = [
        ("top", "", None, None),
        ("m", "top", 3.0, None),
        ("a", "m", 7.0, 1),
        ("b", "top", 1.0, 1),
    ]
    chain = Tree(pd.DataFrame(rows, columns=["code", "parent", "weight", "direction"]))
    assert [(slot.code, slot.row, slot.leaf) for slot in chain.slots] == [
        ("top", 0, -1), ("a", 1, 0), ("b", 3, 1),
    ]  # fmt: skip
    assert chain.weights.tolist() == [1, 3, 1]


def test_the_leaves_of_a_mean_hang_directly_below_a_node_that_uses_it(tree):
    means = ARITHMETIC | {"left": "geometric", "index": "geometric"}
    assert tree.leaves_of_means(means, "geometric") == {0, 1, 5}
    assert tree.leaves_of_means(means, "arithmetic") == {2, 3, 4}


def test_shares_sum_to_one_among_siblings(tree):
    shares, active = tree.shares(np.ones((10, 1)), None)
    expected = [1, 0.5, 0.25, 0.25, 0.25, 0.75, 0.5, 0.5, 0.5, 0.5]
    assert shares[:, 0].tolist() == expected
    assert active.all()


def test_a_node_without_a_leaf_that_takes_part_leaves_its_share_to_its_siblings(tree):
    admitted = np.ones((6, 1), dtype=bool)
    admitted[[0, 1]] = False  # a and b, so left has nothing
    shares, active = tree.shares(np.ones((10, 1)), admitted)
    assert shares[[1, 2, 3], 0].tolist() == [0, 0.5, 0.5]
    assert active[:, 0].tolist() == [code not in ("left", "a", "b") for code in CODES]


def test_a_tree_of_one_mean_without_gaps_is_a_single_part(tree):
    whole = plan(tree, ARITHMETIC, ())
    assert whole.top.others == ()
    assert whole.top.complete
    assert whole.top.columns == slice(0, 6)
    assert whole.starts == {0}
    paths = whole.path_weights(tree.shares(np.ones((10, 1)), None)[0])
    # a: 1/2 · 1/4; b: 1/2 · 3/4; e: 1/4 · 1/2; c and d: 1/4 · 1/2 · 1/2.
    leaves = dict(zip(CODES, paths[:, 0], strict=True))
    assert [leaves[code] for code in "zabcde"] == [0.25, 0.125, 0.375, 0.0625, 0.0625, 0.125]


def test_a_node_of_another_mean_is_a_part_of_its_own(tree):
    found = plan(tree, ARITHMETIC | {"right": "geometric"}, ())
    (right,) = found.top.others
    assert (right.code, right.mean) == ("right", "geometric")
    # Below it deep, of the first mean again, is one more; e comes straight into it.
    (deep,) = right.others
    assert deep.code == "deep"
    assert right.columns == slice(4, 5)
    assert found.starts == {0, CODES.index("right"), CODES.index("deep")}


def test_a_leaf_with_gaps_makes_parts_of_all_nodes_above_it(tree):
    found = plan(tree, ARITHMETIC, [2])  # c
    (right,) = found.top.others
    (deep,) = right.others
    assert not found.top.complete
    assert deep.gap_columns.tolist() == [2]
    assert [CODES[slot] for slot in deep.gaps] == ["c"]
    assert [CODES[slot] for slot in deep.sure] == ["d"]
    assert deep.columns == slice(2, 4)
    assert [CODES[slot] for slot in found.top.sure] == ["a", "b", "z"]
    # Between b and z there are the leaves of the part below.
    assert found.top.columns.tolist() == [0, 1, 5]


def test_renormalised_once_a_tree_with_gaps_is_a_single_part_too(tree):
    found = plan(tree, ARITHMETIC, [2], once=True)
    assert found.top.others == ()
    assert [CODES[slot] for slot in found.top.gaps] == ["c"]
    assert [CODES[slot] for slot in found.top.sure] == ["a", "b", "d", "e", "z"]


def test_renormalised_once_a_node_weighs_what_is_measured_of_it(tree):
    shares, _ = tree.shares(np.ones((10, 1)), None, once=True)
    by_code = dict(zip(CODES, shares[:, 0], strict=True))
    # left 0.3, right 0.05 + 0.2, z 0.25: in all 0.8.
    expected = {"left": 0.375, "right": 0.3125, "z": 0.3125, "deep": 0.2, "e": 0.8}
    assert {code: by_code[code] for code in expected} == pytest.approx(expected)
    assert [by_code[code] for code in "abcd"] == [0.25, 0.75, 0.5, 0.5]


def test_renormalised_once_what_is_left_out_leaves_its_weight_to_all(tree):
    admitted = np.ones((6, 2), dtype=bool)
    admitted[[3, 4], 0] = False  # d and e: c speaks for deep, and nobody for e
    admitted[[0, 1], 1] = False  # a and b, so left has nothing
    shares, _ = tree.shares(np.ones((10, 2)), admitted, once=True)
    first, second = (dict(zip(CODES, column, strict=True)) for column in shares.T)
    assert [first[code] for code in ("left", "right", "z")] == pytest.approx([0.5, 1 / 12, 5 / 12])
    assert [first[code] for code in ("deep", "c")] == [1, 1]
    assert [second[code] for code in ("left", "right", "z")] == pytest.approx([0, 0.5, 0.5])


def test_renormalised_once_a_chain_is_multiplied_at_every_node_but_a_leaf_alone():
    rows = [
        ("top", "", None, None),
        ("m", "top", 1.0, 0.2),
        ("n", "m", 1.0, 0.2),
        ("a", "n", 1.0, 0.2),
        ("b", "top", 1.0, 0.4),
    ]
    tree = Tree(pd.DataFrame(rows, columns=["code", "parent", "weight", "part"]))
    shares, _ = tree.shares(np.array([[1.0], [2.0], [3.0], [5.0], [1.0]]), None, once=True)
    # 0.2 · 2 · 3 = 1.2 beside 0.4.
    assert shares[:, 0].tolist() == pytest.approx([1, 0.75, 0.25])


def test_once_the_node_of_a_leaf_alone_speaks_for_the_leaf():
    rows = [
        ("top", "", 1.0, None),
        ("m", "top", 3.0, 0.4),
        ("a", "m", 7.0, 0.2),
        ("b", "top", 1.0, 0.6),
    ]
    tree = Tree(pd.DataFrame(rows, columns=["code", "parent", "weight", "part"]))
    # The root is no part of anything; a has the part of m, and m alone multiplies it.
    assert tree.chains == [(1, [0]), (0.4, [1]), (0.6, [3])]
