"""The reconstructed scores."""

import numpy as np

from .recomputing import Tables, Ways, facts_taken_again
from .writing import cities, number, plain


def blocks(t: Tables) -> list[int]:
    """How many cities share each score."""
    scores = list(t.column("reconstructed.score"))
    return [scores.count(score) for score in set(scores)]


def at_limit(t: Tables) -> str:
    score, low, high = t("reconstructed", "score", "low", "high").to_numpy().T
    return plain(np.isin(score - low, 0).sum() + np.isin(score - high, 0).sum())


def pulls(t: Tables) -> list[tuple[float, str]]:
    """Distance of the reconstructed from the open-data score and the city, the farthest first."""
    scores = dict(t("published", "adcode", "score").dropna().itertuples(index=False))
    table = t("reconstructed", "adcode", "score").itertuples(index=False)
    return sorted(((abs(score - scores[c]), c) for c, score in table if c in scores), reverse=True)


WAYS: Ways = {
    "reconstructed.distinct": lambda t: plain(len(blocks(t))),
    "reconstructed.largest_block": lambda t: plain(max(blocks(t))),
    "reconstructed.at_limit": at_limit,
    "reconstructed.median_pull": lambda t: number(np.median([pull for pull, _ in pulls(t)]), 1),
    "reconstructed.largest_pull": lambda t: number(pulls(t)[0][0], 1),
    "reconstructed.farthest": lambda t: cities([code for _, code in pulls(t)[:3]]),
}

test_a_fact_is_what_its_source_gives = facts_taken_again(WAYS)
