"""The statistical audit of an edition: the parts of `analysis.index.audit`, for its cities."""

import pandas as pd

from analysis.chapters.city_study import heads, with_city
from analysis.editions import Tables
from analysis.index.audit import (
    added_value,
    coherence,
    coverage,
    distribution,
    frontier,
    importance,
    reliability,
    weights,
)
from analysis.index.composite import CompositeIndex
from analysis.index.framework import children, root
from analysis.index.ranking import rank

# Each part beside the node that it belongs to on the level above.
PAIRS = [
    ("measure", "domain"),
    ("indicator", "domain"),
    ("subdomain", "domain"),
    ("subdomain", "index"),
    ("domain", "index"),
]
SIZES = ["gdp", "gdp_per_head", "resident_population"]


def audit_tables(
    matrix: pd.DataFrame,
    composite: CompositeIndex,
    cells: pd.DataFrame,
    cities: pd.DataFrame,
    judgements: pd.DataFrame,
) -> Tables:
    """Every table of the audit that follows from the index of record, by name.

    Parameters
    ----------
    matrix, composite
        Ranked cities (adcode) × measures before treatment, and the index built from them.
    cells
        The cleaned cells (`adcode, measure, value, year`), context measures among them.
    cities
        The reference table of cities.
    judgements
        Judgements in pairs (`node, first, second, times`).
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
        | weight_tables(composite, judgements)
    )


def data_tables(
    matrix: pd.DataFrame, composite: CompositeIndex, cells: pd.DataFrame, cities: pd.DataFrame
) -> Tables:
    """Coverage by node and city; shape of every measure and node."""
    framework = composite.framework
    years = cells.pivot(index="adcode", columns="measure", values="year")
    years = years.reindex(index=matrix.index, columns=matrix.columns)
    by_city = coverage.coverage_of_units(matrix, years)
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
    flags = [
        coherence.coherence_table(composite.normalised, composite.nodes, framework, level, above)
        for level, above in PAIRS
    ]
    return {
        "audit_correlations": pd.concat(pairs, ignore_index=True),
        "audit_coherence": pd.concat(flags, ignore_index=True),
        "audit_reliability": reliability.reliability_table(values, groups),
        "audit_components": reliability.component_table(values, groups),
        "audit_items": reliability.item_table(values, groups),
    }


def item_groups(framework: pd.DataFrame) -> dict[str, list[str]]:
    """The measures of every domain, and the domains of the index."""
    owners = coherence.members(framework, "measure", "domain")
    groups = {str(code): list(items.index) for code, items in owners.groupby(owners, sort=False)}
    return groups | {root(framework): children(framework, root(framework))}


def value_tables(composite: CompositeIndex, cells: pd.DataFrame, cities: pd.DataFrame) -> Tables:
    """What the index adds to its domains and to size, and its distance to the frontier."""
    top = root(composite.framework)
    domains = children(composite.framework, top)
    size = cells[cells["measure"].isin([*SIZES, "registered_population"])]
    context = size.pivot(index="adcode", columns="measure", values="value")
    sizes = context.assign(resident_population=heads(context)).reindex(columns=SIZES)
    sizes = sizes.dropna(axis="columns", how="all")
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
    nominal = importance.nominal_weights(composite.framework)[domains]
    table = with_city(frontier.frontier_table(composite.nodes[domains], nominal), cities)
    table.insert(2, "index", composite.index.to_numpy())
    table.insert(3, "rank", rank(composite.index).astype(int).to_numpy())
    return table.sort_values(["rank", "adcode"], ignore_index=True)


def weight_tables(composite: CompositeIndex, judgements: pd.DataFrame) -> Tables:
    """The weights of every method, what each does to the ranks, and how consistent judgements are.

    `judgements` (`node, first, second, times`) on nodes that the index does not have are left out.
    """
    known = judgements[["first", "second"]].isin(set(composite.framework["code"])).all(axis=1)
    matrices = weights.judgement_matrices(judgements[known])
    judged, consistency = weights.judged_framework(composite.framework, matrices)
    inputs, means = (composite.normalised, composite.framework), composite.method.aggregation
    frameworks = weights.weighted_frameworks(*inputs, aggregation=means)
    frameworks["judged"] = judged
    effects = weights.effect_table(*inputs, frameworks, means)
    return {
        "weights": weights.weight_table(frameworks),
        "weight_effects": effects,
        "weight_consistency": consistency,
    }
