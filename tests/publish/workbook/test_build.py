"""The audit workbook recalculates to the engine's ranks, in a real spreadsheet program."""

import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from conftest import METHODS, EditionOnDisk, cleaned_to, lay_out_tiny, read, write
from openpyxl import load_workbook

from analysis.editions import Edition, load
from analysis.editions.validation.faults import InputRefusedError
from analysis.index.aggregation import aggregate
from analysis.index.framework import with_weights
from analysis.index.ranking import TIE_TOLERANCE, piecewise_score, rank
from analysis.index.refusal import RefusedValueError
from analysis.publish.workbook import build, formulas
from analysis.publish.workbook.book import CODE, FIRST, START, UNIT
from analysis.publish.workbook.model import model_of
from analysis.publish.workbook.ranks import PLACE
from analysis.publish.workbook.sources import VALUE, cell_row
from analysis.ranking import cleaning, of_record, scores
from analysis.ranking import method as methods

SOFFICE = shutil.which("soffice")
HOSTILE = ['=HYPERLINK("http://example.org")', "+1", "-1", "@SUM(A1)"]
# What is changed in a workbook of the tiny edition: a weight, a figure, and one taken out.
WEIGHT, WEIGHTED = 5.0, "innovation"
FIGURE = ("910100", "telecom_revenue")
TAKEN_OUT = ("910300", "patents_granted")


@pytest.fixture(scope="module")
def edition(real):
    """Edition 2020; what the method may be instead is tried with the tiny edition."""
    return real


@pytest.fixture(scope="module")
def model(edition, real_cells):
    with cleaned_to(real_cells):
        return model_of(edition)


@pytest.fixture(scope="module")
def written(edition, real_cells, tmp_path_factory):
    path = tmp_path_factory.mktemp("workbook") / "audit.xlsx"
    with cleaned_to(real_cells):
        build.write_workbook(edition, path)
    return path


def test_two_workbooks_have_the_same_bytes(built_tiny, tmp_path):
    for name in ("one.xlsx", "two.xlsx"):
        build.write_workbook(built_tiny, tmp_path / name)
    one, two = sorted(tmp_path.iterdir())
    assert one.read_bytes() == two.read_bytes()


def test_there_is_a_sheet_for_every_step_and_a_line_about_each(written):
    book = load_workbook(written, read_only=True)
    names = [load("2020").labels()[f"workbook_sheet_{code}"] for code in build.SHEETS]
    assert book.sheetnames == ["Read me", *names]
    guide = [row[0] for row in book["Read me"].iter_rows(values_only=True)]
    assert [name for name in guide if name in names] == names


def test_what_is_shown_before_anything_recalculates_are_the_results(written, edition, real_cells):
    shown = table_of(written)
    tables = of_record.index_tables(edition, of_record.ranked_cities(edition, real_cells))
    computed = tables["scores"].set_index("adcode")
    found = shown.loc[computed.index]
    assert found["rank"].astype(int).tolist() == computed["rank"].tolist()
    assert found["score"].astype(float).tolist() == pytest.approx(computed["score"].tolist())


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


def by_engine(model, weight: float | None = None, figure: float | None = None) -> pd.DataFrame:
    """Score and rank of the engine after the same changes; the anchors follow them."""
    edition, cells = model.edition, model.cells.set_index(["adcode", "measure"])
    if figure is not None:
        cells.loc[[FIGURE, TAKEN_OUT], "value"] = [figure, float("nan")]
    cells = cells.reset_index()
    names = ("framework", "measures", "cities", "tiers")
    framework, measures, cities, tiers = (edition.reference_table(name) for name in names)
    ranking = scores.rank_cities(cells, framework, measures, cities, methods.load(edition))
    made, index = ranking.composite, ranking.composite.index
    if weight is not None:
        weighed = with_weights(made.framework, pd.Series({WEIGHTED: weight}))
        rule = (made.method.aggregation, made.method.renormalisation)
        index = aggregate(made.normalised, weighed, *rule)["index"]
    anchors = scores.own_anchors(index, tiers)
    return pd.DataFrame({"score": piecewise_score(index, anchors), "rank": rank(index)})


def recalculate(paths: list[Path], folder: Path) -> dict[str, Path]:
    """The workbooks as a spreadsheet program computes them, by the names of their files."""
    if SOFFICE is None:
        if os.environ.get("CI"):
            pytest.fail("LibreOffice (soffice) must be there in continuous integration")
        pytest.skip("LibreOffice (soffice) is not there to recalculate the workbook")
    command = [
        SOFFICE, "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "done"),
        *map(str, paths),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    return {path.stem: folder / "done" / path.name for path in paths}


@pytest.fixture(scope="module")
def recalculated(written, tiny_model, under, tied, ruled, built_tiny, tmp_path_factory):
    """Every workbook as a spreadsheet program computes it, which starts once for all of them.

    That of edition 2020 as it is (`same`), that of the tiny edition after three changes (`other`),
    under each of `METHODS`, with ties, with taken over rulers and in another language.
    """
    folder = tmp_path_factory.mktemp("recalculated")
    changed(written, folder / "same.xlsx", {})
    build.write_workbook(built_tiny, folder / "written.xlsx")
    edits = three_edits(folder / "written.xlsx", tiny_model)
    changed(folder / "written.xlsx", folder / "other.xlsx", edits)
    changed(tied[1], folder / "tied.xlsx", {})
    others = {"ruled": (ruled, "en"), "language": (built_tiny, "zh_hans")}
    for name, (edition, language) in {
        **{name: (model.edition, "en") for name, model in under.items()},
        **others,
    }.items():
        build.write_workbook(edition, folder / "written.xlsx", language)
        changed(folder / "written.xlsx", folder / f"{name}.xlsx", {})
    names = ["same", "other", "tied", *others, *METHODS]
    return recalculate([folder / f"{name}.xlsx" for name in names], folder)


def three_edits(written: Path, model) -> dict[tuple[str, str], float | None]:
    """Another weight, another figure, and one less."""
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

    return {
        ("Weights", f"E{row}"): WEIGHT,
        ("Cells", place(*FIGURE)): 1.0,
        ("Cells", place(*TAKEN_OUT)): None,
    }


@pytest.fixture(scope="module")
def under(tmp_path_factory):
    """The model of the tiny edition under each of `METHODS`."""
    return {
        name: model_of(lay_out_tiny(tmp_path_factory.mktemp(name)).choose_class(name))
        for name in METHODS
    }


@pytest.mark.parametrize("method", METHODS)
def test_under_every_method_each_sheet_computes_what_the_engine_computes(
    under, recalculated, method
):
    model, path = under[method], recalculated[method]
    composite = model.ranking.composite
    book = load_workbook(path, data_only=True, read_only=True)
    levels = {"Indicators": "indicator", "Sub-domains": "subdomain", "Domains": "domain"}
    steps = {"Treated": composite.treated, "Normalised": composite.normalised}
    steps |= {name: composite.nodes[model.codes(level)] for name, level in levels.items()}
    for name, expected in steps.items():
        found = numbers_of(book[name]).loc[expected.index, expected.columns]
        pd.testing.assert_frame_equal(found, expected, rtol=1e-12, atol=1e-9, check_names=False)
    scores = numbers_of(book["Scores"]).loc[composite.index.index]
    ranked = model.scores.dropna(subset="rank").loc[scores.index]
    assert scores["rank"].tolist() == ranked["rank"].tolist()
    assert (scores["index"] - composite.index).abs().max() < 1e-9
    assert (scores["score"] - ranked["score"]).abs().max() < 1e-9


@pytest.mark.parametrize("method", METHODS)
def test_under_every_method_the_check_of_the_workbook_finds_no_difference(recalculated, method):
    book = load_workbook(recalculated[method], data_only=True, read_only=True)
    check = dict(row[:2] for row in book["Check"].iter_rows(min_row=4, max_row=7, values_only=True))
    assert check["places that differ"] == 0
    assert check["largest difference of a score"] < 1e-9
    decisions = {row[15] for row in book["Treatment"].iter_rows(min_row=4, values_only=True)}
    assert decisions == {"as recorded"}
    names = [row[:2] for row in book["Method"].iter_rows(min_row=9, max_row=10, values_only=True)]
    chosen = {"normalisation": "min_max", "aggregation": "arithmetic"} | METHODS[method]
    assert names == [(name, chosen[name]) for name in ("normalisation", "aggregation")]


def numbers_of(sheet) -> pd.DataFrame:
    """The columns of a step by code and adcode, texts as gaps."""
    rows = list(sheet.iter_rows(min_row=CODE + 1, values_only=True))
    table = pd.DataFrame(rows[FIRST - CODE :], columns=rows[0]).set_index("adcode")
    return table.apply(lambda column: pd.to_numeric(column, errors="coerce").astype(float))


@pytest.fixture(scope="module")
def tied(tmp_path_factory):
    """A composite index in which three cities share one place, and the workbook of it."""
    folder = tmp_path_factory.mktemp("ties")
    model = model_of(lay_out_tiny(folder).edition)
    composite = model.ranking.composite
    ordered = composite.index.sort_values(ascending=False)
    # A chain of steps that are each within the tolerance: three cities share one place.
    close = ordered.iloc[2] - 0.9 * TIE_TOLERANCE * pd.Series([0, 1, 2])
    composite.nodes.loc[ordered.index[2:5], "index"] = close.to_numpy()
    book = build.new_book(str(folder / "ties.xlsx"), model)
    build.write_sheets(book)
    scores = book.workbook.get_worksheet_by_name("Scores")
    for number, adcode in enumerate(model.cities.index):
        value = composite.index.get(adcode)
        write = scores.write_string if value is None else scores.write_number
        write(FIRST + number, PLACE["index"], "" if value is None else value)
    book.workbook.close()
    return composite, folder / "ties.xlsx"


def test_cities_tie_in_the_workbook_as_they_do_in_the_engine(tied, recalculated):
    composite, _ = tied
    book = load_workbook(recalculated["tied"], data_only=True, read_only=True)
    found = numbers_of(book["Scores"])["rank"]
    expected = rank(composite.index)
    assert expected.value_counts()[3] == 3
    assert found.loc[expected.index].tolist() == expected.tolist()


@pytest.mark.parametrize(
    ("scale", "mean"), [("min_max", "geometric"), ("z_score", "arithmetic"), ("x", "arithmetic")]
)
def test_a_method_that_cannot_be_carried_out_is_refused_before_any_work(
    tiny, tmp_path, monkeypatch, scale, mean
):
    edition = tiny.choose(normalisation=scale, aggregation=mean)
    monkeypatch.setattr(cleaning, "clean", lambda _: pytest.fail("work was begun"))
    with pytest.raises(InputRefusedError, match=r"^method\.csv, line [67], .*$"):
        build.write_workbook(edition, tmp_path / "audit.xlsx")
    assert list(tmp_path.glob("*audit*")) == []


@pytest.mark.parametrize(
    ("part", "known", "value"),
    [
        ("normalisation", formulas.SCALES, "min_max"),
        ("aggregation", formulas.MEANS, "arithmetic"),
        ("treatment", formulas.TREATMENTS, "none"),
    ],
)
def test_what_the_workbook_has_no_formula_for_is_refused_by_name(
    tiny, tmp_path, monkeypatch, part, known, value
):
    monkeypatch.delitem(known, value)
    rule = rf"column {part}, value '{value}': the audit workbook cannot follow this, .* for \w+"
    with pytest.raises(InputRefusedError, match=rule):
        build.write_workbook(tiny.edition, tmp_path / "audit.xlsx")
    assert list(tmp_path.glob("*audit*")) == []


def test_a_spreadsheet_program_finds_the_scores_and_ranks_of_the_engine(recalculated, model):
    found, expected = table_of(recalculated["same"]), by_engine(model)
    assert len(expected) == 286
    assert_alike(found, expected)


def test_it_finds_them_after_changes_too_which_do_change_the_ranking(recalculated, tiny_model):
    found, expected = table_of(recalculated["other"]), by_engine(tiny_model, WEIGHT, 1)
    assert_alike(found, expected)
    before = by_engine(tiny_model)
    assert (before["rank"] - expected["rank"]).abs().max() > 1
    less = by_engine(tiny_model, None, 1)
    assert less.loc[FIGURE[0], "score"] < before.loc[FIGURE[0], "score"]


def assert_alike(found: pd.DataFrame, expected: pd.DataFrame) -> None:
    """The same cities with the same places and, but for rounding, the same scores."""
    assert set(found.index) == set(expected.index)
    expected = expected.loc[found.index]
    assert found["rank"].astype(int).tolist() == expected["rank"].astype(int).tolist()
    assert (found["score"].astype(float) - expected["score"]).abs().max() < 1e-9


def test_the_check_of_the_workbook_says_that_nothing_differs(recalculated, model):
    book = load_workbook(recalculated["same"], data_only=True, read_only=True)
    check = dict(row[:2] for row in book["Check"].iter_rows(min_row=4, max_row=7, values_only=True))
    assert check["places that differ"] == 0
    assert check["largest difference of a score"] < 1e-9
    assert check["cities ranked by the formulas"] == check["cities ranked by the engine"] == 286
    ranking = [row[1] for row in book["Ranking"].iter_rows(min_row=6, values_only=True) if row[1]]
    assert ranking[:3] == model.scores.sort_values("rank").index.tolist()[:3]
    decisions = {row[15] for row in book["Treatment"].iter_rows(min_row=4, values_only=True)}
    assert decisions == {"as recorded"}


def test_text_that_looks_like_a_formula_is_text(tiny, tmp_path):
    for line, text in enumerate(HOSTILE, 2):
        tiny.put("cities.csv", line, "name_en", text)
    build.write_workbook(tiny.edition, tmp_path / "hostile.xlsx")
    sheets = load_workbook(tmp_path / "hostile.xlsx")
    for name in ("Measures", "Scores"):
        cells = [sheets[name].cell(FIRST + 1 + number, 2) for number in range(4)]
        assert [cell.value for cell in cells] == HOSTILE
        assert {cell.data_type for cell in cells} == {"s"}


def call(tiny: EditionOnDisk, sheet: str, name: str) -> None:
    """Give a sheet of the English workbook another name."""
    keys = list(tiny.edition.reference_table("labels")["key"])
    tiny.put("labels.csv", keys.index(f"workbook_sheet_{sheet}") + 2, "en", name)


def test_a_sheet_may_be_called_what_has_to_be_quoted_in_formulas(tiny, tmp_path):
    call(tiny, "weights", "A city's share")
    build.write_workbook(tiny.edition, tmp_path / "audit.xlsx")
    book = load_workbook(tmp_path / "audit.xlsx")
    assert book["Domains"].cell(UNIT + 1, START + 1).value.startswith("='A city''s share'!$F$")
    links = [cell.hyperlink.location for row in book["Read me"] for cell in row if cell.hyperlink]
    assert "'A city''s share'!A1" in links


@pytest.mark.parametrize("name", ["Weights / shares", "W" * 32, "Method"])
def test_a_name_that_no_sheet_can_have_is_refused_with_its_label(tiny, tmp_path, name):
    call(tiny, "weights", name)
    with pytest.raises(RefusedValueError, match=r"^labels\.csv: workbook_sheet_weights: "):
        build.write_workbook(tiny.edition, tmp_path / "audit.xlsx")
    assert list(tmp_path.glob("*.xlsx")) == []


def test_in_another_language_a_spreadsheet_program_finds_the_same(recalculated):
    book = load_workbook(recalculated["language"], data_only=True, read_only=True)
    *_, check = (list(sheet.iter_rows(min_row=4, max_row=7, values_only=True)) for sheet in book)
    by_formulas, known, largest, differing = (row[1] for row in check)
    assert by_formulas == known > 0
    assert largest < 1e-9
    assert differing == 0
    treatment = book.worksheets[1 + build.SHEETS.index("treatment")]
    assert {row[15] for row in treatment.iter_rows(min_row=4, values_only=True)} == {"与记录一致"}


def test_an_edition_with_frozen_anchors_has_them_as_numbers(tmp_path):
    edition = load("2019")
    book = build.new_book(str(tmp_path / "audit.xlsx"), model_of(edition))
    build.write_method(book)
    book.workbook.close()
    method = load_workbook(tmp_path / "audit.xlsx")["Method"]
    found = list(method.iter_rows(min_row=13, max_row=16, max_col=3, values_only=True))
    anchors = of_record.score_anchors(edition, pd.Series(dtype=float), pd.DataFrame())
    assert [row[2] for row in found[1:]] == ["frozen"] * 3
    assert sorted(row[1] for row in found[1:]) == sorted(anchors["index"])


@pytest.fixture(scope="module")
def ruled(built_tiny, tmp_path_factory) -> Edition:
    """A tiny edition with the rulers of another one, and figures beyond them on both sides."""
    tiny = lay_out_tiny(tmp_path_factory.mktemp("ruled"))
    shutil.copytree(built_tiny.results, tiny.edition.results)
    raw = tiny.edition.raw.with_name("later")
    shutil.copytree(tiny.edition.raw, raw)
    (raw / "edition.toml").write_text(
        'edition = "later"\ndata_year = 2019\nscore_anchors = "tiny"\n', "utf8"
    )
    yearbook = read(raw / "yearbook_2019.csv")
    yearbook.loc[0, "patent_grant_n"] = str(50 * int(yearbook["patent_grant_n"].max()))
    yearbook.loc[1, "telecom_rev_10kyuan"] = "1"
    write(raw / "yearbook_2019.csv", yearbook)
    return load("later", tiny.edition.root)


def test_an_edition_with_the_rulers_of_another_one_computes_what_the_engine_computes(
    ruled, recalculated
):
    model = model_of(ruled)
    book = load_workbook(recalculated["ruled"], data_only=True, read_only=True)
    composite = model.ranking.composite
    normalised = composite.normalised
    assert normalised.min(axis=None) < 0
    assert normalised.max(axis=None) > 100
    for name, expected in {
        "Treated": composite.treated,
        "Normalised": composite.normalised,
        "Domains": composite.nodes[model.codes("domain")],
    }.items():
        found = numbers_of(book[name]).loc[expected.index, expected.columns]
        pd.testing.assert_frame_equal(found, expected, rtol=1e-9, atol=1e-7, check_names=False)
    scores = numbers_of(book["Scores"]).loc[composite.index.index]
    assert scores["rank"].tolist() == rank(composite.index).tolist()
    treatment = list(book["Treatment"].iter_rows(min_row=4, values_only=True))
    frozen = set(model.ranking.frozen["column"])
    assert {row[15] for row in treatment if row[0] in frozen} == {"taken over"}
