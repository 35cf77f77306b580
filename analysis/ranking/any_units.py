"""An index on any units, from a framework of any depth and a table of figures.

What cities have a chapter for, other units have a table for: the ranking, every node and leaf, the
treatment, the weights that were used, who has no rank and which leaves have no figures.
"""

from dataclasses import replace

import pandas as pd

from analysis.editions import Tables
from analysis.editions.validation.case_files import Case
from analysis.editions.validation.case_limits import (
    leaf_faults,
    ratio_faults,
    sign_faults,
    unit_faults,
)
from analysis.editions.validation.faults import refuse
from analysis.index.aggregation import aggregate
from analysis.index.composite import CompositeIndex, Method, build
from analysis.index.decomposition import contributions, coverage
from analysis.index.framework import children, depth, leaves, prune, root
from analysis.index.parts import sibling_shares
from analysis.index.ranking import rank
from analysis.index.refusal import RefusedValueError
from analysis.index.treatment import treated_points
from analysis.index.weighting import weigh_siblings

# Names of all tables.
TABLES = (
    "ranking", "nodes", "leaves", "contributions", "treatment", "treated_points", "weights",
    "unranked", "without_figures",
)  # fmt: skip


def index_tables(case: Case) -> Tables:
    """Every table of an index, by name: those of `TABLES`.

    Raises
    ------
    RefusedValueError
        If fewer than two units have enough figures, they are all alike in a leaf, or their figures
        do not bear a choice of the method.
    """
    framework = with_levels(case.framework)
    tree = prune(framework, case.data.columns[case.data.notna().any()])
    shares = coverage_table(case.data, tree)
    lacking = shortfalls(shares, tree, case)
    refuse(unit_faults(case, lacking))
    ranked = case.data.loc[~case.data.index.isin(lacking.index), leaves(tree)]
    refuse(leaf_faults(case, ranked))
    composite = composite_index(case, ranked, tree)
    parts = contributions(composite.normalised, composite.framework, composite.method.aggregation)
    without = framework.loc[~framework["code"].isin(tree["code"]), ["level", "code", "name"]]
    return {
        "ranking": ranking_table(composite, case, shares),
        "nodes": composite.nodes.reset_index(),
        "leaves": composite.normalised.reset_index(),
        "contributions": parts.reset_index(),
        "treatment": composite.treatment.rename(columns={"column": "leaf"}),
        "treated_points": treated_points(ranked, composite.treated, composite.treatment),
        "weights": weight_table(composite.framework),
        "unranked": lacking.reset_index(),
        "without_figures": without,
    }


def composite_index(case: Case, ranked: pd.DataFrame, tree: pd.DataFrame) -> CompositeIndex:
    """The index of the `ranked` units, under the weights and the means of the case."""
    method = case.method.engine
    if method.normalisation == "distance_to_best":
        plain = Method(method.skewness_limit, method.kurtosis_limit, method.maximum_winsorised)
        shaped = build(ranked, tree, method=plain)
        refuse(ratio_faults(case, shaped.treated, shaped.treatment))
    scaled = build(ranked, tree, method=replace(method, aggregation="arithmetic"))
    refuse(sign_faults(case, scaled.normalised))
    weighed = weighed_tree(case, scaled)
    nodes = aggregate(scaled.normalised, weighed, method.aggregation)
    return replace(scaled, framework=weighed, nodes=nodes, method=method)


def weighed_tree(case: Case, composite: CompositeIndex) -> pd.DataFrame:
    """The tree under the weighting of the case; `framework` keeps the weights of the table."""
    weighting = case.method.parameters["weighting"]
    if weighting == "framework":
        return composite.framework
    try:
        return weigh_siblings(composite.normalised, composite.framework, weighting, "every")
    except RefusedValueError as error:
        said = " ".join(str(error).split())
        rule = f"does not go with these figures ({said}): take framework or equal"
        refuse([case.method.fault("weighting", rule)])
        raise


def with_levels(framework: pd.DataFrame) -> pd.DataFrame:
    """The framework with a level for every node: its own, else its depth below the top."""
    steps = framework["code"].map(depth(framework)).astype(str)
    level = framework["level"].where(framework["level"] != "", steps)
    return framework.assign(level=level)


def coverage_table(data: pd.DataFrame, tree: pd.DataFrame) -> pd.DataFrame:
    """Units × the top and every branch below it: the share of its leaves that a unit has.

    A leaf that hangs below the top is no branch.
    """
    top = root(tree)
    branches = [code for code in children(tree, top) if children(tree, code)]
    return pd.DataFrame({code: coverage(data, tree, code) for code in [top, *branches]})


def shortfalls(shares: pd.DataFrame, tree: pd.DataFrame, case: Case) -> pd.DataFrame:
    """Units that have too few figures to be ranked, with `coverage` and the `reason` in words.

    Whoever has no figure at all is among them under any rule.
    """
    top = root(tree)
    least = dict.fromkeys(shares.columns, case.method.number("coverage_branch"))
    least[top] = case.method.number("coverage_all")
    sizes = {code: len(leaves(tree, code)) for code in shares}
    names = {code: "figures" if code == top else f"figures of {code}" for code in shares}
    reasons = {
        unit: "; ".join(
            f"{share * sizes[code]:.0f} of {sizes[code]} {names[code]}, {least[code]:.0%} needed"
            for code, share in row.items()
            if share < least[str(code)]
        )
        for unit, row in shares.iterrows()
    }
    table = pd.DataFrame({"coverage": shares[top], "reason": pd.Series(reasons, dtype=object)})
    table["reason"] = table["reason"].mask(table["coverage"] == 0, "no figures")
    return table[table["reason"] != ""].rename_axis(shares.index.name)


def ranking_table(composite: CompositeIndex, case: Case, shares: pd.DataFrame) -> pd.DataFrame:
    """Ranked units, best first: the unit, `name`, `index`, `rank`, `coverage`, and its branches."""
    top = root(composite.framework)
    branches = [c for c in children(composite.framework, top) if c in composite.nodes]
    table = pd.DataFrame(
        {
            "name": case.names,
            "index": composite.index,
            "rank": rank(composite.index),
            "coverage": shares[root(composite.framework)],
            **composite.nodes[branches],
        }
    ).loc[composite.nodes.index]
    ordered = table.sort_values("rank", kind="stable").astype({"rank": int})
    return ordered.reset_index()


def weight_table(framework: pd.DataFrame) -> pd.DataFrame:
    """`level, code, parent, weight`: the weights that were used, as shares among siblings."""
    shares = sibling_shares(framework)
    table = framework[["level", "code", "parent"]].assign(weight=framework["code"].map(shares))
    return table[table["weight"].notna()]
