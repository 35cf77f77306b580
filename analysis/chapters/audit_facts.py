"""The findings of the statistical audit, text by name: one function per part."""

import pandas as pd

from analysis.chapters.findings import Row
from analysis.editions import Facts, Tables
from analysis.editions.fact_keys import joined, keyed
from analysis.index.audit.added_value import BIASED, CLASSES
from analysis.index.audit.coherence import CONFLICTING, DOMINATING, UNDER_REPRESENTED
from analysis.index.audit.frontier import LEAST, MOST
from analysis.index.audit.weights import LEAST_SHARE
from analysis.index.treatment import SKEWNESS_LIMIT
from analysis.language.numbers import decimal, listing, lower, percent, probability

# Below these, by common convention, items do not measure one thing and share too little.
LEAST_ALPHA, LEAST_ADEQUACY = 0.7, 0.5
# Level of the test that the items of a group are unrelated.
SIGNIFICANT = 0.05
# Differences of this many places and more say that the index tells something of its own.
FAR = 10


def audit_facts(tables: Tables, names: pd.Series, labels: pd.Series) -> Facts:
    """Facts of the audit; `names` are city names by adcode, `labels` words by key."""
    word = labels.map(lower)
    return {
        "coverage": coverage_facts(tables, word),
        "distribution": distribution_facts(tables["audit_distribution"], word),
        "coherence": coherence_facts(tables["audit_coherence"], word),
        "reliability": reliability_facts(tables["audit_reliability"], word),
        "importance": importance_facts(tables["audit_importance"], word),
        "balance": balance_facts(tables["audit_balance"], word),
        "added_value": added_value_facts(tables["audit_added_value"], word),
        "size": size_facts(tables["audit_size"], word),
        "frontier": frontier_facts(tables["audit_frontier"], names),
        "weights": weight_facts(tables["weight_effects"], tables["weight_consistency"], word),
    }


def coverage_facts(tables: Tables, word: pd.Series) -> Facts:
    """How full the table is, where it is least full, and how old its oldest figures are."""
    nodes, cities = tables["audit_coverage"], tables["audit_coverage_cities"]
    index, measures = (nodes[nodes["level"] == level] for level in ("index", "measure"))
    emptiest = measures.sort_values("share", kind="stable").iloc[0]
    oldest = nodes["oldest_year"].min()
    least = cities["share"].min()
    return {
        "share": percent(index["share"].iloc[0], 1),
        "cells": f"{index['cells'].iloc[0]:,}",
        "complete_cities": str((cities["share"] == 1).sum()),
        "complete_measures": str((measures["share"] == 1).sum()),
        "emptiest": word[emptiest["code"]],
        "emptiest_share": percent(emptiest["share"]),
        "least_city_share": percent(least),
        "least_cities": str((cities["share"] == least).sum()),
        "oldest_year": f"{oldest:.0f}",
        "oldest_measures": _words(measures.loc[measures["oldest_year"] == oldest, "code"], word),
        "oldest_cities": str((cities["oldest_year"] == oldest).sum()),
    }


def distribution_facts(distribution: pd.DataFrame, word: pd.Series) -> Facts:
    """Measures of two values, crowded ones, and those that the treatment made more skewed."""
    binary = distribution["different"] == 2
    crowded = ~binary & (distribution["most_common"] > 0.5)
    before, after = (distribution[f"skewness_{when}"].abs() for when in ("before", "after"))
    worse = distribution[after > before]
    return {
        "binary": str(binary.sum()),
        "crowded": _words(distribution.loc[crowded, "measure"], word),
        "crowded_share": listing([percent(x) for x in distribution.loc[crowded, "most_common"]]),
        "skewed_before": str((before >= SKEWNESS_LIMIT).sum()),
        "skewed_after": str((after >= SKEWNESS_LIMIT).sum()),
        "worse": _words(worse["measure"], word),
        "failing": str((distribution["passes"] == 0).sum()),
    }


def coherence_facts(coherence: pd.DataFrame, word: pd.Series) -> Facts:
    """Flags of the measures, how many lie closer elsewhere, and the domains in the index."""
    measures = coherence[coherence["level"] == "measure"]
    conflicting, under_represented, dominating, sole = (
        measures[measures["flag"] == name]
        for name in ("conflicting", "under_represented", "dominating", "sole")
    )
    astray = measures[measures["other_correlation"] > measures["rest"]]
    found: Facts = {
        "measures": str(len(measures)),
        "low_limit": decimal(CONFLICTING, 1),
        "high_limit": decimal(UNDER_REPRESENTED, 1),
        "dominating_limit": decimal(DOMINATING),
        "conflicting": _words(conflicting["code"], word),
        "under_represented": _words(under_represented["code"], word),
        "dominating": _words(dominating["code"], word),
        "sole": _words(sole["code"], word),
        "conflicting_count": str(len(conflicting)),
        "dominated": _words(dominating["above"], word),
        "dominating_correlation": listing([decimal(r) for r in dominating["correlation"]]),
        "astray": str(len(astray)),
        "comparable": str(measures["rest"].notna().sum()),
        "astray_to": word[astray["other"].mode().iloc[0]] if len(astray) else "none",
        "astray_to_count": str(astray["other"].value_counts().max()) if len(astray) else "0",
    }
    return joined(found, weakest_facts(coherence[coherence["level"] == "domain"], word))


def weakest_facts(domains: pd.DataFrame, word: pd.Series) -> Facts:
    """The two domains that go least with the rest of the index, beside the others if there are."""
    order = domains.dropna(subset="rest").sort_values("rest")
    if len(order) < 3:
        return {}
    return {
        "weakest": _words(order["code"].head(2), word),
        "weakest_rest": listing([decimal(r) for r in order["rest"].head(2)]),
        "others_low": decimal(order["rest"].iloc[2:].min()),
        "others_high": decimal(order["rest"].iloc[2:].max()),
    }


def reliability_facts(reliability: pd.DataFrame, word: pd.Series) -> Facts:
    """Alpha, adequacy and first component of every group, and the groups that fall short."""
    tested = reliability.dropna(subset="alpha")
    shaky = tested[tested["alpha"] < LEAST_ALPHA]
    unrelated = tested[tested["bartlett_p"] > SIGNIFICANT]
    index = tested.loc[tested["code"] == "index", "alpha"]
    return {
        "least_alpha": decimal(LEAST_ALPHA, 1),
        "least_adequacy": decimal(LEAST_ADEQUACY, 1),
        "tested": str(len(tested)),
        "index_holds": "yes" if (index >= LEAST_ALPHA).any() else "no",
        "shaky": _words(shaky["code"], word),
        "shaky_alphas": listing([decimal(alpha) for alpha in shaky["alpha"]]),
        "inadequate": _words(tested.loc[tested["kmo"] < LEAST_ADEQUACY, "code"], word),
        "unrelated": _words(unrelated["code"], word),
        "single": _words(reliability.loc[reliability["items"] == 1, "code"], word),
        "by_group": keyed("group", tested["code"], map(group_facts, tested.to_dict("records"))),
    }


def group_facts(group: Row) -> Facts:
    """Alpha, adequacy and components of one group.

    Adequacy and Bartlett's test are not defined where an item follows from the others.
    """
    tests: Facts = {}
    if pd.notna(group["kmo"]):
        tests = {"kmo": decimal(group["kmo"]), "bartlett_p": probability(group["bartlett_p"], 2)}
    found: Facts = {
        "alpha": decimal(group["alpha"]),
        "first_share": percent(group["first_share"]),
        "first_eigenvalue": decimal(group["first_eigenvalue"]),
        "second_eigenvalue": decimal(group["second_eigenvalue"]),
    }
    return joined(found, tests)


def importance_facts(importance: pd.DataFrame, word: pd.Series) -> Facts:
    """Weight and importance of the domains, and the measures at both ends."""
    domains = importance[importance["level"] == "domain"].sort_values("importance")
    measures = importance[importance["level"] == "measure"].sort_values("ratio")
    low, high = domains.iloc[0], domains.iloc[-1]
    least = measures.head(2)
    return {
        "weight": percent(low["nominal"]),
        "highest": word[high["code"]],
        "highest_importance": percent(high["importance"]),
        "lowest": word[low["code"]],
        "lowest_importance": percent(low["importance"]),
        "times": decimal(high["importance"] / low["importance"], 1),
        "by_domain": keyed("domain", domains["code"], map(percent, domains["importance"])),
        "idle": _words(least["code"], word),
        "idle_importance": listing([percent(share) for share in least["importance"]]),
        "idle_weight": percent(least["nominal"].iloc[0]),
    }


def balance_facts(balance: pd.DataFrame, word: pd.Series) -> Facts:
    """Weights that would make the domains equally important, and whether they exist."""
    at_floor = balance["balanced"] <= LEAST_SHARE * 1.001
    largest = balance.sort_values("balanced", ascending=False).head(2)
    return {
        "floor": percent(LEAST_SHARE),
        "at_floor": _words(balance.loc[at_floor, "code"], word),
        "reached": "no" if at_floor.any() else "yes",
        "largest": _words(largest["code"], word),
        "largest_weights": listing([percent(weight) for weight in largest["balanced"]]),
        "low": decimal(balance["correlation"].min()),
        "high": decimal(balance["correlation"].max()),
        "balanced_low": decimal(balance["balanced_correlation"].min()),
        "balanced_high": decimal(balance["balanced_correlation"].max()),
    }


def added_value_facts(added_value: pd.DataFrame, word: pd.Series) -> Facts:
    """Share of cities whose rank in a domain is far from their rank in the index."""
    is_far = added_value["difference"].map(CLASSES) >= FAR
    far = added_value[is_far].groupby("code", sort=False)["share"].sum().sort_values()
    return {
        "places": str(FAR),
        "nearest": word[str(far.index[0])],
        "nearest_share": percent(far.iloc[0]),
        "farthest": word[str(far.index[-1])],
        "farthest_share": percent(far.iloc[-1]),
    }


def size_facts(size: pd.DataFrame, word: pd.Series) -> Facts:
    """Correlation of the index with each size, and the domains that are free of size."""
    of_index = size[size["code"] == "index"]
    index = of_index.set_index("size")["spearman"]
    biased = size[size["code"] != "index"].groupby("code", sort=False)["biased"].sum()
    return {
        "limit": decimal(BIASED, 1),
        "free": _words(pd.Series(biased.index[biased == 0]), word),
        "biased_sizes": _words(pd.Series(index.index[index.abs() > BIASED]), word),
        "by_size": keyed("size", of_index["size"], map(decimal, of_index["spearman"])),
    }


def frontier_facts(frontier: pd.DataFrame, names: pd.Series) -> Facts:
    """Cities on the frontier, the usual distance, and whom weights of their own lift most."""
    on = frontier[frontier["on_frontier"] == 1]
    gained = (frontier["rank"] - frontier["frontier_rank"]).sort_values(kind="stable")
    up, down = frontier.loc[gained.index[-1]], frontier.loc[gained.index[0]]
    return {
        "least": "half" if LEAST == 0.5 else f"{LEAST:g} times",
        "most": "twice" if MOST == 2 else f"{MOST:g} times",
        "leaders": str(len(on)),
        "leader_names": listing([names[code] for code in on["adcode"]]),
        "median": percent(frontier["frontier"].median()),
        "median_relative": percent((frontier["index"] / frontier["index"].max()).median()),
        "rank_correlation": decimal(frontier["rank"].corr(frontier["frontier_rank"], "spearman")),
        "up_name": names[up["adcode"]],
        "up_from": str(up["rank"]),
        "up_to": str(up["frontier_rank"]),
        "down_name": names[down["adcode"]],
        "down_from": str(down["rank"]),
        "down_to": str(down["frontier_rank"]),
    }


def weight_facts(effects: pd.DataFrame, consistency: pd.DataFrame, word: pd.Series) -> Facts:
    """What each way of weighing does to the ranks, which does most and least; contradictions."""
    others = effects[effects["method"] != "equal"].sort_values("mean_shift")
    described = map(effect_facts, others.to_dict("records"))
    judged: Facts = {}
    if len(consistency):
        judged = {"consistency": decimal(consistency["consistency_ratio"].max(), 3)}
    found: Facts = {
        "least": word[f"weights_{others['method'].iloc[0]}"],
        "most": word[f"weights_{others['method'].iloc[-1]}"],
        "least_shift": decimal(others["mean_shift"].iloc[0], 1),
        "most_shift": decimal(others["mean_shift"].iloc[-1], 1),
        "most_top10": str(others["changed_top10"].max()),
        "most_top100": str(others["changed_top100"].max()),
        "by_method": keyed("method", others["method"], described),
    }
    return joined(judged, found)


def effect_facts(effect: Row) -> Facts:
    """What one way of weighing does to the ranks."""
    return {
        "rho": decimal(effect["spearman"]),
        "mean_shift": decimal(effect["mean_shift"], 1),
        "largest_shift": str(effect["largest_shift"]),
        "top10": str(effect["changed_top10"]),
        "top100": str(effect["changed_top100"]),
    }


def _words(codes: pd.Series, word: pd.Series) -> str:
    return listing([word[code] for code in codes])
