"""The sheet of the years behind a mean: what is printed, and formulas that give the value."""

import pytest
from conftest import lay_out_tiny, read
from openpyxl import load_workbook

from analysis.publish.workbook import build
from analysis.publish.workbook.averaged import COLUMN
from analysis.publish.workbook.book import CODE
from analysis.publish.workbook.model import model_of
from analysis.publish.workbook.sources import VALUE, cell_row


@pytest.fixture(scope="module")
def averaged(tmp_path_factory):
    """The model of the invented edition with patents averaged over two years, and its workbook."""
    root = tmp_path_factory.mktemp("averaged")
    tiny = lay_out_tiny(root)
    line = 2 + list(read(tiny.path("measures.csv"))["measure"]).index("patents_granted")
    tiny.put("measures.csv", line, "carry_years", "0")
    tiny.put("measures.csv", line, "years_before", "1")
    build.write_workbook(tiny.edition, root / "audit.xlsx")
    return model_of(tiny.edition), root / "audit.xlsx"


def test_every_figure_behind_a_mean_stands_in_a_row_with_its_place(averaged):
    model, path = averaged
    sheet = load_workbook(path, data_only=True)["Averaged"]
    rows = list(sheet.iter_rows(min_row=CODE + 2, values_only=True))
    table = model.averaged
    assert len(rows) == len(table) > 10
    for row, expected in zip(rows, table.to_dict("records"), strict=True):
        for name in ("adcode", "year", "printed", "file", "line", "column"):
            assert row[COLUMN[name]] == expected[name]
        for name in ("value", "year_mean", "deviation"):
            assert row[COLUMN[name]] == pytest.approx(expected[name])


def test_the_value_of_a_mean_is_a_formula_over_the_rows_of_its_city(averaged):
    model, path = averaged
    book = load_workbook(path)
    own = model.averaged.index[model.averaged["adcode"] == "910100"]
    first, last = own[0] + CODE + 2, own[-1] + CODE + 2
    codes, measures = list(model.cities.index), model.codes("measure")
    numbers = codes.index("910100"), measures.index("patents_granted")
    formula = book["Cells"].cell(cell_row(*numbers, len(measures)) + 1, VALUE + 1).value
    assert len(own) == 2
    assert f"AVERAGE('Averaged'!$H${first}:$H${last})" in formula
    assert '"patents_granted"' in formula
    assert formula.endswith(',2019),"")')


def test_without_means_there_are_heads_alone_and_no_formula_in_the_cells(tiny, tmp_path):
    build.write_workbook(tiny.edition, tmp_path / "audit.xlsx")
    book = load_workbook(tmp_path / "audit.xlsx")
    assert book["Averaged"].max_row == CODE + 1
    column = [row[VALUE] for row in book["Cells"].iter_rows(min_row=CODE + 2, values_only=True)]
    assert [value for value in column if isinstance(value, str)] == []
