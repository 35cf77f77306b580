"""From the rank of a city down to the printed figures: every number on the way, and what made it.

Everything is computed from the cleaned cells by the engine itself, so that it cannot differ from
the ranking; nothing is read from the committed results.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.index.composite import CompositeIndex
from analysis.index.decomposition import contributions, counted_values, effective_weights
from analysis.index.framework import children, leaves
from analysis.index.parts import sibling_shares
from analysis.index.ranking import piecewise_score, rank
from analysis.ranking.bands import score_tier

Record = dict[str, Any]
# The columns of a `node_table` that are numbers.
NUMBERS = ("weight", "share", "value", "counted", "contribution")


def node_table(composite: CompositeIndex, unit: str) -> pd.DataFrame:
    """Every node and leaf of a unit's index, each above what it consists of.

    Returns
    -------
    pd.DataFrame
        ``level, code, parent``; ``weight``, the weight of the method among the siblings, in sum 1;
        ``share``, the weight in the index once those of its gaps are renormalised as the method
        says (0 for a gap); ``value``; ``counted``, what the value counts for in points of the
        index, which is the value itself under arithmetic means (`decomposition.counted_values`);
        and ``contribution``, share times counted value. The contributions of the children add up
        to that of their node.
    """
    framework, normalised = composite.framework, composite.normalised
    means = (composite.method.aggregation, composite.method.renormalisation)
    weights = sibling_shares(framework).reindex(framework["code"], fill_value=1.0)
    shares = effective_weights(normalised.loc[[unit]], framework, means[1])
    parts = contributions(normalised, framework, *means).loc[[unit]]
    columns = {
        "weight": weights,
        "share": summed(shares, framework).loc[unit],
        "value": pd.concat([composite.nodes.loc[unit], normalised.loc[unit]]),
        "counted": counted_values(normalised, framework, *means).loc[unit],
        "contribution": summed(parts, framework).loc[unit],
    }
    table = framework[["level", "code", "parent"]]
    return table.assign(**{name: table["code"].map(column) for name, column in columns.items()})


def summed(parts: pd.DataFrame, framework: pd.DataFrame) -> pd.DataFrame:
    """Units × all nodes: what the leaves below each node, and each leaf itself, add up to."""
    return pd.DataFrame(
        {code: parts[leaves(framework, code)].sum(axis=1) for code in framework["code"]}
    )


def empty_node_table(framework: pd.DataFrame) -> pd.DataFrame:
    """A `node_table` without numbers, for a unit that is not ranked."""
    blank = dict.fromkeys(NUMBERS, float("nan"))
    return framework[["level", "code", "parent"]].assign(**blank)


def score_steps(index: pd.Series, unit: str, anchors: pd.DataFrame) -> Record:
    """The straight line that turns the index of a unit into its score.

    Returns `score`, `slope` (points of score a point of the index) and `offset`: the score is
    offset + slope × index. `from` and `to` are the anchors (index, score) that the line goes
    through.
    """
    ordered = anchors.sort_values("index", ignore_index=True)
    above = int((ordered["index"] <= index[unit]).sum())
    first = min(max(above - 1, 0), len(ordered) - 2)
    low, high = ordered.loc[first], ordered.loc[first + 1]
    slope = (high["score"] - low["score"]) / (high["index"] - low["index"])
    return {
        "score": float(piecewise_score(index[[unit]], anchors)[unit]),
        "slope": float(slope),
        "offset": float(low["score"] - slope * low["index"]),
        "from": {"index": float(low["index"]), "score": float(low["score"])},
        "to": {"index": float(high["index"]), "score": float(high["score"])},
    }


def treatment_steps(
    composite: CompositeIndex, data: pd.DataFrame, measure: str, unit: str
) -> Record:
    """What treatment did to a figure, the scale it is then put on, and the ends of that scale.

    `direction` is -1 where the lowest figure is the best. `ruler` holds what the treatment goes
    by: the lowest and the highest figure, and the bounds to which figures are pulled, if any.
    """
    ruler = composite.rulers.set_index("column").loc[measure]
    treated = composite.treated.loc[unit, measure]
    details = composite.treatment.set_index("column").loc[measure]
    limits = composite.limits.loc[measure]
    directions = composite.framework.set_index("code")["direction"]
    return {
        "method": details["method"],
        "changed": bool(pd.notna(treated) and data.loc[unit, measure] != treated),
        "treated_value": optional(treated),
        "lowest": float(limits["lowest"]),
        "highest": float(limits["highest"]),
        "ruler": {
            name: optional(ruler[name])
            for name in ("lowest", "highest", "lower_bound", "upper_bound")
        },
        "direction": int(directions[measure]),
        "normalisation": composite.method.normalisation,
    }


def figure_steps(cell: Mapping[str, Any], references: Mapping[str, pd.DataFrame]) -> Record:
    """A cleaned cell with its reason and its source.

    `printed_unit` is the unit in print where it is another one than that of the value.
    `references` are the tables `sources`, `columns`, `corrections`, `cleaning_rules` and, for the
    years of a mean, `averaged`.
    """
    sources = references["sources"].set_index("file")
    columns = references["columns"]
    heading = columns[(columns["file"] == cell["file"]) & (columns["column"] == cell["column"])]
    printed_unit = heading["unit"].iloc[0] if len(heading) else cell["unit"]
    source = sources.loc[cell["file"]] if cell["file"] in sources.index else {}
    return {
        **{
            key: cell[key]
            for key in ("unit", "status", "averaged", "printed", "refused", "rule", "file")
        },
        "value": optional(cell["value"]),
        "year": whole(cell["year"]),
        "line": whole(cell["line"]),
        "column": cell["column"],
        "printed_unit": printed_unit if printed_unit != cell["unit"] else "",
        "heading": heading["heading"].iloc[0] if len(heading) else "",
        "table": heading["table"].iloc[0] if len(heading) else "",
        "reason": reason(cell["rule"], references),
        "citation": source.get("citation", ""),
        "mean": mean_steps(cell, references["averaged"]),
    }


def mean_steps(cell: Mapping[str, Any], averaged: pd.DataFrame) -> Record:
    """The years of a value that is their mean, each with its figure and place; else nothing.

    The value is `level`, the mean of all cities in the data year, plus the mean `deviation` of the
    `years`, each the `value` of its year less `year_mean`.
    """
    if not cell["averaged"]:
        return {}
    mine = averaged[averaged["measure"] == cell["measure"]]
    years = mine[mine["adcode"] == cell["adcode"]].drop(columns=["adcode", "city", "measure"])
    level = float(cell["value"]) - float(years["deviation"].mean())
    records = years.astype(object).to_dict("records")
    whole_numbers = ({name: int(row[name]) for name in ("year", "line")} for row in records)
    return {
        "level": level,
        "years": [{**row, **numbers} for row, numbers in zip(records, whole_numbers, strict=True)],
    }


def reason(rule: str, references: Mapping[str, pd.DataFrame]) -> str:
    """What a rule or correction that applied to a cell says, in the words of its table."""
    corrections = references["corrections"].set_index("correction")
    rules = references["cleaning_rules"].set_index("rule")
    if rule in corrections.index:
        row = corrections.loc[rule]
        return f"{row['reason']} {row['source']}".strip()
    return (
        f"{rules.loc[rule, 'statement']} {rules.loc[rule, 'reason']}" if rule in rules.index else ""
    )


def nested(
    table: pd.DataFrame, code: str, words: Mapping[str, str], figures: Mapping[str, Record]
) -> Record:
    """A node of `node_table` with its children inside it; a measure holds its figure."""
    row = table.set_index("code").loc[code]
    below = [nested(table, child, words, figures) for child in children(table, code)]
    return {
        "level": row["level"],
        "code": code,
        "name": words[code],
        **{key: optional(row[key]) for key in NUMBERS},
        **({"children": below} if below else figures[code]),
    }


def ranked_city(
    composite: CompositeIndex, adcode: str, anchors: pd.DataFrame, tiers: pd.DataFrame
) -> Record:
    """Rank, tier and score of a ranked city, with the number of cities ranked."""
    index = composite.index
    steps = score_steps(index, adcode, anchors)
    tier = score_tier(pd.Series({adcode: steps["score"]}), tiers)[adcode]
    return {"rank": int(rank(index)[adcode]), "ranked": len(index), "tier": tier, "score": steps}


def only(node: Record, code: str) -> Record | None:
    """The tree cut down to the way to one node and all below it; None if it is not there."""
    if node["code"] == code:
        return node
    ways = [way for child in node.get("children", []) if (way := only(child, code))]
    return {**node, "children": ways} if ways else None


def optional(number: Any) -> float | None:
    """A number, or None for a gap."""
    return None if pd.isna(number) else float(number)


def whole(number: Any) -> int | None:
    """A whole number, or None for a gap."""
    return None if pd.isna(number) else int(number)
