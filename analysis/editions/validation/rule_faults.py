"""Faults of the method and of the rules: what each needs to be carried out, and sizes of zero."""

from collections.abc import Iterator
from itertools import combinations

import pandas as pd

from analysis.editions import Edition
from analysis.editions.corrections import CELL, corrections_of
from analysis.editions.validation.faults import Fault, each_fault
from analysis.editions.validation.schemas import records, repeated_faults, value_faults
from analysis.index.aggregation import AGGREGATIONS, RENORMALISATIONS
from analysis.index.normalisation import NORMALISATIONS

KINDS = ["size", "index", "share", "designation"]
# Quasi-random numbers are balanced over whole powers of two only.
POWERS_OF_TWO = [2**power for power in range(2, 17)]
LARGEST_SEED = str(2**32 - 1)
# Parameter of the method, its type, its least and largest value, the values it may take.
PARAMETERS = pd.DataFrame(
    [
        ("skewness_limit", "number", "0", "1000000", ""),
        ("kurtosis_limit", "number", "-1000000", "1000000", ""),
        ("maximum_winsorised", "integer", "0", "100", ""),
        ("untreated_kind", "text", "", "", "|".join(KINDS)),
        ("normalisation", "text", "", "", "|".join(NORMALISATIONS)),
        ("aggregation", "text", "", "", "|".join(AGGREGATIONS)),
        ("renormalisation", "text", "", "", "|".join(RENORMALISATIONS)),
        ("coverage_all", "number", "0", "1", ""),
        ("coverage_domain", "number", "0", "1", ""),
        ("bootstrap_draws", "integer", "1", "100000", ""),
        ("bootstrap_seed", "integer", "0", LARGEST_SEED, ""),
        ("inference_splits", "integer", "1", "100", ""),
        ("uncertainty_draws", "integer", "1", "200000", ""),
        ("uncertainty_seed", "integer", "0", LARGEST_SEED, ""),
        ("uncertainty_level", "number", "0.5", "0.999", ""),
        ("told_apart_level", "number", "0.5", "0.999", ""),
        ("sensitivity_runs", "integer", "", "", "|".join(map(str, POWERS_OF_TWO))),
        ("comparison_draws", "integer", "1", "20000", ""),
        ("scenario_draws", "integer", "1", "10000", ""),
        ("weighting_draws", "integer", "1", "200000", ""),
        ("claim_draws", "integer", "1", "20000", ""),
        ("claim_share_held", "number", "0.6", "1", ""),
        ("claim_share_all", "number", "0", "1", ""),
    ],
    columns=["column", "type", "minimum", "maximum", "allowed"],
).assign(required="1", key="", references="")
GRADES = {"observed", "proxy", "weak"}
# What a cleaning rule of each kind cannot do without; one of several is marked by a stroke.
NEEDS = {
    "ratio": ["compared_with", "minimum|maximum"],
    "jump": ["compared_with", "maximum"],
    "odds": ["compared_with", "maximum"],
    "step": ["maximum"],
    "minimum": ["minimum"],
}
# Saaty's table of random indices, by which judgements are said to be consistent, ends here.
MOST_JUDGED = 10
# The measures of which the analysis takes logarithms.
SIZES = ["gdp", "gdp_per_head"]
ONE_OF_TWO = "leave it out of one of the two, by the role text or in a recipe"
ABOVE_ZERO = "must be above 0: a city has an economy"


def method_faults(edition: Edition) -> list[Fault]:
    """Parameters of `method.csv` that are missing or hold what the engine cannot do."""
    table = edition.reference_table("method")
    values = table.set_index("parameter")["value"]
    lines = dict(zip(table["parameter"], table.index, strict=True))
    needed = [*PARAMETERS["column"], "evidence"]
    faults = [
        Fault("method.csv", "", "parameter", name, "the parameter is missing: add its line")
        for name in needed
        if name not in lines
    ]
    faults += parameter_faults("method.csv", table, PARAMETERS)
    strange = table.loc[~table["parameter"].isin(needed), "parameter"]
    known = f"no such parameter is known; known are {', '.join(needed)}"
    faults += each_fault("method.csv", strange, known)
    if "evidence" in lines and not set(values["evidence"].split("|")) <= GRADES:
        rule = f"evidence must name grades among {', '.join(sorted(GRADES))}"
        faults.append(Fault("method.csv", lines["evidence"], "value", values["evidence"], rule))
    return faults


def parameter_faults(file: str, table: pd.DataFrame, parameters: pd.DataFrame) -> list[Fault]:
    """Values of a table `parameter, value` (index: line) that `parameters` does not allow."""
    lines = dict(zip(table["parameter"], table.index, strict=True))
    values = table.set_index("parameter")["value"]
    present = parameters[parameters["column"].isin(values.index)]
    row = values[list(present["column"])].to_frame().T.rename_axis("line").reset_index(drop=True)
    return [
        Fault(file, lines[wrong.column], "value", wrong.value, f"{wrong.column} {wrong.rule}")
        for wrong in value_faults(file, row, records(present), {})
    ]


def cleaning_rule_faults(edition: Edition) -> list[Fault]:
    """Cleaning rules that lack what their kind needs, such as a jump rule its factor."""
    rules = edition.reference_table("cleaning_rules")
    faults = []
    for line, rule in rules.iterrows():
        for need in NEEDS.get(rule["kind"], []):
            if all(pd.isna(rule[name]) or rule[name] == "" for name in need.split("|")):
                text = f"a rule of the kind {rule['kind']} needs its {need.replace('|', ' or ')}"
                faults.append(Fault("cleaning_rules.csv", line, need.split("|")[0], "", text))
        faults += [
            Fault("cleaning_rules.csv", line, column, rule[column], text)
            for column, text in bound_rules(rule)
        ]
    return faults


def bound_rules(rule: pd.Series) -> Iterator[tuple[str, str]]:
    """Column and text of what a cleaning rule has too much of, or cannot be meant to have."""
    used = {name for need in NEEDS.get(rule["kind"], []) for name in need.split("|")}
    for column in ("compared_with", "minimum", "maximum"):
        if column not in used and not pd.isna(rule[column]) and rule[column] != "":
            yield column, f"must be empty: a rule of the kind {rule['kind']} does not use it"
    if rule["minimum"] > rule["maximum"]:
        yield "minimum", "must not lie above the maximum"
    if rule["kind"] in ("jump", "odds") and rule["maximum"] <= 1:
        yield "maximum", "must be above 1: a jump is a factor"
    if rule["kind"] == "step" and rule["maximum"] <= 0:
        yield "maximum", "must be above 0: a step has a size"
    if rule["variable"] == rule["compared_with"]:
        yield "compared_with", "must be another variable: no figure is compared with itself"


def averaging_faults(edition: Edition) -> list[Fault]:
    """Measures that are averaged and carried: the years of a mean fill the gaps already."""
    measures = edition.reference_table("measures")
    averaged = measures["years_before"].add(measures["years_after"]) > 0
    both = measures.loc[averaged & measures["carry_years"].gt(0), "carry_years"]
    rule = "must be 0: the measure is a mean over years, and these fill its gaps"
    return each_fault("measures.csv", both, rule)


def repeated_corrections(edition: Edition) -> list[Fault]:
    """Corrections of a figure that an earlier one corrects."""
    corrections = corrections_of(edition)
    again = corrections.duplicated([*CELL, "figure"])
    places = corrections[[*CELL, "figure"]].astype(str).itertuples(index=False, name=None)
    cells = pd.Series(map(", ".join, places), corrections.index, dtype=object)
    found = repeated_faults("corrections.csv", cells, again, "printed", "corrects the cell of")
    return [fault._replace(value=corrections.loc[fault.line, "printed"]) for fault in found]


def size_faults(edition: Edition, figures: pd.DataFrame) -> list[Fault]:
    """Economic sizes of zero among the printed figures, which no correction acknowledges."""
    context, corrections = edition.reference_table("context_measures"), corrections_of(edition)
    variables = context.loc[context["measure"].isin(SIZES), "variable"]
    zero = figures[figures["variable"].isin(variables) & figures["number"].eq(0)]
    corrected = set(corrections[CELL].astype(str).itertuples(index=False, name=None))
    return [
        Fault(row["file"], row["line"], row["column"], row["printed"], ABOVE_ZERO)
        for row in zero.to_dict("records")
        if tuple(row[name] for name in CELL) not in corrected
    ]


def repeated_readings(figures: pd.DataFrame) -> list[Fault]:
    """Figures of one city, variable and year that stand in two files."""
    first = figures.drop_duplicates(CELL)
    if len(first) == len(figures):
        return []
    again = figures.merge(first[[*CELL, "file"]], on=CELL, suffixes=("", "_first"))
    twice = again[again["file"] != again["file_first"]].to_dict("records")
    return [
        Fault(
            row["file"],
            row["line"],
            row["column"],
            row["printed"],
            f"{row['file_first']} has {row['variable']} of {row['year']} too "
            f"for the city {row['adcode']}: {ONE_OF_TWO}",
            f"{row['file_first']} has figures of the same variable, city and year: {ONE_OF_TWO}",
        )
        for row in twice
    ]


def judgement_faults(edition: Edition) -> list[Fault]:
    """Judged nodes of which a pair of children stands twice or not at all, and pairs of others."""
    if edition.uncertainty_design is None:
        return []
    framework, file = edition.reference_table("framework"), "judgements.csv"
    faults = []
    for node, judged in edition.reference_table("judgements").groupby("node", sort=False):
        siblings = framework.loc[framework["parent"] == node, "code"]
        if len(siblings) > MOST_JUDGED:
            most = f"at most {MOST_JUDGED} can be judged in pairs"
            rule = f"has {len(siblings)} children; {most}: take its lines out"
            faults.append(Fault(file, judged.index[0], "node", node, rule))
        open_pairs = list(map(set, combinations(siblings, 2)))
        for line, row in judged.iterrows():
            pair = {row["first"], row["second"]}
            if pair in open_pairs:
                open_pairs.remove(pair)
                continue
            twice = len(pair) == 2 and pair <= set(siblings)
            again, other = "an earlier line judges this pair: take one out", "name two children of "
            rule = again if twice else other + str(node)
            faults.append(Fault(file, line, "second", row["second"], rule))
        faults += [
            Fault(
                file,
                "",
                "node",
                node,
                f"the pair {' and '.join(sorted(pair))} is not judged: add a line",
            )
            for pair in open_pairs
        ]
    return faults
