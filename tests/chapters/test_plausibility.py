"""Published places inside the open intervals, worked by hand."""

import pandas as pd
import pytest
from speech import said

from analysis.chapters import plausibility
from analysis.index.aggregation import aggregate
from analysis.index.composite import CompositeIndex, Method

NAMES = pd.Series({"a": "Ay", "b": "Bee", "c": "Cee", "d": "Dee", "e": "Ee"})
TREE = pd.DataFrame(
    {
        "code": ["top", "economy", "society", "jobs", "firms", "schools"],
        "parent": ["", "top", "top", "economy", "economy", "society"],
        "level": ["index", "domain", "domain", "measure", "measure", "measure"],
        "weight": [1.0, 1, 1, 1, 1, 1],
    }
)
# Weights: jobs and firms a quarter each, schools a half. Indices: a 80, b 60, c 30; d has no jobs.
VALUES = pd.DataFrame(
    {"jobs": [80.0, 40, 20, None], "firms": [80.0, 40, 40, 20], "schools": [80.0, 80, 30, 20]},
    index=list("abcd"),
)
OPEN = pd.Series({"a": 1, "b": 2, "c": 3, "d": 4})


def composite() -> CompositeIndex:
    nothing = pd.DataFrame()
    nodes = aggregate(VALUES, TREE)
    return CompositeIndex(nothing, nothing, nothing, VALUES, nodes, TREE, Method())


@pytest.mark.parametrize(
    ("place", "side"),
    [(2, "better"), (3, "inside"), (4, "inside"), (7, "inside"), (8, "worse")],
)
def test_both_ends_belong_to_the_interval_and_what_lies_beside_does_not(place, side):
    places, low, high = (pd.Series([number]) for number in (place, 3, 7))
    assert plausibility.placed(places, low, high).tolist() == [side]


def test_a_city_is_put_beside_the_others_near_its_published_place(monkeypatch):
    monkeypatch.setattr(plausibility, "NEIGHBOURS", 1)
    places = pd.Series({"c": 1, "b": 3, "d": 2})
    parts = plausibility.neighbour_parts(composite(), places, OPEN)
    # c beside a and b, whose means are 60, 60 and 80: (20 - 60) / 4, (40 - 60) / 4, (30 - 80) / 2.
    assert parts.loc["c"].tolist() == [-10, -5, -25]
    # b beside c and d; jobs of c alone: (40 - 20) / 4, (40 - 30) / 4, (80 - 25) / 2.
    assert parts.loc["b"].tolist() == [5, 2.5, 27.5]
    # d, beside a, b and c, has no jobs: nothing is said of them, and firms have the whole half.
    assert parts.loc["d", "jobs"] == 0
    assert parts.loc["d", "firms"] == pytest.approx((20 - 160 / 3) / 2)


def test_what_carries_the_difference_is_sought_on_the_side_of_the_published_place():
    parts = pd.DataFrame(
        {"jobs": [-10.0, -10], "firms": [-5.0, -5], "schools": [4.0, 4]}, index=["c", "b"]
    )
    places = pd.DataFrame({"rank": [1, 9], "open_rank": [3.0, 2.0]}, index=["c", "b"])
    found = plausibility.carrying_parts(parts, TREE, places)
    assert found["difference"].tolist() == [-11, -11]
    # The list puts c better: the economy, -15, and in it jobs hold it back in the open data.
    assert found.loc["c", ["domain", "domain_part"]].tolist() == ["economy", -15]
    assert found.loc["c", ["measure", "measure_part"]].tolist() == ["jobs", -10]
    # It puts b worse: schools bring it forward.
    assert found.loc["b", ["domain", "domain_part"]].tolist() == ["society", 4]
    assert found.loc["b", ["measure", "measure_part"]].tolist() == ["schools", 4]


def test_the_table_has_the_cities_that_both_rank_by_published_place():
    published = pd.DataFrame(
        {
            "adcode": ["c", "a", "e", "b"],
            "city": ["Cee", "Ay", "Ee", "Bee"],
            "rank": [4, 1, 3, 2],
            "open_rank": [3.0, 1.0, None, 2.0],
        }
    )
    uncertainty = pd.DataFrame(
        {
            "adcode": list("abcd"),
            "rank": OPEN.to_numpy(),
            "rank_low": [1, 3, 2, 3],
            "rank_high": [2, 4, 3, 4],
            "technique_low": [1, 1, 2, 4],
            "technique_high": [1, 2, 4, 4],
        }
    )
    table = plausibility.published_place_table(published, uncertainty, composite())
    assert table["adcode"].tolist() == ["a", "b", "c"]
    assert table["placed"].tolist() == ["inside", "better", "worse"]
    assert table["placed_technique"].tolist() == ["inside", "inside", "inside"]
    assert table["rank_low"].tolist() == [1, 3, 2]


def places() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "adcode": list("abcde"),
            "rank": [1, 2, 3, 4, 5],
            "rank_low": [1, 4, 1, 5, 1],
            "rank_high": [2, 5, 2, 5, 5],
            "technique_low": [1, 2, 3, 4, 6],
            "technique_high": [1, 2, 3, 4, 6],
            "placed": ["inside", "better", "worse", "better", "inside"],
            "placed_technique": ["inside", "inside", "inside", "inside", "better"],
        }
    )


def test_cities_are_counted_on_each_side_of_both_intervals():
    facts = said(plausibility.plausibility_facts(places()), NAMES)
    assert (facts["cities"], facts["outside"]) == ("5", "3")
    of_all = [facts["all"][side] for side in ("inside", "better", "worse", "inside_share")]
    assert of_all == ["2", "2", "1", "40 %"]
    held = [facts["technique"][side] for side in ("inside", "better", "worse", "inside_share")]
    assert held == ["4", "1", "0", "80 %"]


def test_those_farthest_outside_come_first():
    facts = said(plausibility.plausibility_facts(places()), NAMES)
    # b stands two places before its interval, d one; c one behind.
    assert facts["farthest_better"] == "Bee and Dee"
    assert facts["farthest_worse"] == "Cee"
    nobody = said(plausibility.plausibility_facts(places().assign(placed="inside")), NAMES)
    assert nobody["farthest_better"] == nobody["farthest_worse"] == "none"


def test_chance_deals_every_place_to_every_city():
    # The intervals hold 2, 2, 2, 1 and 5 of the five places: 12 / 5.
    assert plausibility.inside_by_chance(places()) == pytest.approx(12 / 5)
