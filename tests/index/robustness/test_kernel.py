"""Units are put in order by packed numbers, with ties and near ties resolved in full."""

import numpy as np
import pandas as pd
import pytest

from analysis.index.ranking import TIE_TOLERANCE, rank
from analysis.index.robustness.flatten import Tree, plan
from analysis.index.robustness.kernel import (
    ABSENT,
    FailedDrawError,
    Run,
    exact_order,
    keys,
    order,
    stacked,
    unit_bits,
)


def ranks(values):
    values = np.array(values, dtype=float)
    units = np.arange(values.shape[1])
    packed = keys(values, units, np.empty(values.shape, dtype=np.int64))
    return order(packed, values, units).ranks().tolist()


def test_the_largest_value_has_the_first_place():
    assert ranks([[2.0, 9.0, 5.0], [1.0, 0.0, 0.5]]) == [[3, 1, 2], [1, 3, 2]]


def test_ties_share_the_better_place():
    # 7 and 7 share the second place, so there is no third.
    assert ranks([[7.0, 9.0, 7.0, 1.0]]) == [[2, 1, 2, 4]]
    assert ranks([[3.0, 3.0, 3.0]]) == [[1, 1, 1]]
    assert ranks([[0.0, 0.0, 4.0]]) == [[2, 2, 1]]


def test_values_that_differ_by_rounding_only_tie():
    total = 0.1 + 0.2
    assert total != 0.3
    assert ranks([[0.3, total, 0.1]]) == [[1, 1, 3]]


def test_the_tolerance_of_ties_is_that_of_the_index_engine():
    within, beyond = 0.9 * TIE_TOLERANCE, 1.1 * TIE_TOLERANCE
    assert ranks([[50.0, 50 + within, 1.0], [50 + beyond, 50.0, 1.0]]) == [[1, 1, 3], [1, 2, 3]]
    # A chain of ties has one place; in a draw without any, nothing changes.
    assert ranks([[7.0, 7 + within, 7 + 2 * within], [7.0, 8.0, 9.0]]) == [[1, 1, 1], [3, 2, 1]]


def test_values_too_close_for_the_key_are_told_apart_all_the_same():
    # With 2 ** 17 units a key keeps 35 bits of the value: steps of 1.8e-6 of 60,000.
    values = np.arange(1.0, 100_001.0)
    values[0] = 60_000.0 + 1e-7  # the lower number of the unit would put it behind 60,000
    expected = rank(pd.Series(values)).astype(int).tolist()
    assert ranks([values]) == [expected]
    assert len(set(expected)) == len(values)


def test_a_draw_with_ties_leaves_the_others_as_they_are():
    assert ranks([[1.0, 2.0, 3.0], [5.0, 5.0, 6.0]]) == [[3, 2, 1], [2, 2, 1]]


@pytest.mark.parametrize("units", [2, 297, 1500])
def test_random_values_have_the_ranks_of_the_index_engine(units):
    values = np.random.default_rng(1).uniform(0, 100, (30, units))
    values[:, units // 2] = values[:, 0]
    assert ranks(values) == rank(pd.DataFrame(values.T)).T.astype(int).to_numpy().tolist()


def test_the_number_of_a_unit_fits_its_bits():
    assert unit_bits(1) == 0
    assert unit_bits(297) == 9
    assert unit_bits(512) == 9
    assert unit_bits(513) == 10
    assert unit_bits(30_000) == 15


def test_exact_order_by_hand():
    # From last to first: unit 30 (1.0), then 10 and 40 (2.0, tied for second), then 20 (3.0).
    units, places = exact_order(np.array([2.0, 3.0, 1.0, 2.0]), np.array([10, 20, 30, 40]))
    assert units.tolist() == [30, 10, 40, 20]
    assert places.tolist() == [4, 2, 2, 1]


def test_a_tie_across_the_edge_of_what_a_key_keeps_is_found():
    # With 2 ** 17 units a key keeps blocks of 2 ** 17 steps of a value. The last step below such
    # an edge has the lowest number of a unit and the edge itself the highest: as far apart as the
    # keys of a tie can be.
    edge = 32_768.0 + 2.0**-17
    values = np.linspace(1.0, 30_000.0, 100_000)
    values[0], values[-1] = np.nextafter(edge, 0), edge
    found = ranks([values])[0]
    assert (found[0], found[-1]) == (1, 1)


def test_of_several_failures_that_of_the_first_unit_in_its_first_draw_is_told():
    rows = [("top", "", None, None), ("a", "top", 1.0, 1), ("b", "top", 1.0, 1)]
    tree = Tree(pd.DataFrame(rows, columns=["code", "parent", "weight", "direction"]))
    top = plan(tree, {"top": "arithmetic"}, [0, 1]).top
    # b takes part in the first of three draws alone. Unit 0 has both, unit 1 b, unit 2 neither:
    # the second and third draw fail for unit 1, all three for unit 2.
    shares = np.array([[1.0, 1, 1], [0.5, 1, 1], [0.5, 0, 0]])
    present = np.array([[1.0, 0, 0], [1, 1, 0]])
    states = [(slice(0, 3), {"arithmetic": present})]
    run = Run(states, present, shares, shares > 0, shares, once=False)
    with pytest.raises(FailedDrawError) as told:
        run.values(top, np.empty((3, 3)))
    error = told.value
    assert (error.code, error.unit, error.draw, error.fault) == ("top", 1, 1, ABSENT)


def test_an_absent_geometric_child_leaves_its_weight_to_the_other_one():
    rows = [
        ("top", "", None, None),
        ("g", "top", 3.0, None),
        ("c", "top", 1.0, 1),
        ("a", "g", 1.0, 1),
        ("b", "g", 1.0, 1),
    ]
    tree = Tree(pd.DataFrame(rows, columns=["code", "parent", "weight", "direction"]))
    leaves = [rows[tree.slots[slot].row][0] for slot in tree.leaf_slots]
    made = plan(tree, {"top": "arithmetic", "g": "geometric"}, tree.leaf_numbers[1:])
    assert leaves == ["c", "a", "b"]
    # Of the first unit c is 8, a 2 and b 18, so g is 6: (3 x 6 + 8) / 4. Of the second a is 4, of
    # the third there is c alone.
    values = np.array([[8.0, 8, 8], [2, 4, 0], [18, 0, 0]])[np.argsort(tree.leaf_numbers)]
    logs = np.log(np.where(values > 0, values, 1.0))
    shares, active = tree.shares(np.ones((5, 1)), None)
    states = [(slice(0, 1), {"arithmetic": values, "geometric": logs})]
    present = (values > 0).astype(float)
    paths = made.path_weights(shares)
    run = Run(states, present, shares, active, paths, once=False)
    found = np.empty((1, 3))
    run.values(made.top, found)
    assert found[0] == pytest.approx([6.5, 5, 8])


def test_a_draw_has_its_own_order_whatever_the_others_say():
    # The second values are the larger ones, each the larger by its rank among them.
    assert ranks([[1.0, 9.0], [5.0, 4.0]]) == [[2, 1], [1, 2]]


def test_a_single_unit_is_first():
    assert ranks([[5.0], [0.0]]) == [[1], [1]]


def test_a_node_without_leaves_of_its_own_is_the_mean_of_the_nodes_below():
    rows = [("top", "", None, None), ("g", "top", 3.0, None), ("h", "top", 1.0, None)]
    rows += [(leaf, node, 1.0, 1) for leaf, node in ("ag", "bg", "ch", "dh")]
    tree = Tree(pd.DataFrame(rows, columns=["code", "parent", "weight", "direction"]))
    made = plan(tree, {"top": "arithmetic", "g": "geometric", "h": "geometric"}, [])
    # g is the root of 2 x 18, h that of 4 x 25: (3 x 6 + 10) / 4.
    logs = np.log(np.array([[2.0], [18], [4], [25]]))
    shares, active = tree.shares(np.ones((7, 1)), None)
    states = [(slice(0, 1), {"geometric": logs})]
    run = Run(states, np.ones((4, 1)), shares, active, made.path_weights(shares), once=False)
    found = np.empty((1, 1))
    run.values(made.top, found)
    assert found[0] == pytest.approx([7])


def test_arrays_are_stacked_in_the_order_of_memory_that_the_first_one_has():
    rows, columns = np.empty((2, 3)), np.empty((3, 2)).T
    assert [stacked(4, each).shape for each in (rows, columns)] == [(4, 2, 3)] * 2
    assert stacked(4, rows)[0].flags.c_contiguous
    assert stacked(4, columns)[0].flags.f_contiguous


def test_a_geometric_mean_takes_the_logarithm_of_an_arithmetic_one():
    rows = [("top", "", None, None), ("g", "top", 3.0, None), ("c", "top", 1.0, 1)]
    rows += [("a", "g", 1.0, 1), ("b", "g", 1.0, 1)]
    tree = Tree(pd.DataFrame(rows, columns=["code", "parent", "weight", "direction"]))
    made = plan(tree, {"top": "geometric", "g": "arithmetic"}, [])
    # g is (2 + 18) / 2 = 10, c is 4.
    values = np.array([[2.0], [18], [4]])
    shares, active = tree.shares(np.ones((5, 1)), None)
    states = [(slice(0, 1), {"arithmetic": values, "geometric": np.log(values)})]
    run = Run(states, np.ones((3, 1)), shares, active, made.path_weights(shares), once=False)
    found = np.empty((1, 1))
    run.values(made.top, found)
    assert found[0] == pytest.approx([(3 * np.log(10) + np.log(4)) / 4])
