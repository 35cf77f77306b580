from types import SimpleNamespace

import pandas as pd

from analysis.figures import style
from analysis.figures.claims import by_verdict, reasons, shares_in_draws, with_quantities
from analysis.language.numbers import Numbers

CLAIMS = pd.DataFrame(
    [
        ("fails", "Third.", "30 %"),
        ("holds", "First.", "10"),
        ("untestable", "Costs $5 to $6.", ""),
        ("holds", "Second.", "20"),
    ],
    columns=["verdict", "statement", "found"],
)


def test_the_ledger_is_ordered_from_the_best_verdict_and_else_keeps_its_order():
    rows = by_verdict(CLAIMS, CLAIMS["verdict"])
    assert rows["statement"].tolist() == ["First.", "Second.", "Third.", "Costs $5 to $6."]


def test_a_number_that_was_found_stands_behind_what_it_is_a_number_of():
    ledger = pd.DataFrame({"claim": list("abc"), "found": ["29", "says it", ""]})
    tests = pd.Series({"a": "provinces", "b": "spoken", "c": "provinces"})
    labels = pd.Series({"found_provinces": "Provinces"})
    found = with_quantities(ledger, tests, labels, Numbers())
    assert found == ["Provinces: 29", "Says it", ""]
    found = with_quantities(ledger, tests, labels, Numbers("zh_hant"))
    assert found == ["Provinces：29", "Says it", ""]


def test_both_shares_of_draws_stand_in_one_cell_and_a_claim_without_draws_has_none():
    ledger = pd.DataFrame({"share_held": [0.976, None], "share_all": [0.5, None]})
    assert shares_in_draws(ledger, Numbers()) == ["98 % · 50 %", None]
    assert shares_in_draws(ledger, Numbers("zh_hant")) == ["98% · 50%", None]


def test_a_claim_judged_in_draws_says_in_which_shares_it_holds_in_full_and_fails():
    ledger = pd.DataFrame({"claim": ["size", "list"], "reason": ["Both reach it.", "Counted."]})
    draws = pd.DataFrame(
        [
            ("size", "concept_held", 0.9, 0.1),
            ("size", "all", 0.5, 0.4),
            ("size", "logarithms", 1, 0),
        ],
        columns=["claim", "basis", "holds", "fails"],
    )
    speaker = SimpleNamespace(numbers=Numbers(), say=lambda name, **shares: f"{name}: {shares}")
    found = reasons(ledger, draws, speaker)
    shares = {"held": 0.9, "every": 0.5, "fails_held": 0.1, "fails_every": 0.4}
    assert found == [f"Both reach it. claim_in_full: {shares}", "Counted."]


def test_a_verdict_has_the_sign_of_the_style_in_the_labels(real):
    labels = real.reference_table("labels").set_index("key")["en"]
    for verdict, (_, sign, _) in style.VERDICTS.items():
        assert labels[f"verdict_sign_{verdict}"].startswith(f"{sign} ")
