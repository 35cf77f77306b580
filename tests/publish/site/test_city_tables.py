"""The results that city pages are written from, by city."""

import pandas as pd
import pytest

from analysis import editions
from analysis.publish.site.city_tables import CityList, CityProfiles, groups, partners

BEIJING = "110000"


@pytest.fixture(scope="module")
def profiles(real) -> CityProfiles:
    """What the results of edition 2020 say of each city."""
    return CityProfiles(real)


def test_every_city_is_listed_once_with_a_rank_or_without(real):
    listed = CityList(real)
    assert listed.ranked.keys() | listed.unranked.keys() == listed.cities.keys()
    assert not listed.ranked.keys() & listed.unranked.keys()
    assert [row["rank"] for row in listed.ranked.values()] == sorted(real.result("scores")["rank"])


def test_names_follow_the_language(real):
    assert CityList(real).names[BEIJING] == "北京 Beijing"
    assert CityList(real, "zh_hans").names[BEIJING] == "北京"


def test_peers_are_the_fifteen_nearest_by_gdp_and_never_the_city_itself(contents, profiles):
    for content in contents.values():
        codes = [peer["adcode"] for peer in content.get("peers", [])]
        assert content["adcode"] not in codes
        assert len(codes) == (15 if content["adcode"] in profiles.gdp.index else 0)


def test_only_ranked_cities_with_a_gdp_have_peers(profiles):
    assert set(profiles.peers) == set(profiles.gdp.index) <= set(profiles.ranked)
    assert profiles.gdp_cells.keys() == profiles.cities.keys()


def test_an_edition_without_a_study_of_uncertainty_has_no_intervals_and_no_parts(built_tiny):
    tiny = CityProfiles(editions.load("tiny", built_tiny.root))
    assert (tiny.uncertainty, tiny.shares, tiny.standouts) == ({}, {}, {})


def test_pairs_and_rows_are_gathered_by_city_in_their_order():
    pairs = pd.DataFrame({"adcode": ["b", "a", "b"], "other": ["c", "b", "a"]})
    assert partners(pairs) == {"b": ["c", "a"], "a": ["b"]}
    assert {code: list(rows["other"]) for code, rows in groups(pairs).items()} == partners(pairs)
