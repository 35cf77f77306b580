"""Sentences of pages and workbook: the same, with the same values, in every language."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.editions import ROOT, load
from analysis.index.refusal import RefusedValueError
from analysis.language.facts import Speaker
from analysis.language.sentences import FORMATS, PAGES, SAID, SENTENCES, WORKBOOK, Sentences

MACRO = re.compile(r"{%-? macro (\w+)\(([^)]*)\)")


def parameters(path: Path) -> dict[str, set[str]]:
    """The sentences of a file, each with the names of its values."""
    found = MACRO.findall(path.read_text("utf8"))
    return {name: set(filter(None, re.split(r",\s*", values))) for name, values in found}


def languages(name: str) -> list[str]:
    """Languages other than English that have this file of sentences."""
    found = {path.parent.name for path in ROOT.glob(f"sections/*/{name}")}
    return sorted(found - {"en"})


@pytest.mark.parametrize("name", [PAGES, WORKBOOK, FORMATS])
def test_every_language_has_the_same_sentences_with_the_same_values(name):
    english = parameters(ROOT / "sections" / "en" / name)
    assert len(english) > 5
    others = languages(name)
    assert {"zh_hans", "zh_hant"} <= set(others)
    found = {other: parameters(ROOT / "sections" / other / name) for other in others}
    assert found == dict.fromkeys(others, english)


@pytest.mark.parametrize("name", [SAID, SENTENCES])
def test_what_a_language_has_of_the_sentences_of_the_report_takes_the_same_values(name):
    """All of them where the report is written in it, those of figures and pages before that."""
    english = parameters(ROOT / "sections" / "en" / name)
    for other in languages(name):
        found = parameters(ROOT / "sections" / other / name)
        assert found.items() <= english.items(), other
        written = list(ROOT.glob(f"report*-{other}.qmd"))
        assert not written or found == english, other


@pytest.mark.parametrize("edition", ["2019", "2020"])
@pytest.mark.parametrize("language", ["en", *languages(SENTENCES)])
def test_every_fact_of_an_edition_can_be_said_in_every_language_of_the_report(edition, language):
    chosen = load(edition)
    texts = list(leaves(Speaker(chosen, language).facts()))
    assert len(texts) > 400
    assert all(isinstance(text, str) and text for text in texts)


def leaves(facts: dict) -> Iterator[object]:
    """The texts of facts by name."""
    for fact in facts.values():
        yield from leaves(fact) if isinstance(fact, dict) else [fact]


def test_a_sentence_is_said_with_its_values_and_numbers_as_short_as_they_are(tmp_path):
    folder = tmp_path / "sections" / "fr"
    folder.mkdir(parents=True)
    text = "{% macro where(city, points) %}{{ city }} est à {{ points | plain }}.{% endmacro %}"
    (folder / PAGES).write_text(text, "utf8")
    said = Sentences(PAGES, "fr", tmp_path)
    assert said.say("where", city="深圳", points=60.0) == "深圳 est à 60."


def test_a_language_without_the_file_is_refused_by_its_name(tmp_path):
    rule = r"^sections/fr/pages\.jinja: the language has no such file$"
    with pytest.raises(RefusedValueError, match=rule):
        Sentences(PAGES, "fr", tmp_path).say("where")
