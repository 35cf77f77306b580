import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.index.aggregation import aggregate
from analysis.index.composite import Method, build
from analysis.index.decomposition import contributions, coverage, effective_weights
from analysis.index.ranking import rank
from analysis.index.refusal import RefusedValueError

from .cases import LEAVES, flat, ragged, tables, trees

GAP = math.nan
LIGHT = Method(skewness_limit=math.inf)


def test_an_index_worked_by_hand():
    data = pd.DataFrame({"a": [10.0, 20.0, 30.0], "e": [4.0, 8.0, 0.0]}, index=list("uvw"))
    framework = pd.DataFrame(
        [("index", "", None, None), ("a", "index", 3.0, 1), ("e", "index", 1.0, -1)],
        columns=["code", "parent", "weight", "direction"],
    )
    result = build(data, framework, method=Method())
    # a → 0, 50, 100; e, less is better → 50, 0, 100; index (3a + e)/4.
    assert result.normalised.to_dict("list") == {"a": [0, 50, 100], "e": [50, 0, 100]}
    assert result.index.to_dict() == {"u": 12.5, "v": 37.5, "w": 100.0}
    assert result.treatment["method"].tolist() == ["none", "none"]
    assert result.treated.equals(data)
    assert result.framework.equals(framework)


def skewed():
    values = [*range(10)] * 3 + [100]
    return pd.DataFrame({"a": values, "b": values}, index=[f"u{n}" for n in range(31)])


def test_named_columns_are_left_untreated():
    result = build(skewed(), flat(["a", "b"]), method=Method(untreated=("b",)))
    # Winsorised, the top of a is 9, so 9 becomes 100; in b it stays at 9 of 100.
    assert result.normalised.loc["u9"].to_dict() == pytest.approx({"a": 100, "b": 9})
    assert result.treatment["method"].tolist() == ["winsorised", "none"]


def test_an_infinite_skewness_limit_leaves_all_columns_untreated():
    result = build(skewed(), flat(["a", "b"]), method=LIGHT)
    assert result.treated.equals(skewed().astype(float))


def test_the_method_chooses_normalisation_and_aggregation():
    method = Method(
        normalisation="min_max",
        normalisation_options={"lower": 1.0, "upper": 100.0},
        aggregation={"index": "geometric"},
    )
    data = pd.DataFrame({"a": [0.0, 1.0], "b": [1.0, 0.0]}, index=["u", "v"])
    # 1 and 100 in either order: the geometric mean is 10.
    assert build(data, flat(["a", "b"]), method=method).index.tolist() == pytest.approx([10, 10])


def test_columns_outside_the_framework_are_left_out():
    data = pd.DataFrame({"name": ["x", "y"], "a": [1, 2]})
    assert build(data, flat(["a"]), method=Method()).treated.columns.tolist() == ["a"]


def test_units_are_put_on_the_rulers_of_others_without_cutting_them_off():
    first = build(skewed(), flat(["a", "b"]), method=Method(untreated=("b",)))
    later = pd.DataFrame({"a": [0.0, 9, 50], "b": [-50.0, 9, 200]}, index=list("xyz"))
    found = build(later, flat(["a", "b"]), method=LIGHT, rulers=first.rulers)
    # a is winsorised at 9, so 50 counts as 9; b runs from 0 to 100.
    assert found.normalised.to_dict("list") == {"a": [0, 100, 100], "b": [-50, 9, 200]}
    assert found.treatment["method"].tolist() == ["winsorised", "none"]
    assert found.treatment["points_treated"].tolist() == [1, 0]
    assert found.limits.to_dict("index") == {
        "a": {"lowest": 0, "highest": 9},
        "b": {"lowest": 0, "highest": 100},
    }


def test_a_leaf_without_a_given_ruler_has_its_own_and_one_too_many_is_left_out():
    first = build(skewed(), flat(["a", "b"]), method=LIGHT)
    later = pd.DataFrame({"a": [0.0, 50], "c": [3.0, 5]}, index=list("xy"))
    found = build(later, flat(["a", "c"]), method=LIGHT, rulers=first.rulers)
    assert found.normalised.to_dict("list") == {"a": [0, 50], "c": [0, 100]}
    assert found.rulers["column"].tolist() == ["a", "c"]


def test_the_rulers_of_an_index_give_it_again():
    data = skewed().assign(b=[2.0**k for k in range(31)], c=[-(2.0**k) for k in range(31)])
    once = build(data, flat(["a", "b", "c"]), method=Method(maximum_winsorised=2))
    assert once.rulers["method"].tolist() == ["winsorised", "log", "log_mirrored"]
    again = build(data, flat(["a", "b", "c"]), method=LIGHT, rulers=once.rulers)
    pd.testing.assert_frame_equal(again.normalised, once.normalised, rtol=1e-12)


def test_a_geometric_mean_refuses_a_unit_below_the_rulers_of_others():
    method = Method(normalisation="efficacy_coefficient", aggregation="geometric")
    first = build(skewed(), flat(["a"]), method=replace(method, skewness_limit=math.inf))
    # 60 + 40 · (-160) / 100 = -4.
    later = pd.DataFrame({"a": [-160.0, 50]}, index=list("xy"))
    with pytest.raises(RefusedValueError, match="unit 'x', column 'a' has the value -4"):
        build(later, flat(["a"]), method=method, rulers=first.rulers)


def test_impossible_input_is_refused():
    with pytest.raises(ValueError, match="leaf 'b' has no column"):
        build(skewed()[["a"]], flat(["a", "b"]), method=Method())
    with pytest.raises(ValueError, match="direction of leaf"):
        build(skewed(), flat(["a", "b"]).assign(direction=0), method=Method())
    with pytest.raises(ValueError, match=r"untreated columns \['c'\] are not leaves"):
        build(skewed(), flat(["a", "b"]), method=Method(untreated=("c",)))
    with pytest.raises(ValueError, match=r"columns \['a'\] have fewer than two"):
        build(skewed().assign(a=1.0), flat(["a", "b"]), method=Method())


def gappy():
    rows = [[40.0, GAP, 50.0, GAP, GAP, 80.0], [40.0, 10.0, 50.0, 20.0, 60.0, 80.0], [GAP] * 6]
    return pd.DataFrame(rows, index=["part", "full", "none"], columns=LEAVES)


def test_coverage_is_the_share_of_the_leaves_that_a_unit_has():
    assert coverage(gappy(), ragged()).to_dict() == {"part": 0.5, "full": 1.0, "none": 0.0}
    # right has c, d and e.
    right = coverage(gappy(), ragged(), "right")
    assert right.to_dict() == pytest.approx({"part": 1 / 3, "full": 1.0, "none": 0.0})


def test_a_leaf_without_a_column_counts_as_missing():
    assert coverage(gappy()[["a", "b"]], ragged(), "index")["full"] == pytest.approx(2 / 6)


def test_effective_weights_worked_by_hand():
    weights = effective_weights(gappy(), ragged())
    # full: z 1/4; a, b half of 1/4 and 3/4; e 1/4 · 1/2; c, d 1/4 · 1/2 · 1/2.
    full = {"z": 0.25, "a": 0.125, "b": 0.375, "c": 0.0625, "d": 0.0625, "e": 0.125}
    assert weights.loc["full"].to_dict() == full
    # part: b takes all of left (1/2), e all of right (1/4), for deep is missing.
    part = {"z": 0.25, "a": 0, "b": 0.5, "c": 0, "d": 0, "e": 0.25}
    assert weights.loc["part"].to_dict() == part
    assert weights.loc["none"].isna().all()


def test_contributions_worked_by_hand():
    parts = contributions(gappy(), ragged())
    # The index of part is 55: 10 from z, 25 from b, 20 from e.
    expected = {"z": 10, "a": GAP, "b": 25, "c": GAP, "d": GAP, "e": 20}
    assert parts.loc["part"].to_dict() == pytest.approx(expected, nan_ok=True)


@given(table=tables(gaps=True), framework=trees())
def test_contributions_add_up_to_the_index(table, framework):
    index = aggregate(table, framework)["index"]
    parts = contributions(table, framework)
    assert parts.isna().equals(table.isna())
    total = parts.sum(axis=1, min_count=1)
    np.testing.assert_allclose(total, index, rtol=1e-12, atol=1e-12)
    sums = effective_weights(table, framework).sum(axis=1)[table.notna().any(axis=1)]
    np.testing.assert_allclose(sums, 1, rtol=1e-12)


@given(table=tables(gaps=True), framework=trees(), data=st.data())
def test_ranks_do_not_depend_on_the_order_or_the_names_of_units(table, framework, data):
    order = data.draw(st.permutations(list(table.index)))
    before = rank(build(table, framework, method=Method()).index)
    moved = table.loc[order].rename(index=lambda label: f"renamed {label}")
    after = rank(build(moved, framework, method=Method()).index)
    assert after.tolist() == pytest.approx(before.loc[order].tolist(), nan_ok=True)


@given(
    table=tables(gaps=True),
    framework=trees(),
    factors=st.lists(st.floats(1e-6, 1e6), min_size=6, max_size=6),
)
def test_ranks_do_not_depend_on_units_of_measurement(table, framework, factors):
    before = build(table, framework, method=Method()).index
    after = build(table * factors, framework, method=Method()).index
    np.testing.assert_allclose(after, before, rtol=1e-9, atol=1e-9)
    # Ranks are compared where they are not ties up to the last digits.
    assert rank(after.round(6)).equals(rank(before.round(6)))


@given(
    table=tables(gaps=True),
    framework=trees(),
    powers=st.lists(st.integers(-20, 20), min_size=6, max_size=6),
)
def test_powers_of_two_change_nothing_at_all_without_treatment(table, framework, powers):
    # Scaling by a power of two is exact in binary arithmetic, so equality is exact.
    before = build(table, framework, method=LIGHT).index
    after = build(table * [2.0**power for power in powers], framework, method=LIGHT).index
    assert after.equals(before)
