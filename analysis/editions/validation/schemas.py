"""What a table may hold, from a table of columns to the faults of a table.

A table of columns has one row per column with `column, type, key, required, minimum, maximum,
allowed, references` and, if wanted, `holds` (values that must occur; `any` asks for at least one
line): it is data, in `columns.csv` and `dictionary.csv`. Texts are judged as they stand in the
file, so that a fault can show them.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.editions.validation.faults import Fault, each_fault
from analysis.index.framework import LARGEST

PATTERNS = {
    "integer": (r"[+-]?[0-9]+(\.0+)?", "must be a whole number"),
    "number": (r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?", "must be a number"),
    "flag": (r"[01]", "must be 0 or 1"),
    "code": (r"[0-9]{6}", "must be a six-digit division code"),
    "identifier": (
        r"[a-z][a-z0-9_]*",
        "must be a code: a small letter, then small letters, digits and underscores",
    ),
    "value": (r"\{.*\}", "must be the value of a fact, as JSON"),
    "years": (r"[0-9]{4}(-[0-9]{4})?", "must be a year or a span of years, such as 2018-2019"),
    "file": (r"[^/\\.:][^/\\:]*", "must be the name of a file in the folder of the edition"),
}
TYPES = ["text", *PATTERNS]
# What a table of columns says of each of them.
RULES = ["column", "type", "key", "required", "minimum", "maximum", "allowed", "references"]

# What is wrong with columns as such.
MISSING = "the column is missing: add it to the first line, and a field for it to the others"
UNKNOWN = "no such column is known: correct its heading, or take it out"
TWICE = "the column stands twice: take one of the two out"
CORRECT = "correct it, or add it there"
# A value that must be the only one of its kind; the line of the first follows.
REPEATS = "must not repeat"

Known = Mapping[str, frozenset[str]]


def column(name: str, **rules: str) -> dict[str, str]:
    """A row of a table of columns: a name, and what its values must be."""
    return {"column": name, "type": "text", **rules}


def table_of_columns(*columns: dict[str, str]) -> pd.DataFrame:
    """A table of columns; what a row leaves out is empty."""
    named = dict.fromkeys([*RULES, *(name for row in columns for name in row)])
    return pd.DataFrame(columns, columns=list(named), dtype=str).fillna("")


def table_faults(
    file: str, table: pd.DataFrame, columns: pd.DataFrame, known: Known
) -> list[Fault]:
    """Faults of a table of text (index: line) against its table of columns.

    `known` holds, per `file.column` named under `references`, the values that exist.
    """
    rules, found = records(columns), Counter(table.columns)
    present = [rule for rule in rules if found[rule["column"]] == 1]
    keys = [rule["column"] for rule in rules if rule["key"] == "1"]
    faults = [*shape_faults(file, found, rules), *value_faults(file, table, present, known)]
    if all(found[name] == 1 for name in keys):
        faults += key_faults(file, table, keys)
    return [*faults, *lacking_faults(file, table, present)]


def shape_faults(file: str, found: Counter, rules: list[dict]) -> list[Fault]:
    """Columns that are missing and columns that nothing describes, from the headings `found`."""
    expected = [rule["column"] for rule in rules]
    wrong = {
        MISSING: [name for name in expected if name not in found],
        UNKNOWN: [name for name in found.elements() if name not in expected],
        TWICE: sorted(name for name in found if found[name] > 1),
    }
    return [Fault(file, 1, name, "", rule) for rule, names in wrong.items() for name in names]


def value_faults(file: str, table: pd.DataFrame, rules: list[dict], known: Known) -> list[Fault]:
    """Faults of single values, by line and column; `rules` are rows of a table of columns."""
    texts = {rule["column"]: table[rule["column"]] for rule in rules}
    return in_order(
        fault
        for rule in rules
        for check in column_checks(rule, known)
        for fault in check.faults(file, texts[rule["column"]])
    )


def records(table: pd.DataFrame) -> list[dict]:
    """The rows of a table as mappings; much quicker than pandas, which looks at every value."""
    columns = (table[name].tolist() for name in table)
    return [dict(zip(table, row, strict=True)) for row in zip(*columns, strict=True)]


def in_order(faults: Iterable[Fault]) -> list[Fault]:
    """Faults by line and column; those of no line come last."""
    return sorted(faults, key=lambda fault: (fault.line == "", int(fault.line or 0), fault.column))


def lacking_faults(file: str, table: pd.DataFrame, rules: list[dict]) -> list[Fault]:
    """Values that a column must hold and that stand in no line."""
    found = []
    for column, holds in ((rule["column"], rule.get("holds")) for rule in rules):
        if holds == "any" and table.empty:
            found.append(Fault(file, "", "", "", "the table needs at least one line: add it"))
        elif holds and holds != "any":
            lacking = [value for value in holds.split("|") if value not in set(table[column])]
            found += [
                Fault(file, "", column, value, "the line is missing: add it") for value in lacking
            ]
    return found


def key_faults(file: str, table: pd.DataFrame, keys: list[str]) -> list[Fault]:
    """Records whose key columns together repeat an earlier record."""
    found = list(zip(*(table[name].tolist() for name in keys), strict=True))
    if len(set(found)) == len(found):
        return []
    joined = pd.Series(map(", ".join, found), table.index, dtype=object)
    again = table.duplicated(keys)
    return repeated_faults(file, joined, again, ", ".join(keys), "the key repeats")


def repeated_faults(
    file: str, texts: pd.Series, again: np.ndarray | pd.Series, column: str, repeats: str
) -> list[Fault]:
    """Texts (index: line) that stand `again`, each with the line in which it stands first."""
    kept = texts[~again]
    first = dict(zip(kept, kept.index, strict=True))
    return each_fault(
        file,
        texts[again],
        lambda _, text: f"{repeats} line {first[text]}: correct or take out one of the two",
        column,
        f"{repeats} an earlier line: correct or take out one of the two",
    )


class Check(NamedTuple):
    """A rule for the texts of a column, and what says of each of them whether it keeps it."""

    rule: str
    keeps: Callable[[pd.Series], np.ndarray]

    def faults(self, file: str, column: pd.Series) -> list[Fault]:
        """A fault for every text of a column (index: line) that breaks the rule."""
        kept = self.keeps(column)
        if kept.all():
            return []
        if self.rule == REPEATS:
            return repeated_faults(file, column, ~kept, str(column.name), REPEATS)
        return each_fault(file, column[~kept], self.rule)


def column_checks(row: dict, known: Known) -> list[Check]:
    """Checks of one column; empty text is judged by `required` alone."""
    checks = []
    if row["required"] == "1":
        checks.append(each_check(lambda text: text != "", "must not be empty"))
    if row["type"] in PATTERNS:
        checks.append(pattern_check(*PATTERNS[row["type"]]))
    bounded = row["minimum"] and row["maximum"]  # its own range says more than the size
    if row["type"] in {"integer", "number"} and not bounded:
        checks.append(size_check())
    if row["minimum"] or row["maximum"]:
        checks.append(range_check(row["minimum"], row["maximum"]))
    if row["allowed"]:
        rule = "must be one of " + ", ".join(row["allowed"].split("|"))
        checks.append(membership_check(frozenset(row["allowed"].split("|")), rule))
    if row["references"]:
        rule = f"is not known in {row['references'].replace('.', '.csv, column ')}: {CORRECT}"
        checks.append(membership_check(known[row["references"]], rule))
    if row["key"] == "unique":
        checks.append(Check(REPEATS, lambda text: ~text.duplicated().to_numpy()))
    return checks


def pattern_check(pattern: str, rule: str) -> Check:
    """Text must match `pattern` or be empty."""
    matches = re.compile(pattern).fullmatch
    return each_check(lambda text: text == "" or matches(text) is not None, rule)


def size_check() -> Check:
    """Numbers must not be so large that their powers and sums turn into infinity."""
    rule = f"must not be larger than {LARGEST:g} in size"
    return each_check(lambda text: not is_too_large(text), rule)


def is_too_large(text: str) -> bool:
    """Whether a text is a number beyond `LARGEST`; only long or scientific ones can be."""
    if len(text) < 30 and "e" not in text and "E" not in text:
        return False
    return bool(re.fullmatch(PATTERNS["number"][0], text)) and abs(float(text)) > LARGEST


def each_check(holds: Callable[[str], bool], rule: str) -> Check:
    """Every text must satisfy `holds`; much quicker than the string methods of pandas."""

    def judged(column: pd.Series) -> np.ndarray:
        texts = column.tolist()
        answers = {text: holds(text) for text in set(texts)}
        return np.fromiter(map(answers.__getitem__, texts), bool, len(texts))

    return Check(rule, judged)


def range_check(minimum: str, maximum: str) -> Check:
    """Numbers must lie between the two bounds; an empty bound does not bind."""

    def within(text: pd.Series) -> np.ndarray:
        numbers = pd.to_numeric(text, errors="coerce").to_numpy(float)
        low = numbers < float(minimum) if minimum else False
        high = numbers > float(maximum) if maximum else False
        return ~np.logical_or(low, high)

    bounds = [f"at least {minimum}"] * bool(minimum) + [f"at most {maximum}"] * bool(maximum)
    return Check("must be " + " and ".join(bounds), within)


def membership_check(allowed: frozenset[str], rule: str) -> Check:
    """Text must be one of `allowed` or be empty."""
    return each_check(lambda text: text == "" or text in allowed, rule)
