"""The ledger: every claim in order, with its verdict, what was found and why."""

import pandas as pd
import pytest
from speech import said

from analysis.chapters import claims
from analysis.chapters.claim_outcomes import Outcome
from analysis.chapters.claim_tests import TESTS
from analysis.chapters.claim_verdicts import FAILS, HOLDS, QUALIFIED, UNTESTABLE


def a_list(places: int = 100) -> pd.DataFrame:
    ranks = range(1, places + 1)
    return pd.DataFrame({"rank": ranks, "adcode": [f"c{n}" for n in ranks]})


def claim(**columns: str) -> dict[str, str]:
    named = {"claim": "cities", "test": "number_of_cities", "subjects": "", "expected": "100"}
    named["caveat"] = ""
    return named | columns


def test_a_claim_without_a_test_cannot_be_tested():
    outcome = claims.judge(claim(test="", caveat="Nobody counts it."), {})
    assert outcome == Outcome(None, None, UNTESTABLE, None)


def test_a_claim_with_an_unknown_test_is_refused_by_name():
    with pytest.raises(ValueError, match=r"no test 'guess'.*claim 'cities'"):
        claims.judge(claim(test="guess"), {})


@pytest.mark.parametrize("cities", [100, 99])
def test_what_figures_cannot_decide_is_neither_confirmed_nor_refuted(cities):
    outcome = claims.judge(claim(caveat="But."), {"published": a_list(cities)})
    assert said(outcome.found) == str(cities)
    assert outcome.verdict == UNTESTABLE


def test_the_ledger_keeps_every_claim_in_order():
    reference = pd.DataFrame(
        {
            "claim": ["cities", "secret"],
            "origin": ["white_paper", "ours"],
            "statement": ["100 cities.", "A secret."],
            "kind": "count",
            "evidence": "published",
            "test": ["number_of_cities", ""],
            "subjects": "",
            "expected": ["100", ""],
            "caveat": ["", "Secret."],
        },
        index=[7, 9],
    )
    ledger = claims.claim_table(reference, {"published": a_list()})
    assert list(ledger.columns) == [
        "claim", "origin", "kind", "evidence", "expected", "found", "verdict", "reason"
    ]  # fmt: skip
    assert ledger["verdict"].tolist() == [HOLDS, UNTESTABLE]
    assert [value and said(value) for value in ledger["found"]] == ["100", None]


def test_every_claim_of_the_reference_table_has_a_known_test_or_none(real):
    table = real.reference_table("claims")
    assert set(table["test"]) - {""} == set(TESTS)
    untestable = table[table["test"] == ""]
    assert (untestable["caveat"] != "").all()
    assert (untestable["expected"] == "").all()


def test_claims_are_counted_by_verdict():
    ledger = pd.DataFrame(
        [
            ("one", HOLDS, "It is one.", "ours", "published"),
            ("two", FAILS, "It is two.", "ours", "published"),
            ("three", QUALIFIED, "It is three.", "white_paper", "published"),
            ("four", UNTESTABLE, "It is four.", "white_paper", "both"),
            ("five", FAILS, "It is five.", "white_paper", "both"),
        ],
        columns=["claim", "verdict", "statement", "origin", "evidence"],
    ).assign(
        kind="count",
        expected=None,
        found=[{"number": n, "places": 0} for n in (1.0, 2.0, 3.0, 4.0, 5.0)],
    )
    tiers = pd.DataFrame(
        [("published", 2500.0), ("published", 1000.0), ("open", 1.0)],
        columns=["basis", "median_gdp"],
    )
    statements = ledger.set_index("claim")["statement"]
    verdicts = [HOLDS, QUALIFIED, FAILS, UNTESTABLE]
    labels = pd.Series(verdicts, [f"verdict_{name}" for name in verdicts])
    draws = pd.DataFrame(
        [("three", "concept_held", 0.125), ("three", "all", 0.5), ("four", "all", 0.75)],
        columns=["claim", "basis", "fails"],
    )
    found = said(claims.claim_facts(ledger, tiers, draws), labels=labels, statements=statements)
    assert (found["drawn"], found["undecided"]) == ("2", "1")
    assert found["by_claim"]["three"]["passes"] == {"concept_held": "88 %", "all": "50 %"}
    assert (found["count"], found["tested"]) == ("5", "4")
    assert (found["holds"], found["qualified"], found["fails"], found["untestable"]) == (
        "1", "1", "2", "1"
    )  # fmt: skip
    assert (found["ours"], found["own_words"]) == ("2", "1")
    assert found["failing_statements"] == "“It is two” and “It is five”"
    assert found["median_gdp"] == "2,500 and 1,000"
    assert found["by_claim"]["two"] == {"verdict": FAILS, "found": "2"}
    assert found["by_claim"]["four"] == {"verdict": UNTESTABLE, "passes": {"all": "25 %"}}


def test_without_draws_no_claim_is_undecided():
    row = {"claim": "one", "verdict": HOLDS, "origin": "ours", "evidence": "open", "kind": "count"}
    ledger = pd.DataFrame([row | {"expected": None, "found": {"number": 1.0, "places": 0}}])
    tiers = pd.DataFrame({"basis": ["open"], "median_gdp": [1.0]})
    found = claims.claim_facts(ledger, tiers)
    assert (found["drawn"], found["undecided"]) == (0, 0)
    assert set(found["by_claim"]["one"]) == {"verdict", "found"}
