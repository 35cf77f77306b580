import numpy as np
import pandas as pd
import pytest

from analysis.index import framework as tree

from .cases import LEAVES, flat, ragged


def test_leaves_are_the_codes_that_are_nobodys_parent_in_table_order():
    assert tree.leaves(ragged()) == LEAVES
    assert tree.leaves(ragged(), "right") == ["c", "d", "e"]
    assert tree.leaves(ragged(), "z") == ["z"]


def test_leaves_below_an_unknown_node_are_refused():
    with pytest.raises(ValueError, match="no node 'up'"):
        tree.leaves(ragged(), "up")


def test_children_of_a_node_and_of_a_leaf():
    assert tree.children(ragged(), "right") == ["deep", "e"]
    assert tree.children(ragged(), "e") == []


def test_bottom_up_puts_every_node_after_those_below_it():
    assert tree.bottom_up(ragged()) == ["deep", "left", "right", "index"]


def test_depth_counts_the_steps_from_the_root_in_a_ragged_tree():
    depth = tree.depth(ragged())
    assert depth[["index", "z", "left", "a", "deep", "e", "c"]].tolist() == [0, 1, 1, 2, 2, 2, 3]


def test_an_empty_parent_may_be_missing_or_an_empty_string():
    missing = ragged().replace({"parent": {"": None}})
    assert tree.root(missing) == "index"
    assert tree.root(ragged()) == "index"
    tree.check_tree(missing)


def test_sibling_weights_sum_to_one():
    groups = tree.sibling_weights(ragged())
    assert groups["left"].to_dict() == {"a": 0.25, "b": 0.75}
    assert groups["index"].to_dict() == {"left": 0.5, "right": 0.25, "z": 0.25}
    assert list(groups) == tree.bottom_up(ragged())


def test_with_weights_replaces_the_named_ones_only():
    changed = tree.with_weights(ragged(), pd.Series({"a": 5.0, "z": 4.0}))
    weights = changed.set_index("code")["weight"]
    assert weights[["a", "b", "z", "left"]].tolist() == [5.0, 3.0, 4.0, 2.0]


def test_with_weights_refuses_an_unknown_code():
    with pytest.raises(ValueError, match=r"does not have: \['y'\]"):
        tree.with_weights(ragged(), pd.Series({"y": 1.0}))


def test_prune_drops_leaves_without_data_and_nodes_left_without_leaves():
    pruned = tree.prune(ragged(), ["a", "e", "z", "unknown"])
    assert pruned["code"].tolist() == ["index", "left", "right", "z", "a", "e"]
    assert pruned.index.tolist() == list(range(6))
    assert pruned.columns.tolist() == ragged().columns.tolist()
    tree.check_tree(pruned)


def test_prune_refuses_to_leave_no_leaf():
    with pytest.raises(ValueError, match="none of its leaves"):
        tree.prune(ragged(), ["left", "unknown"])


def test_a_proper_tree_passes():
    tree.check_tree(ragged())
    tree.check_tree(flat(["a"]))


def test_an_inner_node_that_is_turned_is_refused_with_the_way_out():
    turned = ragged().assign(direction=[-1 if c == "deep" else 1 for c in ragged()["code"]])
    with pytest.raises(ValueError, match="inner node 'deep' is -1; only leaves have one: turn"):
        tree.check_tree(turned)
    tree.check_tree(turned.assign(direction=1))
    tree.check_tree(turned.assign(direction=turned["direction"].clip(lower=0)))


@pytest.mark.parametrize("value", [1e308, -1.1e30])
def test_figures_and_weights_whose_powers_are_no_numbers_are_refused(value):
    data = pd.DataFrame({"a": [1.0, value], "b": [1.0, 1e30]})
    with pytest.raises(ValueError, match=r"column 'a', unit 1: the value .* within ±1e\+30$"):
        tree.check_data(data, flat(["a", "b"]))
    with pytest.raises(ValueError, match="weight of 'b' is"):
        tree.check_tree(ragged({"b": value}))


def test_missing_columns_are_refused_first():
    with pytest.raises(ValueError, match=r"columns \['weight', 'direction'\] are missing"):
        tree.check_tree(ragged()[["code", "parent"]])


def test_all_faults_of_a_table_are_listed_at_once():
    rows = [
        ("index", "", None, None),
        ("other", "", 1.0, 1),  # a second root
        ("a", "index", 1.0, 1),
        ("a", "index", 1.0, 1),  # repeated
        ("", "index", 1.0, 1),  # no code
        ("b", "nowhere", 1.0, 1),  # unknown parent
        ("c", "index", -2.0, 1),  # weight
        ("d", "index", np.inf, 1),  # weight
        ("e", "index", "much", 1),  # weight
        ("f", "index", 1.0, 2),  # direction
        ("g", "index", 1.0, None),  # direction
        ("p", "q", 1.0, None),  # cycle
        ("q", "p", 1.0, None),  # cycle
    ]
    faulty = pd.DataFrame(rows, columns=list(tree.COLUMNS))
    with pytest.raises(ValueError, match="fault") as refusal:
        tree.check_tree(faulty)
    assert str(refusal.value).splitlines() == [
        "framework: 10 fault(s)",
        "code 'a' occurs more than once",
        "1 rows have no code",
        "exactly one code has an empty parent, not ['index', 'other']",
        "parent 'nowhere' of 'b' is not a code",
        "the parents of ['p', 'q'] run in a cycle",
        "weight of 'c' is -2.0, not a positive number",
        "weight of 'd' is inf, not a positive number",
        "weight of 'e' is much, not a positive number",
        "direction of leaf 'f' is 2.0, not 1 or -1",
        "direction of leaf 'g' is nan, not 1 or -1",
    ]


def test_a_code_that_is_its_own_parent_is_a_cycle():
    faulty = pd.concat([flat(["a"]), pd.DataFrame([{"code": "b", "parent": "b", "weight": 1.0}])])
    with pytest.raises(ValueError, match=r"the parents of \['b'\] run in a cycle"):
        tree.check_tree(faulty)


def test_a_table_without_a_root_or_with_nothing_else_is_refused():
    with pytest.raises(ValueError, match=r"exactly one code has an empty parent, not \[\]"):
        tree.check_tree(ragged().iloc[1:])
    with pytest.raises(ValueError, match="no leaf below the root"):
        tree.check_tree(ragged().iloc[:1])


def test_data_that_fit_the_leaves_pass():
    tree.check_data(pd.DataFrame({"a": [1, 2], "b": [0.5, None], "more": ["x", "y"]}), flat(["a"]))


def test_all_faults_of_the_data_are_listed_at_once():
    data = pd.DataFrame(
        [[1.0, "x", np.inf, 1.0, 2.0], [2.0, "y", 3.0, 1.0, 2.0]],
        columns=["a", "b", "c", "e", "e"],
        index=["u", "u"],
    )
    with pytest.raises(ValueError, match="fault") as refusal:
        tree.check_data(data, flat(["a", "b", "c", "d", "e"]))
    assert str(refusal.value).splitlines() == [
        "data: 5 fault(s)",
        "unit 'u' occurs more than once",
        "leaf 'd' has no column",
        "column 'b' is not a column of numbers",
        "column 'c', unit 'u': the value inf is not within ±1e+30",
        "column 'e' occurs more than once",
    ]


def test_the_largest_figure_and_the_largest_weight_are_taken_and_the_next_ones_are_not():
    beyond = np.nextafter(tree.LARGEST, np.inf)
    tree.check_data(pd.DataFrame({"a": [tree.LARGEST, -tree.LARGEST]}), flat(["a"]))
    tree.check_tree(ragged({"b": tree.LARGEST}))
    with pytest.raises(ValueError, match="is not within"):
        tree.check_data(pd.DataFrame({"a": [1.0, beyond]}), flat(["a"]))
    with pytest.raises(ValueError, match="weight of 'b' is"):
        tree.check_tree(ragged({"b": beyond}))


def test_a_weight_of_zero_is_refused_and_a_small_one_is_not():
    tree.check_tree(ragged({"b": 1e-9}))
    with pytest.raises(ValueError, match=r"weight of 'b' is 0\.0, not a positive number"):
        tree.check_tree(ragged({"b": 0.0}))
