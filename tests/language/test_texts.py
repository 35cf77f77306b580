"""Texts of reference tables: in the tables themselves in English, beside the prose otherwise."""

import pandas as pd
import pytest

from analysis.editions import Edition
from analysis.index.refusal import RefusedValueError
from analysis.language import texts
from tests import invented_language


@pytest.fixture
def claims(tmp_path, monkeypatch) -> Edition:
    table = pd.DataFrame(
        {"claim": ["one", "two"], "statement": ["One.", "Two."], "caveat": ["", "But."]}
    )
    monkeypatch.setattr(Edition, "reference_table", lambda *_: table)
    write(tmp_path, "en,fr\nBut.,Mais.\nTwo.,Deux.\nOne.,Un.\n")
    return Edition("2020", tmp_path)


def write(root, text: str) -> None:
    folder = root / "sections" / "fr" / "texts"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "claims.csv").write_text(text, "utf8")


def test_english_stands_in_the_table_itself(claims):
    assert texts.reference_texts(claims, "claims") is claims.reference_table("claims")
    assert texts.texts_there(claims, "claims") is claims.reference_table("claims")


@pytest.mark.parametrize("ask", [texts.reference_texts, texts.texts_there])
def test_another_language_says_each_text_and_leaves_gaps_and_codes_as_they_are(claims, ask):
    said = ask(claims, "claims", "fr")
    assert said["claim"].tolist() == ["one", "two"]
    assert said["statement"].tolist() == ["Un.", "Deux."]
    assert said["caveat"].tolist() == ["", "Mais."]
    assert claims.reference_table("claims")["statement"].tolist() == ["One.", "Two."]


@pytest.mark.parametrize("written", ["One.,Un.\n", "One.,Un.\nTwo.,\n"])
def test_a_text_that_a_language_lacks_is_refused_by_the_report_and_english_on_a_page(
    claims, written
):
    write(claims.root, f"en,fr\nBut.,Mais.\n{written}")
    with pytest.raises(RefusedValueError, match=r"^sections/fr/texts/claims\.csv lacks .*'Two.'$"):
        texts.reference_texts(claims, "claims", "fr")
    assert texts.texts_there(claims, "claims", "fr")["statement"].tolist() == ["Un.", "Two."]


def test_a_page_shows_english_texts_where_a_language_has_none_of_a_table(claims):
    assert texts.texts_there(claims, "claims", "de") is claims.reference_table("claims")


SLIPS = [
    ("en,fr\nOne.,Un.\nTwo.,Deux.\nOne.,Une.\n", ", line 4: the text 'One.' stands twice$"),
    ("en,de\nOne.,Eins.\n", ", line 1: the columns must be en, fr$"),
    ("claim,statement\none,Un.\n", ", line 1: the columns must be en, fr$"),
]


@pytest.mark.parametrize(("written", "rule"), SLIPS)
def test_a_slip_in_the_texts_of_a_language_is_refused_with_its_place(claims, written, rule):
    write(claims.root, written)
    with pytest.raises(RefusedValueError, match=rf"^sections/fr/texts/claims\.csv{rule}"):
        texts.reference_texts(claims, "claims", "fr")


def test_a_language_without_the_texts_of_a_table_says_so(claims):
    rule = r"^sections/de/texts/claims\.csv: the language has no such file$"
    with pytest.raises(RefusedValueError, match=rule):
        texts.reference_texts(claims, "claims", "de")


def test_texts_of_a_table_are_each_named_once_and_gaps_are_none():
    table = pd.DataFrame({"statement": ["b", "a", "b"], "caveat": ["", None, "a"], "kind": "c"})
    assert texts.texts_of("claims", table) == ["b", "a"]


def test_every_word_of_a_text_bears_the_mark_and_what_is_no_prose_does_not():
    text = "A city in {{< var a.city >}} moves, see @fig-city and `code`; {count} of them."
    assert invented_language.marked(text) == (
        "Aº cityº inº {{< var a.city >}} movesº, seeº @fig-city andº `code`; {count} ofº themº."
    )


def test_a_word_of_a_template_is_marked_where_it_is_said_and_not_where_it_is_a_name():
    text = '{% if best == "linear" %}{{ n | counted("city", "cities") }}{% endif %} as {{ "a b" }}'
    assert invented_language.marked_template(text) == (
        '{% if best == "linear" %}{{ n | counted("cityº", "citiesº") }}{% endif %} asº {{ "aº b" }}'
    )
    text = '{{ of_cases("roads", "roads") }} {{ counted(known["clear"].moves, "has", "have") }}'
    assert invented_language.marked_template(text) == (
        '{{ of_cases("roads", "roadsº") }} {{ counted(known["clear"].moves, "hasº", "haveº") }}'
    )
