"""Measures to indicators: the matrix of measures, the framework that holds them, and coverage.

Prepares what the index engine needs and decides, by the coverage rule, which cities are ranked.
The engine then turns measures into indicators, sub-domains, domains and the index.
"""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.index.framework import nominal_weights, sibling_weights

# Grades of evidence, the best first.
GRADES = ["observed", "proxy", "weak"]


def included_measures(measures: pd.DataFrame, grades: list[str]) -> pd.DataFrame:
    """Measures that the index uses: marked as included and of one of the evidence `grades`."""
    return measures[measures["included"].eq("1") & measures["evidence"].isin(grades)]


def filled_measures(cells: pd.DataFrame) -> set[str]:
    """Codes of the measures of which any city has a value in `cells` (measure, value)."""
    return set(cells.loc[cells["value"].notna(), "measure"])


def available_measures(measures: pd.DataFrame, cells: pd.DataFrame) -> pd.DataFrame:
    """The rows of `measures` of which any city has a value in `cells` (measure, value)."""
    return measures[measures["measure"].isin(filled_measures(cells))]


def without_reserve(measures: pd.DataFrame, cells: pd.DataFrame) -> pd.DataFrame:
    """`measures` without those that stand in for one of which any city has a value in `cells`."""
    return measures[~measures["stands_in_for"].isin(filled_measures(cells))]


def measures_in_use(measures: pd.DataFrame, grades: list[str], cells: pd.DataFrame) -> pd.DataFrame:
    """Included measures of one of the `grades` that make up the index of these `cells`.

    Any city has a value of each, and one that stands in for another counts only if no city has a
    value of that one.

    Parameters
    ----------
    measures
        `measures.csv`: ``measure, evidence, included, stands_in_for``.
    grades
        The grades of evidence that the method includes.
    cells
        `cells.csv`: ``measure, value``.
    """
    return available_measures(without_reserve(included_measures(measures, grades), cells), cells)


def measure_matrix(cells: pd.DataFrame, measures: pd.DataFrame) -> pd.DataFrame:
    """Cities (adcode) × measures: the values of `cells`, NaN where a cell is missing."""
    wide = cells.pivot(index="adcode", columns="measure", values="value")
    return wide[list(measures["measure"])]


def measure_framework(framework: pd.DataFrame, measures: pd.DataFrame) -> pd.DataFrame:
    """The framework with the measures as leaves below their indicators.

    Columns `code, parent, level, weight, direction, part`; indicators without a measure, and the
    branches they leave empty, are dropped. The weight is that among the siblings of the complete
    framework. The part is what the complete framework gives to what is measured: a measured
    indicator has its whole weight there, which its measures share, and a node above has the sum
    of the parts below it; so that of the root is the share of the framework that is measured.
    """
    leaves = pd.DataFrame(
        {
            "code": measures["measure"],
            "parent": measures["indicator"],
            "level": "measure",
            "weight": measures["weight"],
            "direction": measures["direction"],
        }
    )
    branches = framework[["code", "parent", "level", "weight"]]
    kept, parents = [leaves], set(leaves["parent"])
    while parents - {""}:
        nodes = branches[branches["code"].isin(parents)]
        kept.insert(0, nodes)
        parents = set(nodes["parent"])
    tree = pd.concat(kept).drop_duplicates("code", ignore_index=True)
    return tree.assign(part=measured_parts(tree, nominal_weights(branches)))


def measured_parts(tree: pd.DataFrame, complete: pd.Series) -> list[float]:
    """The part of every node of a measure framework, in its order.

    Parameters
    ----------
    tree
        The framework with the measures as leaves: ``code, parent, level, weight``.
    complete
        Weight of every node in the index of the complete framework, by code.
    """
    groups = sibling_weights(tree)
    parts: dict[str, float] = {}
    for node, weights in groups.items():
        if (tree.loc[tree["code"].isin(weights.index), "level"] == "measure").all():
            parts |= (weights * complete[node]).to_dict()
        parts[node] = sum(parts[child] for child in weights.index)
    return [parts[code] for code in tree["code"]]


def measures_by_domain(framework: pd.DataFrame) -> pd.Series:
    """Domain code of every measure of a measure framework."""
    parent = framework.set_index("code")["parent"]
    level = framework.set_index("code")["level"]
    node = parent[level == "measure"]
    while not (found := node.map(level).eq("domain")).all():
        node = node.where(found, node.map(parent))
        if stray := list(node.index[~node.isin(level.index)]):
            raise ValueError(f"framework: the measures {stray} hang below no domain")
    return node.rename("domain")


def coverage(matrix: pd.DataFrame, framework: pd.DataFrame) -> pd.DataFrame:
    """Share of the measures present, per city: column `all`, then one column per domain."""
    present = matrix.notna()
    domain = measures_by_domain(framework).reindex(matrix.columns)
    shares = present.T.groupby(domain, sort=False).mean().T
    shares.insert(0, "all", present.mean(axis=1))
    return shares


def shortfalls(shares: pd.DataFrame, least_all: float, least_domain: float) -> pd.DataFrame:
    """What each city lacks to be ranked: `adcode, domain, share, needed`, one row per shortfall.

    The domain is `all` where too few of all measures are present.
    """
    needed = pd.Series(least_domain, index=shares.columns).where(shares.columns != "all", least_all)
    long = shares.reset_index().melt("adcode", var_name="domain", value_name="share")
    long["needed"] = long["domain"].map(needed)
    return long[long["share"] < long["needed"]].reset_index(drop=True)


def unranked(missing: pd.DataFrame, shares: pd.DataFrame, cities: pd.DataFrame) -> pd.DataFrame:
    """Cities that are not ranked, those that are `missing` something: the table `unranked.csv`.

    Parameters
    ----------
    missing
        What `shortfalls` gives: ``adcode``.
    shares
        What `coverage` gives, by adcode: ``all``.
    cities
        `cities.csv`: ``adcode, name_en, province_en, region``.
    """
    chosen = cities[cities["adcode"].isin(missing["adcode"])]
    return pd.DataFrame(
        {
            "adcode": chosen["adcode"],
            "city": chosen["name_en"],
            "province": chosen["province_en"],
            "region": chosen["region"],
            "coverage": chosen["adcode"].map(shares["all"]),
        }
    ).reset_index(drop=True)


def evidence_table(
    indicators: Sequence[str],
    measures: pd.DataFrame,
    cells: pd.DataFrame,
    grades: list[str],
    earlier: Mapping[str, Collection[str]],
) -> pd.DataFrame:
    """How well each indicator is measured: `evidence.csv`.

    Parameters
    ----------
    indicators
        Codes of all indicators, in their order.
    measures
        `measures.csv`: ``measure, indicator, evidence, included, stands_in_for``.
    cells
        `cells.csv`: ``measure, value``.
    grades
        The grades of evidence that the method includes.
    earlier
        Codes of the indicators that each earlier edition measured, by its name, the latest first.

    Returns
    -------
    pd.DataFrame
        ``indicator``; ``state``, the best grade among its measures in use or, without any,
        ``lost`` if an earlier edition had one, ``weak`` if there are figures that the index leaves
        out, else ``none``; the numbers of ``measures`` in use, of those that are ``left_out`` and
        ``in_reserve``; and, if it is lost, the ``last_edition`` that measured it.
    """
    used = measures_in_use(measures, grades, cells)
    table = measure_counts(indicators, measures, cells, grades)
    unmeasured = table["measures"] == 0
    had = {code: name for name in reversed(list(earlier)) for code in earlier[name]}
    table["last_edition"] = table["indicator"].map(had).astype(object).where(unmeasured).fillna("")
    without = np.select(
        [table["last_edition"] != "", table["left_out"] > 0], ["lost", "weak"], "none"
    )
    best = table["indicator"].map(best_grades(used))
    table.insert(1, "state", best.where(~unmeasured, pd.Series(without, table.index)))
    return table


def measure_counts(
    indicators: Sequence[str], measures: pd.DataFrame, cells: pd.DataFrame, grades: list[str]
) -> pd.DataFrame:
    """`indicator, measures, left_out, in_reserve`: how many measures of each have figures.

    What is taken is as in `evidence_table`.
    """
    used = measures_in_use(measures, grades, cells)
    rest = available_measures(measures, cells).drop(index=used.index)
    waiting = rest["measure"].isin(included_measures(measures, grades)["measure"])
    kinds = {"measures": used, "left_out": rest[~waiting], "in_reserve": rest[waiting]}
    table = pd.DataFrame({"indicator": list(indicators)})
    counts = {
        name: table["indicator"].map(kind["indicator"].value_counts()).fillna(0).astype(int)
        for name, kind in kinds.items()
    }
    return table.assign(**counts)


def best_grades(measures: pd.DataFrame) -> pd.Series:
    """The best grade among the `measures` (indicator, evidence) of each indicator, by its code."""
    order = measures["evidence"].map(GRADES.index)
    return (
        measures.assign(order=order).sort_values("order").groupby("indicator")["evidence"].first()
    )
