"""The page of `check`: all findings in tables that a screen reader and a narrow screen can show."""

import itertools
import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from analysis.editions.validation.faults import Fault
from analysis.editions.validation.findings import Finding, causes
from analysis.publish import check_page

from .browser import chromium


def jump(line: int) -> Finding:
    fault = Fault("a.csv", line, "gdp", f"<{line}>", f"城市: {line} times", "at least 5 times")
    return Finding("suspicious", fault, "gdp", "110000", "1,234")


@pytest.fixture(scope="module")
def page(real) -> str:
    found = [jump(line) for line in range(2, 32)]
    found += [Finding("note", Fault("sources.csv", 2, "source", "x", "counts"))]
    found += [Finding("refused", Fault("b.csv", 7, "beds", "many", "must be a number"))]
    return check_page.page(real, causes(found, {"gdp": 0.125}))


def test_the_page_needs_no_other_file_and_says_its_language(page):
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert re.findall(r"(?:src|href)=|@import|url\((?!\"data:)", page) == []
    assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in page


def test_causes_come_in_their_order_under_headings(page):
    headings = re.findall(r"<h[123][^>]*>(.*?)</h", page)
    assert headings == [
        "Edition 2020: what was found in its input", "Refused", "b.csv, beds", "Suspicious",
        "a.csv, gdp", "Note", "sources.csv, source",
    ]  # fmt: skip


def test_every_finding_has_its_line_with_the_figure_before_beside_it(page):
    rows = re.findall(r"<tr><td.*?</tr>", page)
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in rows]
    assert len(cells) == 32
    assert cells[1] == ["2", "gdp", "&lt;2&gt;", "1,234", "城市: 2 times"]
    assert "30 in all; 12.5% of the index" in page


def test_tables_have_heads_and_captions_and_long_ones_are_folded(page):
    assert page.count("<caption>") == page.count('<th scope="col" class="number">Line</th>') == 3
    assert re.findall(r"<details( open)?>", page) == [" open", "", " open"]


def test_on_a_narrow_screen_each_cell_names_its_column(page):
    assert "@media (max-width: 40rem)" in page
    assert set(re.findall(r'data-head="(\w+)"', page)) == {
        "Line", "Column", "Value", "Before", "What",
    }  # fmt: skip


def test_any_screen_shows_it_without_scrolling_and_nothing_hinders_a_reader(page):
    papers = set()
    with chromium() as browser:
        for width, mode in itertools.product((1280, 400), ("light", "dark")):
            shown = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=mode)
            shown.set_content(page)
            assert shown.evaluate("document.documentElement.scrollWidth") == width
            assert Axe().run(shown).response["violations"] == []
            papers.add(shown.evaluate("getComputedStyle(document.body).backgroundColor"))
            shown.close()
    assert len(papers) == 2


def test_without_findings_the_page_says_so(real, tmp_path):
    check_page.write_page(real, [], tmp_path / "a" / "page.html")
    assert "All input is in order" in (tmp_path / "a" / "page.html").read_text("utf8")
