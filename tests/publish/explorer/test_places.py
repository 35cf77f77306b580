"""The cities and provinces that the explorer shows, column by column."""

import pandas as pd
import pytest

from analysis.language.names import words
from analysis.publish.explorer import places


@pytest.fixture(scope="module")
def ranked(real) -> pd.DataFrame:
    return pd.DataFrame(places.ranked_cities(real, "en")).set_index("id")


def test_ranked_cities_come_best_first_with_what_the_results_say(ranked, real):
    assert list(ranked["rank"]) == sorted(real.result("scores")["rank"])
    shenzhen = ranked.loc["440300"]
    doubt = real.result("uncertainty").set_index("adcode").loc["440300"]
    listed = real.result("published").set_index("adcode").loc["440300"]
    assert (shenzhen["zh"], shenzhen["en"]) == ("深圳", "Shenzhen")
    assert (shenzhen["low"], shenzhen["high"]) == (doubt["rank_low"], doubt["rank_high"])
    assert shenzhen["published"] == listed["rank"] == 1


def test_provinces_and_stages_are_positions_in_their_lists(ranked, real):
    labels = words(real)
    provinces, tiers = places.province_list(real, labels), places.tier_list(real, labels)
    assert provinces[ranked.loc["440300", "province"]]["name"] == "Guangdong"
    assert provinces[ranked.loc["440300", "province"]]["region"] == "East"
    assert tiers[ranked.loc["440300", "tier"]] == tiers[0] == "Ecosystem innovation"


def test_a_chinese_edition_shows_its_own_script_alone(real):
    found = places.ranked_cities(real, "zh_hant")
    assert found["zh"][found["id"].index("320500")] == "蘇州"
    assert set(found["en"]) == {""}


def test_cities_without_a_rank_come_with_the_reason(real):
    found = {city["id"]: city for city in places.unranked_cities(real, "en")}
    assert set(found) == set(real.result("unranked")["adcode"])
    assert found["140200"]["why"].startswith("33 % of the measures of digital governance")


def test_an_edition_without_intervals_has_gaps_in_their_place(built_tiny):
    found = places.ranked_cities(built_tiny, "en")
    assert set(found["low"]) == set(found["high"]) == {None}
    assert any(place is not None for place in found["published"])
    assert None in found["published"]
