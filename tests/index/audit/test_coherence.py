import math

import pandas as pd
import pytest

from analysis.index.aggregation import aggregate
from analysis.index.audit.coherence import coherence_table, correlation_table, flag, members
from analysis.index.composite import CompositeIndex, Method
from index.audit.cases import TREE, A, B, C

# x is the mean of a and b, y is c, which is a once more.
VALUES = pd.DataFrame({"a": A, "b": B, "c": A})
NODES = aggregate(VALUES, TREE)
ALL = pd.concat([NODES, VALUES], axis=1)
HALF = 1 / math.sqrt(2)


def made_of(values, renormalisation="level_by_level"):
    """An index of values that are on their scale already."""
    method = Method(renormalisation=renormalisation)
    nodes = aggregate(values, TREE, method.aggregation, method.renormalisation)
    return CompositeIndex(values, *[pd.DataFrame()] * 2, values, nodes, TREE, method)


def test_every_node_belongs_to_one_of_the_level_above():
    assert members(TREE, "measure", "domain").to_dict() == {"a": "x", "b": "x", "c": "y"}
    assert members(TREE, "measure", "index").to_dict() == dict.fromkeys("abc", "index")


@pytest.mark.parametrize(("level", "above"), [("district", "domain"), ("domain", "measure")])
def test_a_level_without_the_one_above_is_refused(level, above):
    with pytest.raises(ValueError, match=f"has no node of the level '{above}' above"):
        members(TREE, level, above)


def test_correlations_with_own_and_other_domains():
    # The correlation of a with (a + b) / 2 is 1/√2; b does not go with y.
    table = correlation_table(ALL, TREE, "measure", "domain").set_index(["code", "above"])
    assert table["own"].to_dict() == {
        ("a", "x"): 1, ("a", "y"): 0, ("b", "x"): 1, ("b", "y"): 0, ("c", "x"): 0, ("c", "y"): 1,
    }  # fmt: skip
    assert table["correlation"].tolist() == pytest.approx([HALF, 1, HALF, 0, HALF, 1])
    assert (table["n"] == 8).all()


def test_correlations_are_over_the_units_that_have_both():
    values = ALL.assign(a=ALL["a"].where(ALL.index > 1))
    table = correlation_table(values, TREE, "measure", "domain").set_index(["code", "above"])
    assert table["n"].to_dict()[("a", "x")] == 6
    assert table["n"].to_dict()[("b", "x")] == 8


def test_the_rest_of_a_domain_and_the_closest_other_one():
    table = coherence_table(made_of(VALUES), "measure", "domain").set_index("code")
    # Without a, x is b, which does not go with a; y does, fully.
    assert table.loc["a", "correlation"] == pytest.approx(HALF)
    assert table.loc["a", "rest"] == pytest.approx(0)
    assert table.loc["a", "other"] == "y"
    assert table.loc["a", "other_correlation"] == pytest.approx(1)
    assert table["flag"].to_dict() == {"a": "none", "b": "none", "c": "sole"}
    assert pd.isna(table.loc["c", "rest"])


def test_the_rest_of_the_index_is_computed_without_the_domain():
    # Without x the index is y = A: correlation of x = (A + B) / 2 with it 1/√2. Without y it is x.
    table = coherence_table(made_of(VALUES), "domain", "index").set_index("code")
    assert table["rest"].tolist() == pytest.approx([HALF, HALF])
    assert table["other"].isna().all()


def test_the_rest_follows_the_renormalisation_of_the_method():
    # b is lacking in one unit, where x is a alone and weighs half as much as y if that counts once.
    values = VALUES.assign(b=VALUES["b"].where(VALUES.index > 0))
    table = coherence_table(made_of(values, "once"), "measure", "index")
    without_c = values[["a", "b"]].mean(axis=1)
    rest = table.set_index("code").loc["c", "rest"]
    assert rest == pytest.approx(values["c"].corr(without_c))
    without_a = (values["b"] + 2 * values["c"]) / 3
    without_a = without_a.fillna(values["c"])
    rest = table.set_index("code").loc["a", "rest"]
    assert rest == pytest.approx(values["a"].corr(without_a))


@pytest.mark.parametrize(
    ("correlation", "expected"),
    [
        (-0.31, "conflicting"),
        (-0.3, "under_represented"),
        (0.3, "under_represented"),
        (0.31, "none"),
        (0.95, "none"),
        (0.96, "dominating"),
    ],
)
def test_flags_change_at_their_limits(correlation, expected):
    assert flag(correlation, sole=False) == expected


def test_a_measure_that_runs_against_its_domain_is_conflicting():
    # x = (a + b) / 2 = (A - 3A + C) / 2 runs against a.
    values = pd.DataFrame({"a": A, "b": -3 * A + C, "c": B})
    table = coherence_table(made_of(values), "measure", "domain")
    assert table.set_index("code").loc["a", "flag"] == "conflicting"


def test_a_level_is_not_above_itself():
    with pytest.raises(ValueError, match="has no node of the level 'domain' above"):
        members(TREE, "domain", "domain")


def test_of_several_other_domains_the_closest_one_is_named():
    # Of a, which is A, v and y and w are others: correlations 1/√2, 1 and 0.
    rows = [{"code": n, "parent": "index", "level": "domain", "weight": 1} for n in "vw"]
    rows += [{"code": n, "parent": v, "level": "measure", "weight": 1} for n, v in ("dv", "ew")]
    framework = pd.concat([TREE, pd.DataFrame(rows)], ignore_index=True).assign(direction=1)
    values = VALUES.assign(d=A + B, e=B)
    nodes = aggregate(values, framework)
    empty = pd.DataFrame()
    composite = CompositeIndex(values, empty, empty, values, nodes, framework, Method())
    table = coherence_table(composite, "measure", "domain")
    assert table.columns.tolist() == [
        "level", "code", "above", "correlation", "rest", "other", "other_correlation", "flag",
    ]  # fmt: skip
    first = table.set_index("code").loc["a"]
    assert (first["other"], first["other_correlation"]) == ("y", pytest.approx(1))
