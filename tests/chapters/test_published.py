"""The published ranking and its agreement with the open data."""

import pandas as pd
import pytest

from analysis.chapters import published

CITIES = pd.DataFrame(
    {
        "adcode": list("ABCDE"),
        "name_en": ["Alder", "Birch", "Cedar", "Dogwood", "Elm"],
        "province_en": "Northshore",
        "region": "East",
    }
)
TIERS = pd.DataFrame({"tier": ["top", "low", "rest"], "last_place": [1.0, 4.0, None]})
PRINTED = pd.DataFrame({"rank": [2, 1, 3, 4], "adcode": ["B", "A", "C", "D"]})
SCORES = pd.DataFrame(
    {
        "adcode": ["A", "C", "E", "B"],
        "index": [90.0, 80.0, 70.0, 60.0],
        "score": [95.0, 85.0, 75.0, 65.0],
        "rank": [1, 2, 3, 4],
        "economy": [80.0, 40.0, 99.0, 60.0],
        "society": [50.0, 40.0, 99.0, 70.0],
    }
)


def listed() -> pd.DataFrame:
    return published.published_table(PRINTED, CITIES, SCORES, TIERS)


def test_the_open_ranking_stands_beside_each_published_place():
    table = listed()
    assert table["city"].tolist() == ["Alder", "Birch", "Cedar", "Dogwood"]
    assert table["rank"].tolist() == [1, 2, 3, 4]
    assert table["tier"].tolist() == ["top", "low", "low", "low"]
    assert table["open_rank"].head(3).tolist() == [1, 4, 2]
    assert table["score"].head(3).tolist() == [95, 65, 85]


def test_a_published_city_that_the_open_data_do_not_rank_has_gaps():
    assert listed().set_index("adcode").loc["D", ["score", "open_rank"]].isna().all()


def test_a_city_published_twice_is_refused():
    twice = pd.DataFrame({"rank": [1, 2], "adcode": ["A", "A"]})
    with pytest.raises(pd.errors.MergeError):
        published.published_table(twice, CITIES, SCORES, TIERS)


def test_agreement_is_worked_by_hand():
    gdp = pd.Series({"A": 9.0, "B": 8.0, "C": 7.0, "D": 6.0, "E": 5.0})
    table = published.agreement_table(listed(), SCORES, gdp, draws=20, seed=1)
    found = table.set_index(["yardstick", "statistic"])
    # Places 1 2 3 of A B C against index 90 60 80: one of three pairs is discordant.
    assert found.loc[("index", "kendall"), "estimate"] == pytest.approx(1 / 3)
    assert found.loc[("index", "spearman"), "estimate"] == pytest.approx(0.5)
    assert found.loc[("index", "kendall"), "n"] == 3
    # The first four by index are A C E B: three of them are published.
    assert found.loc[("index", "common"), ["estimate", "n"]].tolist() == [3, 4]
    assert found.loc[("gdp", "kendall"), "estimate"] == pytest.approx(1)
    assert found.loc[("gdp", "common"), "estimate"] == 4
    assert found.loc[("gdp", "common"), ["low", "high"]].isna().all()
    # Of the ranked A B C E, E alone is not listed: A and C have a higher index, B a lower one;
    # all three have a higher GDP.
    assert found.loc[("index", "listed"), "estimate"] == pytest.approx(2 / 3)
    assert found.loc[("gdp", "listed"), ["estimate", "n"]].tolist() == [1, 4]


def test_disagreement_is_explained_by_the_domains_of_the_neighbours():
    table = published.disagreement_table(listed(), SCORES, ["economy", "society"], neighbours=1)
    # Places differ by B 4 - 2 = 2, C 2 - 3 = -1, A 1 - 1 = 0; D has no open place.
    assert table["adcode"].tolist() == ["B", "C", "A"]
    assert table["difference"].tolist() == [2, -1, 0]
    birch, cedar, alder = table.to_dict("records")
    # B lies between A and C: economy 60 - (80 + 40)/2 = 0, society 70 - (50 + 40)/2 = 25.
    assert (birch["strongest_domain"], birch["strongest_gap"]) == ("society", 25)
    assert (birch["weakest_domain"], birch["weakest_gap"]) == ("economy", 0)
    # C has B alone: economy 40 - 60 = -20, society 40 - 70 = -30.
    assert (cedar["strongest_domain"], cedar["strongest_gap"]) == ("economy", -20)
    assert (cedar["weakest_domain"], cedar["weakest_gap"]) == ("society", -30)
    # A has B alone: economy 80 - 60 = 20, society 50 - 70 = -20.
    assert (alder["strongest_gap"], alder["weakest_gap"]) == (20, -20)


def test_the_published_list_holds_a_hundred_cities_at_a_hundred_places(real):
    table = real.reference_table("published_2020_top100")
    assert table["rank"].tolist() == list(range(1, 101))
    assert table["adcode"].nunique() == 100
    assert table["city_as_printed"].nunique() == 100


def test_the_published_province_of_every_city_is_the_one_it_lies_in(real):
    table = real.reference_table("published_2020_top100")
    provinces = real.reference_table("cities").set_index("adcode")["province_zh_hant"]
    assert (table["adcode"].map(provinces) == table["province_as_printed"]).all()


def test_the_published_leaders_are_those_of_the_white_paper(real):
    leaders = real.reference_table("published_2020_top100")["city_as_printed"].head(5)
    assert leaders.tolist() == ["深圳市", "上海市", "北京市", "廣州市", "杭州市"]
