"""Texts of reference tables: in the tables themselves in English, beside the prose otherwise."""

import pandas as pd
import pytest

from analysis.editions import Edition
from analysis.index.refusal import RefusedValueError
from analysis.language import texts
from tests import invented_language


@pytest.fixture
def claims(tmp_path) -> tuple[Edition, pd.DataFrame]:
    table = pd.DataFrame(
        {"claim": ["one", "two"], "statement": ["One.", "Two."], "caveat": ["", "But."]}
    )
    folder = tmp_path / "sections" / "fr" / "texts"
    folder.mkdir(parents=True)
    said = table.iloc[::-1].assign(statement=["Deux.", "Un."], caveat=["Mais.", ""])
    said.to_csv(folder / "claims.csv", index=False)
    return Edition("2020", tmp_path), table


def test_english_stands_in_the_table_itself(claims):
    edition, table = claims
    assert texts.in_language(edition, "claims", table) is table


def test_another_language_says_each_row_by_what_tells_it_apart(claims):
    edition, table = claims
    said = texts.in_language(edition, "claims", table, "fr")
    assert said["claim"].tolist() == ["one", "two"]
    assert said["statement"].tolist() == ["Un.", "Deux."]
    assert said["caveat"].tolist() == ["", "Mais."]
    assert table["statement"].tolist() == ["One.", "Two."]


def test_a_text_that_a_language_lacks_is_refused_by_file_and_row(claims):
    edition, table = claims
    longer = pd.concat([table, table.tail(1).assign(claim="three")])
    rule = r"^sections/fr/texts/claims\.csv lacks the texts of three$"
    with pytest.raises(RefusedValueError, match=rule):
        texts.in_language(edition, "claims", longer, "fr")


def test_a_page_shows_english_texts_where_a_language_has_none_of_a_table(claims, monkeypatch):
    edition, table = claims
    monkeypatch.setattr(Edition, "reference_table", lambda *_: table)
    said = [texts.texts_there(edition, "claims", language) for language in ("fr", "de")]
    assert [found["statement"].tolist() for found in said] == [["Un.", "Deux."], ["One.", "Two."]]


SLIPS = [
    (
        "claim,statement,caveat\none,A,\none,B,\ntwo,C,D\n",
        ", line 3: the texts of one stand twice$",
    ),
    ("claim,statement\none,A\ntwo,B\n", ", line 1: the columns must be statement, caveat, and "),
    ("statement,caveat\nA,\nB,C\n", ", line 1: the columns must be statement, caveat, and "),
    ("clam,statement,caveat\none,A,\ntwo,B,C\n", ", line 1: the columns must be statement, "),
]


@pytest.mark.parametrize(("written", "rule"), SLIPS)
def test_a_slip_in_the_texts_of_a_language_is_refused_with_its_place(claims, written, rule):
    edition, table = claims
    (edition.root / "sections" / "fr" / "texts" / "claims.csv").write_text(written, "utf8")
    with pytest.raises(RefusedValueError, match=rf"^sections/fr/texts/claims\.csv{rule}"):
        texts.in_language(edition, "claims", table, "fr")


def test_a_language_without_the_texts_of_a_table_says_so(claims):
    edition, table = claims
    rule = r"^sections/de/texts/claims\.csv: the language has no such file$"
    with pytest.raises(RefusedValueError, match=rule):
        texts.in_language(edition, "claims", table, "de")


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
