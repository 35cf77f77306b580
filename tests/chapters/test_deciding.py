"""The figure that decides, worked by hand."""

import pandas as pd
import pytest
from speech import said

from analysis.chapters import deciding
from analysis.index.aggregation import aggregate
from analysis.index.composite import CompositeIndex, Method

NAMES = pd.Series({"u": "Ue", "v": "Vee", "w": "We"})
LABELS = pd.Series({"a": "Jobs", "b": "Schools", "c": "Pilots"})
CITIES = pd.DataFrame({"adcode": ["u", "v", "w"], "name_en": ["Ue", "Vee", "We"]})
TREE = pd.DataFrame(
    {"code": ["top", "a", "b", "c"], "parent": ["", "top", "top", "top"], "weight": 1.0}
)
# Indices: u 60, v 50, w 40. The means are 60, 50 and 40.
VALUES = pd.DataFrame(
    {"a": [60.0, 90, 30], "b": [60.0, 60, 30], "c": [60.0, 0, 60]}, index=["u", "v", "w"]
)
LINES = {"u": (2.0, 2.0, None), "v": (3.0, 3.0, None), "w": (4.0, None, 7.0)}


def cells() -> pd.DataFrame:
    rows = [
        (adcode, measure, 5.0, "jobs", "observed", 2019, f"{measure}.csv", line, "n")
        for adcode, lines in LINES.items()
        for measure, line in zip("abc", lines, strict=True)
    ]
    names = ["adcode", "measure", "value", "unit", "status", "year", "file", "line", "column"]
    return pd.DataFrame(rows, columns=names)


@pytest.fixture
def table() -> pd.DataFrame:
    nothing = pd.DataFrame()
    composite = CompositeIndex(
        nothing, nothing, nothing, VALUES, aggregate(VALUES, TREE), TREE, Method()
    )
    places = pd.Series({"u": 1, "v": 2, "w": 3})
    return deciding.deciding_table(composite, places, cells(), CITIES)


def test_the_figure_that_moves_a_city_most_decides(table):
    # v with 60 for 90 in a has 40 and shares place 2 with w; with 50 for 60 in b it has 46.7.
    # w with 60 for 30 in a has 50 and shares place 2 with v; in c it would fall, but is last.
    assert table["adcode"].tolist() == ["u", "v", "w"]
    assert table["moved"].tolist() == [0, 0, -1]
    assert table.loc[2, ["measure", "rank_without", "file"]].tolist() == ["a", 2, "a.csv"]
    assert table.loc[2, ["line", "column", "city"]].tolist() == [4, "n", "We"]


def test_of_figures_that_move_it_as_far_the_first_of_the_framework_stands(table):
    assert table["measure"].tolist() == ["a", "a", "a"]


def test_what_is_not_printed_does_not_decide():
    nothing = pd.DataFrame()
    composite = CompositeIndex(
        nothing, nothing, nothing, VALUES, aggregate(VALUES, TREE), TREE, Method()
    )
    places = pd.Series({"u": 1, "v": 2, "w": 3})
    unprinted = cells()
    unprinted.loc[unprinted["measure"] == "a", "line"] = None
    found = deciding.deciding_table(composite, places, unprinted, CITIES)
    # w has a line for c alone, which moves it by nothing; v has one for b alone.
    assert found.set_index("adcode")["measure"].to_dict() == {"u": "b", "v": "b", "w": "c"}
    unprinted["line"] = None
    assert deciding.deciding_table(composite, places, unprinted, CITIES).empty


def test_single_figures_are_counted_by_how_far_they_move_a_city():
    found = pd.DataFrame(
        {
            "adcode": ["u", "v", "w"],
            "rank": [1, 100, 101],
            "measure": ["b", "a", "b"],
            "rank_without": [10, 110, 70],
            "moved": [9, 10, -31],
        }
    )
    facts = said(deciding.deciding_facts(found), NAMES, LABELS)
    assert (facts["cities"], facts["median"], facts["far"]) == ("3", "10", "2")
    assert (facts["most_often"], facts["most_often_cities"]) == ("schools", "2")
    assert (facts["farthest"], facts["farthest_measure"]) == ("We", "schools")
    assert (facts["farthest_rank"], facts["farthest_without"]) == ("101", "70")
    # 9.5 is said as the even number.
    assert facts["median_hundred"] == "10"


def test_the_committed_figures_stand_where_the_table_says(real):
    table = real.result("deciding_figures")
    cell = real.result("cells").set_index(["adcode", "measure"])
    for row in table.sample(12, random_state=1).to_dict("records"):
        printed = cell.loc[(row["adcode"], row["measure"])]
        assert (row["file"], row["line"]) == (printed["file"], printed["line"])
    assert (table["rank"] + table["moved"] == table["rank_without"]).all()
