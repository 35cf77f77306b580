"""The singled-out cities beside their open-data profile."""

import pandas as pd
from speech import said

from analysis.chapters.cases import case_facts, case_table

CITIES = pd.DataFrame({"adcode": list("abcd"), "name_en": ["Alder", "Birch", "Cedar", "Dogwood"]})
SCORES = pd.DataFrame(
    {
        "adcode": ["a", "b", "c"],
        "rank": [1, 2, 3],
        "economy": [90.0, 70.0, 80.0],
        "society": [50.0, 60.0, 60.0],
    }
)
PUBLISHED = pd.DataFrame({"adcode": ["b", "a"], "rank": [1, 2]})
CASES = pd.DataFrame(
    [("c", "economy"), ("a", "economy"), ("b", "society"), ("a", "society"), ("d", "society")],
    columns=["adcode", "domain"],
    index=[5, 6, 7, 8, 9],
)


def cases() -> pd.DataFrame:
    return case_table(CASES, SCORES, PUBLISHED, CITIES)


def test_cases_keep_their_order_and_are_named():
    assert cases()["city"].tolist() == ["Cedar", "Alder", "Birch", "Alder", "Dogwood"]
    assert cases()["domain"].tolist() == CASES["domain"].tolist()


def test_the_place_in_the_domain_is_that_among_all_ranked_cities():
    # Economy 90 80 70: c is second. Society 60 60 50: b shares the first place, a is third.
    assert cases()["domain_rank"].head(4).tolist() == [2, 1, 1, 3]
    assert cases()["domain_value"].head(4).tolist() == [80, 90, 60, 50]
    assert cases()["open_rank"].head(4).tolist() == [3, 1, 2, 1]


def test_a_city_stands_out_only_if_its_place_in_the_domain_is_better():
    # c: 2 before 3; a: 1 is no better than 1; b: 1 before 2; a in society: 3 after 1.
    assert cases()["stands_out"].head(4).tolist() == [1, 0, 1, 0]


def test_places_are_empty_where_a_city_is_not_listed_or_not_ranked():
    cedar, dogwood = cases().iloc[0], cases().iloc[4]
    assert pd.isna(cedar["rank"])
    assert dogwood[["rank", "open_rank", "domain_value", "domain_rank", "stands_out"]].isna().all()
    assert cases()["rank"].iloc[1:4].tolist() == [2, 1, 2]


NAMES = pd.Series({code: code.upper() for code in "abc"})
DOMAINS = pd.DataFrame(
    [("set", "published", "economy", 50.0), ("set", "open", "economy", 10.0)],
    columns=["kind", "group", "domain", "median"],
)


def test_singled_out_cities_are_counted_in_their_domain():
    cases = pd.DataFrame(
        {
            "adcode": list("abc"),
            "domain": "economy",
            "rank": [1, None, 3],
            "open_rank": [1, 9, None],
            "domain_value": [50.0, 60.0, None],
            "domain_rank": [2, 1, None],
            "stands_out": pd.array([0, 1, None], dtype="Int64"),
        }
    )
    found = said(case_facts({"cases": cases, "domains": DOMAINS}), NAMES)
    assert (found["count"], found["ranked"], found["leading"]) == ("3", "2", "1")
    assert (found["stand_out"], found["stand_out_names"]) == ("1", "B")
    assert (found["above_median"], found["outside_names"]) == ("1", "B")
    places = "A stands at place 2, B at 1 and C without a place"
    assert found["by_domain"] == {"economy": {"standing": places}}
