"""Pairs of columns that tell nearly the same, on the limit and beside it."""

import pandas as pd
import pytest

from analysis.index.audit.redundancy import redundant_pairs

# The correlation of a and b is 4/5: deviations -3 -1 1 3 and -3 -1 3 1 give 16 over 20.
CLOSE = pd.DataFrame({"a": [1.0, 2, 3, 4], "b": [1.0, 2, 4, 3], "c": [1.0, 3, 3, 1]})
WEIGHTS = pd.Series({"a": 0.5, "b": 0.3, "c": 0.2})


def found(values: pd.DataFrame, limit: float) -> list[tuple[str, str]]:
    table = redundant_pairs(values, WEIGHTS, limit)
    return list(zip(table["first"], table["second"], strict=True))


@pytest.mark.parametrize(
    ("limit", "pairs"), [(0.79, [("a", "b")]), (0.8, [("a", "b")]), (0.801, [])]
)
def test_a_correlation_on_the_limit_is_redundant_and_one_below_it_is_not(limit, pairs):
    assert found(CLOSE, limit) == pairs


@pytest.mark.parametrize(("limit", "pairs"), [(0.8, [("a", "b")]), (0.801, [])])
def test_measures_that_move_against_each_other_are_redundant_too(limit, pairs):
    assert found(CLOSE.assign(b=-CLOSE["b"]), limit) == pairs


def test_a_pair_weighs_what_both_weigh_and_counts_the_units_that_have_both():
    gap = pd.DataFrame({"a": [1.0, 2, 3, None], "b": [2.0, 4, 6, 9], "c": [1.0, 3, 3, 1]})
    row = redundant_pairs(gap, WEIGHTS, 0.9).iloc[0]
    assert (row["first"], row["second"], row["n"]) == ("a", "b", 3)
    assert row["weight"] == pytest.approx(0.8)
    assert row["correlation"] == 1


def test_the_closest_pair_comes_first_whatever_its_sign():
    values = CLOSE.assign(c=-CLOSE["b"])
    assert found(values, 0.5) == [("b", "c"), ("a", "b"), ("a", "c")]


def test_a_column_that_does_not_vary_is_in_no_pair():
    assert found(CLOSE.assign(c=5.0), 0.0) == [("a", "b")]


def test_pairs_are_numbered_in_the_order_that_they_are_told():
    # c runs with a exactly, so that this pair comes before that of a and b.
    table = redundant_pairs(CLOSE.assign(c=CLOSE["a"]), WEIGHTS, 0.7)
    assert table["first"].tolist()[0] == "a"
    assert table["second"].tolist()[0] == "c"
    assert table.index.tolist() == [0, 1, 2]


@pytest.mark.parametrize(("below", "pairs"), [(3e-10, [("a", "b")]), (7e-10, []), (3e-9, [])])
def test_a_correlation_below_the_limit_by_rounding_only_is_on_it(below, pairs):
    # a and c are unrelated, with the variance 1: r a + √(1 - r²) c correlates with a by r.
    a, c, r = pd.Series([1.0, -1, 1, -1]), pd.Series([1.0, 1, -1, -1]), 0.8 - below
    assert found(pd.DataFrame({"a": a, "b": r * a + (1 - r**2) ** 0.5 * c}), 0.8) == pairs
