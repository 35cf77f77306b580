"""Layouts of the theme: a div in the source, a call in Typst, a div in HTML."""

import re
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
import typst
from pypdf import PdfReader

from analysis.editions import ROOT
from analysis.publish.errors import PublishError
from analysis.publish.report.embedded import render_embedded
from analysis.publish.report.pandoc import pandoc
from tests.publish.page_fill import BOTTOM, CENTIMETRE, TOP, fill, poorly_filled
from tests.publish.real_pages import bare_headings, shown_twice, unmentioned

LAYOUT = ROOT / "theme" / "layout.lua"


def converted(text: str, target: str, *options: str) -> str:
    """What pandoc makes of a text with the layouts alone, on one line."""
    done = pandoc([f"--to={target}", "--from=markdown", f"--lua-filter={LAYOUT}", *options], text)
    assert done.returncode == 0, done.stderr
    return " ".join(done.stdout.decode().split())


SIDES = """:::: {.side-by-side}
::: {.side share="2"}
left
:::

::: {.side}
right
:::
::::
"""


def test_two_sides_share_the_width_as_they_say():
    assert converted(SIDES, "typst") == ("#side-by-side(shares: (2fr, 1fr), [ left ], [ right ], )")
    assert converted(SIDES, "html").count('class="side"') == 2


def test_sides_with_figures_may_move_as_figures_do():
    text = SIDES.replace("{.side-by-side}", "{.side-by-side .floating}")
    assert "shares: (2fr, 1fr), floating: true, [ left ]" in converted(text, "typst")


def test_numbers_are_set_side_by_side():
    text = "::: {.numbers}\n**5** leaders\n\n**81** cities\n:::"
    assert converted(text, "typst") == "#numbers( [ #strong[5] leaders ], [ #strong[81] cities ], )"


@pytest.mark.parametrize("name", ["lead", "source", "imprint", "boxed", "one-page"])
def test_a_class_becomes_the_function_of_its_name(name):
    assert converted(f"::: {{.{name}}}\nwords\n:::", "typst") == f"#{name}[ words ]"
    assert f"let {name}(" in (ROOT / "theme" / "typst-template.typ").read_text("utf8")


def test_a_row_with_words_in_its_first_cell_alone_is_bold():
    table = "| a | b |\n|---|---|\n| name | |\n| 1 | 2 |\n| | 3 |\n"
    assert "[#strong[name]], [], [1], [2], [], [3]," in converted(table, "typst")


TABLE = """
#set page(width: 10cm, height: 10cm, margin: 2cm, header: none, footer: none)
#v(%scm)
#let cells = range(1, %s).map(n => [row #n])
#with-kept-ends(table(columns: (auto,), align: (left,), table.header([Head]), ..cells))
"""


def rows_by_page(space: float, rows: int) -> list[list[str]]:
    """The rows of a table on each page, behind so many centimetres of space."""
    theme = (ROOT / "theme" / "typst-template.typ").read_text("utf8")
    text = theme + TABLE % (space, rows + 1)
    pages = PdfReader(BytesIO(typst.compile(text.encode()))).pages
    return [re.findall(r"row (\d+)", page.extract_text()) for page in pages]


def test_no_row_of_a_table_stands_alone_at_the_end_or_the_beginning_of_a_page():
    found = {space: rows_by_page(space, 12) for space in np.arange(0, 5.5, 0.25)}
    for pages in found.values():
        assert [row for rows in pages for row in rows] == [str(n) for n in range(1, 13)]
        assert [len(rows) for rows in pages if len(rows) == 1] == []
    assert any(len(pages) > 1 for pages in found.values())


CUT = """
#set page(width: 10cm, height: 20cm, margin: 2cm, header: none, footer: none)
#show figure.where(kind: "long"): set block(breakable: true)
#show figure.where(kind: "long"): table-float
#show figure.where(kind: "short"): picture-float
#v(%scm)
#figure(kind: "long", supplement: "T", caption: [Long], table(
  columns: (auto,), align: (left,), table.header([Head]), ..range(1, 41).map(n => [row #n]),
))
mentioned
#figure(kind: "short", supplement: "F", rect(height: 1cm)[picture], caption: [Short])
"""


@pytest.mark.parametrize("space", [0, 1, 2, 3])
def test_nothing_floats_between_the_parts_of_a_table(space):
    theme = (ROOT / "theme" / "typst-template.typ").read_text("utf8")
    text = theme + "#set figure(placement: auto)\n" + CUT % space
    pages = [
        page.extract_text(extraction_mode="layout")  # in the order in which it is seen
        for page in PdfReader(BytesIO(typst.compile(text.encode()))).pages
    ]
    words = " ".join(pages)
    assert words.index("row 40") < words.index("picture")
    assert "row 39" in next(page for page in pages if "row 40" in page)


def test_what_is_for_the_screen_is_not_printed():
    text = "before\n\n::: {#explorer .html-only}\nneeds a browser\n:::\n\nafter"
    assert converted(text, "typst") == "before after"
    assert 'id="explorer"' in converted(text, "html")


@pytest.mark.parametrize("target", ["html", "typst"])
def test_the_cover_stands_in_the_title_page_and_not_in_the_text(target, tmp_path):
    template = tmp_path / "template"
    template.write_text("cover: $cover$ body: $body$", "utf8")
    text = "::: {.cover}\npicture\n:::\n\nfirst words"
    cover, body = converted(text, target, f"--template={template}").split("body:")
    assert "picture" in cover
    assert "picture" not in body
    assert "first words" in body


def test_a_float_has_one_output_perhaps_its_source_and_a_caption(write_body):
    table = "::: {#tbl-a}\n\n| a |\n|---|\n| 1 |\n\n%s\n\nCaption.\n:::\n"
    with pytest.raises(PublishError, match="tbl-a must hold one table, perhaps its source"):
        render_embedded(write_body(table % "another paragraph"))


def test_the_fill_of_a_page_runs_from_its_first_to_its_last_ink():
    page = np.ones((round(29.7 * CENTIMETRE), 20))
    top, bottom = round(TOP * CENTIMETRE), len(page) - round(BOTTOM * CENTIMETRE)
    assert fill(page) == 0
    page[:top] = 0  # a header is no text
    assert fill(page) == 0
    page[top], page[bottom - 1] = 0.2, 0.2
    assert fill(page) == 1
    page[bottom - 1] = 0.95  # the tint of a box is no ink
    page[top + (bottom - top) // 2 - 1] = 0.2
    assert fill(page) == pytest.approx(0.5, abs=0.01)


def test_a_page_of_the_text_is_filled_to_three_fifths_unless_it_ends_a_part():
    filled = [1, 0.1, 0.59, 0.6, 0.59, 0.2, 0.59, 0.6, 0.1]  # parts begin on pages 3 and 7
    assert poorly_filled(filled, [2, 3, 7]) == {3: 0.59, 5: 0.59, 7: 0.59}


FLOATS = """
= Bare
<sec-bare>
== Introduced
<sec-introduced>
#ref(<fig-one>, supplement: [Figure]) shows it.

#figure([
#box(image("/a.svg", alt: "A"))
], caption: figure.caption(position: bottom, [
As in #ref(<fig-two>, supplement: [Figure]).
]), kind: "quarto-float-fig", supplement: "Figure")<fig-one>
== Also bare
<sec-also-bare>
#figure([
#box(image("/a.svg", alt: "B"))
], caption: figure.caption(position: bottom, [
B.
]), kind: "quarto-float-fig", supplement: "Figure")<fig-two>
"""


def test_floats_and_headings_that_no_sentence_leads_to_are_found():
    assert unmentioned(FLOATS) == {"fig-two"}
    assert bare_headings(FLOATS) == ["= Bare", "== Also bare"]
    assert shown_twice(FLOATS) == {'image("/a.svg"'}
    assert shown_twice(FLOATS.replace("/a.svg", "/b.svg", 1)) == set()


def sections_of(document: Path) -> str:
    included = re.findall(r"{{< include (\S+) >}}", document.read_text("utf8"))
    return "\n".join((ROOT / name).read_text("utf8") for name in included)


def macro(name: str) -> str:
    """The text of a sentence of the report, before it is said."""
    files = (ROOT / "sections" / "en").glob("*.jinja")
    text = "\n".join(path.read_text("utf8") for path in files)
    return re.search(rf"{{% macro {name}\(.*?endmacro %}}", text, re.DOTALL)[0]


DOCUMENTS = sorted(ROOT.glob("report*.qmd"))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_every_figure_and_every_table_is_mentioned_by_a_sentence(document):
    text = sections_of(document)
    said = " ".join(macro(name) for name in re.findall(r"var say\.(\w+)", text))
    floats = set(re.findall(r"{#((?:fig|tbl)-[\w-]+)}", text))
    mentioned = set(re.findall(r"@((?:fig|tbl)-[\w-]+)", text + said))
    assert floats
    assert floats - mentioned == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_no_heading_is_without_prose_and_no_output_is_shown_twice(document):
    text = sections_of(document)
    bare = re.findall(r"^(## .*)\n+(?=#|:::+ {#(?:fig|tbl))", text, re.MULTILINE)
    assert bare == []
    shown = re.findall(r"{{< embed (\S+) >}}", text)
    assert sorted(shown) == sorted(set(shown))
