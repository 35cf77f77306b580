"""What a city is compared with, on tables small enough to check by hand."""

import pandas as pd
import pytest

from analysis.chapters import profiles


def by_city(table: pd.DataFrame, column: str) -> dict[str, list]:
    return table.groupby("adcode")[column].agg(list).to_dict()


def test_places_within_a_group_count_only_its_own_cities_and_ties_share_the_better():
    scores = pd.DataFrame(
        {
            "adcode": ["1", "2", "3", "4"],
            "region": ["East", "West", "East", "East"],
            "rank": [1, 2, 3, 3],
        }
    )
    found = profiles.group_places(scores, "region")
    assert found["place"].to_dict() == {"1": 1, "2": 1, "3": 2, "4": 2}
    assert found["cities"].to_dict() == {"1": 3, "2": 1, "3": 3, "4": 3}


def test_peers_are_nearest_by_ratio_not_by_difference():
    # 100 is 60 away from 40 and 100 from 200, but 2.5 times the one and half the other.
    size = pd.Series({"1": 100.0, "2": 40.0, "3": 200.0})
    assert by_city(profiles.peers(size, 1), "other")["1"] == ["3"]


def test_a_city_without_a_size_has_no_peers_and_is_none():
    size = pd.Series({"1": 100.0, "2": None, "3": 200.0, "4": 400.0})
    found = by_city(profiles.peers(size, 5), "other")
    assert found == {"1": ["3", "4"], "3": ["1", "4"], "4": ["3", "1"]}


def test_a_size_that_has_no_ratio_is_refused_by_name():
    with pytest.raises(ValueError, match="sizes must be positive, those of 2 are not"):
        profiles.peers(pd.Series({"1": 1.0, "2": 0.0}), 1)


def test_cities_alike_have_the_nearest_values_over_all_domains():
    # From (0, 0): (3, 4) is 5 away, (0, 6) is 6 away and (4, 0) is 4 away.
    values = pd.DataFrame(
        {"economy": [0.0, 3, 0, 4], "innovation": [0.0, 4, 6, 0], "government": [None] * 4},
        index=["1", "2", "3", "4"],
    )
    found = profiles.alike(values, 2)
    assert by_city(found, "other")["1"] == ["4", "2"]
    assert by_city(found, "distance")["1"] == [4, 5]


def test_a_city_with_a_gap_is_alike_to_none():
    values = pd.DataFrame({"economy": [0.0, 1, None]}, index=["1", "2", "3"])
    assert by_city(profiles.alike(values, 2), "other") == {"1": ["2"], "2": ["1"]}


def test_peer_values_are_the_quartiles_over_the_peers():
    values = pd.DataFrame({"economy": [99.0, 10, 20, 30]}, index=["1", "2", "3", "4"])
    pairs = pd.DataFrame({"adcode": ["1"] * 3, "other": ["2", "3", "4"]})
    # Of 10, 20 and 30: a quarter of the way is 15, half of it 20, three quarters 25.
    assert profiles.peer_values(values, pairs).to_dict("records") == [
        {"adcode": "1", "code": "economy", "low": 15, "median": 20, "high": 25}
    ]


def test_strengths_come_first_then_weaknesses_and_what_moves_nothing_is_neither():
    parts = pd.DataFrame(
        {
            "adcode": ["1"] * 5 + ["2"],
            "code": ["a", "b", "c", "d", "e", "a"],
            "score_part": [1.0, 3.0, -2.0, -5.0, 0.0, 0.0],
        }
    )
    found = profiles.strongest(parts, 1)
    assert list(found["code"]) == ["b", "d"]
    assert set(found["adcode"]) == {"1"}
