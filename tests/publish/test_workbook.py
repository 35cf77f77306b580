"""The audit workbook recalculates to the engine's ranks, in a real spreadsheet program."""

import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from analysis import method as methods
from analysis import results, scores
from analysis.editions import load
from analysis.index.framework import with_weights
from analysis.index.ranking import piecewise_score, rank
from analysis.publish.workbook import build
from analysis.publish.workbook.book import CODE, FIRST
from analysis.publish.workbook.model import model_of
from analysis.publish.workbook.sources import VALUE, cell_row

SOFFICE = shutil.which("soffice")
HOSTILE = ['=HYPERLINK("http://example.org")', "+1", "-1", "@SUM(A1)"]
# A weight and two figures that are changed: the sheet, and what is written there.
WEIGHT, WEIGHTED = 5.0, "innovation"
FIGURE = ("440300", "broadband_subscribers")


@pytest.fixture(scope="module")
def model():
    return model_of(load("2020"))


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    path = tmp_path_factory.mktemp("workbook") / "audit.xlsx"
    build.write_workbook(load("2020"), path)
    return path


def test_two_workbooks_have_the_same_bytes(built_tiny, tmp_path):
    for name in ("one.xlsx", "two.xlsx"):
        build.write_workbook(built_tiny, tmp_path / name)
    one, two = sorted(tmp_path.iterdir())
    assert one.read_bytes() == two.read_bytes()


def test_there_is_a_sheet_for_every_step_and_a_line_about_each(written):
    book = load_workbook(written, read_only=True)
    names = [name for name, _ in build.SHEETS]
    assert book.sheetnames == ["Read me", *names]
    guide = [row[0] for row in book["Read me"].iter_rows(values_only=True)]
    assert [name for name in guide if name in names] == names


def test_what_is_shown_before_anything_recalculates_are_the_results(written):
    shown = table_of(written)
    committed = load("2020").result("scores").set_index("adcode")
    found = shown.loc[committed.index]
    assert found["rank"].astype(int).tolist() == committed["rank"].tolist()
    assert found["score"].astype(float).tolist() == pytest.approx(committed["score"].tolist())


def table_of(path: Path) -> pd.DataFrame:
    """The sheet Scores by adcode, ranked cities only."""
    sheet = load_workbook(path, data_only=True, read_only=True)["Scores"]
    rows = list(sheet.iter_rows(min_row=CODE + 1, values_only=True))
    table = pd.DataFrame(rows[FIRST - CODE :], columns=rows[0]).set_index("adcode")
    return table[pd.to_numeric(table["rank"], errors="coerce").notna()]


def changed(source: Path, target: Path, edits: dict[tuple[str, str], float | None]) -> None:
    """A copy without any computed value, with other numbers in cells named by sheet and place."""
    names = load_workbook(source, read_only=True).sheetnames
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if match := re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", name):
                text = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", text)
                for (sheet, place), number in edits.items():
                    if names[int(match[1]) - 1] == sheet:
                        text = with_number(text, place, number)
            new.writestr(name, text)


def with_number(text: bytes, place: str, number: float | None) -> bytes:
    """The XML of a sheet with another number, or none, in one cell."""
    value = b"" if number is None else f"<v>{number!r}</v>".encode()
    pattern = rb'(<c r="' + place.encode() + rb'"[^>]*>)<v>[^<]*</v></c>'
    found, count = re.subn(pattern, rb"\1" + value + b"</c>", text)
    assert count == 1
    return found


def by_engine(model, weight: float | None, figure: float | None) -> pd.DataFrame:
    """Score and rank of the engine after the same changes; the anchors follow as in 2020."""
    edition, cells = model.edition, model.cells.copy()
    if figure is not None:
        here = (cells["adcode"] == FIGURE[0]) & (cells["measure"] == FIGURE[1])
        cells.loc[here, "value"] = figure
        gap = (cells["adcode"] == "110000") & (cells["measure"] == "patents_granted")
        cells.loc[gap, "value"] = None
    names = ("framework", "measures", "cities", "tiers")
    framework, measures, cities, tiers = (edition.reference_table(name) for name in names)
    if weight is not None:
        framework = with_weights(framework, pd.Series({WEIGHTED: weight}))
    ranking = scores.rank_cities(cells, framework, measures, cities, methods.load(edition))
    index = ranking.composite.index
    anchors = scores.own_anchors(index, tiers)
    return pd.DataFrame({"score": piecewise_score(index, anchors), "rank": rank(index)})


@pytest.fixture(scope="module")
def recalculated(written, model, tmp_path_factory):
    """The workbook as a spreadsheet program computes it: as it is, and after three changes."""
    if SOFFICE is None:
        if os.environ.get("CI"):
            pytest.fail("LibreOffice (soffice) must be there in continuous integration")
        pytest.skip("LibreOffice (soffice) is not there to recalculate the workbook")
    folder = tmp_path_factory.mktemp("recalculated")
    weights = load_workbook(written, read_only=True)["Weights"]
    row = next(
        number
        for number, cells in enumerate(weights.iter_rows(values_only=True), 1)
        if cells[1] == WEIGHTED
    )
    codes, measures = list(model.cities.index), model.codes("measure")
    column = chr(ord("A") + VALUE)

    def place(adcode: str, measure: str) -> str:
        numbers = codes.index(adcode), measures.index(measure)
        return f"{column}{cell_row(*numbers, len(measures)) + 1}"

    changed(written, folder / "same.xlsx", {})
    edits = {
        ("Weights", f"E{row}"): WEIGHT,
        ("Cells", place(*FIGURE)): 1.0,
        ("Cells", place("110000", "patents_granted")): None,
    }
    changed(written, folder / "other.xlsx", edits)
    command = [
        SOFFICE, "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "done"),
        str(folder / "same.xlsx"), str(folder / "other.xlsx"),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return {name: folder / "done" / f"{name}.xlsx" for name in ("same", "other")}


@pytest.mark.parametrize(("name", "weight", "figure"), [("same", None, None), ("other", WEIGHT, 1)])
def test_a_spreadsheet_program_finds_the_scores_and_ranks_of_the_engine(
    recalculated, model, name, weight, figure
):
    found, expected = table_of(recalculated[name]), by_engine(model, weight, figure)
    assert set(found.index) == set(expected.index)
    expected = expected.loc[found.index]
    assert found["rank"].astype(int).tolist() == expected["rank"].astype(int).tolist()
    difference = found["score"].astype(float) - expected["score"]
    assert difference.abs().max() < 1e-9


def test_the_changes_of_the_test_do_change_the_ranking(model):
    before, after = by_engine(model, None, None), by_engine(model, WEIGHT, 1)
    assert (before["rank"] - after["rank"].reindex(before.index)).abs().max() > 10
    less = by_engine(model, None, 1)
    assert less.loc[FIGURE[0], "score"] < before.loc[FIGURE[0], "score"]


def test_the_check_of_the_workbook_says_that_nothing_differs(recalculated):
    book = load_workbook(recalculated["same"], data_only=True, read_only=True)
    check = dict(row[:2] for row in book["Check"].iter_rows(min_row=4, max_row=7, values_only=True))
    assert check["ranks that differ"] == 0
    assert check["largest difference of a score"] < 1e-9
    assert check["cities ranked by the formulas"] == check["cities ranked by the engine"] == 286
    ranking = [row[1] for row in book["Ranking"].iter_rows(min_row=6, values_only=True) if row[1]]
    assert ranking[:3] == load("2020").result("scores")["adcode"].tolist()[:3]
    decisions = {row[15] for row in book["Treatment"].iter_rows(min_row=4, values_only=True)}
    assert decisions == {"as recorded"}


def test_text_that_looks_like_a_formula_is_text(built_tiny, tmp_path):
    hostile = model_of(built_tiny)
    cities = hostile.cities.copy()
    cities.iloc[:4, cities.columns.get_loc("name_en")] = HOSTILE
    vars(hostile)["cities"] = cities
    book = build.new_book(str(tmp_path / "hostile.xlsx"), hostile)
    build.write_guide(book)
    build.write_sheets(book)
    book.workbook.close()
    sheets = load_workbook(tmp_path / "hostile.xlsx")
    for name in ("Measures", "Scores"):
        cells = [sheets[name].cell(FIRST + 1 + number, 2) for number in range(4)]
        assert [cell.value for cell in cells] == HOSTILE
        assert {cell.data_type for cell in cells} == {"s"}


def test_an_edition_with_frozen_anchors_has_them_as_numbers(tmp_path):
    edition = load("2019")
    book = build.new_book(str(tmp_path / "audit.xlsx"), model_of(edition))
    build.write_method(book)
    book.workbook.close()
    method = load_workbook(tmp_path / "audit.xlsx")["Method"]
    found = list(method.iter_rows(min_row=12, max_row=15, max_col=3, values_only=True))
    anchors = results.score_anchors(edition, pd.Series(dtype=float), pd.DataFrame())
    assert [row[2] for row in found[1:]] == ["frozen"] * 3
    assert sorted(row[1] for row in found[1:]) == sorted(anchors["index"])
