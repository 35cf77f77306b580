"""A grid of texts becomes a table, as its recipe says."""

from pathlib import Path

import pytest

from analysis.editions.recipe_rows import joined_headings, plain_text, shaped
from analysis.editions.recipes import Recipe
from analysis.editions.text_tables import UnreadableTableError

PATH = Path("t.xlsx")
TITLED = [
    (1, ["a title", "", ""]),
    (2, ["城市", "经济", ""]),
    (3, ["", "GDP", "出口"]),
    (4, ["", "（亿元）", "（万元）"]),
    (5, ["甲市", "1", "—"]),
    (6, ["", "", ""]),
    (7, ["乙市", "…", "2"]),
]
LONG = [
    (1, ["城市", "年份", "指标", "单位", "数值"]),
    (2, ["甲市", "2019", "GDP", "（亿元）", "5"]),
    (3, ["甲市", "2019", "出口", "（万元）", "6"]),
    (4, ["乙市", "2019", "出口", "（万元）", "7"]),
]
LONG_RECIPE = Recipe(layout="long", indicator="指标", unit="单位", value="数值")


def test_a_head_of_several_lines_is_joined_and_lines_keep_their_numbers():
    found = shaped(PATH, TITLED, Recipe(header_rows=(2, 3, 4), missing_values=("—", "…")))
    assert list(found.table) == ["城市", "经济 / GDP / （亿元）", "经济 / 出口 / （万元）"]
    assert found.table.loc[5].tolist() == ["甲市", "1", ""]
    assert found.table.loc[7].tolist() == ["乙市", "", "2"]
    assert list(found.table.index) == [5, 7]
    assert found.above.to_dict() == {1: "a title"}


def test_a_mark_that_the_recipe_does_not_name_stays():
    found = shaped(PATH, TITLED, Recipe(header_rows=(2, 3, 4), missing_values=("—",)))
    assert found.table.iloc[1, 1] == "…"


def test_a_heading_holds_to_the_right_only_where_one_stands_below():
    assert joined_headings([["a", "b", ""], ["", "x", ""]], "/") == ["a", "b/x", "(C)"]
    assert joined_headings([["a", "b", ""], ["", "x", "y"]], "/") == ["a", "b/x", "b/y"]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("1.234,5", "1234.5"), ("12,5", "12.5"), ("-12,5", "-12.5"), ("7", "7"), ("-", ""),
        ("1,2,3", "1,2,3"), ("甲,市", "甲,市"), ("  甲", "  甲"),
    ],
)  # fmt: skip
def test_decimal_commas_and_marks_are_read(text, plain):
    recipe = Recipe(decimal_char=",", group_char=".", missing_values=("-",))
    assert plain_text(text, recipe) == plain


def test_a_column_without_a_heading_is_called_by_its_letter_if_it_holds_anything():
    rows = [(1, ["", "GDP", "", ""]), (2, ["甲市", "5", "6", ""])]
    assert list(shaped(PATH, rows, Recipe()).table) == ["(A)", "GDP", "(C)"]


def test_two_columns_of_one_heading_are_refused():
    rows = [(1, ["城市", "GDP", "GDP"]), (2, ["甲市", "5", "6"])]
    with pytest.raises(UnreadableTableError, match="line 1, column GDP: stands above several"):
        shaped(PATH, rows, Recipe())


@pytest.mark.parametrize("lines", [(8,), (7,), (1, 99)])
def test_a_head_below_which_nothing_stands_is_refused(lines):
    with pytest.raises(UnreadableTableError, match="there is no table"):
        shaped(PATH, TITLED, Recipe(header_rows=lines))


def test_a_long_table_has_a_column_for_each_indicator_and_the_line_of_each_figure():
    found = shaped(PATH, LONG, LONG_RECIPE)
    assert list(found.table) == ["城市", "年份", "GDP（亿元）", "出口（万元）"]
    assert found.table.loc[2].tolist() == ["甲市", "2019", "5", "6"]
    assert found.table.loc[4].tolist() == ["乙市", "2019", "", "7"]
    assert found.lines.loc[2].tolist() == [2, 3]
    assert found.lines.loc[4, "出口（万元）"] == 4


def test_two_units_of_one_indicator_are_two_columns():
    rows = [*LONG, (5, ["乙市", "2019", "GDP", "（万元）", "9"])]
    assert "GDP（万元）" in shaped(PATH, rows, LONG_RECIPE).table


def test_a_figure_that_stands_twice_in_a_long_table_is_refused():
    with pytest.raises(UnreadableTableError, match=r"line 5, column 指标: .* in a line above"):
        shaped(PATH, [*LONG, (5, LONG[1][1])], LONG_RECIPE)


def test_a_long_table_without_its_columns_is_refused():
    with pytest.raises(UnreadableTableError, match="column wert: the recipe names this column"):
        shaped(PATH, LONG, Recipe(layout="long", indicator="指标", value="wert"))
