"""What a test of a claim is given and what it returns."""

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from analysis.chapters.claim_conditions import Condition
from analysis.chapters.claim_verdicts import UNTESTABLE, verdict
from analysis.editions import fact_values as fact

Value = fact.Value


class Stated(NamedTuple):
    """What a claim is about, as codes, and the numbers that it leads one to expect."""

    subjects: list[str]
    numbers: list[float]


def stated(claim: dict[str, str]) -> Stated:
    """What a claim is about and what it leads one to expect, from its line of ``claims.csv``."""
    numbers = map(float, filter(None, claim["expected"].split("|")))
    return Stated(list(filter(None, claim["subjects"].split("|"))), list(numbers))


class Outcome(NamedTuple):
    """What a claim lets one expect, what a test found, its verdict, and the reason."""

    expected: Value | None
    found: Value | None
    verdict: str
    reason: Value | None


def lacking(expected: Value, codes: Iterable[str] = ()) -> Outcome:
    """The outcome where the edition has no figures of these, or of anything to compare with."""
    return Outcome(expected, None, UNTESTABLE, fact.sentence("claim_lacks", lost=list(codes)))


def judged(expected: Value, found: Value, condition: Condition, reason: Value) -> Outcome:
    """The outcome of a test whose condition holds, with a qualification perhaps, or does not."""
    holds, qualified = (bool(part) for part in condition)
    return Outcome(expected, found, verdict(holds, qualified=qualified), reason)


def figures(numbers: pd.Series, places: int = 2) -> dict[str, object]:
    """Numbers by code as two lists, and their places."""
    values = [None if pd.isna(number) else fact.rounded(number) for number in numbers]
    return {"codes": [str(code) for code in numbers.index], "numbers": values, "places": places}
