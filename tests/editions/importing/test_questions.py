"""What is asked about lines and columns in doubt."""

import pandas as pd
import pytest

from analysis.editions.importing import questions


def test_a_name_that_is_no_place_is_asked_about_with_both_ways_out():
    assert questions.unknown_place("甲乙", []) == (
        "'甲乙' is no known place --name 甲乙=CITY, or --leave-out 甲乙"
    )
    assert "; is it 甲丙 or 甲丁? --name 甲乙=甲丙," in questions.unknown_place(
        "甲乙", ["甲丙", "甲丁"]
    )


def test_a_second_head_is_named_by_its_line():
    asked = questions.second_head("城市", pd.Series(["甲市", " 城市"], [5, 19]))
    assert asked.startswith("line 19 repeats the head: ")
    assert asked.endswith("--leave-out 城市")


def test_three_places_that_stand_twice_are_named_and_more_are_not():
    names = pd.Series(list("甲乙丙丁"), [7, 8, 9, 10])
    assert questions.places_twice(names[:0]) == []
    assert "(甲 in line 7, 乙 in line 8, 丙 in line 9): " in questions.places_twice(names[:3])[0]
    assert "丙 in line 9, …): " in questions.places_twice(names)[0]


@pytest.mark.parametrize(
    ("headings", "asked"),
    [
        (["2019", "2020"], 1),
        (["人口2019年", "人口2020年"], 1),
        (["人口 / 2019年", "人口 / 2020年", "用地 / 2019年", "用地 / 2020年"], 2),
        (["人口2019年", "用地2020年"], 0),  # two figures, of a year each
        (["人口", "用地"], 0),
    ],
)
def test_a_column_for_each_year_of_one_figure_is_asked_about(headings, asked):
    assert len(questions.year_columns(headings)) == asked
