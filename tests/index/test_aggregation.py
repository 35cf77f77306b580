import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.index import aggregation
from analysis.index.framework import leaves, prune

from .cases import LEAVES, flat, ragged, tables, trees

GAP = math.nan
PAIR = pd.DataFrame({"a": [1.0, 4.0, GAP], "b": [16.0, GAP, GAP]}, index=["u", "v", "w"])
WEIGHTS = pd.Series({"b": 3.0, "a": 1.0})


def approx(*expected):
    return pytest.approx(list(expected), nan_ok=True)


def test_arithmetic_mean_over_what_is_present():
    # u: (1·1 + 3·16) / 4 = 12.25; v has only a; w has nothing.
    assert aggregation.arithmetic_mean(PAIR, WEIGHTS).tolist() == approx(12.25, 4, GAP)


def test_geometric_mean_over_what_is_present():
    # u: (1 · 16³)^(1/4) = 8.
    assert aggregation.geometric_mean(PAIR, WEIGHTS).tolist() == approx(8, 4, GAP)


def test_harmonic_mean_over_what_is_present():
    # u: 4 / (1/1 + 3/16) = 64/19.
    assert aggregation.harmonic_mean(PAIR, WEIGHTS).tolist() == approx(64 / 19, 4, GAP)


@pytest.mark.parametrize("mean", [aggregation.geometric_mean, aggregation.harmonic_mean])
@pytest.mark.parametrize("value", [0.0, -3.0])
def test_values_that_are_not_positive_are_refused_by_unit_and_column(mean, value):
    table = PAIR.assign(b=[16.0, value, GAP])
    with pytest.raises(ValueError, match=f"unit 'v', column 'b' has the value {value}"):
        mean(table, WEIGHTS)


def test_a_column_without_a_weight_is_refused():
    with pytest.raises(ValueError, match=r"no weight for \['b'\]"):
        aggregation.arithmetic_mean(PAIR, pd.Series({"a": 1.0}))


def of_one(**values):
    return pd.DataFrame([values], index=["u"])


def unit(**values):
    return of_one(**values)[LEAVES]


def test_every_node_of_a_ragged_tree_worked_by_hand():
    nodes = aggregation.aggregate(unit(z=40.0, a=10.0, b=50.0, c=20.0, d=60.0, e=80.0), ragged())
    # left (10 + 3·50)/4 = 40; deep (20 + 60)/2 = 40; right (40 + 80)/2 = 60;
    # index (2·40 + 60 + 40)/4 = 45.
    assert nodes.loc["u"].to_dict() == {"index": 45, "left": 40, "right": 60, "deep": 40}
    assert nodes.columns.tolist() == ["index", "left", "right", "deep"]


def test_a_gap_leaves_its_weight_to_its_siblings_at_each_level():
    nodes = aggregation.aggregate(unit(z=40.0, a=GAP, b=50.0, c=GAP, d=GAP, e=80.0), ragged())
    # left 50; deep missing, so right 80; index (2·50 + 80 + 40)/4 = 55.
    expected = {"index": 55, "left": 50, "right": 80, "deep": GAP}
    assert nodes.loc["u"].to_dict() == pytest.approx(expected, nan_ok=True)


def test_a_unit_without_any_leaf_has_no_index():
    nodes = aggregation.aggregate(unit(**dict.fromkeys(LEAVES, GAP)), ragged())
    assert nodes.isna().all(axis=None)


def test_where_nothing_is_present_nothing_is_divided_by_zero():
    with np.errstate(all="raise"):
        found = aggregation.renormalised_weights(np.array([[False, False]]), np.array([1.0, 3.0]))
    assert np.isnan(found).all()


def test_methods_may_differ_by_node():
    table = unit(z=40.0, a=16.0, b=81.0, c=20.0, d=60.0, e=80.0)
    mixed = aggregation.aggregate(table, ragged(), {"left": "geometric", "deep": "harmonic"})
    # left (16 · 81³)^(1/4) = 2 · 27 = 54; deep 2/(1/20 + 1/60) = 30; right (30 + 80)/2 = 55;
    # index (2·54 + 55 + 40)/4 = 50.75.
    expected = {"index": 50.75, "left": 54, "right": 55, "deep": 30}
    assert mixed.loc["u"].to_dict() == pytest.approx(expected)


def test_nodes_that_are_not_named_have_the_arithmetic_mean():
    table = unit(z=1.0, a=16.0, b=81.0, c=1.0, d=1.0, e=1.0)
    named = aggregation.aggregate(table, ragged(), {"index": "geometric"})
    assert named["left"].equals(aggregation.aggregate(table, ragged())["left"])
    assert not named["index"].equals(aggregation.aggregate(table, ragged())["index"])


def once_tree() -> pd.DataFrame:
    """m holds a and b and weighs 0.4, n holds c and d and weighs 0.1, z weighs 0.5."""
    rows = [
        ("top", "", 1), ("m", "top", 0.4), ("n", "top", 0.1), ("z", "top", 0.5),
        ("a", "m", 1), ("b", "m", 3), ("c", "n", 1), ("d", "n", 1),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["code", "parent", "weight"])


@pytest.mark.parametrize(
    ("mean", "index", "node"),
    [
        # Without b the leaves a, c, d and z have 0.1, 0.05, 0.05 and 0.5, in all 0.7.
        ("arithmetic", (0.1 * 2 + 0.05 * 4 + 0.05 * 8 + 0.5 * 16) / 0.7, 6),
        ("geometric", 2 ** ((0.1 * 1 + 0.05 * 2 + 0.05 * 3 + 0.5 * 4) / 0.7), 2**2.5),
        ("harmonic", 0.7 / (0.1 / 2 + 0.05 / 4 + 0.05 / 8 + 0.5 / 16), 16 / 3),
    ],
)
def test_renormalised_once_a_gap_leaves_its_weight_to_all_that_the_unit_has(mean, index, node):
    table = of_one(a=2.0, b=np.nan, c=4.0, d=8.0, z=16.0)
    nodes = aggregation.aggregate(table, once_tree(), mean, "once").iloc[0]
    assert nodes["top"] == pytest.approx(index)
    assert nodes["n"] == pytest.approx(node)
    assert nodes["m"] == pytest.approx(2)


def test_renormalised_once_the_index_is_the_sum_of_nodes_times_what_is_measured_of_them():
    table = of_one(a=2.0, b=np.nan, c=4.0, d=8.0, z=16.0)
    nodes = aggregation.aggregate(table, once_tree(), "arithmetic", "once").iloc[0]
    weights = aggregation.unit_weights(table.notna(), once_tree(), "once").iloc[0]
    assert weights[["m", "n", "z"]].tolist() == pytest.approx([0.1, 0.1, 0.5])
    parts = 0.1 * nodes["m"] + 0.1 * nodes["n"] + 0.5 * 16
    assert nodes["top"] == pytest.approx(parts / 0.7)


@pytest.mark.parametrize("mean", ["arithmetic", "geometric", "harmonic"])
def test_without_gaps_the_renormalisation_makes_no_difference(mean):
    table = of_one(a=2.0, b=3.0, c=4.0, d=8.0, z=16.0)
    once, by_level = (
        aggregation.aggregate(table, once_tree(), mean, each) for each in ("once", "level_by_level")
    )
    np.testing.assert_allclose(once, by_level)


def test_branches_of_which_a_unit_has_a_share_weigh_that_share():
    tree = flat(["a", "b"])
    table, has = of_one(a=10.0, b=40.0), of_one(a=0.5, b=1.0)
    assert aggregation.aggregate(table, tree, "arithmetic", "once", has)["index"].iloc[
        0
    ] == pytest.approx(30)
    assert aggregation.aggregate(table, tree, "arithmetic", present=has)["index"].iloc[0] == 25


def test_an_unknown_renormalisation_is_refused():
    with pytest.raises(ValueError, match="renormalisation 'twice' is not one of"):
        aggregation.aggregate(of_one(a=1.0), flat(["a"]), "arithmetic", "twice")


def test_unknown_methods_nodes_and_missing_columns_are_refused():
    table = unit(**dict.fromkeys(LEAVES, 1.0))
    with pytest.raises(ValueError, match=r"aggregation \['median'\] is not one of"):
        aggregation.aggregate(table, ragged(), "median")
    with pytest.raises(ValueError, match=r"\['a'\] are not inner nodes"):
        aggregation.aggregate(table, ragged(), {"a": "geometric"})
    with pytest.raises(ValueError, match=r"leaves \['z', 'c'\] have no column"):
        aggregation.aggregate(table.drop(columns=["c", "z"]), ragged())


METHODS = st.sampled_from(sorted(aggregation.AGGREGATIONS))


@given(table=tables(gaps=True), framework=trees(), method=METHODS)
def test_a_gap_never_counts_as_zero(table, framework, method):
    positive = table + 1
    index = aggregation.aggregate(positive, framework, method)["index"]
    present = positive.notna().any(axis=1)
    assert index.notna().equals(present)
    assert (index[present] >= positive.min(axis=1)[present] * (1 - 1e-12)).all()
    assert (index[present] <= positive.max(axis=1)[present] * (1 + 1e-12)).all()


@given(table=tables(gaps=True), framework=trees(), method=METHODS)
def test_a_missing_leaf_gives_the_index_of_the_framework_without_it(table, framework, method):
    positive = table + 1
    index = aggregation.aggregate(positive, framework, method)["index"]
    for label, row in positive.iterrows():
        has = row.dropna().index
        if len(has):
            pruned = prune(framework, has)
            alone = aggregation.aggregate(positive.loc[[label], leaves(pruned)], pruned, method)
            assert alone.loc[label, "index"] == pytest.approx(index[label], rel=1e-12)


@given(table=tables(gaps=True), framework=trees(), method=METHODS, factor=st.floats(1e-3, 1e3))
def test_scaling_all_weights_of_siblings_changes_nothing(table, framework, method, factor):
    before = aggregation.aggregate(table + 1, framework, method)
    scaled = framework.assign(
        weight=framework["weight"].where(
            framework["parent"] != "right", framework["weight"] * factor
        )
    )
    after = aggregation.aggregate(table + 1, scaled, method)
    np.testing.assert_allclose(after, before, rtol=1e-12)


@given(table=tables(gaps=True))
def test_harmonic_is_below_geometric_is_below_arithmetic(table):
    framework = flat(LEAVES)
    means = [
        aggregation.aggregate(table + 1, framework, method)["index"].dropna()
        for method in ("harmonic", "geometric", "arithmetic")
    ]
    assert (means[0] <= means[1] * (1 + 1e-12)).all()
    assert (means[1] <= means[2] * (1 + 1e-12)).all()


@pytest.mark.parametrize("mean", ["geometric", "harmonic"])
def test_what_a_mean_cannot_take_is_refused_at_its_node_alone(mean):
    table = of_one(a=0.0, b=4.0)
    with pytest.raises(ValueError, match=f"{mean} mean: unit 'u', column 'a' has the value 0"):
        aggregation.aggregate(table, flat(["a", "b"]), mean)
    assert aggregation.aggregate(table, flat(["a", "b"]))["index"].iloc[0] == 2
    with pytest.raises(ValueError, match=f"{mean} mean: unit 'u', column 'a' has the value -1"):
        aggregation.aggregate(of_one(a=-1.0, b=-4.0), flat(["a", "b"]), mean)


def test_a_node_of_which_a_unit_has_nothing_weighs_nothing():
    present = of_one(a=False, b=False, c=True, d=False, z=True)
    expected = {"top": 1, "m": 0, "n": 0.1, "z": 0.5, "a": 0, "b": 0, "c": 0.5, "d": 0}
    assert aggregation.unit_weights(present, once_tree()).loc["u"].to_dict() == expected


def test_the_first_of_several_cells_is_named():
    table = pd.DataFrame({"a": [1.0, -2.0, -4.0], "b": [-3.0, 1.0, 1.0]}, index=["u", "v", "w"])
    said = r"unit 'u', column 'b' has the value -3.0; rule \(3 cell"
    with pytest.raises(ValueError, match=said):
        aggregation.refuse_cells(table, table.to_numpy() < 0, "step", "rule")
