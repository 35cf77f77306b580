"""Distribution: the shape of measures and nodes, by hand."""

import math

import pandas as pd
import pytest

from analysis.index.audit.distribution import distribution_table, shape_table

GAP = float("nan")


def test_values_are_counted_without_the_gaps():
    data = pd.DataFrame({"a": [1.0, 1.0, 2.0, GAP], "b": [5.0, 6.0, 7.0, 8.0]})
    details = pd.DataFrame({"column": ["b", "a"], "points_treated": [1, 0]})
    table = distribution_table(data, details).set_index("column")
    assert table.loc["a", ["n", "different"]].tolist() == [3, 2]
    assert table.loc["a", "most_common"] == pytest.approx(2 / 3)
    assert table.loc["a", "treated_share"] == 0
    assert table.loc["b", ["n", "different", "most_common", "treated_share"]].tolist() == [
        4, 4, 0.25, 0.25,
    ]  # fmt: skip


def test_what_the_treatment_found_is_kept():
    details = pd.DataFrame({"column": ["a"], "points_treated": [0], "method": ["none"]})
    table = distribution_table(pd.DataFrame({"a": [1.0, 2.0]}), details)
    assert list(table.columns[:3]) == ["column", "points_treated", "method"]
    assert table["method"].tolist() == ["none"]


FRAMEWORK = pd.DataFrame(
    [("index", "", "index"), ("economy", "index", "domain"), ("sales", "economy", "measure")],
    columns=["code", "parent", "level"],
)


def test_the_shape_of_a_node_is_worked_by_hand():
    values = pd.Series([4.0, 1.0, 3.0, 2.0, GAP])
    shape = shape_table(pd.DataFrame({"economy": values, "index": values}), FRAMEWORK).iloc[0]
    assert shape[["n", "minimum", "median", "maximum"]].tolist() == [4, 1, 2.5, 4]
    # Squared distances from the mean 2.5: 2.25, 2.25, 0.25, 0.25; their sum 5, over n - 1.
    assert shape["standard_deviation"] == pytest.approx(math.sqrt(5 / 3))
    assert shape["skewness"] == pytest.approx(0)
    # n(n+1)Σd⁴ / ((n-1)(n-2)(n-3)s⁴) - 3(n-1)²/((n-2)(n-3)): 20·10.25/(6·25/9) - 27/2 = -1.2.
    assert shape["kurtosis"] == pytest.approx(-1.2)


def test_leaves_are_no_nodes_and_the_order_is_that_of_the_framework():
    nodes = pd.DataFrame({"economy": [1.0, 2.0, 4.0, 8.0], "index": [0.0, 0.0, 1.0, 1.0]})
    table = shape_table(nodes, FRAMEWORK)
    assert list(zip(table["level"], table["code"], strict=True)) == [
        ("index", "index"),
        ("domain", "economy"),
    ]
    # 1, 2, 4, 8 lean to the left, so their long tail is above.
    assert table["skewness"].iloc[1] > 0
