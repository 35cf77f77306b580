"""Rules of the design of the uncertainty analysis, line by line, beside framework and method.

`analysis.index.robustness.design` reads a design and refuses what it cannot split up; here is
refused what could be split up and not be carried out, or be carried out and mean something else.
"""

import inspect
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from analysis.editions import Edition, with_types
from analysis.editions.text_tables import read_table
from analysis.editions.validation.faults import Fault
from analysis.editions.validation.schemas import table_faults
from analysis.index.normalisation import NORMALISATIONS, reaches_zero
from analysis.index.refusal import RefusedValueError
from analysis.index.robustness.design import Alternative, read_design

GRADES = {"observed", "proxy", "weak", "every"}
# The level of the measures, which the framework does not list.
MEASURE = "measure"
# Options of alternatives: the lowest and the highest value of each.
Bounds = Mapping[str, tuple[float, float]]
OPTIONS: Mapping[str, Bounds] = {
    "winsorise": {"maximum": (0, 100)},
    "imputed": {"draws": (1, 100)},
    "with_error": {"draws": (1, 100)},
}
SCALE = (-1e6, 1e6)
# What the lines of each kind of factor leave empty.
UNUSED = {"weights": ["alternative", "share"], "choices": ["low", "high"]}


def design_faults(edition: Edition) -> list[Fault]:
    """Faults of the design that the settings name."""
    if edition.uncertainty_design is None:
        return []
    file = edition.uncertainty_design
    table = edition.reference_table(file.removesuffix(".csv"))
    return faults_within(file, table, edition.reference_table("framework"))


def file_faults(path: Path, edition: Edition) -> list[Fault]:
    """Faults of a design of somebody's own."""
    usual = edition.uncertainty_design or "uncertainty.csv"
    columns = edition.column_table[edition.column_table["file"] == usual]
    table = read_table(path)
    found = table_faults(path.name, table, columns, {})
    if found:
        return found
    framework = edition.reference_table("framework")
    return faults_within(path.name, with_types(table, columns), framework)


def faults_within(file: str, table: pd.DataFrame, framework: pd.DataFrame) -> list[Fault]:
    """What the lines of a design break, else what keeps it as a whole from being read."""
    levels = {*framework["level"], MEASURE} - {"index"}
    places = levels | {"index"} | set(framework["parent"]) - {""}
    found = [
        Fault(file, line, column, table.loc[line, column], rule)
        for line, row in table.iterrows()
        for column, rule in line_rules(row, levels, places)
    ]
    found += [
        Fault(file, line, column, table.loc[line, column], rule)
        for line, column, rule in [*kind_rules(table), *zero_rules(table)]
    ]
    return found or unreadable(file, table)


def line_rules(row: pd.Series, levels: set[str], places: set[str]) -> Iterator[tuple[str, str]]:
    """Column and rule of everything that one line breaks by itself."""
    is_weights = row["factor"] == "weights"
    for column in UNUSED["weights" if is_weights else "choices"]:
        if not pd.isna(row[column]) and row[column] != "":
            yield column, f"must be empty for the factor {row['factor']}"
    needs_level = is_weights or row["alternative"] == "one"
    if needs_level and row["level"] not in levels:
        yield "level", f"must be one of {', '.join(sorted(levels))}"
    if not needs_level and row["level"] != "":
        yield "level", f"must be empty for the alternative {row['alternative']}"
    if not is_weights:
        yield from (("alternative", rule) for rule in option_rules(row, places))


def option_rules(row: pd.Series, places: set[str]) -> Iterator[str]:
    """What the words and options of an alternative break."""
    alternative = Alternative(row["alternative"])
    if row["factor"] == "evidence":
        unknown = sorted(set(alternative.words) - GRADES)
        if unknown:
            grades = ", ".join(sorted(GRADES))
            yield f"{', '.join(unknown)}: no such grade of evidence; there are {grades}"
        return
    if row["factor"] == "aggregation":
        for place in alternative.options:
            if place not in places:
                yield f"{place}: no such level, and no node that has others below it: correct it"
        return
    known = bounds_of(row["factor"], alternative.name)
    for name, text in alternative.options.items():
        if name not in known:
            yield f"{name}: no such option; there is {', '.join(known) or 'none'}"
        elif not is_within(text, *known[name]):
            low, high = known[name]
            yield f"{name} must be a number from {low:g} to {high:g}"


def bounds_of(factor: str, name: str) -> Bounds:
    """The options of an alternative, with the lowest and highest value of each."""
    if factor == "normalisation" and name in NORMALISATIONS:
        parameters = list(inspect.signature(NORMALISATIONS[name]).parameters)[1:]
        return dict.fromkeys(parameters, SCALE)
    return OPTIONS.get(name, {})


def is_within(text: str, low: float, high: float) -> bool:
    """Whether a text is a number between two bounds."""
    try:
        return low <= float(text) <= high
    except ValueError:
        return False


def kind_rules(table: pd.DataFrame) -> Iterator[tuple[int, str, str]]:
    """Lines of a factor whose kind is not that of its first line."""
    first = table.groupby("factor")["kind"].transform("first")
    for line in table.index[table["kind"] != first]:
        yield line, "kind", f"must be {first[line]}, as in the first line of the factor"


def zero_rules(table: pd.DataFrame) -> Iterator[tuple[int, str, str]]:
    """Normalisations that give values of zero where some alternative takes a geometric mean."""
    chosen = {
        factor: table.loc[table["factor"] == factor, "alternative"].map(Alternative)
        for factor in ("aggregation", "normalisation")
    }
    means = {
        mean for each in chosen["aggregation"] for mean in (*each.words, *each.options.values())
    }
    rule = (
        "gives values of 0, which the geometric mean among the alternatives cannot take: take one "
        "of the two out"
    )
    for line, each in chosen["normalisation"].items():
        if "geometric" in means and reaches_zero(each.name, **each.numbers):
            yield line, "alternative", rule


def unreadable(file: str, table: pd.DataFrame) -> list[Fault]:
    """What keeps the design as a whole from being read."""
    try:
        read_design(table.replace("", None))
    except RefusedValueError as error:
        _, *rules = str(error).split("\n")
        return [Fault(file, "", "", "", rule) for rule in rules]
    return []
