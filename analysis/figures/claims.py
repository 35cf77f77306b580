"""The ledger of claims as a table: rows by verdict, and the draws in which a claim holds."""

import numpy as np
import pandas as pd

from analysis.figures import style


def by_verdict(ledger: pd.DataFrame, verdicts: pd.Series) -> pd.DataFrame:
    """The rows of `ledger` by their verdict (a code in `verdicts`), the best first."""
    order = {verdict: place for place, verdict in enumerate(style.VERDICTS)}
    return ledger.loc[verdicts.map(order).sort_values(kind="stable").index]


def shares_in_draws(ledger: pd.DataFrame) -> list[str | None]:
    """In percent the draws in which each claim holds: with the concept held, and all; or nothing.

    `ledger` has ``share_held`` and ``share_all`` of 1, gaps where a claim is not judged in draws.
    """
    shares = ledger[["share_held", "share_all"]].to_numpy()
    return [None if np.isnan(held) else f"{held:.0%} · {every:.0%}".replace("%", " %")
            for held, every in shares]  # fmt: skip
