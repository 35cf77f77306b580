"""Cities near their rank of record, and stages as a whole."""

import numpy as np

from .recomputing import Tables, Ways, facts_taken_again, one
from .writing import percent, plain, word

FEW = 10


def near_medians(t: Tables) -> str:
    table = t("uncertainty", "rank", "median_rank").to_numpy()
    return plain(sum(abs(int(median) - int(rank)) <= FEW for rank, median in table))


def mean_of(column: str):
    return lambda t: percent(np.sum(t.column(column)) / len(t.column(column)))


def stage(column: str):
    return lambda t, code: percent(one(t("tier_draws", "tier", column), tier=code)[column])


WAYS: Ways = {
    "robustness.near.places": str(FEW),
    "robustness.near.share": mean_of("uncertainty.p_within_ten"),
    "robustness.near.share_held": mean_of("uncertainty.technique_within_ten"),
    "robustness.near.median": near_medians,
    "robustness.stages.*.stage": lambda t, code: word(
        one(t("tier_draws", "tier"), tier=code)["tier"]
    ),
    "robustness.stages.*.kept": stage("kept"),
    "robustness.stages.*.kept_held": stage("kept_held"),
    "robustness.stages.*.kept_all": stage("kept_all"),
    "robustness.stages.*.kept_all_held": stage("kept_all_held"),
}

test_a_fact_is_what_its_source_gives = facts_taken_again(WAYS)
