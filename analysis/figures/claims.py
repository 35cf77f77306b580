"""The ledger of claims as tables: rows by verdict, shares of draws, and the reason of a verdict."""

import numpy as np
import pandas as pd

from analysis.figures import style
from analysis.language.facts import Speaker
from analysis.language.numbers import Numbers


def by_verdict(ledger: pd.DataFrame, verdicts: pd.Series) -> pd.DataFrame:
    """The rows of `ledger` by their verdict (a code in `verdicts`), the best first."""
    order = {verdict: place for place, verdict in enumerate(style.VERDICTS)}
    return ledger.loc[verdicts.map(order).sort_values(kind="stable").index]


def with_quantities(
    ledger: pd.DataFrame, tests: pd.Series, labels: pd.Series, numbers: Numbers
) -> list[str]:
    """What was found for each claim, behind what it is a number of, if the language has a word.

    `ledger` has ``claim, found`` in words, `tests` the test of a claim by its name; the words are
    the labels ``found_<test>``. What a test finds may say by itself what it is.
    """
    quantities = ("found_" + ledger["claim"].map(tests)).map(labels)
    return [
        found[:1].upper() + found[1:]
        if pd.isna(quantity) or not found
        else numbers.titled(quantity, found)
        for quantity, found in zip(quantities, ledger["found"], strict=True)
    ]


def shares_in_draws(ledger: pd.DataFrame, numbers: Numbers) -> list[str | None]:
    """In percent the draws in which each claim holds: with the concept held, and all; or nothing.

    `ledger` has ``share_held`` and ``share_all`` of 1, gaps where a claim is not judged in draws.
    """
    shares = ledger[["share_held", "share_all"]].to_numpy()
    return [
        None if np.isnan(held) else f"{numbers.percent(held)} · {numbers.percent(every)}"
        for held, every in shares
    ]


def reasons(ledger: pd.DataFrame, draws: pd.DataFrame, speaker: Speaker) -> list[str]:
    """The reason of each verdict, and for a claim judged in draws what share of them decides it.

    `ledger` has ``claim, reason`` in words, `draws` is `claim_draws.csv`: ``claim, basis, holds,
    fails`` with shares of 1.
    """
    shares = draws.pivot(index="claim", columns="basis", values=["holds", "fails"])
    return [
        speaker.numbers.paragraph([row.reason, in_draws(shares.loc[row.claim], speaker.say)])
        if row.claim in shares.index else row.reason
        for row in ledger.itertuples()
    ]  # fmt: skip


def in_draws(shares: pd.Series, say: style.Say) -> str:
    """In words, in which shares of the draws a claim holds in full and fails, by basis."""
    return say(
        "claim_in_full",
        held=float(shares["holds", "concept_held"]),
        every=float(shares["holds", "all"]),
        fails_held=float(shares["fails", "concept_held"]),
        fails_every=float(shares["fails", "all"]),
    )
