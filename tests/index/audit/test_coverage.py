import pandas as pd
import pytest

from analysis.index.audit.coverage import coverage_of_nodes, coverage_of_units, least_covered
from analysis.index.audit.distribution import distribution_table, shape_table
from analysis.index.composite import Method, build
from index.audit.cases import TREE

GAP = float("nan")
UNITS = ["p", "q", "r"]
DATA = pd.DataFrame({"a": [1.0, GAP, 3.0], "b": [4.0, 5.0, 6.0], "c": [GAP, GAP, 1.0]}, index=UNITS)
# The year of a gap (the 1999 of unit q) is not read.
YEARS = pd.DataFrame(
    {"a": [2019, 1999, 2018], "b": [2019, 2019, 2019], "c": [GAP, GAP, 2017]}, index=UNITS
)


def test_cells_are_counted_below_every_node():
    table = coverage_of_nodes(DATA, YEARS, TREE).set_index("code")
    assert table.loc["index"].tolist() == ["index", 3, 9, 6, pytest.approx(6 / 9), 2017]
    assert table.loc["x"].tolist() == ["domain", 2, 6, 5, pytest.approx(5 / 6), 2018]
    assert table.loc["b"].tolist() == ["measure", 1, 3, 3, 1, 2019]


def test_a_node_without_any_figure_has_no_oldest_year():
    table = coverage_of_nodes(DATA.assign(c=GAP), YEARS, TREE).set_index("code")
    assert table.loc["c", "share"] == 0
    assert pd.isna(table.loc["c", "oldest_year"])


def test_cells_are_counted_for_every_unit():
    table = coverage_of_units(DATA, YEARS)
    assert table["unit"].tolist() == UNITS
    assert table["cells"].tolist() == [3, 3, 3]
    assert table["present"].tolist() == [2, 1, 3]
    assert table["share"].tolist() == pytest.approx([2 / 3, 1 / 3, 1])
    assert table["oldest_year"].tolist() == [2019, 2019, 2017]


def test_the_group_with_the_smallest_share_is_named_for_every_unit():
    # p has a and b, so all of x and none of y; q has b alone; r has everything.
    found = least_covered(DATA, {"x": ["a", "b"], "y": ["c"]})
    assert found["groups"].to_dict() == {"p": "y", "q": "y", "r": ""}
    assert found["share"].to_dict() == {"p": 0, "q": 0, "r": 1}


def test_groups_of_the_same_smallest_share_are_all_named_in_their_order():
    # Of p half of the first and half of the second is there, of q all of both.
    data = pd.DataFrame(
        {"a": [1.0, 1.0], "b": [GAP, 1.0], "c": [GAP, 1.0], "d": [1.0, 1.0], "e": [1.0, 1.0]},
        index=["p", "q"],
    )
    found = least_covered(data, {"y": ["c", "d"], "x": ["a", "b"], "z": ["e"]})
    assert found["groups"].to_dict() == {"p": "y|x", "q": ""}
    assert found["share"].to_dict() == {"p": 0.5, "q": 1}


def test_values_are_counted_beside_the_shape():
    # a: 1, 1, 1, 5 and a gap: two different values, three of four the same.
    data = pd.DataFrame({"a": [1.0, 1.0, 1.0, 5.0, GAP], "b": [1.0, 2.0, 3.0, 4.0, 5.0]})
    details = pd.DataFrame({"column": ["a", "b"], "points_treated": [1, 0]})
    table = distribution_table(data, details).set_index("column")
    assert table.loc["a", ["n", "different", "most_common", "treated_share"]].tolist() == [
        4, 2, 0.75, 0.25,
    ]  # fmt: skip
    assert table.loc["b", ["n", "different", "most_common", "treated_share"]].tolist() == [
        5, 5, 0.2, 0,
    ]  # fmt: skip


def test_the_shape_of_every_inner_node_is_described():
    # b from 0 to 100, a and c the same: every node is 0, 50, 100 with the deviation 50, no skew.
    data = pd.DataFrame({code: [0.0, 50.0, 100.0] for code in "abc"})
    nodes = build(data, TREE, method=Method()).nodes
    table = shape_table(nodes, TREE)
    assert table["code"].tolist() == ["index", "x", "y"]
    for row in table.itertuples():
        assert (row.n, row.minimum, row.median, row.maximum) == (3, 0, 50, 100)
        assert row.standard_deviation == pytest.approx(50)
        assert row.skewness == pytest.approx(0)
        assert pd.isna(row.kurtosis)  # undefined for three values


def test_the_cells_of_a_unit_are_as_many_as_columns():
    assert coverage_of_units(DATA.head(2), YEARS.head(2))["cells"].tolist() == [3, 3]
