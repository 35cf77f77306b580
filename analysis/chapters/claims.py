"""The ledger of claims: each checkable statement of the white paper, tested, with a verdict.

Verdicts follow from the figures and change with them; what cannot be tested says so.
"""

import pandas as pd

from analysis.chapters.claim_outcomes import Outcome, stated
from analysis.chapters.claim_tests import TESTS
from analysis.chapters.claim_verdicts import FAILS, HOLDS, QUALIFIED, UNTESTABLE
from analysis.editions import Facts, Tables
from analysis.editions import fact_values as fact
from analysis.editions.fact_keys import joined, keyed


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


def claim_facts(
    claims: pd.DataFrame, tiers: pd.DataFrame, draws: pd.DataFrame | None = None
) -> Facts:
    """Number of claims by verdict, the claims that fail, and what was found for each.

    Parameters
    ----------
    claims
        `claims.csv`: ``claim, origin, kind, evidence, expected, found, verdict``.
    tiers
        `tiers.csv`: ``basis, median_gdp``.
    draws
        `claim_draws.csv`: ``claim, basis, fails``, of an edition that has it.
    """
    count = claims["verdict"].value_counts()
    own_words = (claims["verdict"] == HOLDS) & (claims["evidence"] == "published")
    failing = claims.loc[claims["verdict"] == FAILS, "claim"]
    found: Facts = {
        "count": len(claims),
        "tested": fact.whole(len(claims) - count.get(UNTESTABLE, 0)),
        "ours": fact.whole((claims["origin"] == "ours").sum()),
        "own_words": fact.whole(own_words.sum()),
        "holds": fact.whole(count.get(HOLDS, 0)),
        "qualified": fact.whole(count.get(QUALIFIED, 0)),
        "fails": fact.whole(count.get(FAILS, 0)),
        "untestable": fact.whole(count.get(UNTESTABLE, 0)),
        "drawn": fact.whole(0 if draws is None else draws["claim"].nunique()),
        "undecided": fact.whole(undecided(claims, draws)),
        "failing_statements": fact.statements(failing),
        "by_claim": keyed(
            "claim",
            claims["claim"],
            [
                joined(outcome_facts(claim), draw_facts(str(claim["claim"]), draws))
                for claim in claims.to_dict("records")
            ],
        ),
    }
    medians = tiers.loc[tiers["basis"] == "published", "median_gdp"]
    if medians.notna().all():
        found["median_gdp"] = fact.listed([fact.number(gdp, 0) for gdp in medians])
    expected = claims.loc[claims["kind"] == "correlation", "expected"].dropna()
    limits = [value["limit"] for value in expected if "limit" in value]
    if limits:
        found["strong"] = fact.number(limits[0], 1)
    return found


def outcome_facts(claim: fact.Row) -> Facts:
    """Verdict on one claim, and what was found if it could be tested."""
    found: Facts = {"verdict": fact.label(f"verdict_{claim['verdict']}")}
    return found if claim["verdict"] == UNTESTABLE else joined(found, {"found": claim["found"]})


def undecided(claims: pd.DataFrame, draws: pd.DataFrame | None) -> int:
    """Number of claims that were judged in draws and that these do not decide."""
    if draws is None:
        return 0
    drawn = claims["claim"].isin(draws["claim"])
    return int((drawn & claims["verdict"].eq(UNTESTABLE)).sum())


def draw_facts(claim: str, draws: pd.DataFrame | None) -> Facts:
    """Share of the draws in which a claim holds, with a qualification or without, by basis."""
    if draws is None or claim not in set(draws["claim"]):
        return {}
    rows = draws[draws["claim"] == claim]
    shares = [fact.share(1 - fails) for fails in rows["fails"]]
    return {"passes": keyed("basis", rows["basis"], shares)}
