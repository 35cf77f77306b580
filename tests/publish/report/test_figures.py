"""Figures inside the page: small, with words, and with names of their own."""

import base64
import re
from xml.etree import ElementTree

import pytest

from analysis.figures.svg_text import with_narrow
from analysis.publish.report.figures import Styles, drawing, with_drawings

SVG = """<?xml version="1.0"?>
<svg xmlns:xlink="http://www.w3.org/1999/xlink" xmlns="http://www.w3.org/2000/svg"
  width="241.2pt" height="100pt" viewBox="0 0 241.2 100" version="1.1">
 <metadata><who>matplotlib</who></metadata>
 <defs><style type="text/css">*{stroke-linecap: butt}</style>
  <clipPath id="p1"><rect x="0" y="0" width="9" height="9"/></clipPath></defs>
 <g id="figure_1"><g id="patch_1">
  <path d="M 0.123456 2.5  L 482.4 2.999  z " style="fill: #ffffff; stroke: #5c6773"/></g>
  <defs><path id="m1" d="M 0 1"/></defs>
  <g clip-path="url(#p1)"><use xlink:href="#m1" x="1.23456" y="2"
   style="fill: #ffffff; stroke: #5c6773"/></g>
  <text style="font-size: 10px; fill: #5c6773" transform="rotate(-0 1 2)"
   x="1"><tspan lang="zh">深圳 </tspan>A &lt; B</text>
 </g></svg>"""


@pytest.fixture
def drawn() -> str:
    return drawing(SVG, "d1", 'Bars & "lines"', Styles())


def test_a_drawing_begins_with_its_alternative_text(drawn):
    assert re.match(r'<svg role="graphics-document" [^>]*><title>Bars &amp; "lines"</title>', drawn)


def test_words_stay_text_in_order(drawn):
    text = ElementTree.fromstring(drawn).find("text")
    assert "".join(text.itertext()) == "深圳 A < B"
    assert text.get("transform") is None


def test_only_what_is_seen_is_left(drawn):
    for gone in ("metadata", "figure_1", "patch_1", "stroke-linecap", "xlink"):
        assert gone not in drawn


def test_names_within_a_figure_are_its_own(drawn):
    assert 'id="d1-0"' in drawn
    assert 'clip-path="url(#d1-0)"' in drawn
    assert 'id="d1-1"' in drawn
    assert 'href="#d1-1"' in drawn


def test_numbers_have_the_digits_that_can_be_seen(drawn):
    assert 'd="M0.12 2.5L482.4 3z"' in drawn or 'd="M 0.12 2.5  L 482.4 3  z "' in drawn
    assert 'x="1.23"' in drawn


def test_half_a_column_and_type_of_eleven_pixels(drawn):
    # Half of 482.4 points; letters of 10 points are 11 pixels where the figure is 265 wide.
    assert '--share:50%;--readable:265px"' in drawn


def test_a_style_is_written_once_and_its_colours_have_two_modes():
    styles = Styles()
    assert styles.name("fill: #ffffff; stroke: #000000") == "f0"
    assert styles.name("stroke: #000000") == "f1"
    assert styles.name("fill:#ffffff;stroke:#000000;") == "f0"
    sheet = styles.sheet()
    assert ".f0{fill:var(--ffffff);stroke:var(--000000)}" in sheet
    assert ":root,.cover{--000000:#000000;--ffffff:#ffffff;}" in sheet
    assert "(prefers-color-scheme:dark){:root{--000000:#ffffff;--ffffff:#14191f;}}" in sheet


def page(alternative: str) -> str:
    data = base64.b64encode(SVG.encode()).decode()
    image = f'<p><img src="data:image/svg+xml;base64,{data}" alt="{alternative}" /></p>'
    return f"<html><head></head><body>{image}{image}</body></html>"


def test_every_image_of_a_page_gives_way_to_its_drawing_and_no_name_comes_twice():
    found = with_drawings(page("Tom &amp; Jerry"))
    assert "<img" not in found
    assert found.count("<title>Tom &amp; Jerry</title>") == 2
    names = re.findall(r'\bid="([^"]+)"', found)
    assert len(names) == len(set(names)) == 4
    assert found.count("<style>") == 1


def test_a_page_without_figures_stays_as_it_is():
    assert with_drawings("<head></head><p>a</p>") == "<head></head><p>a</p>"


def test_a_drawing_with_another_for_a_phone_becomes_two_with_names_and_type_of_their_own():
    narrow = SVG.partition("?>")[2].replace("10px", "20px").replace('width="241.2pt"', "")
    found = drawing(with_narrow(SVG, narrow), "d1", "Bars", Styles())
    wide, phone = (ElementTree.fromstring(part + "</svg>") for part in found.split("</svg>")[:2])
    assert (wide.get("class"), phone.get("class")) == ("drawing wide", "drawing narrow")
    # 241.2 points wide with type of 10: 11 px of type need 265; 482.4 with type of 20 the same.
    assert "--readable:265px" in wide.get("style")
    assert "--readable:265px" in phone.get("style")
    names = [{e.get("id") for e in part.iter() if e.get("id")} for part in (wide, phone)]
    assert all(names)
    assert not names[0] & names[1]
