"""The inferred weights, as the prose mentions them."""

import pandas as pd
from speech import said

from analysis.chapters import inferred

NAMES = pd.Series({code: code.upper() for code in "abcd"})
LABELS = pd.Series({"economy": "Digital economy", "society": "Digital society"})


def fit(record: float, unseen: float) -> dict:
    return {
        "n": 9,
        "pairs_in_order": 0.75,
        "record_rho": record,
        "in_sample_rho": 0.9,
        "out_of_sample_rho": unseen,
        "out_of_sample_low": unseen - 0.1,
        "out_of_sample_high": unseen + 0.1,
    }


def test_a_gain_out_of_sample_carries_its_sign():
    assert said(inferred.fit_facts(fit(0.5, 0.75)))["gain"] == "+0.25"
    assert said(inferred.fit_facts(fit(0.75, 0.5)))["gain"] == "−0.25"
    assert said(inferred.fit_facts(fit(0.75, 0.5)))["pairs"] == "75 %"


def test_weights_are_above_or_below_only_with_their_whole_interval():
    weights = pd.DataFrame(
        {
            "code": ["economy", "society"],
            "record": 0.5,
            "weight": [1.0, 0.0],
            "low": [0.75, 0.0],
            "high": [1.0, 0.5],
        }
    )
    found = said(inferred.weight_facts(weights), labels=LABELS)
    assert (found["above"], found["below"]) == ("digital economy", "none")
    assert (found["number"], found["without"]) == ("2", "1")


def test_cities_without_explanation_are_counted_among_those_compared():
    table = pd.DataFrame({"adcode": ["b", "a", "c"], "dominated_by": [3, 1, 0]})
    found = said(inferred.unexplained_facts(table), NAMES)
    assert found == {"count": "2", "cities": "3", "first": "B and A", "most": "3"}
    nobody = said(inferred.unexplained_facts(table.tail(1)), NAMES)
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
    found = said(inferred.beyond_facts(beyond, places=100), NAMES)
    # Places 81 to 120 are the twenty on either side of the end of the list.
    assert (found["near"], found["changes"]) == ("2", "4")
    assert (found["admitted"], found["left_out"]) == ("2", "2")
    assert (found["first_admitted"], found["last_left_out"]) == ("A and B", "C and D")


def test_the_domains_that_other_pairs_raise_and_lower_most_are_named():
    weights = pd.DataFrame(
        {
            "pairs": ["listed", "listed", "with_unlisted", "with_unlisted"],
            "code": ["economy", "society"] * 2,
            "record": 0.5,
            "weight": [0.7, 0.3, 0.2, 0.8],
            "low": [0.6, 0.2, 0.1, 0.55],
            "high": [0.8, 0.4, 0.45, 0.9],
        }
    )
    fits = pd.DataFrame(
        [fit(0.5, 0.6) | {"pairs": "listed"}, fit(0.5, 0.4) | {"pairs": "with_unlisted"}]
    )
    tables = {"inferred_pairs": weights, "inferred_pairs_fit": fits}
    found = said(inferred.pair_facts(tables), labels=LABELS)
    assert (found["most_raised"], found["most_lowered"]) == ("digital society", "digital economy")
    assert (found["listed"]["above"], found["with_unlisted"]["above"]) == (
        "digital economy", "digital society",
    )  # fmt: skip
    assert found["with_unlisted"]["by_domain"]["economy"] == {
        "weight": "20 %", "low": "10 %", "high": "45 %",
    }  # fmt: skip
    assert found["with_unlisted"]["gain"] == "−0.10"
