"""What keeps the framework and the data of an index on any units from being one.

Each fault names file, line, column and value as far as there are, the rule, and what to do.
"""

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

import pandas as pd

from analysis.editions.validation.case_figures import is_percentage
from analysis.editions.validation.faults import Fault, each_fault
from analysis.editions.validation.schemas import (
    TWICE,
    UNKNOWN,
    column,
    table_faults,
    table_of_columns,
)
from analysis.index.framework import leaves, parents, path_to_root

# `default` is what a column holds where it is absent or empty.
FRAMEWORK = table_of_columns(
    column("code", key="unique", required="1"),
    column("parent"),
    column("weight", type="number", required="1", minimum="1e-9", default="1"),
    column("direction", required="1", allowed="1|-1", default="1"),
    column("level"),
    column("name"),
    column("note"),
    column("number"),
)
NEEDED = ["code", "parent"]
# Names in single languages, as the frameworks of this project have them, are let pass.
NAME_OF_LANGUAGE = "name_"
# Columns of the tables that are written, which no code may be taken for.
RESERVED = ("unit", "name", "index", "rank", "coverage")
# With one of these a spreadsheet program takes a text for a formula.
FORMULA_MARKS = tuple("=+-@＝＋－＠")
# Kinds of characters that a text of one line does not have: controls, and separators of lines.
CONTROLS = {"Cc", "Zl", "Zp"}
# Rules of the schema that have more to say here.
NO_NUMBER = "must be a number"
TOO_LARGE = "must not be larger"


def column_faults(file: str, framework: pd.DataFrame, data: pd.DataFrame) -> list[Fault]:
    """Columns that stand twice, or lack; if the data have those, the two tables are swapped."""
    absent = [name for name in NEEDED if name not in framework]
    twice = framework.columns[framework.columns.duplicated()].unique()
    swapped = set(NEEDED) <= set(data.columns)
    advice = "the framework is named first, then the data" if swapped else "a framework needs both"
    there = ", ".join(name or "(blank)" for name in framework.columns[:8])
    rule = f"the column is missing ({advice}); there are: {there}"
    lacking = [Fault(file, 1, name, "", rule) for name in absent]
    return [*lacking, *(Fault(file, 1, name, "", TWICE) for name in twice)]


def framework_faults(file: str, framework: pd.DataFrame) -> list[Fault]:
    """Faults of single cells, else what keeps the table from being a tree."""
    known = (
        f"no such column is known; known are {', '.join(FRAMEWORK['column'])}, {NAME_OF_LANGUAGE}…"
    )
    described = framework.loc[:, ~framework.columns.str.startswith(NAME_OF_LANGUAGE)]
    found = [
        fault._replace(rule=known) if fault.rule == UNKNOWN else fault
        for fault in table_faults(file, described, FRAMEWORK, {})
    ]
    told: dict[tuple[object, object], Fault] = {}
    for fault in text_faults(file, framework[["code", "name", "level"]]):
        told.setdefault((fault.line, fault.value), fault)  # a code may be the name
    found += [*told.values(), *reserved_codes(file, framework)]
    return found or tree_faults(file, framework)


def reserved_codes(file: str, framework: pd.DataFrame) -> list[Fault]:
    """Codes that are names of columns of the results; the top may be called index."""
    top = (framework["code"] == "index") & (framework["parent"] == "")
    taken = framework.loc[framework["code"].isin(RESERVED) & ~top, "code"]
    rule = "is the name of a column of the results: choose another code"
    return each_fault(file, taken, rule)


def text_faults(file: str, texts: pd.DataFrame) -> list[Fault]:
    """Texts that a spreadsheet program would compute, or that are not of one line."""
    return [
        Fault(file, line, column, text, rule)
        for column in texts.columns
        for line, text in texts[column].items()
        if (rule := text_rule(text))
    ]


def text_rule(text: str) -> str:
    """The rule that a text breaks which is to be shown; empty if none."""
    if text.startswith(FORMULA_MARKS):
        return "must not begin with = + - or @, as a formula does"
    if any(unicodedata.category(character) in CONTROLS for character in text):
        return "must not hold a line break, a tab or another control character"
    return ""


def tree_faults(file: str, framework: pd.DataFrame) -> list[Fault]:
    """What keeps codes and parents from being a tree of leaves that alone may be turned."""
    above = parents(framework)
    found = [
        (code, "is no code of the framework" + nearest(parent, above))
        for code, parent in above.items()
        if parent and parent not in above
    ]
    first, *others = [code for code, parent in above.items() if not parent] or [""]
    found += [
        (code, f"is empty, and so is that of {first}: one code is the top") for code in others
    ]
    for code in above:
        path = path_to_root(above, code)
        if above[path[-1]] == code:
            found.append((code, f"lies below the code itself: {', '.join(path)} run in a circle"))
    lines = dict(zip(framework["code"], framework.index, strict=True))
    faults = [Fault(file, lines[code], "parent", above[code], rule) for code, rule in found]
    if not first:
        rule = "every code has one: leave it empty for the top, of which the index is made"
        faults.append(Fault(file, "", "parent", "", rule))
    if [first] == list(above):
        faults.append(Fault(file, "", "", "", "there is no leaf below the top"))
    return faults or turned_branches(file, framework)


def turned_branches(file: str, framework: pd.DataFrame) -> list[Fault]:
    """Branches with a direction of -1, which only leaves have."""
    branches = ~framework["code"].isin(leaves(framework))
    turned = framework.loc[branches & (framework["direction"] == "-1"), "code"]
    rule = "only leaves have a direction: empty this one and turn those below"
    return [
        Fault(file, line, "direction", "-1", f"{rule} ({', '.join(leaves(framework, code))})")
        for line, code in turned.items()
    ]


def data_faults(file: str, table: pd.DataFrame, framework: pd.DataFrame) -> list[Fault]:
    """Units without a name or named twice, columns that are no leaf, figures that are none.

    The figures of `table` are as `case_figures.plain_figures` gives them.
    """
    units, wanted = str(table.columns[0]), leaves(framework)
    if units in set(framework["code"]):
        rule = "is a code of the framework: put a column with the names of the units before it"
        return [Fault(file, 1, units, "", rule)]
    headed, columns = table.loc[:, table.columns != ""], data_columns(table, wanted)
    found = [
        fault._replace(rule=fuller_rule(fault, framework))
        for fault in table_faults(file, headed, columns, {})
    ]
    shown = [name for name in {units: 1, "name": 1} if list(table.columns).count(name) == 1]
    faults = [*heading_faults(file, table), *found, *text_faults(file, table[shown])]
    return [*faults, *empty_faults(file, table, wanted)]


def empty_faults(file: str, table: pd.DataFrame, wanted: Iterable[str]) -> list[Fault]:
    """A table without leaves, without units or without figures."""
    figures = [name for name in wanted if name in table]
    if not figures:
        return [Fault(file, 1, "", "", "no column has the code of a leaf of the framework")]
    if table.empty:
        return [Fault(file, "", "", "", "the table has a header and no units below it")]
    if table[figures].eq("").all(axis=None):
        return [Fault(file, "", "", "", "no leaf has a figure")]
    return []


def data_columns(table: pd.DataFrame, wanted: Iterable[str]) -> pd.DataFrame:
    """The table of columns that the data are judged by."""
    units = str(table.columns[0])
    figures = pd.DataFrame({"column": [name for name in wanted if name in table]})
    figures = figures.assign(type="number", key="", required="")
    named = [(units, "unique", "1"), *([("name", "", "")] if "name" in table.columns[1:] else [])]
    texts = pd.DataFrame(named, columns=["column", "key", "required"])
    columns = pd.concat([texts.assign(type="text"), figures])
    return columns.assign(minimum="", maximum="", allowed="", references="")


def heading_faults(file: str, table: pd.DataFrame) -> list[Fault]:
    """Columns without a heading."""
    rule = "has no heading: name it by the code of a leaf, or take the column out"
    blank = [number for number, name in enumerate(table.columns, 1) if not name]
    return [Fault(file, 1, f"no. {number}", "", rule) for number in blank]


def fuller_rule(found: Fault, framework: pd.DataFrame) -> str:
    """The rule of a fault of the data, with what to do about it."""
    rule, name = found.rule, found.column
    if rule == NO_NUMBER:
        return figure_rule(str(found.value))
    if rule.startswith(TOO_LARGE):
        return f"{rule}: take another unit of measurement"
    if rule != UNKNOWN:
        return rule
    if name in set(framework["code"]):
        return "is a branch of the framework, and only leaves have figures"
    return f"no such column is known as a leaf of the framework{nearest(name, leaves(framework))}"


def figure_rule(text: str) -> str:
    """What a text that is no number has to become."""
    if is_percentage(text):
        return "has a sign of percent, which every figure of a column has or none"
    if re.fullmatch(r"[+-]?\d+,\d+", text):
        return f"{NO_NUMBER}, with a point before its decimals"
    if not any(character.isdigit() for character in text):
        return f"{NO_NUMBER}; if it marks a missing figure, add --missing {text!r}"
    return f"{NO_NUMBER}, without a unit of measurement or a note"


def nearest(name: str, known: Iterable[str]) -> str:
    """The names that a wrong one may mean, in words."""
    near = get_close_matches(name, sorted(known), n=3, cutoff=0.6)
    return f"; the nearest: {', '.join(near)}" if near else ""
