"""Pages and workbook in a language that nobody speaks: every word that is seen bears its mark.

What may go without one is named here: names of cities, codes and file names, functions, citations.
"""

import json
import re
import shutil
from collections.abc import Iterator

import pytest
from lxml import html
from openpyxl import load_workbook
from pypdf import PdfReader

from analysis.editions import ROOT, Edition
from analysis.publish.documents import report_in
from analysis.publish.explorer import build as explorer
from analysis.publish.notebooks.execution import EXECUTED
from analysis.publish.report.html import render_html
from analysis.publish.report.origins import write_origins
from analysis.publish.report.prerender import libraries, prerender
from analysis.publish.report.shortcodes import expand
from analysis.publish.report.source import read_report
from analysis.publish.site.checklist import checklist_pages
from analysis.publish.site.cities import city_page, index_page
from analysis.publish.site.city_content import city_contents
from analysis.publish.site.city_sheets import write_city_sheets
from analysis.publish.site.city_tables import CityList
from analysis.publish.site.front import front_page
from analysis.publish.site.notebook_pages import notebook_pages
from analysis.publish.site.shell import PLACES, Site
from analysis.publish.workbook.book import CODE, START
from analysis.publish.workbook.build import GUIDE, SHEETS, write_workbook
from analysis.publish.workbook.sources import HEADS
from tests.invented_language import LANGUAGE, speaking_project, teach, unmarked

from .browser import chromium
from .page_fill import poorly_filled
from .real_pages import Typeset, bare_headings, shown_twice, typeset_report, unmentioned
from .site_project import lay_out_project

# A ranked city with corrected figures, and one without a rank.
XUCHANG, SANSHA = "411000", "460300"
# Names of files, columns and parameters, and names of values that a script writes.
CODES = re.compile(
    r"\{\w+\}"
    r"|[\w-]+\.csv, \d+, \w+"  # file, line and column of a figure
    r"|[\w-]+(?:[_./:]+[\w-]+)+"
    r"|[A-Za-z]+\d[A-Za-z]+"
)
# Parameters of the method and choices of one word, and a function.
NAMES = {"normalisation", "aggregation", "arithmetic", "renormalisation", "once", "ln"}
# Columns of sheets that hold codes, what is printed, or citations.
AS_THEY_STAND = {
    "weights": [1],
    "cells": [HEADS.index(head) for head in
              ("measure", "printed", "refused", "file", "column", "source")],
    "treatment": [0],
}  # fmt: skip
SHOWN = "//@aria-label | //@title | //@alt | //@placeholder | //@data-pattern"


def names_of(edition: Edition) -> set[str]:
    """Words in the names of the edition, its files, cities and provinces that no label names."""
    towns = edition.reference_table("cities")
    provinces = set(towns["province_en"]) - set(edition.labels().index)
    files = edition.raw_table("sources.csv")["file"].str.partition(".")[0]
    named = [edition.name, *files, *towns["name_en"], *provinces]
    return NAMES | {word for name in named for word in re.findall(r"[A-Za-z’'-]+", name)}


def english(text: str, edition: Edition) -> list[str]:
    """Words of a text that are no codes, no names and not of the language."""
    return unmarked(CODES.sub(" ", text), names_of(edition))


def seen(page: str) -> str:
    """What a reader or a screen reader meets on a page."""
    tree = html.fromstring(page)
    for element in tree.xpath("//script | //style"):
        element.drop_tree()
    return "\n".join([*tree.xpath("//text()"), *tree.xpath(SHOWN)])


@pytest.fixture(scope="module")
def real(tmp_path_factory) -> Site:
    """The site of edition 2020, in the invented language."""
    root = speaking_project(tmp_path_factory.mktemp("real"))
    return Site(Edition("2020", root), LANGUAGE)


@pytest.fixture(scope="module")
def tiny(built_tiny, tmp_path_factory) -> Site:
    """The same of the twelve cities of the tiny edition, with a checklist."""
    edition = lay_out_project(built_tiny, tmp_path_factory.mktemp("tiny"))
    shutil.copy(ROOT / "data" / "reference" / "checklist.csv", edition.reference)
    teach(edition)
    return Site(edition, LANGUAGE)


@pytest.fixture(scope="module")
def report(real) -> str:
    """The report of edition 2020 in the invented language, as HTML."""
    root = real.edition.root
    shutil.copy(ROOT / "requirements.lock", root)
    document = read_report(root, report_in(real.edition, LANGUAGE))
    told = {"edition_name": real.edition.name, "language": LANGUAGE}
    prerender(root, real.edition.name, told, document=document)
    write_origins(document, {})
    (root / "_build" / "explorer.html").touch()
    prepared = read_report(root, document.path.name)
    return render_html(prepared, expand(prepared))


@pytest.fixture(scope="module")
def typeset(report, real, tmp_path_factory) -> Typeset:
    """The pages of the report in English, from the notebooks that the invented language had run."""
    assert report
    return typeset_report(real.edition.root, tmp_path_factory.mktemp("pages"), real.edition.name)


def test_the_report_has_no_more_than_sixty_pages_and_none_is_left_half_empty(typeset):
    assert len(typeset.filled) <= 60
    assert poorly_filled(typeset.filled, typeset.parts) == {}


def test_the_glance_is_a_spread_of_two_well_filled_pages(typeset):
    glance, hundred, *_ = typeset.parts[-4:]
    assert (glance % 2, hundred - glance) == (0, 2)
    assert min(typeset.filled[glance - 1 : hundred - 1]) > 0.7


def test_what_the_report_shows_is_mentioned_and_introduced_and_stands_there_once(typeset):
    assert typeset.source.count("#figure(") > 60
    assert unmentioned(typeset.source) == set()
    assert bare_headings(typeset.source) == []
    assert shown_twice(typeset.source) == set()


def test_the_report_shows_no_word_of_another_language(report, real):
    """Formulas, code, names of libraries, citations and codes of columns are no words."""
    tree = html.fromstring(report)
    described = "//*[@id='tbl-dictionary']//td[position() <= 3]"  # file, column, type
    for element in tree.xpath(f"//script | //style | //math | //code | {described}"):
        element.drop_tree()
    shown = "\n".join([*tree.xpath("//body//text()"), *tree.xpath(SHOWN)])
    cited = [*libraries(), "PDF"]
    for name in sorted(cited, key=len, reverse=True):
        shown = shown.replace(name, " ")
    assert english(shown, real.edition) == []


def test_pages_of_cities_show_no_word_of_another_language(real):
    contents = list(city_contents(real, [XUCHANG, SANSHA]))
    assert [content["ranked"] for content in contents] == [True, False]
    assert contents[0]["evidence"]["remarks"]
    for content in contents:
        page = city_page(real, content, tuple(PLACES))
        assert english(seen(page), real.edition) == []
        assert html.fromstring(page).get("lang") == LANGUAGE


def test_sheets_of_cities_show_no_word_of_another_language(tiny, tmp_path):
    listed = CityList(tiny.edition, LANGUAGE)
    codes = [next(iter(listed.ranked)), next(iter(listed.unranked))]
    contents = list(city_contents(tiny, codes))
    pages = PdfReader(write_city_sheets(tiny, contents, tmp_path / "cities.pdf")).pages
    assert len(pages) == 2
    assert english("\n".join(page.extract_text() for page in pages), tiny.edition) == []


@pytest.mark.parametrize(
    "page",
    [
        lambda site: index_page(site, CityList(site.edition, LANGUAGE), tuple(PLACES)),
        lambda site: front_page(site, tuple(PLACES)),
        lambda site: checklist_pages(site, tuple(PLACES))["checklist.html"],
    ],
    ids=["cities", "front", "checklist"],
)
def test_pages_of_the_site_show_no_word_of_another_language(real, page):
    assert english(seen(page(real)), real.edition) == []


def test_pages_of_notebooks_show_no_word_of_another_language_beside_what_these_say(tiny):
    executed = tiny.edition.root / EXECUTED
    executed.mkdir(parents=True)
    cells = [{"cell_type": "markdown", "id": "cell-1", "metadata": {}, "source": "# 1"}]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (executed / "01_it.ipynb").write_text(json.dumps(notebook), "utf8")
    pages = notebook_pages(tiny, tuple(PLACES))
    assert set(pages) == {"notebooks/01_it.html", "notebooks/index.html"}
    for page in pages.values():
        assert english(seen(page), tiny.edition) == []


def test_the_explorer_shows_no_word_of_another_language_whatever_a_reader_does(tiny, tmp_path):
    data = explorer.explorer_data(tiny.edition, LANGUAGE)
    body = f'<main><div id="explorer"></div></main>{explorer.explorer_html(data)}'
    (tmp_path / "page.html").write_text(f"<!doctype html><meta charset=utf-8>{body}", "utf8")
    with chromium() as browser:
        page = browser.new_page()
        page.goto((tmp_path / "page.html").as_uri())
        before = page.inner_html("#explorer")
        page.evaluate(CHOICES)
        after = page.inner_html("#explorer")
    assert "changeº placeº" in after.lower()
    for shown in (before, after):
        assert english(seen(shown), tiny.edition) == []


# Another weight, and two cities to compare.
CHOICES = """() => {
  const slider = document.querySelector("#explorer-domains-0");
  slider.value = "5";
  slider.dispatchEvent(new Event("input"));
  for (const at of [0, 1]) {
    document.querySelectorAll("#explorer tbody input[type=checkbox]")[at].click();
  }
}"""


def test_the_workbook_shows_no_word_of_another_language(tiny, tmp_path):
    write_workbook(tiny.edition, tmp_path / "audit.xlsx", LANGUAGE)
    book = load_workbook(tmp_path / "audit.xlsx")
    texts = [*book.sheetnames, book.properties.title, book.properties.subject]
    for code, sheet in zip((GUIDE, *SHEETS), book, strict=True):
        texts += texts_of(code, sheet)
        texts += [text for rule in rules_of(sheet) for text in in_quotes(rule)]
    assert len(texts) > 1000
    assert english("\n".join(texts), tiny.edition) == []


def texts_of(code: str, sheet) -> Iterator[str]:
    """The texts of a sheet's cells and of its formulas, but for the row and columns of codes."""
    for row in sheet.iter_rows():
        for cell in row:
            is_code = cell.row == CODE + 1 and cell.column > START and code in STEPS
            if is_code or cell.column - 1 in AS_THEY_STAND.get(code, []):
                continue
            value = getattr(cell.value, "text", cell.value)
            if isinstance(value, str):
                yield from in_quotes(value) if value.startswith("=") else [value]


# Sheets with a row of codes above the names of their columns.
STEPS = {"measures", "coverage", "used", "treated", "normalised", "indicator", "subdomain",
         "domain", "scores"}  # fmt: skip


def in_quotes(formula: str) -> list[str]:
    """The texts in a formula."""
    return re.findall(r'"([^"]*)"', formula)


def rules_of(sheet) -> list[str]:
    """The formulas by which cells are coloured."""
    found = [rule for rules in sheet.conditional_formatting for rule in rules.rules]
    return [formula for rule in found for formula in rule.formula]
