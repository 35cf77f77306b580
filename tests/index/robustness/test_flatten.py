"""A framework made flat, by hand: which nodes remain, their shares, and the parts of a plan."""

import numpy as np
import pandas as pd
import pytest

from analysis.index.robustness.flatten import Tree, plan

# The left domain has a chain of one indicator; the right one has nothing but the leaf c.
FRAMEWORK = pd.DataFrame(
    [
        ("index", "", "index", 1),
        ("left", "index", "domain", 3),
        ("right", "index", "domain", 1),
        ("both", "left", "indicator", 1),
        ("a", "both", "measure", 1),
        ("b", "both", "measure", 2),
        ("c", "right", "measure", 7),
    ],
    columns=["code", "parent", "level", "weight"],
)
ONE_DRAW = np.ones((len(FRAMEWORK), 1))
ARITHMETIC = {"index": "arithmetic", "left": "arithmetic", "right": "arithmetic",
              "both": "arithmetic"}  # fmt: skip


@pytest.fixture
def tree():
    return Tree(FRAMEWORK)


def test_a_chain_is_one_slot_with_the_weight_of_its_highest_node(tree):
    assert [slot.code for slot in tree.slots] == ["index", "both", "c", "a", "b"]
    assert [slot.leaf for slot in tree.slots] == [-1, -1, 2, 0, 1]
    assert [list(slot.below) for slot in tree.slots] == [[1, 2], [3, 4], [], [], []]
    assert tree.weights.tolist() == [1, 3, 1, 1, 2]


def test_shares_are_weights_scaled_to_one_among_siblings(tree):
    shares, active = tree.shares(ONE_DRAW.copy(), None)
    assert shares[:, 0].tolist() == pytest.approx([1, 3 / 4, 1 / 4, 1 / 3, 2 / 3])
    assert active.all()


def test_multipliers_change_the_shares_of_a_draw_alone(tree):
    multipliers = np.ones((len(FRAMEWORK), 2))
    multipliers[1, 1] = 2  # the left domain weighs twice as much in the second draw
    shares, _ = tree.shares(multipliers, None)
    assert shares[1].tolist() == pytest.approx([3 / 4, 6 / 7])
    assert shares[3].tolist() == pytest.approx([1 / 3, 1 / 3])


def test_a_leaf_that_is_left_out_leaves_its_share_to_its_siblings(tree):
    admitted = np.array([[False], [True], [True]])  # without a
    shares, active = tree.shares(ONE_DRAW.copy(), admitted)
    assert shares[:, 0].tolist() == pytest.approx([1, 3 / 4, 1 / 4, 0, 1])
    assert active[:, 0].tolist() == [True, True, True, False, True]


def test_a_node_without_any_leaf_that_takes_part_has_no_share(tree):
    admitted = np.array([[False], [False], [True]])
    shares, active = tree.shares(ONE_DRAW.copy(), admitted)
    assert shares[:, 0].tolist() == pytest.approx([1, 0, 1, 0, 0])
    assert active[1, 0] == np.False_


def test_a_tree_of_one_mean_without_gaps_is_one_product(tree):
    found = plan(tree, ARITHMETIC, [])
    assert found.starts == {0}
    assert (found.top.others, found.top.complete) == ((), True)
    assert sorted(found.top.columns) == [0, 1, 2]
    paths = found.path_weights(tree.shares(ONE_DRAW.copy(), None)[0])
    weight = dict(zip([slot.code for slot in tree.slots], paths[:, 0], strict=True))
    assert (weight["a"], weight["b"], weight["c"]) == pytest.approx((1 / 4, 1 / 2, 1 / 4))


def test_a_branch_of_another_mean_is_a_part_of_its_own(tree):
    found = plan(tree, ARITHMETIC | {"both": "geometric"}, [])
    (part,) = found.top.others
    assert (part.code, part.mean, sorted(part.columns)) == ("both", "geometric", [0, 1])
    assert found.top.columns.tolist() == [2]
    assert found.starts == {0, 1}
    paths = found.path_weights(tree.shares(ONE_DRAW.copy(), None)[0])
    assert paths[3, 0] == pytest.approx(1 / 3)  # paths begin anew below the part


def test_a_branch_with_gaps_does_not_collapse(tree):
    found = plan(tree, ARITHMETIC, [1])  # b has gaps
    (part,) = found.top.others
    assert (part.code, part.complete, found.top.complete) == ("both", False, False)
    assert (part.gap_columns.tolist(), part.columns.tolist()) == ([1], [0, 1])
    whole = plan(tree, ARITHMETIC, [2])  # c lies directly below the index
    assert whole.top.gap_columns.tolist() == [2]
    assert whole.top.others == ()


def test_leaves_of_a_mean_are_those_directly_below_it(tree):
    means = ARITHMETIC | {"both": "geometric"}
    assert tree.leaves_of_means(means, "geometric") == {0, 1}
    assert tree.leaves_of_means(means, "arithmetic") == {2}
