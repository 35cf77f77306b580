import numpy as np
import pandas as pd
import pytest

from analysis.index.audit.added_value import CLASSES, rank_difference_table, size_table


def test_rank_differences_are_counted_by_class():
    # Forty units, the part in the opposite order: places i and 41 - i differ by 39, 37, ..., 1,
    # each twice: 1, 3 | 5, 7, 9 | 11 to 19 | 21 to 29 | 31 to 39.
    nodes = pd.DataFrame({"index": np.arange(40.0), "part": -np.arange(40.0)})
    table = rank_difference_table(nodes, ["part"], "index")
    assert table["difference"].tolist() == list(CLASSES)
    assert table["units"].tolist() == [0, 4, 6, 10, 10, 10]
    assert table["share"].tolist() == [0, 0.1, 0.15, 0.25, 0.25, 0.25]


def test_the_same_order_differs_by_no_place():
    nodes = pd.DataFrame({"index": [1.0, 2.0, 3.0], "part": [10.0, 20.0, 90.0]})
    assert rank_difference_table(nodes, ["part"], "index")["units"].tolist() == [3, 0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("places", "name"),
    [(4, "1-4"), (5, "5-9"), (9, "5-9"), (10, "10-19"), (20, "20-29"), (29, "20-29"), (30, "30+")],
)
def test_classes_begin_at_their_lower_limit(places, name):
    # One unit moves from place 1 down by `places`, those it passes move up by one.
    index = -np.arange(40.0)
    part = index.copy()
    part[0] = index[places] - 0.5
    table = rank_difference_table(pd.DataFrame({"index": index, "part": part}), ["part"], "index")
    units = table.set_index("difference")["units"]
    assert units["0"] == 39 - places
    assert units[name] == (places + 1 if name == "1-4" else 1)


def test_size_correlations_and_the_flag_of_a_bias():
    # Ranks 1 2 3 4 (and 2 1 4 3) against 1 2 4 3: 1 - 6 × 2 / (4 × 15) = 0.8. Ranks 2 1 4 3
    # against 1 2 3 4: 1 - 6 × 4 / 60 = 0.6, a limit that is reached but not passed.
    nodes = pd.DataFrame({"index": [1.0, 2.0, 3.0, 4.0], "part": [2.0, 1.0, 4.0, 3.0]})
    sizes = pd.DataFrame({"gdp": [10.0, 20.0, 40.0, 30.0], "heads": [1.0, 2.0, 3.0, 4.0]})
    table = size_table(nodes, sizes).set_index(["code", "size"])
    assert table["spearman"].tolist() == pytest.approx([0.8, 1, 0.8, 0.6])
    assert table.loc[("index", "gdp"), "pearson"] == pytest.approx(0.8)
    assert table["biased"].tolist() == [1, 1, 1, 0]


def test_a_negative_correlation_is_a_bias_too():
    nodes = pd.DataFrame({"index": [1.0, 2.0, 3.0]})
    table = size_table(nodes, pd.DataFrame({"size": [3.0, 2.0, 1.0]}))
    assert table["spearman"].tolist() == pytest.approx([-1])
    assert table["biased"].tolist() == [1]


def test_units_without_a_size_are_left_out():
    nodes = pd.DataFrame({"index": [1.0, 2.0, 3.0, 9.0]}, index=list("abcd"))
    sizes = pd.DataFrame({"size": [2.0, 1.0, np.nan, 7.0]}, index=list("bacz"))
    table = size_table(nodes, sizes)
    assert table["n"].tolist() == [2]
    assert table["spearman"].tolist() == pytest.approx([1])


def test_a_correlation_of_exactly_the_limit_is_no_bias_and_one_beyond_is():
    # Of five ranks: 1 - 6 × 8 / 120 = 0.6, and with a sum of 6 it is 0.7.
    nodes = pd.DataFrame({"index": [1.0, 2.0, 3.0, 4.0, 5.0]})
    sizes = pd.DataFrame({"on": [3.0, 1.0, 2.0, 5.0, 4.0], "beside": [3.0, 1.0, 2.0, 4.0, 5.0]})
    table = size_table(nodes, sizes).set_index("size")
    assert table["spearman"].tolist() == pytest.approx([0.6, 0.7])
    assert table["biased"].tolist() == [0, 1]
    mirrored = size_table(-nodes, sizes)
    assert mirrored["biased"].tolist() == [0, 1]
