"""Facts said in a language: one text for each kind of value."""

import pandas as pd
import pytest
from speech import said

from analysis.editions import fact_values as fact
from analysis.index.refusal import RefusedValueError
from analysis.language.facts import Speaker

CITIES = pd.Series({"1": "One", "2": "Two"})
LABELS = pd.Series({"gdp": "Gross product", "rd": "R&D"})


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (fact.number(1234.5, 1), "1,234.5"),
        (fact.number(-0.004), "0.00"),
        (fact.signed(0.25), "+0.25"),
        (fact.share(0.375), "38 %"),
        (fact.probability(0.0004), "below 0.001"),
        (fact.probability(0.25), "0.25"),
        (fact.times(0.5), "half"),
        (fact.times(3), "3 times"),
        (fact.some(0), "none"),
        (fact.some(2), "2"),
        (fact.provinces(["Hebei", "Hubei"]), "Hebei and Hubei"),
        (fact.interval(pd.Series({"low": -0.5, "high": 0.25})), "−0.50 to 0.25"),
        (7, "7"),
        ("2020", "2020"),
        (True, "yes"),
        (False, "no"),
    ],
)
def test_a_value_is_said_by_its_kind(value, text):
    labels = pd.Series(["Hebei", "Hubei"], ["Hebei", "Hubei"])
    assert said(value, labels=labels) == text


def test_codes_are_said_by_their_names():
    assert said(fact.cities(["2", "1"]), CITIES) == "Two and One"
    assert said(fact.cities([]), CITIES) == "none"
    assert said(fact.words(["gdp", "rd"]), labels=LABELS) == "gross product and R&D"
    assert said(fact.label("gdp"), labels=LABELS) == "Gross product"


def test_a_code_without_a_name_is_an_error():
    with pytest.raises(KeyError, match="3"):
        said(fact.cities(["3"]), CITIES)


def test_statements_stand_in_quotation_marks_without_their_full_stop():
    statements = pd.Series({"a": "It rises.", "b": "It falls."})
    assert said(fact.statements(["a", "b"]), statements=statements) == "“It rises” and “It falls”"


def test_values_in_a_row_are_each_said_by_their_kind():
    assert said(fact.listed([1, fact.share(0.5), "x"])) == "1, 50 % and x"


def test_facts_of_facts_are_said_by_name():
    found = said({"a": {"count": 3, "share": fact.share(0.5)}, "b": "c"})
    assert found == {"a": {"count": "3", "share": "50 %"}, "b": "c"}


def test_facts_that_are_named_as_a_kind_are_not_taken_for_a_value():
    assert said({"share": fact.share(0.5)}) == {"share": "50 %"}
    assert said({"number": 3}) == {"number": "3"}


def test_a_sentence_that_the_language_does_not_have_is_refused():
    with pytest.raises(RefusedValueError, match="no_such_sentence"):
        said(fact.sentence("no_such_sentence"))


def test_the_ledger_is_said_with_its_statements_and_the_caveat_behind_the_reason(real):
    speaker = Speaker(real)
    claims = pd.DataFrame(
        {
            "claim": ["weak_livelihood", "scores"],
            "expected": [fact.number(3, 0), None],
            "found": [fact.share(0.5), None],
            "verdict": "untestable",
            "reason": [fact.sentence("claim_as_printed"), None],
        }
    )
    first, second = speaker.ledger(claims).to_dict("records")
    assert (first["expected"], first["found"]) == ("3", "50 %")
    assert first["statement"] == "Livelihood is comparatively weak."
    assert first["reason"].startswith(
        "So many stand in the framework as printed. Levels of different"
    )
    assert (second["expected"], second["found"]) == ("", "")
    assert second["reason"].startswith("The summary gives the lowest score of each stage")


def test_a_ledger_of_which_nothing_could_be_tested_has_the_caveats_for_reasons(real):
    nothing = {"expected": None, "found": None, "reason": None}
    claims = pd.DataFrame({"claim": ["scores"], "verdict": "untestable", **nothing})
    (only,) = Speaker(real).ledger(claims).to_dict("records")
    assert (only["expected"], only["found"]) == ("", "")
    assert only["reason"].startswith("The summary gives the lowest score of each stage")
