"""Sentences: the same, with the same values, in every language, and told apart from words."""

import re
from pathlib import Path

import pandas as pd
import pytest
from speech import texts

from analysis.editions import ROOT, load
from analysis.index.refusal import RefusedValueError
from analysis.language.facts import Speaker
from analysis.language.sentences import (
    FORMATS,
    OF_THE_REPORT,
    PAGES,
    SAID,
    SENTENCES,
    WORKBOOK,
    Sentences,
)

# A table without rows says so; tables are given words alone, for none has a sentence besides.
SENTENCES_AMONG_WORDS = {"nothing_to_list"}
# Words cut short by a full stop.
ABBREVIATIONS = {
    "economy_short", "governance_short", "livelihood_short", "innovation_short",
    "infrastructure_short", "number",
}  # fmt: skip
SPOKEN = re.compile(r'\bsay\(\\*"(\w+)\\*"')
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


@pytest.mark.parametrize("name", [SAID, *OF_THE_REPORT])
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
    said = list(texts(Speaker(chosen, language).facts()))
    assert len(said) > 400
    assert all(isinstance(text, str) and text for text in said)


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


def words_that_are_sentences(column: pd.Series) -> set[str]:
    """Keys of words with a place for a value, or with a full stop at the end."""
    return set(column.index[column.str.contains(r"[{}]|[.。]$")])


def test_a_word_has_no_place_for_a_value_and_ends_in_no_full_stop(real):
    labels = real.reference_table("labels").set_index("key")
    found = {key for name in labels for key in words_that_are_sentences(labels[name])}
    assert found == SENTENCES_AMONG_WORDS | ABBREVIATIONS


def test_a_sentence_among_words_would_be_found():
    words = {
        "a": "{count} cities",
        "b": "Nothing.",
        "c": "没有。",
        "d": "1.5 times",
        "e": "Sp. z o",
    }
    assert words_that_are_sentences(pd.Series(words)) == {"a", "b", "c"}


def test_what_figures_and_notebooks_say_is_there_in_every_language_with_the_same_values():
    places = [*ROOT.glob("analysis/figures/*.py"), *ROOT.glob("notebooks/*.ipynb")]
    spoken = {name for path in places for name in SPOKEN.findall(path.read_text("utf8"))}
    assert spoken >= {"city_count", "within_limit", "measures_left_out", "lost_gdp"}
    english = parameters(ROOT / "sections" / "en" / SAID)
    for path in ROOT.glob(f"sections/*/{SAID}"):
        there = parameters(path)
        assert {name: there.get(name) for name in spoken} == {
            name: english[name] for name in spoken
        }, path
