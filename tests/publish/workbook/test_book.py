"""The common layout of the sheets: references, heads, formulas with their present values."""

from io import BytesIO

import pandas as pd
import pytest
from openpyxl import load_workbook

from analysis.publish.workbook import book as books
from analysis.publish.workbook.book import FIRST, NAME, START


def test_references_stay_where_they_are_or_go_along(book):
    assert book.cell("cells", 0, 2) == "'Cells'!$C$1"
    assert book.near("cells", 4, 0) == "'Cells'!A5"
    assert book.across("used", 5, 2, 27) == "'Used'!C6:AB6"
    assert book.down("used", 2, 5, 9) == "'Used'!$C$6:$C$10"


def test_a_text_in_a_formula_has_its_quotes_twice():
    assert books.quoted('as "recorded"') == '"as ""recorded"""'


def read_back(book: books.Book, target: BytesIO, **options: bool):
    book.workbook.close()
    target.seek(0)
    return load_workbook(target, **options)


@pytest.fixture
def target(book) -> BytesIO:
    return book.workbook.filename


def test_a_step_has_a_row_for_every_city_below_its_heads(book, target):
    book.step("used", "What it does.", ["gdp_x"])
    sheet = read_back(book, target)["Used"]
    cities = book.model.cities
    shown = [row[:2] for row in sheet.iter_rows(min_row=FIRST + 1, values_only=True)]
    assert shown == list(zip(cities.index, cities["name_en"], strict=True))
    assert book.last == FIRST + len(cities) - 1
    assert [sheet.cell(1, 1).value, sheet.cell(2, 1).value] == ["Used figures", "What it does."]
    # A code that has no name is shown as it is.
    assert sheet.cell(NAME + 1, START + 1).value == "gdp_x"


def test_formulas_are_written_with_their_present_values_and_gaps_as_empty_texts(book, target):
    sheet = book.step("used", "", ["a"])
    values = pd.DataFrame({"a": [7.5, float("nan"), *[1.0] * (len(book.model.cities) - 2)]})
    book.fill(sheet, lambda row, column: f"=ROW()+{row}*{column}", values, "value")
    book.workbook.close()
    formulas, shown = (
        load_workbook(BytesIO(target.getvalue()), data_only=data)["Used"] for data in (False, True)
    )
    place = (FIRST + 1, START + 1)
    assert formulas.cell(*place).value == f"=ROW()+{FIRST}*{START}"
    assert shown.cell(*place).value == 7.5
    assert not shown.cell(FIRST + 2, START + 1).value


def test_a_formula_in_braces_computes_with_whole_rows(book, target):
    sheet = book.sheet("check", "Note")
    books.write_formula(sheet, (5, 0), "{=SUM(A1:A2*B1:B2)}", None, 0)
    books.write_formula(sheet, (6, 0), "=SUM(A1:A2)", None, 0)
    found = read_back(book, target)["Check"]
    assert found["A6"].value.ref == "A6"
    assert found["A7"].value == "=SUM(A1:A2)"


def test_no_text_is_taken_for_a_formula_a_number_or_a_link(book, target):
    sheet = book.sheet("check", "Note")
    texts = ["=1+1", "12", "http://example.org"]
    for row, text in enumerate(texts, 5):
        sheet.write(row, 0, text)
    found = read_back(book, target)["Check"]
    assert [found.cell(row + 1, 1).value for row in range(5, 8)] == texts
    assert {found.cell(row + 1, 1).data_type for row in range(5, 8)} == {"s"}
    assert found["A8"].hyperlink is None


def test_the_workbook_is_of_a_fixed_day(book, target):
    book.sheet("check", "Note")
    properties = read_back(book, target).properties
    assert properties.created == books.CREATED
    assert properties.title == "Audit workbook, edition tiny"
