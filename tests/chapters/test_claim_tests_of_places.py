"""Tests of claims about places: every verdict follows from the tables and changes with them."""

import pandas as pd
import pytest
from speech import said

from analysis.chapters.claim_outcomes import Outcome, Stated
from analysis.chapters.claim_tests_of_places import TESTS_OF_PLACES
from analysis.chapters.claim_verdicts import FAILS, HOLDS, QUALIFIED, UNTESTABLE

CODES = [*"abcd"]
CLAIMS = {
    "economic_base": Stated(["East", "Central"], [0.5]),
    "rising_by_stage": Stated(["infrastructure"], []),
    "first_by_size": Stated(["a", "b"], []),
    "smaller_cities_gain": Stated([], [0]),
    "stand_out_in_domain": Stated(["livelihood", "a", "b", "c"], []),
}


def size(
    by_head: tuple[float, ...] = (90, 80, 30, 20), gdp: tuple[float, ...] = (9, 8, 3, 4)
) -> pd.DataFrame:
    return pd.DataFrame({"gdp": gdp, "gdp_per_head": by_head}, index=CODES, dtype=float)


def cities(*provinces: str) -> pd.DataFrame:
    """Four cities; Coast lies in the East, Hills in the West."""
    region = ["East" if name == "Coast" else "West" for name in provinces]
    names = [f"City {code}" for code in CODES]
    return pd.DataFrame(
        {"adcode": CODES, "name_en": names, "province_en": provinces, "region": region}
    )


def scores(*values: float) -> pd.DataFrame:
    """Ranks in the order of the cities, and the same values in both domains."""
    table = pd.DataFrame({"adcode": CODES, "rank": [1, 2, 3, 4]})
    return table.assign(infrastructure=values, livelihood=values)


def listed(*codes: str) -> pd.DataFrame:
    stages = ["high", "middle", "low"]
    return pd.DataFrame({"adcode": codes, "tier": stages[: len(codes)]})


BANDS = pd.DataFrame({"tier": ["high", "middle", "low", "below"], "cities": [1, 1, 1, None]})


def base(*provinces: str, on_the_list: str = "ab") -> dict[str, pd.DataFrame]:
    ranked = scores(4, 3, 2, 1)
    published = listed(*on_the_list)
    return {"cities": cities(*provinces), "size": size(), "published": published, "scores": ranked}


def by_stage(*values: float) -> dict[str, pd.DataFrame]:
    return {"scores": scores(*values), "published": listed("a", "b", "c"), "bands": BANDS}


def moved(*moves: float) -> dict[str, pd.DataFrame]:
    """Residents rise from a to d, GDP from d to a."""
    comparison = pd.DataFrame({"adcode": CODES, "move": -9, "from_data": moves})
    return {"comparison": comparison, "size": size((40, 10, 1, 0.5), (4, 3, 2, 1))}


def standing(*values: float) -> dict[str, pd.DataFrame]:
    """The median is that of the one published city, d."""
    return {"scores": scores(*values), "published": listed("d")}


VERDICTS = [
    ("economic_base", base("Coast", "Coast", "Hills", "Hills"), HOLDS),
    ("economic_base", base("Coast", "Coast", "Hills", "Hills", on_the_list="cd"), QUALIFIED),
    # A half is not more than a half.
    ("economic_base", base("Coast", "Hills", "Hills", "Hills"), FAILS),
    ("rising_by_stage", by_stage(3, 2, 1, 0), HOLDS),
    ("rising_by_stage", by_stage(3, 1, 1, 0), QUALIFIED),
    ("rising_by_stage", by_stage(1, 2, 1, 0), FAILS),
    ("first_by_size", {"size": size()}, HOLDS),
    ("first_by_size", {"size": size(by_head=(90, 20, 30, 80))}, QUALIFIED),
    ("first_by_size", {"size": size((90, 20, 30, 80), (9, 3, 8, 4))}, FAILS),
    ("smaller_cities_gain", moved(1, 0, 0, -1), QUALIFIED),
    ("smaller_cities_gain", moved(1, -1, 1, -1), FAILS),
    ("stand_out_in_domain", standing(4, 3, 2, 1), HOLDS),
    ("stand_out_in_domain", standing(4, 3, 1, 2), QUALIFIED),
    # The median itself does not stand out.
    ("stand_out_in_domain", standing(4, 2, 1, 2), FAILS),
]


def outcome(name: str, tables: dict[str, pd.DataFrame]) -> Outcome:
    return TESTS_OF_PLACES[name](tables, CLAIMS[name])


def in_words(value: object) -> str:
    codes = ["gdp", "gdp_per_head", "resident_population", "Coast", "Hills", "infrastructure",
             "livelihood", "low", "middle", "high"]  # fmt: skip
    towns = pd.Series([f"City {code}" for code in CODES], CODES)
    return said(value, labels=pd.Series(codes, codes), towns=towns)


@pytest.mark.parametrize(("name", "tables", "expected"), VERDICTS)
def test_the_verdict_follows_from_the_tables(name, tables, expected):
    found = outcome(name, tables)
    assert found.verdict == expected
    assert in_words(found.expected)
    assert in_words(found.found)
    assert in_words(found.reason).endswith(".")


def test_small_cities_that_gain_by_both_sizes_hold():
    # Both sizes rise from a to d, so that a and b are the smaller ones.
    tables = {
        "comparison": pd.DataFrame({"adcode": CODES, "move": -9, "from_data": [2, 0, 0, -2]}),
        "size": size((1, 1, 1, 1), (1, 2, 3, 4)),
    }
    found = outcome("smaller_cities_gain", tables)
    assert found.verdict == HOLDS
    # (2 + 0) / 2 - (0 - 2) / 2 = 2
    assert in_words(found.found) == (
        "places gained on larger cities: by resident_population 2.0, by gdp 2.0"
    )


def test_every_test_is_tried_with_more_than_one_verdict():
    tried = {name: {verdict for case, _, verdict in VERDICTS if case == name} for name in CLAIMS}
    assert set(tried) == set(TESTS_OF_PLACES)
    assert all(len(verdicts) > 1 for verdicts in tried.values())


LOST = [
    ("economic_base", base("Coast", "Coast", "Hills", "Hills") | {"size": size() * float("nan")}),
    ("rising_by_stage", by_stage(3, 2, 1, 0) | {"scores": pd.DataFrame({"adcode": CODES})}),
    ("first_by_size", {"size": size(by_head=(float("nan"),) * 4)}),
    ("smaller_cities_gain", {}),
    ("smaller_cities_gain", moved(1, 0, 0, -1) | {"size": size() * float("nan")}),
    ("stand_out_in_domain", standing(4, 3, 2, 1) | {"scores": pd.DataFrame({"adcode": CODES})}),
]


@pytest.mark.parametrize(("name", "tables"), LOST)
def test_a_claim_whose_evidence_is_lost_cannot_be_tested(name, tables):
    found = outcome(name, tables)
    assert (found.found, found.verdict) == (None, UNTESTABLE)
    assert in_words(found.reason).startswith(("This edition has no figures of", "There is no"))


def test_two_of_three_by_chance_is_said_to_have_probability_one_half():
    found = outcome("stand_out_in_domain", standing(4, 3, 1, 2))
    assert in_words(found.reason).startswith("Above the median of the published cities lie 2 of 3;")
    assert "2 of 3 or more would, with probability 0.50" in in_words(found.reason)
    assert in_words(found.found) == "City a 1, City b 2, City c 4"


def test_shares_of_list_and_open_data_stand_beside_each_other():
    found = outcome("economic_base", base("Coast", "Coast", "Hills", "Hills", on_the_list="cd"))
    assert in_words(found.found) == (
        "0 % of the list, 100 % of as many leading cities of the open data"
    )
    assert "Coast, with 50 % of all cities" in in_words(found.reason)
