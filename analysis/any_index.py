"""An index on any units, from a framework of any depth and a table of figures.

What cities have a chapter for, other units have a table for: the ranking, every node and leaf, the
treatment, the weights that were used, who has no rank and which leaves have no figures.
"""

import pandas as pd

from analysis.case_files import Case
from analysis.index.composite import CompositeIndex, Method, build
from analysis.index.decomposition import contributions, coverage
from analysis.index.framework import children, depth, leaves, prune, root, sibling_weights
from analysis.index.ranking import rank
from analysis.index.treatment import treated_points
from analysis.index.weighting import weigh_siblings
from analysis.refusal import RefusedValueError

Tables = dict[str, pd.DataFrame]


def index_tables(case: Case) -> Tables:
    """Every table of an index, by name.

    Contributions of the leaves exist for arithmetic means only.

    Raises
    ------
    RefusedValueError
        If no leaf has figures, no unit has enough of them, or a method cannot be applied.
    """
    framework = with_levels(case.framework)
    tree = prune(framework, case.data.columns[case.data.notna().any()])
    shares = coverage_table(case.data, tree)
    lacking = shortfalls(shares, case.parameters)
    ranked = case.data.loc[~case.data.index.isin(lacking.index), leaves(tree)]
    if ranked.empty:
        raise RefusedValueError("no unit has the share of figures that the coverage rule asks for")
    composite = weighed(build(ranked, tree, method=engine(case)), engine(case), case)
    tables = {
        "ranking": ranking_table(composite, case, shares),
        "nodes": composite.nodes.reset_index(),
        "leaves": composite.normalised.reset_index(),
        "treatment": composite.treatment.rename(columns={"column": "leaf"}),
        "treated_points": treated_points(ranked, composite.treated, composite.treatment),
        "weights": weight_table(composite.framework),
        "unranked": lacking.reset_index(),
        "without_figures": framework.loc[
            ~framework["code"].isin(tree["code"]), ["level", "code", "name"]
        ],
    }
    if case.parameters["aggregation"] == "arithmetic":
        parts = contributions(composite.normalised, composite.framework)
        tables["contributions"] = parts.reset_index()
    return tables


def with_levels(framework: pd.DataFrame) -> pd.DataFrame:
    """The framework with a level for every node: its own, else its depth below the top."""
    steps = framework["code"].map(depth(framework)).astype(str)
    level = framework["level"].where(framework["level"] != "", steps)
    return framework.assign(level=level)


def engine(case: Case) -> Method:
    """The choices of the index engine."""
    chosen = case.parameters
    return Method(
        skewness_limit=float(chosen["skewness_limit"]),
        kurtosis_limit=float(chosen["kurtosis_limit"]),
        maximum_winsorised=int(float(chosen["maximum_winsorised"])),
        normalisation=chosen["normalisation"],
        aggregation=chosen["aggregation"],
    )


def weighed(composite: CompositeIndex, method: Method, case: Case) -> CompositeIndex:
    """The index under the weighting of the case; `framework` keeps the weights of the table."""
    weighting = case.parameters["weighting"]
    if weighting == "framework":
        return composite
    tree = weigh_siblings(composite.normalised, composite.framework, weighting, "every")
    return build(case.data.loc[composite.nodes.index], tree, method=method)


def coverage_table(data: pd.DataFrame, tree: pd.DataFrame) -> pd.DataFrame:
    """Units × `all` and every branch below the top: the share of its leaves that a unit has."""
    branches = {code: coverage(data, tree, code) for code in children(tree, root(tree))}
    return pd.DataFrame({"all": coverage(data, tree), **branches})


def shortfalls(shares: pd.DataFrame, parameters: dict[str, str]) -> pd.DataFrame:
    """Units that have too few figures to be ranked, with `coverage` and the `reason` in words."""
    least = dict.fromkeys(shares.columns, float(parameters["coverage_branch"]))
    least["all"] = float(parameters["coverage_all"])
    reasons = {
        unit: "; ".join(
            f"{share:.0%} of {'all figures' if code == 'all' else code}, {least[code]:.0%} needed"
            for code, share in row.items()
            if share < least[str(code)]
        )
        for unit, row in shares.iterrows()
    }
    table = pd.DataFrame({"coverage": shares["all"], "reason": pd.Series(reasons)})
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
            "coverage": shares["all"],
            **composite.nodes[branches],
        }
    ).loc[composite.nodes.index]
    ordered = table.sort_values("rank", kind="stable").astype({"rank": int})
    return ordered.reset_index()


def weight_table(framework: pd.DataFrame) -> pd.DataFrame:
    """`level, code, parent, weight`: the weights that were used, as shares among siblings."""
    shares = pd.concat(sibling_weights(framework).values())
    table = framework[["level", "code", "parent"]].assign(weight=framework["code"].map(shares))
    return table[table["weight"].notna()]
