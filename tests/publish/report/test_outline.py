"""The sample report has the outline that the real Quarto gives it."""

import json
from pathlib import Path

import pytest

from ..conftest import TESTS
from ..outline import html_outline, letters, page_letters

QUARTO = json.loads((TESTS / "fixtures/quarto_sample/outline.json").read_text("utf8"))
ITS_HEADINGS = ("Other Formats", "Footnotes")
FIRST_PARAGRAPH = "The leading city is"


@pytest.fixture(scope="module")
def outline(rendered: Path) -> dict:
    return html_outline(rendered / "_output" / "report.html")


def expected(part: str):
    """What Quarto made, without the title block and the headings that its default theme adds."""
    if part == "headings":
        return [found for found in QUARTO[part] if found[2] not in ITS_HEADINGS]
    if part == "paragraphs":
        starts = [text.startswith(FIRST_PARAGRAPH) for text in QUARTO[part]]
        return QUARTO[part][starts.index(True) :]
    return QUARTO[part]


@pytest.mark.parametrize("part", sorted(QUARTO.keys() - {"pages"}))
def test_the_html_is_outlined_as_quarto_outlines_it(outline, part):
    assert outline[part] == expected(part)


def test_nothing_but_the_pages_is_left_out(outline):
    assert outline.keys() == QUARTO.keys() - {"pages"}


def test_every_page_of_the_pdf_holds_what_quarto_puts_there(rendered):
    pages = [letters("".join(lines)) for lines in QUARTO["pages"]]
    assert page_letters(rendered / "_output" / "report.pdf") == pages
