"""City pages as PDF: one sheet each, the same as in HTML, and inert whatever a table holds."""

import json
import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from analysis.publish.errors import PublishError
from analysis.publish.report.html import readable_text
from analysis.publish.site import city_content, city_sheets
from analysis.publish.site.cities import city_page

from ..site_project import HOSTILE

XUCHANG, SANSHA = "411000", "460300"


def test_html_and_pdf_say_the_same(site, contents):
    page = contents[XUCHANG]
    inputs = {"cities": json.dumps([page]), "title": "Xuchang", "lang": "en"}
    reader = PdfReader(BytesIO(city_sheets.compiled(inputs, 0)))
    assert len(reader.pages) == 1
    printed = re.sub(r"\s+", "", reader.pages[0].extract_text())
    figures = [f["figure"] for i in page["evidence"]["indicators"] for f in i["measures"]]
    shown = readable_text(city_page(site, page))
    for text in (*figures, page["rank"], page["interval"], *page["evidence"]["remarks"]):
        assert re.sub(r"\s+", "", text) in printed
        assert text in shown


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_itself_in_the_pdf(contents, text):
    page = city_content.inert(contents[SANSHA] | {"name_en": f"Sansha {text}"})
    inputs = {"cities": json.dumps([page]), "title": text, "lang": "en"}
    printed = PdfReader(BytesIO(city_sheets.compiled(inputs, 0))).pages[0].extract_text()
    shown = text.replace("\u202e", "<U+202E>")
    assert re.sub(r"\s+", "", shown) in re.sub(r"\s+", "", printed)
    assert "root:" not in printed


def test_a_page_of_which_there_is_a_little_too_much_is_made_smaller(contents):
    pages = [
        contents[SANSHA] | {"name_en": "Sansha", "reasons": ["too little"] * number}
        for number in (1, 20, 30)
    ]
    inputs = {"cities": json.dumps(pages), "title": "Sansha", "lang": "en"}
    assert len(PdfReader(BytesIO(city_sheets.compiled(inputs, 0))).pages) == len(pages)


def test_a_city_that_does_not_fit_on_one_page_is_refused_by_name(contents):
    page = contents[SANSHA] | {"name_en": "Sansha", "reasons": ["too little"] * 300}
    inputs = {"cities": json.dumps([page]), "title": "Sansha", "lang": "en"}
    with pytest.raises(PublishError, match="Sansha does not fit on one page"):
        city_sheets.compiled(inputs, 0)


def test_a_character_that_no_font_has_is_refused_by_its_code(site, contents, tmp_path):
    page = contents[SANSHA] | {"name_en": "\U00013000"}
    with pytest.raises(PublishError, match=r"no glyph for .* \(U\+13000\)"):
        city_sheets.write_city_sheets(site, [page], tmp_path / "sheet.pdf")
    assert not (tmp_path / "sheet.pdf").exists()
