"""Sentences of pages and workbook: the same, with the same values, in every language."""

import re
from pathlib import Path

import pytest

from analysis.editions import ROOT
from analysis.index.refusal import RefusedValueError
from analysis.language.said import PAGES, WORKBOOK, Said

MACRO = re.compile(r"{%-? macro (\w+)\(([^)]*)\)")


def parameters(path: Path) -> dict[str, set[str]]:
    """The sentences of a file, each with the names of its values."""
    found = MACRO.findall(path.read_text("utf8"))
    return {name: set(filter(None, re.split(r",\s*", values))) for name, values in found}


@pytest.mark.parametrize("name", [PAGES, WORKBOOK])
def test_every_language_has_the_same_sentences_with_the_same_values(name):
    english = parameters(ROOT / "sections" / "en" / name)
    assert len(english) > 20
    others = [path for path in ROOT.glob(f"sections/*/{name}") if path.parent.name != "en"]
    assert {path.parent.name for path in others} >= {"zh_hans", "zh_hant"}
    assert {str(path): parameters(path) for path in others} == {
        str(path): english for path in others
    }


def test_a_sentence_is_said_with_its_values_and_numbers_as_short_as_they_are(tmp_path):
    folder = tmp_path / "sections" / "fr"
    folder.mkdir(parents=True)
    text = "{% macro where(city, points) %}{{ city }} est à {{ points | plain }}.{% endmacro %}"
    (folder / PAGES).write_text(text, "utf8")
    said = Said(tmp_path, PAGES, "fr")
    assert said.say("where", city="深圳", points=60.0) == "深圳 est à 60."


def test_a_language_without_the_file_is_refused_by_its_name(tmp_path):
    rule = r"^sections/fr/pages\.jinja: the language has no such file$"
    with pytest.raises(RefusedValueError, match=rule):
        Said(tmp_path, PAGES, "fr").say("where")
