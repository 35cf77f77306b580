"""What each rule judged and refused, and which have lost their yardstick."""

import pandas as pd
import pytest

from analysis.ranking.rule_account import rule_table

RULE = {"rule": "r", "kind": "ratio", "variable": "x", "compared_with": "y"}


def readings(**figures: dict[tuple[str, int], float]) -> pd.DataFrame:
    """Judged readings by variable, city and year, none of them refused."""
    rows = [
        {"adcode": city, "year": year, "variable": variable, "value": value, "rule": ""}
        for variable, found in figures.items()
        for (city, year), value in found.items()
    ]
    return pd.DataFrame(rows)


def account(table: pd.DataFrame, **parts: str) -> tuple:
    found = rule_table(table, pd.DataFrame([RULE | parts]), 2019).iloc[0]
    return tuple(found[["state", "figures", "judged", "refused"]])


X = {("A", 2018): 1.0, ("A", 2019): 1.0, ("B", 2019): 2.0, ("C", 2019): 3.0}


def test_the_share_is_that_of_the_figures_which_the_rule_could_judge():
    table = readings(x=X, y={("A", 2018): 5, ("B", 2019): 5})
    table.loc[(table["adcode"] == "B") & (table["variable"] == "x"), "rule"] = "r"
    found = rule_table(table, pd.DataFrame([RULE]), 2019).iloc[0]
    # Three figures of 2019; A is judged by the figure of 2018, C by none.
    assert found[["figures", "judged", "refused"]].tolist() == [3, 2, 1]
    assert found["share"] == 0.5


def test_of_a_single_figure_there_is_a_share_too():
    table = readings(x={("A", 2019): 1.0}, y={("A", 2019): 5})
    assert rule_table(table, pd.DataFrame([RULE]), 2019)["share"].tolist() == [0]
    table.loc[table["variable"] == "x", "rule"] = "r"
    assert rule_table(table, pd.DataFrame([RULE]), 2019)["share"].tolist() == [1]


def test_figures_of_other_years_are_not_counted():
    table = readings(x=X, y={("A", 2018): 5, ("B", 2019): 5})
    table.loc[table["year"] == 2018, "rule"] = "r"
    assert account(table) == ("judging", 3, 2, 0)


@pytest.mark.parametrize(
    ("yardstick", "state", "judged"),
    [
        ({("A", 2019): 5.0}, "judging", 1),
        ({("A", 2018): 5.0}, "older_yardstick", 1),
        ({("A", 2018): None}, "yardstick_lost", 0),
        ({}, "yardstick_lost", 0),
    ],
)
def test_a_rule_says_what_has_become_of_its_yardstick(yardstick, state, judged):
    assert account(readings(x=X, y=yardstick)) == (state, 3, judged, 0)


def test_a_rule_without_figures_to_judge_says_so_and_has_no_share():
    table = readings(x={("A", 2018): 1.0}, y={("A", 2019): 5.0})
    assert account(table) == ("figures_lost", 0, 0, 0)
    assert rule_table(table, pd.DataFrame([RULE]), 2019)["share"].isna().all()


def test_a_rule_that_uses_no_figure_judges_none():
    assert account(readings(x=X), kind="unfit", compared_with="") == ("unfit", 3, 0, 0)


def test_a_minimum_judges_every_figure_and_a_repeat_those_with_a_year_before():
    assert account(readings(x=X), kind="minimum", compared_with="") == ("judging", 3, 3, 0)
    assert account(readings(x=X), kind="repeat", compared_with="") == ("judging", 3, 1, 0)


def test_a_jump_needs_a_neighbour_and_a_yardstick_or_a_third_year():
    two = {("A", 2018): 1.0, ("A", 2019): 1.0, ("B", 2019): 1.0}
    assert account(readings(x=two, y={("A", 2019): 5.0}), kind="jump")[2] == 1
    assert account(readings(x=two, y={("B", 2019): 5.0}), kind="jump")[2] == 0
    for third in (2017, 2020):
        three = two | {("A", third): 1.0}
        found = account(readings(x=three, y={}), kind="jump")
        assert found == ("yardstick_lost", 2, 1, 0)
    later = {("A", 2019): 1.0, ("A", 2020): 1.0, ("A", 2021): 1.0}
    assert account(readings(x=later, y={}), kind="jump")[2] == 1


def test_a_step_needs_a_neighbour_and_odds_need_the_whole_in_both_years():
    two = {("A", 2019): 1.0, ("A", 2020): 1.0, ("B", 2019): 1.0}
    assert account(readings(x=two), kind="step", compared_with="")[2] == 1
    whole = {("A", 2019): 5.0, ("A", 2020): 5.0}
    assert account(readings(x=two, y=whole), kind="odds")[2] == 1
    assert account(readings(x=two, y={("A", 2019): 5.0}), kind="odds")[2] == 0


def test_the_rules_keep_their_order():
    rules = pd.DataFrame([RULE | {"rule": name} for name in ("b", "a", "c")])
    assert rule_table(readings(x=X, y={}), rules, 2019)["rule"].tolist() == ["b", "a", "c"]


@pytest.mark.parametrize("other", [2018, 2020])
def test_a_jump_without_a_yardstick_is_judged_among_three_years_alone(other):
    two = {("A", 2019): 1.0, ("A", other): 9.0}
    assert account(readings(x=two, y={}), kind="jump") == ("yardstick_lost", 1, 0, 0)
