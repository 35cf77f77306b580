"""In which share of the draws each claim holds: the table, and the verdicts that follow from it."""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from analysis.chapters.claim_conditions import Condition
from analysis.chapters.claim_draws import TESTS_IN_DRAWS, Drawn
from analysis.chapters.claim_outcomes import stated
from analysis.chapters.claim_verdicts import Limits, Shares, verdict_of_shares
from analysis.editions import Tables

COLUMNS = ["claim", "basis", "draws", "holds", "qualified", "fails"]
HELD, ALL = "concept_held", "all"
# Draws with the concept held that take logarithms of the measures, and those that take none.
LOGARITHMS, NO_LOGARITHMS = "logarithms", "no_logarithms"
# What draws gave, by their basis and by what it is.
Values = Mapping[str, Mapping[str, Drawn]]


def share_table(
    claims: pd.DataFrame, sources: Mapping[str, str], values: Values, tables: Tables
) -> pd.DataFrame:
    """Shares of draws in which each claim holds: `claim_draws.csv`.

    Parameters
    ----------
    claims
        Reference table `claims.csv`: ``claim, test, subjects, expected``.
    sources
        By claim, what it is judged by: the index, the moves, or the code of a domain.
    values
        What draws gave, by basis (`HELD`, `ALL`) and source; what is lacking is not judged.
    tables
        Results and reference tables, as the tests of the ledger take them.

    Returns
    -------
    pd.DataFrame
        ``claim, basis, draws, holds, qualified, fails``: number of draws, and the shares of those
        in which the claim holds, holds with a qualification and does not hold.
    """
    rows = [
        row
        for claim in claims[claims["claim"].isin(list(sources))].to_dict("records")
        for basis in (HELD, ALL)
        if sources[claim["claim"]] in values[basis]
        for row in claim_rows(claim, basis, values[basis][sources[claim["claim"]]], tables)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def claim_rows(
    claim: dict[str, str], basis: str, drawn: Drawn, tables: Tables
) -> Iterator[tuple[str, str, int, float, float, float]]:
    """Rows of one claim: of the basis, and with the concept held of its two parts."""
    condition = TESTS_IN_DRAWS[claim["test"]](drawn.table, tables, stated(claim))
    parts = {basis: np.ones(len(drawn.table), dtype=bool)}
    if basis == HELD:
        parts |= {LOGARITHMS: drawn.logarithms, NO_LOGARITHMS: drawn.none}
    for name, chosen in parts.items():
        if chosen.any():
            yield (claim["claim"], name, int(chosen.sum()), *shares(condition, chosen))


def shares(condition: Condition, chosen: np.ndarray) -> Shares:
    """Shares of the chosen draws in which a claim holds, holds with a qualification, fails."""
    holds, qualified = (np.asarray(part)[chosen] for part in condition)
    firmly, passed = (holds & ~qualified).mean(), holds.mean()
    return Shares(float(firmly), float(passed - firmly), float(1 - passed))


def with_shares(
    ledger: pd.DataFrame, claim_draws: pd.DataFrame | None, limits: Limits
) -> pd.DataFrame:
    """The ledger with ``share_held, share_all`` and the verdicts that follow from the draws.

    The two are shares of draws in which a claim holds, with or without a qualification, empty for a
    claim that was not judged in draws; its verdict stays. Without any draws no verdict changes.
    """
    passed = pd.DataFrame(index=ledger["claim"], columns=[HELD, ALL], dtype=float)
    verdicts = ledger.set_index("claim")["verdict"].copy()
    if claim_draws is not None:
        by_basis = claim_draws.set_index(["claim", "basis"])
        for claim in claim_draws["claim"].unique():
            held, every = (
                Shares(*by_basis.loc[(claim, basis), COLUMNS[3:]]) for basis in (HELD, ALL)
            )
            verdicts[claim] = verdict_of_shares(held, every, limits)
            passed.loc[claim] = [1 - held.fails, 1 - every.fails]
    return ledger.assign(
        verdict=verdicts.to_numpy(),
        share_held=passed[HELD].to_numpy(),
        share_all=passed[ALL].to_numpy(),
    )
