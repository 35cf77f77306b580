"""Where the table of a grid is: its head, its columns of places and years, its form."""

import pandas as pd
import pytest

from analysis.editions.importing import head

NAMES = {"甲市", "乙市", "丙市"}
CODES = {"910100", "910200", "910300"}
BODY = [["甲市", "1"], ["乙市", "2"], ["丙市", "3"]]


def found(*rows: list[str]) -> head.Head | None:
    numbered = list(enumerate(rows, 1))
    return head.find_head(numbered, NAMES.__contains__, CODES.__contains__)


def test_a_head_are_the_lines_with_several_texts_above_the_first_place():
    result = found(["title", ""], ["city", "economy"], ["place", "GDP"], *BODY)
    assert (result.lines, result.headings) == ((2, 3), ["city / place", "economy / GDP"])
    assert (result.name, result.code, result.year) == (0, -1, -1)


def test_a_title_right_above_the_head_is_none_of_it():
    assert found(["2019", ""], ["city", "GDP"], *BODY).lines == (2,)


@pytest.mark.parametrize(("rows", "is_table"), [(BODY, True), (BODY[:2], False)])
def test_three_places_make_a_table(rows, is_table):
    assert (found(["city", "GDP"], *rows) is not None) is is_table


def test_places_without_a_head_are_no_table():
    assert found(*BODY) is None


def test_codes_and_years_have_their_columns():
    rows = [
        [code, name, "2019", "5"] for code, name in zip(sorted(CODES), sorted(NAMES), strict=True)
    ]
    result = found(["code", "city", "年份", "GDP"], *rows)
    assert (result.code, result.name, result.year) == (0, 1, 2)


def test_a_column_that_has_a_code_now_and_then_is_none_of_codes():
    figures = [["甲市", "910100"], ["乙市", "910200"], ["丙市", "910300"]]
    more = [["甲市", str(n)] for n in range(4)]
    assert found(["city", "numbers"], *figures, *more).code == -1
    assert found(["city", "numbers"], *figures, *more[:2]).code == 1


@pytest.mark.parametrize(
    ("texts", "marks"),
    [
        (["1,5", "2"], (",", "")), (["1.234,5", "12,3"], (",", ".")), (["1,234", "5"], (".", "")),
        (["1,5", "2.5"], (".", "")), (["1,2345"], (",", "")), (["7"], (".", "")),
    ],
)  # fmt: skip
def test_a_comma_is_decimal_where_it_cannot_stand_for_thousands(texts, marks):
    assert head.decimal_comma(pd.DataFrame({"x": texts})) == marks


def test_marks_for_missing_are_found_and_other_texts_are_not():
    table = pd.DataFrame({"x": ["—", "1", "—"], "y": ["…", "about 5", ""]})
    assert head.missing_marks(table) == ["—", "…"]


@pytest.mark.parametrize(("texts", "numeric"), [
    (["1", "2", "3", "a", "b"], True), (["1", "a"], False), (["—", "1"], True), (["", "—"], False),
    (["1,234", "5%", "１"], True),
])  # fmt: skip
def test_a_column_of_figures_is_mostly_numbers(texts, numeric):
    assert head.is_numeric(pd.Series(texts)) is numeric


def test_years_are_four_digits_of_this_age():
    assert head.years_in("2019年统计", "2018-2019", "120190") == [2019, 2018]


def test_a_long_table_has_a_line_for_each_indicator():
    rows = [
        (city, name, unit, "1") for city in NAMES for name, unit in (("GDP", "元"), ("人", "%"))
    ]
    table = pd.DataFrame(rows, columns=["city", "what", "unit", "value"])
    assert head.long_form(table, ["city"], {"元", "%"}) == head.Long("what", "unit", "value")
    assert head.long_form(table.drop_duplicates("city"), ["city"], {"元", "%"}) is None
