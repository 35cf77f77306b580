"""The ledger of claims: each checkable statement of the white paper, tested, with a verdict.

Verdicts follow from the figures and change with them; what cannot be tested says so.
"""

import pandas as pd

from analysis.chapters.claim_tests import TESTS, UNTESTABLE, Outcome, Stated
from analysis.editions import Tables


def claim_table(claims: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Every claim with its verdict.

    `claims` is the reference table; `tables` are results plus the reference tables `framework`,
    `bands`, `cities` and `cases`. Returns `claim, origin, kind, evidence, expected, found,
    verdict, reason`, of which what is expected, found and the reason are values.
    """
    outcomes = [judge(claim, tables) for claim in claims.to_dict("records")]
    found = pd.DataFrame(outcomes, columns=Outcome._fields, dtype=object)
    told = claims[["claim", "origin", "kind", "evidence"]].reset_index(drop=True)
    return pd.concat([told, found], axis="columns")


def judge(claim: dict[str, str], tables: Tables) -> Outcome:
    """Test one claim.

    A caveat says why figures cannot decide the claim: what was found is shown and judged neither
    for the claim nor against it.
    """
    if claim["test"] == "":
        return Outcome(None, None, UNTESTABLE, None)
    if claim["test"] not in TESTS:
        raise ValueError(f"claims: there is no test {claim['test']!r} (claim {claim['claim']!r})")
    outcome = TESTS[claim["test"]](tables, stated(claim))
    return outcome if claim["caveat"] == "" else outcome._replace(verdict=UNTESTABLE)


def stated(claim: dict[str, str]) -> Stated:
    """What a claim is about and what it leads one to expect, from its line of ``claims.csv``."""
    numbers = map(float, filter(None, claim["expected"].split("|")))
    return Stated(list(filter(None, claim["subjects"].split("|"))), list(numbers))
