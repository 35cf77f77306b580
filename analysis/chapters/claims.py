"""The ledger of claims: each checkable statement of the white paper, tested, with a verdict.

Verdicts follow from the figures and change with them; what cannot be tested says so.
"""

import pandas as pd

from analysis.chapters.claim_tests import TESTS, UNTESTABLE, Outcome
from analysis.editions import Tables


def claim_table(claims: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Every claim with its verdict.

    `claims` is the reference table; `tables` are results plus the reference tables `framework`,
    `bands`, `cities` and `cases`. Returns `claim, origin, kind, evidence, expected, found,
    verdict, reason, statement`.
    """
    outcomes = [judge(claim, tables) for claim in claims.to_dict("records")]
    found = pd.DataFrame(outcomes, columns=Outcome._fields)
    columns = ["claim", "origin", "kind", "evidence", "expected", *Outcome._fields, "statement"]
    return pd.concat([claims.reset_index(drop=True), found], axis=1)[columns]


def judge(claim: dict[str, str], tables: Tables) -> Outcome:
    """Test one claim.

    A caveat says why figures cannot decide the claim: what was found is shown and judged neither
    for the claim nor against it.
    """
    if claim["test"] == "":
        return Outcome("", UNTESTABLE, claim["caveat"])
    if claim["test"] not in TESTS:
        raise ValueError(f"claims: there is no test {claim['test']!r} (claim {claim['claim']!r})")
    outcome = TESTS[claim["test"]](tables)
    if claim["caveat"] == "":
        return outcome
    return Outcome(outcome.found, UNTESTABLE, f"{outcome.reason} {claim['caveat']}")
