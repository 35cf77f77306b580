"""Redundant pairs, and reliability without size."""

import pandas as pd

from .recomputing import Tables, Ways, facts_taken_again, one
from .writing import number, percent, plain, words

LEAST_ALPHA = 0.7


def closest(t: Tables) -> list[str]:
    table = t("audit_redundancy", "first", "second", "correlation")
    pair = max(table.to_dict("records"), key=lambda row: abs(row["correlation"]))
    return [pair["first"], pair["second"]]


def in_pairs(t: Tables) -> set[str]:
    table = t("audit_redundancy", "first", "second")
    return {*table["first"], *table["second"]}


def weight(t: Tables, measures: list[str] | set[str]) -> str:
    weights = dict(t("measure_weights", "measure", "weight").to_numpy())
    return percent(sum(weights[measure] for measure in measures))


def closest_correlation(t: Tables) -> str:
    return number(max(t.column("audit_redundancy.correlation"), key=abs))


def shaky(t: Tables) -> str:
    table: pd.DataFrame = t("audit_size_free", "code", "alpha", "alpha_rest")
    return words([code for code, alpha, rest in table.to_numpy() if rest < LEAST_ALPHA <= alpha])


def group(column: str, write):
    return lambda t, code: write(one(t("audit_size_free", "code", column), code=code)[column])


WAYS: Ways = {
    "audit.redundancy.limit": "0.9",
    "audit.redundancy.pairs": lambda t: plain(len(t.column("audit_redundancy.first"))),
    "audit.redundancy.measures": lambda t: plain(len(in_pairs(t))),
    "audit.redundancy.weight": lambda t: weight(t, in_pairs(t)),
    "audit.redundancy.closest": lambda t: words(closest(t)),
    "audit.redundancy.closest_correlation": closest_correlation,
    "audit.redundancy.closest_weight": lambda t: weight(t, closest(t)),
    "audit.size_free.shaky": shaky,
    "audit.size_free.by_group.*.alpha": group("alpha", number),
    "audit.size_free.by_group.*.rest": group("alpha_rest", number),
    "audit.size_free.by_group.*.cities": group("n", plain),
}

test_a_fact_is_what_its_source_gives = facts_taken_again(WAYS)
