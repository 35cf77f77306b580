import json

import pandas as pd
import pytest
import yaml

from analysis.editions import ROOT
from analysis.figures.font_files import FACES
from analysis.index.refusal import RefusedValueError
from analysis.publish.errors import PublishError
from analysis.publish.report import prerender as prerender_module
from analysis.publish.report.prerender import (
    language_names,
    prerender,
    shown_characters,
    write_variables,
)


@pytest.fixture
def write_facts(tmp_path):
    folder = tmp_path / "data" / "results" / "2020"
    folder.mkdir(parents=True)

    def write(text: str):
        (folder / "facts.yml").write_text(text, "utf8")
        return tmp_path

    return write


def test_facts_become_variables_with_texts_escaped(write_facts):
    root = write_facts("n: 100\nshare: 0.36\ncity: '<b>深圳'\ngroup: {rank: '1'}\n")
    write_variables(root, "2020")
    variables = yaml.safe_load((root / "_variables.yml").read_text("utf8"))
    assert f"pandas {pd.__version__}" in variables.pop("built_with")["libraries"]
    assert variables == {
        "n": "100",
        "share": 0.36,
        "city": "&#60;b&#62;深圳",
        "group": {"rank": "1"},
    }


@pytest.mark.parametrize(
    ("fact", "written"),
    [
        ("{{< a >}}", "&#123;&#123;&#60;&nbsp;a&nbsp;&#62;&#125;&#125;"),
        ("{{</* a */>}}", "&#123;&#123;&#60;&#47;&#42;&nbsp;a&nbsp;&#42;&#47;&#62;&#125;&#125;"),
        ("b {{<", "b &#123;&#123;&#60;&nbsp;"),
        (">}} b", "&nbsp;&#62;&#125;&#125; b"),
        ("{{<a>}}", "&#123;&#123;&#60;a&#62;&#125;&#125;"),
    ],
)
def test_no_word_of_a_fact_ends_or_begins_like_a_shortcode(write_facts, fact, written):
    """Quarto would take it for one even then; the marks stay and no space is beside them."""
    root = write_facts(f"fact: '{fact}'\n")
    write_variables(root, "2020")
    assert yaml.safe_load((root / "_variables.yml").read_text("utf8"))["fact"] == written


@pytest.mark.parametrize("fact", ["[1, 2]", "null", "2020-01-01"])
def test_a_fact_is_a_text_or_a_number(write_facts, fact):
    with pytest.raises(PublishError, match=r"facts.yml: group: x: a fact is a text or a number"):
        write_variables(write_facts(f"group: {{x: {fact}}}"), "2020")


def test_an_edition_without_facts_is_refused(tmp_path):
    with pytest.raises(RefusedValueError, match=r"there is no data/results/2031/facts.yml"):
        write_variables(tmp_path, "2031")


def test_everything_that_the_report_quotes_is_there(prepared):
    build = prepared / "_build"
    assert {path.name for path in (build / "fonts").iterdir()} == {face.file for face in FACES}
    assert len(list((build / "notebooks").glob("*.ipynb"))) == 2
    assert (build / "fonts.html").read_text("utf8").startswith("<style>")
    assert (prepared / "_variables.yml").is_file()


def test_a_second_run_changes_nothing_and_reports_nothing(sample):
    before = {path: path.read_bytes() for path in sample.rglob("*") if path.is_file()}
    told = []
    prerender(
        sample, "2020", {"edition": "2020", "language": "en"}, lambda *news: told.append(news)
    )
    after = {path: path.read_bytes() for path in sample.rglob("*") if path.is_file()}
    assert told == []
    assert after == before


def test_a_new_character_in_the_prose_brings_its_glyph(sample, monkeypatch):
    monkeypatch.setattr(prerender_module, "html_style", lambda shown, _: "".join(shown))
    path = sample / "report.qmd"
    path.write_text(path.read_text("utf8") + "\n鱻\n", "utf8")
    told = []
    prerender(
        sample, "2020", {"edition": "2020", "language": "en"}, lambda *news: told.append(news)
    )
    assert [what for what, *_ in told] == ["reducing the fonts to the characters used"] * 2
    assert "鱻" in (sample / "_build" / "fonts.html").read_text("utf8")


def test_the_page_can_write_the_name_of_every_language_that_is_offered(monkeypatch):
    monkeypatch.setattr(prerender_module, "offered_languages", lambda _: ["en", "zh_hant"])
    assert language_names(ROOT, "2020") == set("English中文（繁體）")
    monkeypatch.setattr(prerender_module, "offered_languages", lambda _: ["en"])
    assert language_names(ROOT, "2020") == set()  # no links


def test_characters_come_from_prose_settings_included_files_and_outputs(tmp_path):
    (tmp_path / "_quarto.yml").write_text("toc-title: 甲", "utf8")
    (tmp_path / "report.qmd").write_text("乙", "utf8")
    (tmp_path / "sections").mkdir()
    (tmp_path / "sections" / "a.qmd").write_text("丙", "utf8")
    (tmp_path / "_build" / "notebooks").mkdir(parents=True)
    cell = {"outputs": [{"data": {"text/markdown": ["&#19969;", "戊"]}}, {"text": "己"}]}
    notebook = {"cells": [cell, {"cell_type": "markdown"}]}
    (tmp_path / "_build/notebooks/a.ipynb").write_text(json.dumps(notebook), "utf8")
    # &#19969; is U+4E01 丁
    assert {"甲", "乙", "丙", "丁", "戊", "图"} <= shown_characters(tmp_path)
    assert "己" not in shown_characters(tmp_path)
    assert "\n" not in shown_characters(tmp_path)
