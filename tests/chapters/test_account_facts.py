"""The findings about the white paper, as the prose mentions them."""

import pandas as pd
from speech import said

from analysis.chapters import account_facts
from analysis.chapters.claim_tests import FAILS, HOLDS, QUALIFIED
from analysis.chapters.claims import UNTESTABLE

NAMES = pd.Series({code: code.upper() for code in "abcdef"})
LABELS = pd.Series({"economy": "Digital economy", "society": "Digital society"})
DOMAINS = pd.DataFrame(
    [("set", "published", "economy", 50.0), ("set", "open", "economy", 10.0)],
    columns=["kind", "group", "domain", "median"],
)


def test_claims_are_counted_by_verdict():
    ledger = pd.DataFrame(
        [
            ("one", HOLDS, "1", "It is one.", "ours", "published"),
            ("two", FAILS, "2", "It is two.", "ours", "published"),
            ("three", QUALIFIED, "3", "It is three.", "white_paper", "published"),
            ("four", UNTESTABLE, "", "It is four.", "white_paper", "both"),
            ("five", FAILS, "5", "It is five.", "white_paper", "both"),
        ],
        columns=["claim", "verdict", "found", "statement", "origin", "evidence"],
    )
    tiers = pd.DataFrame(
        [("published", 2500.0), ("published", 1000.0), ("open", 1.0)],
        columns=["basis", "median_gdp"],
    )
    statements = ledger.set_index("claim")["statement"]
    found = said(account_facts.claim_facts(ledger, tiers), statements=statements)
    assert (found["count"], found["tested"]) == ("5", "4")
    assert (found["holds"], found["qualified"], found["fails"], found["untestable"]) == (
        "1", "1", "2", "1"
    )  # fmt: skip
    assert (found["ours"], found["own_words"]) == ("2", "1")
    assert found["failing_statements"] == "“It is two” and “It is five”"
    assert found["median_gdp"] == "2,500 and 1,000"
    assert found["by_claim"]["two"] == {"verdict": FAILS, "found": "2"}
    assert found["by_claim"]["four"] == {"verdict": UNTESTABLE}


def test_reconstructed_scores_are_described_by_blocks_limits_and_pulls():
    table = pd.DataFrame(
        {
            "adcode": list("abcd"),
            "score": [90.0, 90.0, 70.0, 70.0],
            "low": [85, 85, 70, 70],
            "high": [100, 100, 85, 85],
        }
    )
    published = pd.DataFrame({"adcode": list("dcba"), "score": [None, 60.0, 92.0, 88.5]})
    tables = {"reconstructed": table, "published": published}
    facts = said(account_facts.reconstructed_facts(tables), NAMES)
    # Pulls: a 1.5, b 2, c 10; d has no open-data score.
    assert facts == {
        "distinct": "2",
        "largest_block": "2",
        "at_limit": "2",
        "median_pull": "2.0",
        "largest_pull": "10.0",
        "farthest": "C, B and A",
    }


def fit(equal: float, unseen: float) -> dict:
    return {
        "n": 9,
        "pairs_in_order": 0.75,
        "equal_rho": equal,
        "in_sample_rho": 0.9,
        "out_of_sample_rho": unseen,
        "out_of_sample_low": unseen - 0.1,
        "out_of_sample_high": unseen + 0.1,
    }


def test_a_gain_out_of_sample_carries_its_sign():
    assert said(account_facts.fit_facts(fit(0.5, 0.75)))["gain"] == "+0.25"
    assert said(account_facts.fit_facts(fit(0.75, 0.5)))["gain"] == "−0.25"
    assert said(account_facts.fit_facts(fit(0.75, 0.5)))["pairs"] == "75 %"


def test_weights_are_above_or_below_only_with_their_whole_interval():
    weights = pd.DataFrame(
        {
            "code": ["economy", "society"],
            "equal": 0.5,
            "weight": [1.0, 0.0],
            "low": [0.75, 0.0],
            "high": [1.0, 0.5],
        }
    )
    found = said(account_facts.weight_facts(weights), labels=LABELS)
    assert (found["above"], found["below"]) == ("digital economy", "none")
    assert (found["number"], found["equal_weight"], found["without"]) == ("2", "50 %", "1")


def test_cities_without_explanation_are_counted_among_those_compared():
    table = pd.DataFrame({"adcode": ["b", "a", "c"], "dominated_by": [3, 1, 0]})
    found = said(account_facts.unexplained_facts(table), NAMES)
    assert found == {"count": "2", "cities": "3", "first": "B and A", "most": "3"}
    nobody = said(account_facts.unexplained_facts(table.tail(1)), NAMES)
    assert nobody == {"count": "0", "cities": "1", "first": "none", "most": "0"}


def test_changes_of_the_list_are_counted_and_those_near_its_end():
    beyond = pd.DataFrame(
        [
            ("admitted", "a", 80),
            ("admitted", "b", 81),
            ("left_out", "c", 120),
            ("left_out", "d", 121),
        ],
        columns=["change", "adcode", "inferred_rank"],
    )
    found = said(account_facts.beyond_facts(beyond, places=100), NAMES)
    # Places 81 to 120 are the twenty on either side of the end of the list.
    assert (found["near"], found["changes"]) == ("2", "4")
    assert (found["admitted"], found["left_out"]) == ("2", "2")
    assert (found["first_admitted"], found["last_left_out"]) == ("A and B", "C and D")


def test_singled_out_cities_are_counted_in_their_domain():
    cases = pd.DataFrame(
        {
            "adcode": list("abc"),
            "domain": "economy",
            "rank": [1, None, 3],
            "open_rank": [1, 9, None],
            "domain_value": [50.0, 60.0, None],
            "stands_out": pd.array([0, 1, None], dtype="Int64"),
        }
    )
    found = said(account_facts.case_facts({"cases": cases, "domains": DOMAINS}), NAMES)
    assert (found["count"], found["ranked"], found["leading"]) == ("3", "2", "1")
    assert (found["stand_out"], found["stand_out_names"]) == ("1", "B")
    assert (found["above_median"], found["outside_names"]) == ("1", "B")


def test_yardsticks_are_described_by_the_longest_list():
    table = pd.DataFrame(
        {
            "ranking": ["短", "长"],
            "data_year": [2021, 2016],
            "cities": [3, 8],
            "published_rho": [None, 0.25],
            "published_n": [2, 7],
            "open_rho": [None, 0.75],
            "open_n": [2, 8],
        }
    )
    rankings = pd.Series({"短": "Short list", "长": "Long list"})
    found = said(account_facts.yardstick_facts(table), rankings=rankings)
    assert (found["count"], found["fewest"], found["most"]) == ("2", "3", "8")
    assert (found["first_year"], found["last_year"]) == ("2016", "2021")
    assert (found["open_closer"], found["published_closer"]) == ("1", "0")
    assert (found["longest"], found["longest_open"]) == ("long list", "0.75")
