"""Shares of draws in which claims hold, and the verdicts that the ledger takes from them."""

import numpy as np
import pandas as pd
import pytest

from analysis.chapters.claim_conditions import Condition
from analysis.chapters.claim_draws import Drawn
from analysis.chapters.claim_shares import ALL, HELD, share_table, shares, with_shares
from analysis.chapters.claim_verdicts import FAILS, HOLDS, QUALIFIED, UNTESTABLE, Limits

LIMITS = Limits(0.9, 0.5)
CLAIMS = pd.DataFrame(
    [("first", "leading_cities", "a", ""), ("counted", "bands", "", "")],
    columns=["claim", "test", "subjects", "expected"],
)
TABLES = {
    "published": pd.DataFrame({"adcode": ["a", "b"], "rank": [1, 2]}),
    "bands": pd.DataFrame({"cities": [1.0, 1.0], "last_place": [1.0, 2.0]}),
}


def drawn(first: list[bool], logarithms: list[bool], none: list[bool]) -> Drawn:
    """Draws in which a is first, or b."""
    values = pd.DataFrame([[2.0, 1.0] if each else [1.0, 2.0] for each in first], columns=[*"ab"])
    return Drawn(values, np.array(logarithms), np.array(none))


def test_shares_are_of_the_chosen_draws():
    condition = Condition(np.array([1, 1, 1, 0, 0]) > 0, np.array([0, 0, 1, 1, 1]) > 0)
    assert shares(condition, np.ones(5, dtype=bool)) == pytest.approx((0.4, 0.2, 0.4))
    assert shares(condition, np.array([1, 0, 0, 1, 0]) > 0) == pytest.approx((0.5, 0, 0.5))


def test_a_claim_has_a_row_for_each_basis_and_for_draws_with_and_without_logarithms():
    held = drawn([True, True, True, False], [True, True, False, False], [False, False, True, False])
    every = drawn([True, False], [True, True], [False, False])
    values = {HELD: {"index": held}, ALL: {"index": every}}
    table = share_table(CLAIMS, {"first": "index"}, values, TABLES)
    assert table.to_numpy().tolist() == [
        ["first", "concept_held", 4, 0.75, 0.25, 0.0],
        ["first", "logarithms", 2, 1.0, 0.0, 0.0],
        ["first", "no_logarithms", 1, 1.0, 0.0, 0.0],
        ["first", "all", 2, 0.5, 0.5, 0.0],
    ]


def test_what_draws_do_not_give_is_not_judged():
    assert share_table(CLAIMS, {"first": "index"}, {HELD: {}, ALL: {}}, TABLES).empty


def ledger(**verdicts: str) -> pd.DataFrame:
    return pd.DataFrame({"claim": list(verdicts), "verdict": list(verdicts.values())})


def told(claim: str, held: tuple[float, ...], every: tuple[float, ...]) -> pd.DataFrame:
    rows = [(claim, HELD, 10, *held), (claim, ALL, 10, *every)]
    return pd.DataFrame(rows, columns=["claim", "basis", "draws", "holds", "qualified", "fails"])


def test_verdicts_of_claims_that_were_drawn_follow_from_the_shares_and_others_stay():
    before = ledger(counted=FAILS, firm=FAILS, even=HOLDS, partly=HOLDS)
    draws = pd.concat(
        [
            told("firm", (0.9, 0.1, 0), (0.5, 0.25, 0.25)),
            told("even", (0.5, 0, 0.5), (0.5, 0, 0.5)),
            told("partly", (0.5, 0.5, 0), (0, 1, 0)),
        ]
    )
    after = with_shares(before, draws, LIMITS)
    assert after["verdict"].tolist() == [FAILS, HOLDS, UNTESTABLE, QUALIFIED]
    assert after["share_held"].tolist()[1:] == [1, 0.5, 1]
    assert after["share_all"].tolist()[1:] == [0.75, 0.5, 1]
    assert after.loc[0, ["share_held", "share_all"]].isna().all()


def test_without_draws_every_verdict_stays():
    after = with_shares(ledger(one=HOLDS), None, LIMITS)
    assert after["verdict"].tolist() == [HOLDS]
    assert after[["share_held", "share_all"]].isna().all(axis=None)
