"""Layouts of the theme: a div in the source, a call in Typst, a div in HTML."""

import re
from pathlib import Path

import numpy as np
import pytest

from analysis.editions import ROOT
from analysis.publish.errors import PublishError
from analysis.publish.report.embedded import render_embedded
from analysis.publish.report.pandoc import pandoc
from tests.publish.page_fill import BOTTOM, CENTIMETRE, TOP, fill

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
    assert converted(SIDES, "typst") == ("#side-by-side(shares: (2, 1,), [ left ], [ right ], )")
    assert converted(SIDES, "html").count('class="side"') == 2


def test_sides_with_figures_may_move_as_figures_do():
    text = SIDES.replace("{.side-by-side}", "{.side-by-side .floating}")
    assert "shares: (2, 1,), floating: true, [ left ]" in converted(text, "typst")


def test_numbers_are_set_side_by_side():
    text = "::: {.numbers}\n**5** leaders\n\n**81** cities\n:::"
    assert converted(text, "typst") == "#numbers( [ #strong[5] leaders ], [ #strong[81] cities ], )"


@pytest.mark.parametrize("name", ["lead", "source", "imprint"])
def test_a_class_becomes_the_function_of_its_name(name):
    assert converted(f"::: {{.{name}}}\nwords\n:::", "typst") == f"#{name}[ words ]"
    assert f"let {name}(" in (ROOT / "theme" / "typst-template.typ").read_text("utf8")


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
