"""The statistical audit of an edition: the parts of `analysis.index.audit`, for its cities."""

import pandas as pd

from analysis.chapters.city_study import city_sizes, item_groups, with_city
from analysis.editions import Facts, Tables
from analysis.editions import fact_values as fact
from analysis.editions.fact_keys import joined, keyed
from analysis.index.audit import (
    added_value,
    coherence,
    coverage,
    distribution,
    frontier,
    importance,
    reliability,
)
from analysis.index.audit.added_value import BIASED, CLASSES
from analysis.index.audit.coherence import CONFLICTING, DOMINATING, UNDER_REPRESENTED
from analysis.index.audit.frontier import LEAST, MOST
from analysis.index.audit.reliability import LEAST_ALPHA
from analysis.index.audit.weights import LEAST_SHARE
from analysis.index.composite import CompositeIndex
from analysis.index.framework import children, nominal_weights, root
from analysis.index.ranking import rank
from analysis.index.shape import SKEWNESS_LIMIT

# Each part beside the node that it belongs to on the level above.
PAIRS = [
    ("measure", "domain"),
    ("indicator", "domain"),
    ("subdomain", "domain"),
    ("subdomain", "index"),
    ("domain", "index"),
]
# Below this, by common convention, items share too little.
LEAST_ADEQUACY = 0.5
# Level of the test that the items of a group are unrelated.
SIGNIFICANT = 0.05
# Differences of this many places and more say that the index tells something of its own.
FAR = 10


def audit_tables(
    matrix: pd.DataFrame,
    composite: CompositeIndex,
    cells: pd.DataFrame,
    cities: pd.DataFrame,
) -> Tables:
    """Every table of the audit that follows from the index of record, by name.

    Parameters
    ----------
    matrix, composite
        Ranked cities (adcode) × measures before treatment, and the index built from them.
    cells
        `cells.csv`: ``adcode, measure, value, year``, context measures among them.
    cities
        `cities.csv`: ``adcode, name_en``.
    """
    framework = composite.framework
    values = pd.concat([composite.nodes, composite.normalised], axis=1)
    return (
        data_tables(matrix, composite, cells, cities)
        | coherence_tables(composite, values)
        | {
            "audit_importance": importance.importance_table(values, framework),
            "audit_balance": importance.balance_table(values, framework),
        }
        | value_tables(composite, cells, cities)
    )


def data_tables(
    matrix: pd.DataFrame, composite: CompositeIndex, cells: pd.DataFrame, cities: pd.DataFrame
) -> Tables:
    """Coverage by node and city; shape of every measure and node.

    Parameters
    ----------
    matrix, composite
        Ranked cities (adcode) × measures before treatment, and the index built from them.
    cells
        `cells.csv`: ``adcode, measure, year``.
    cities
        `cities.csv`: ``adcode, name_en``.
    """
    framework = composite.framework
    years = cells.pivot(index="adcode", columns="measure", values="year")
    years = years.reindex(index=matrix.index, columns=matrix.columns)
    by_city = coverage.coverage_of_units(matrix, years)
    groups = item_groups(framework)
    least = coverage.least_covered(matrix, {name: groups[name] for name in groups[root(framework)]})
    by_city = by_city.assign(
        least_domains=least["groups"].to_numpy(), least_domain_share=least["share"].to_numpy()
    )
    measures = distribution.distribution_table(matrix, composite.treatment)
    return {
        "audit_coverage": coverage.coverage_of_nodes(matrix, years, framework),
        "audit_coverage_cities": with_city(by_city, cities),
        "audit_distribution": measures.assign(passes=measures["passes"].astype(int)).rename(
            columns={"column": "measure"}
        ),
        "audit_shapes": distribution.shape_table(composite.nodes, framework),
    }


def coherence_tables(composite: CompositeIndex, values: pd.DataFrame) -> Tables:
    """Correlations on all levels; components, alpha and adequacy of measures and domains."""
    framework = composite.framework
    groups = item_groups(framework)
    pairs = [coherence.correlation_table(values, framework, level, above) for level, above in PAIRS]
    flags = [coherence.coherence_table(composite, level, above) for level, above in PAIRS]
    return {
        "audit_correlations": pd.concat(pairs, ignore_index=True),
        "audit_coherence": pd.concat(flags, ignore_index=True),
        "audit_reliability": reliability.reliability_table(values, groups),
        "audit_components": reliability.component_table(values, groups),
        "audit_items": reliability.item_table(values, groups),
    }


def value_tables(composite: CompositeIndex, cells: pd.DataFrame, cities: pd.DataFrame) -> Tables:
    """What the index adds to its domains and to size, and its distance to the frontier."""
    top = root(composite.framework)
    domains = children(composite.framework, top)
    sizes = city_sizes(cells).dropna(axis="columns", how="all")
    return {
        "audit_added_value": added_value.rank_difference_table(composite.nodes, domains, top),
        "audit_size": added_value.size_table(composite.nodes[[top, *domains]], sizes),
        "audit_frontier": frontier_cities(composite, cities),
    }


def frontier_cities(composite: CompositeIndex, cities: pd.DataFrame) -> pd.DataFrame:
    """Benefit of the doubt of every ranked city beside its index, best index first.

    Returns `adcode, city, index, rank, frontier, distance, frontier_rank, on_frontier`.
    """
    domains = children(composite.framework, root(composite.framework))
    nominal = nominal_weights(composite.framework)[domains]
    # A frontier knows no negative values, which rulers of another edition can lead to.
    values = composite.nodes[domains].clip(lower=0)
    table = with_city(frontier.frontier_table(values, nominal), cities)
    table.insert(2, "index", composite.index.to_numpy())
    table.insert(3, "rank", rank(composite.index).astype(int).to_numpy())
    return table.sort_values(["rank", "adcode"], ignore_index=True)


def audit_facts(tables: Tables) -> Facts:
    """Facts of the audit, by part."""
    return {
        "coverage": coverage_facts(tables),
        "distribution": distribution_facts(tables["audit_distribution"]),
        "coherence": coherence_facts(tables["audit_coherence"]),
        "reliability": reliability_facts(tables["audit_reliability"]),
        "importance": importance_facts(tables["audit_importance"]),
        "balance": balance_facts(tables["audit_balance"]),
        "added_value": added_value_facts(tables["audit_added_value"]),
        "size": size_facts(tables["audit_size"]),
        "frontier": frontier_facts(tables["audit_frontier"]),
    }


def coverage_facts(tables: Tables) -> Facts:
    """How full the table is, where it is least full, and how old its oldest figures are."""
    nodes, cities = tables["audit_coverage"], tables["audit_coverage_cities"]
    index, measures = (nodes[nodes["level"] == level] for level in ("index", "measure"))
    emptiest = measures.sort_values("share", kind="stable").iloc[0]
    oldest = nodes["oldest_year"].min()
    least = cities["share"].min()
    found: Facts = {
        "share": fact.share(index["share"].iloc[0], 1),
        "cells": fact.number(index["cells"].iloc[0], 0),
        "complete_cities": fact.whole((cities["share"] == 1).sum()),
        "complete_measures": fact.whole((measures["share"] == 1).sum()),
        "emptiest": fact.words([emptiest["code"]]),
        "emptiest_share": fact.share(emptiest["share"]),
        "least_city_share": fact.share(least),
        "least_cities": fact.whole((cities["share"] == least).sum()),
        "oldest_year": fact.whole(oldest),
        "oldest_measures": fact.words(measures.loc[measures["oldest_year"] == oldest, "code"]),
        "oldest_cities": fact.whole((cities["oldest_year"] == oldest).sum()),
    }
    return joined(found, domain_coverage_facts(cities))


def domain_coverage_facts(cities: pd.DataFrame) -> Facts:
    """The lowest share of the measures of a single domain that a city has, where and how often.

    `cities` has ``least_domains, least_domain_share``.
    """
    least = cities["least_domain_share"].min()
    poorest = cities.loc[cities["least_domain_share"] == least, "least_domains"]
    domains = dict.fromkeys(code for codes in poorest for code in codes.split("|") if code)
    return {
        "least_domain_share": fact.share(least),
        "least_domain_cities": len(poorest),
        "least_domains": fact.words(domains),
    }


def distribution_facts(distribution: pd.DataFrame) -> Facts:
    """Measures of two values, crowded ones, and those that the treatment made more skewed."""
    binary = distribution["different"] == 2
    crowded = ~binary & (distribution["most_common"] > 0.5)
    before, after = (distribution[f"skewness_{when}"].abs() for when in ("before", "after"))
    worse = distribution[after > before]
    return {
        "binary": fact.whole(binary.sum()),
        "crowded": fact.words(distribution.loc[crowded, "measure"]),
        "crowded_share": fact.listed(
            [fact.share(x) for x in distribution.loc[crowded, "most_common"]]
        ),
        "skewed_before": fact.whole((before >= SKEWNESS_LIMIT).sum()),
        "skewed_after": fact.whole((after >= SKEWNESS_LIMIT).sum()),
        "worse": fact.words(worse["measure"]),
        "failing": fact.whole((distribution["passes"] == 0).sum()),
    }


def coherence_facts(coherence: pd.DataFrame) -> Facts:
    """Flags of the measures, how many lie closer elsewhere, and the domains in the index."""
    measures = coherence[coherence["level"] == "measure"]
    conflicting, under_represented, dominating, sole = (
        measures[measures["flag"] == name]
        for name in ("conflicting", "under_represented", "dominating", "sole")
    )
    astray = measures[measures["other_correlation"] > measures["rest"]]
    found: Facts = {
        "measures": len(measures),
        "low_limit": fact.number(CONFLICTING, 1),
        "high_limit": fact.number(UNDER_REPRESENTED, 1),
        "dominating_limit": fact.number(DOMINATING),
        "conflicting": fact.words(conflicting["code"]),
        "under_represented": fact.words(under_represented["code"]),
        "dominating": fact.words(dominating["code"]),
        "sole": fact.words(sole["code"]),
        "conflicting_count": len(conflicting),
        "dominated": fact.words(dominating["above"]),
        "dominating_correlation": fact.listed([fact.number(r) for r in dominating["correlation"]]),
        "astray": len(astray),
        "comparable": fact.whole(measures["rest"].notna().sum()),
        "astray_to": fact.words(astray["other"].mode().head(1)),
        "astray_to_count": fact.whole(astray["other"].value_counts().max()) if len(astray) else 0,
    }
    return joined(found, weakest_facts(coherence[coherence["level"] == "domain"]))


def weakest_facts(domains: pd.DataFrame) -> Facts:
    """The two domains that go least with the rest of the index, beside the others if there are."""
    order = domains.dropna(subset="rest").sort_values("rest")
    if len(order) < 3:
        return {}
    return {
        "weakest": fact.words(order["code"].head(2)),
        "weakest_rest": fact.listed([fact.number(r) for r in order["rest"].head(2)]),
        "others_low": fact.number(order["rest"].iloc[2:].min()),
        "others_high": fact.number(order["rest"].iloc[2:].max()),
    }


def reliability_facts(reliability: pd.DataFrame) -> Facts:
    """Alpha, adequacy and first component of every group, and the groups that fall short."""
    tested = reliability.dropna(subset="alpha")
    shaky = tested[tested["alpha"] < LEAST_ALPHA]
    unrelated = tested[tested["bartlett_p"] > SIGNIFICANT]
    divided = tested[tested["above_one"] > 1]
    index = tested.loc[tested["code"] == "index", "alpha"]
    return {
        "least_alpha": fact.number(LEAST_ALPHA, 1),
        "least_adequacy": fact.number(LEAST_ADEQUACY, 1),
        "tested": len(tested),
        "index_holds": bool((index >= LEAST_ALPHA).any()),
        "shaky": fact.words(shaky["code"]),
        "shaky_alphas": fact.listed([fact.number(alpha) for alpha in shaky["alpha"]]),
        "inadequate": fact.words(tested.loc[tested["kmo"] < LEAST_ADEQUACY, "code"]),
        "unrelated": fact.words(unrelated["code"]),
        "divided": fact.words(divided["code"]),
        "single": fact.words(reliability.loc[reliability["items"] == 1, "code"]),
        "by_group": keyed("group", tested["code"], map(group_facts, tested.to_dict("records"))),
    }


def group_facts(group: fact.Row) -> Facts:
    """Alpha, adequacy and components of one group.

    Adequacy and Bartlett's test are not defined where an item follows from the others.
    """
    tests: Facts = {}
    if pd.notna(group["kmo"]):
        tests = {
            "kmo": fact.number(group["kmo"]),
            "bartlett_p": fact.probability(group["bartlett_p"]),
        }
    found: Facts = {
        "alpha": fact.number(group["alpha"]),
        "first_share": fact.share(group["first_share"]),
        "first_eigenvalue": fact.number(group["first_eigenvalue"]),
        "second_eigenvalue": fact.number(group["second_eigenvalue"]),
    }
    return joined(found, tests)


def importance_facts(importance: pd.DataFrame) -> Facts:
    """Weight and importance of the domains, and the measures at both ends."""
    domains = importance[importance["level"] == "domain"].sort_values("importance")
    measures = importance[importance["level"] == "measure"].sort_values("ratio")
    low, high = domains.iloc[0], domains.iloc[-1]
    least = measures.head(2)
    return {
        "least_weight": fact.share(domains["nominal"].min()),
        "most_weight": fact.share(domains["nominal"].max()),
        "highest": fact.words([high["code"]]),
        "highest_importance": fact.share(high["importance"]),
        "lowest": fact.words([low["code"]]),
        "lowest_importance": fact.share(low["importance"]),
        "times": fact.number(high["importance"] / low["importance"], 1),
        "by_domain": keyed("domain", domains["code"], map(fact.share, domains["importance"])),
        "idle": fact.words(least["code"]),
        "idle_importance": fact.listed([fact.share(share) for share in least["importance"]]),
        "idle_weight": fact.listed([fact.share(share) for share in least["nominal"]]),
    }


def balance_facts(balance: pd.DataFrame) -> Facts:
    """Weights that would make the domains equally important, and whether they exist."""
    at_floor = balance["balanced"] <= LEAST_SHARE * 1.001
    largest = balance.sort_values("balanced", ascending=False).head(2)
    return {
        "floor": fact.share(LEAST_SHARE),
        "at_floor": fact.words(balance.loc[at_floor, "code"]),
        "reached": not at_floor.any(),
        "largest": fact.words(largest["code"]),
        "largest_weights": fact.listed([fact.share(weight) for weight in largest["balanced"]]),
        "low": fact.number(balance["correlation"].min()),
        "high": fact.number(balance["correlation"].max()),
        "balanced_low": fact.number(balance["balanced_correlation"].min()),
        "balanced_high": fact.number(balance["balanced_correlation"].max()),
        "importance_low": fact.share(balance["balanced_importance"].min()),
        "importance_high": fact.share(balance["balanced_importance"].max()),
    }


def added_value_facts(added_value: pd.DataFrame) -> Facts:
    """Share of cities whose rank in a domain is far from their rank in the index."""
    is_far = added_value["difference"].map(CLASSES) >= FAR
    far = added_value[is_far].groupby("code", sort=False)["share"].sum().sort_values()
    return {
        "places": fact.whole(FAR),
        "nearest": fact.words([far.index[0]]),
        "nearest_share": fact.share(far.iloc[0]),
        "farthest": fact.words([far.index[-1]]),
        "farthest_share": fact.share(far.iloc[-1]),
    }


def size_facts(size: pd.DataFrame) -> Facts:
    """Correlation of the index with each size, and the domains that are free of size."""
    of_index = size[size["code"] == "index"]
    index = of_index.set_index("size")["spearman"]
    biased = size[size["code"] != "index"].groupby("code", sort=False)["biased"].sum()
    return {
        "limit": fact.number(BIASED, 1),
        "free": fact.words(pd.Series(biased.index[biased == 0])),
        "biased_sizes": fact.words(pd.Series(index.index[index.abs() > BIASED])),
        "by_size": keyed("size", of_index["size"], map(fact.number, of_index["spearman"])),
    }


def frontier_facts(frontier: pd.DataFrame) -> Facts:
    """Cities on the frontier, the usual distance, and whom weights of their own lift most."""
    on = frontier[frontier["on_frontier"] == 1]
    gained = (frontier["rank"] - frontier["frontier_rank"]).sort_values(kind="stable")
    up, down = frontier.loc[gained.index[-1]], frontier.loc[gained.index[0]]
    return {
        "least": fact.times(LEAST),
        "most": fact.times(MOST),
        "leaders": len(on),
        "leader_names": fact.cities(on["adcode"]),
        "median": fact.share(frontier["frontier"].median()),
        "median_relative": fact.share((frontier["index"] / frontier["index"].max()).median()),
        "rank_correlation": fact.number(
            frontier["rank"].corr(frontier["frontier_rank"], "spearman")
        ),
        "up_name": fact.cities([up["adcode"]]),
        "up_from": fact.whole(up["rank"]),
        "up_to": fact.whole(up["frontier_rank"]),
        "down_name": fact.cities([down["adcode"]]),
        "down_from": fact.whole(down["rank"]),
        "down_to": fact.whole(down["frontier_rank"]),
    }
