"""Partial lists of other rankings beside both orders."""

import pandas as pd
import pytest
from speech import said

from analysis.chapters.yardsticks import yardstick_facts, yardstick_table

PUBLISHED = pd.DataFrame({"adcode": list("abcde"), "rank": [1, 2, 3, 4, 5]})
SCORES = pd.DataFrame({"adcode": list("dcbaf"), "rank": [1, 2, 3, 4, 5]})


def ranking(name: str, year: int, adcodes: str, positions: list[int] | None = None):
    places = positions or list(range(1, len(adcodes) + 1))
    columns = {"ranking": name, "data_year": year, "position": places, "adcode": list(adcodes)}
    return pd.DataFrame(columns)


def table(*rankings: pd.DataFrame) -> pd.DataFrame:
    return yardstick_table(pd.concat(rankings, ignore_index=True), PUBLISHED, SCORES)


def test_a_list_is_compared_with_both_orders():
    row = table(ranking("One", 2019, "abcd")).iloc[0]
    assert row["published_rho"] == pytest.approx(1)
    assert row["open_rho"] == pytest.approx(-1)


def test_rho_is_worked_by_hand_over_the_common_cities():
    # b a c d against places 2 1 3 4: differences of place 1 1 0 0, rho = 1 - 6 * 2 / (4 * 15).
    row = table(ranking("One", 2019, "bxacd")).iloc[0]
    assert row["published_rho"] == pytest.approx(1 - 12 / 60)
    assert (row["cities"], row["published_n"]) == (5, 4)


def test_ties_take_their_mean_place():
    # Positions 1 1 3 4 rank as 1.5 1.5 3 4 against 1 2 3 4: covariance 4.5, deviations 4.5 and 5.
    row = table(ranking("One", 2019, "abcd", [1, 1, 3, 4])).iloc[0]
    assert row["published_rho"] == pytest.approx(4.5 / (4.5 * 5) ** 0.5)


def test_fewer_than_four_common_cities_have_no_correlation():
    row = table(ranking("One", 2019, "abe")).iloc[0]
    assert pd.isna(row["published_rho"])
    assert pd.isna(row["open_rho"])
    assert (row["published_n"], row["open_n"]) == (3, 2)


def test_a_list_without_an_order_has_no_correlation_but_counts_its_cities():
    row = table(ranking("One", 2019, "abcde", [1, 1, 1, 1, 1])).iloc[0]
    assert pd.isna(row["published_rho"])
    assert pd.isna(row["open_rho"])
    assert (row["published_n"], row["open_n"]) == (5, 4)


def test_each_list_has_a_row_in_the_order_of_the_table():
    found = table(ranking("Two", 2020, "abcd"), ranking("One", 2016, "dcba"))
    assert found["ranking"].tolist() == ["Two", "One"]
    assert found["data_year"].tolist() == [2020, 2016]
    assert list(found.columns) == [
        "ranking", "data_year", "cities", "published_rho", "published_n", "open_rho", "open_n"
    ]  # fmt: skip


def test_yardsticks_are_described_by_the_longest_list():
    lists = pd.DataFrame(
        {
            "ranking": ["短", "长"],
            "data_year": [2021, 2016],
            "cities": [3, 8],
            "published_rho": [None, 0.25],
            "published_n": [2, 7],
            "open_rho": [None, 0.75],
            "open_n": [2, 8],
        }
    )
    rankings = pd.Series({"短": "Short list", "长": "Long list"})
    found = said(yardstick_facts(lists), rankings=rankings)
    assert (found["count"], found["fewest"], found["most"]) == ("2", "3", "8")
    assert (found["first_year"], found["last_year"]) == ("2016", "2021")
    assert (found["open_closer"], found["published_closer"]) == ("1", "0")
    assert (found["longest"], found["longest_open"]) == ("long list", "0.75")
