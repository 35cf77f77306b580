"""Other ways to weigh: the weights of each, what they do to the ranks, and contradictions."""

import pandas as pd

from analysis.editions import Facts, Tables
from analysis.editions import fact_values as fact
from analysis.editions.fact_keys import joined, keyed
from analysis.index.audit.weights import (
    effect_table,
    judged_framework,
    judgement_matrices,
    weight_table,
    weighted_frameworks,
)
from analysis.index.composite import CompositeIndex


def weight_tables(composite: CompositeIndex, judgements: pd.DataFrame) -> Tables:
    """The weights of record and of other ways, their effects, and how consistent judgements are.

    `judgements` (`node, first, second, times`) on nodes that the index does not have are left out.
    """
    known = judgements[["first", "second"]].isin(set(composite.framework["code"])).all(axis=1)
    matrices = judgement_matrices(judgements[known])
    judged, consistency = judged_framework(composite.framework, matrices)
    inputs, means = (composite.normalised, composite.framework), composite.method.aggregation
    frameworks = weighted_frameworks(*inputs, aggregation=means)
    frameworks["judged"] = judged
    effects = effect_table(*inputs, frameworks, means, composite.method.renormalisation)
    return {
        "weights": weight_table({"record": composite.framework, **frameworks}),
        "weight_effects": effects,
        "weight_consistency": consistency,
    }


def weight_facts(effects: pd.DataFrame, consistency: pd.DataFrame) -> Facts:
    """What each way of weighing does to the ranks, which does most and least; contradictions."""
    ordered = effects.sort_values("mean_shift")
    described = map(effect_facts, ordered.to_dict("records"))
    judged: Facts = {}
    if len(consistency):
        judged = {"consistency": fact.number(consistency["consistency_ratio"].max(), 3)}
    found: Facts = {
        "least": fact.words([f"weights_{ordered['method'].iloc[0]}"]),
        "most": fact.words([f"weights_{ordered['method'].iloc[-1]}"]),
        "least_shift": fact.number(ordered["mean_shift"].iloc[0], 1),
        "most_shift": fact.number(ordered["mean_shift"].iloc[-1], 1),
        "most_top10": fact.whole(ordered["changed_top10"].max()),
        "most_top100": fact.whole(ordered["changed_top100"].max()),
        "by_method": keyed("method", ordered["method"], described),
    }
    return joined(judged, found)


def effect_facts(effect: fact.Row) -> Facts:
    """What one way of weighing does to the ranks."""
    return {
        "rho": fact.number(effect["spearman"]),
        "mean_shift": fact.number(effect["mean_shift"], 1),
        "largest_shift": fact.whole(effect["largest_shift"]),
        "top10": fact.whole(effect["changed_top10"]),
        "top100": fact.whole(effect["changed_top100"]),
    }
