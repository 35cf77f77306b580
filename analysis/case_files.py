"""The files of an index on any units: a framework table, a data table, and a method if wanted.

Both tables are taken in every form in which raw files are taken. Whatever is wrong with them is
refused at once, each fault with file, line, column, value and rule.
"""

from dataclasses import dataclass
from difflib import get_close_matches
from io import StringIO
from pathlib import Path

import pandas as pd

from analysis.incoming import plain_numbers, read_file
from analysis.index.aggregation import AGGREGATIONS
from analysis.index.framework import check_tree, leaves
from analysis.index.normalisation import NORMALISATIONS
from analysis.index.weighting import WEIGHTINGS
from analysis.rule_faults import parameter_faults
from analysis.schemas import collect, fault, table_faults
from analysis.validation import refuse, unreadable

FRAMEWORK = pd.read_csv(
    StringIO(
        """column,type,key,required,minimum,maximum,allowed,references
code,text,unique,1,,,,
parent,text,,,,,,
weight,number,,1,1e-9,,,
direction,text,,1,,,1|-1,
level,text,,,,,,
name,text,,,,,,
note,text,,,,,,
number,text,,,,,,
name_en,text,,,,,,
name_zh_hant,text,,,,,,
name_zh_hans,text,,,,,,
"""
    ),
    dtype=str,
    keep_default_na=False,
)
# What a column holds that the file does not have; the last ones are those of framework.csv.
OPTIONAL = {"weight": "1", "direction": "1"} | dict.fromkeys(FRAMEWORK["column"][4:], "")
# Parameter of the method, its type, its least and largest value, the values it may take.
PARAMETERS = pd.DataFrame(
    [
        ("skewness_limit", "number", "0", "", "", "2"),
        ("kurtosis_limit", "number", "", "", "", "3.5"),
        ("maximum_winsorised", "integer", "0", "", "", "5"),
        ("normalisation", "text", "", "", "|".join(NORMALISATIONS), "min_max"),
        ("weighting", "text", "", "", "|".join(["framework", *WEIGHTINGS]), "framework"),
        ("aggregation", "text", "", "", "|".join(AGGREGATIONS), "arithmetic"),
        ("coverage_all", "number", "0", "1", "", "0.65"),
        ("coverage_branch", "number", "0", "1", "", "0.5"),
    ],
    columns=["column", "type", "minimum", "maximum", "allowed", "default"],
).assign(required="1", key="", references="")
# Columns of the tables that are written, which no code may be taken for.
RESERVED = ("unit", "name", "rank", "coverage", "all", "reason")
# With one of these a spreadsheet program takes a text for a formula.
FORMULA_MARKS = ("=", "+", "-", "@")


@dataclass(frozen=True)
class Case:
    """What an index on any units is computed from.

    Attributes
    ----------
    framework
        ``code, parent, level, name, weight, direction``, whole, also where figures are lacking.
    data
        Units × leaves as numbers, gaps as NaN; the index has the name of the column of the units.
    names
        A further name of every unit, empty if the file has none.
    parameters
        The method, text by name.
    """

    framework: pd.DataFrame
    data: pd.DataFrame
    names: pd.Series
    parameters: dict[str, str]


def read_case(framework: Path, data: Path, method: Path | None = None, sheet: str = "") -> Case:
    """Read and check the files of a case; `sheet` is that of the data in a workbook.

    Raises
    ------
    InputRefusedError
        Naming every fault of the three files.
    """
    files = [(framework, ""), (data, sheet), *([(method, "")] if method else [])]
    refuse(collect(unreadable(path, of_file) for path, of_file in files))
    tree = with_defaults(read_file(framework))
    table = read_file(data, sheet)
    chosen = read_file(method) if method else pd.DataFrame({"parameter": [], "value": []})
    wrong = [framework_faults(framework.name, tree), method_faults(method, chosen)]
    refuse(collect(wrong))
    refuse(data_faults(data.name, table, tree))
    return case_of(tree, table, chosen)


def with_defaults(framework: pd.DataFrame) -> pd.DataFrame:
    """The framework with every column: an empty weight or direction is 1, a name the code."""
    full = framework.assign(
        **{name: text for name, text in OPTIONAL.items() if name not in framework}
    )
    for column in ("weight", "direction"):
        full[column] = plain_numbers(full[column].str.strip()).replace("", "1")
    full["direction"] = full["direction"].str.removesuffix(".0")
    if "code" in full:
        full["name"] = full["name"].where(full["name"] != "", full["code"])
    return full


def framework_faults(file: str, framework: pd.DataFrame) -> pd.DataFrame:
    """Faults of single cells, else what keeps the table from being a tree."""
    found = table_faults(file, framework, FRAMEWORK, {})
    taken = framework[framework["code"].isin(RESERVED)] if "code" in framework else framework[:0]
    reserved = [
        fault(file, line, "code", code, "is the name of a column of the results")
        for line, code in taken["code"].items()
    ]
    if len(found) or reserved:
        return collect([found, *reserved])
    try:
        check_tree(framework)
    except ValueError as error:
        return collect(fault(file, "", "", "", line) for line in str(error).split("\n")[1:])
    return found


def method_faults(path: Path | None, table: pd.DataFrame) -> pd.DataFrame:
    """Parameters that are not known, stand twice or hold what the engine cannot do."""
    if path is None:
        return collect([])
    columns = FRAMEWORK.iloc[:2].assign(column=["parameter", "value"], key=["unique", ""])
    extra = table.columns.difference(["unit", "meaning"])
    found = table_faults(path.name, table[extra], columns, {})
    if len(found):
        return found
    known = set(PARAMETERS["column"])
    unknown = table[~table["parameter"].isin(known)]
    rule = f"no such parameter is known; known are {', '.join(PARAMETERS['column'])}"
    strange = [
        fault(path.name, line, "parameter", name, rule)
        for line, name in unknown["parameter"].items()
    ]
    return collect([*strange, parameter_faults(path.name, table, PARAMETERS)])


def data_faults(file: str, table: pd.DataFrame, framework: pd.DataFrame) -> pd.DataFrame:
    """Units without a name or named twice, columns that are no leaf, figures that are none."""
    units, wanted = str(table.columns[0]), set(leaves(framework))
    columns = pd.DataFrame(
        [
            (name, "text" if name in (units, "name") else "number", "unique" * (name == units))
            for name in dict.fromkeys(table.columns)
            if name in wanted | {units, "name"}
        ],
        columns=["column", "type", "key"],
    ).assign(minimum="", maximum="", allowed="", references="")
    columns["required"] = columns["key"].map({"unique": "1"}).fillna("")
    found = table_faults(file, table.apply(plain_numbers), columns, {})
    found["rule"] = [
        rule + nearest(name, wanted) if rule == "no such column is known" else rule
        for name, rule in zip(found["column"], found["rule"], strict=True)
    ]
    marked = [
        fault(file, line, name, text, "must not begin with = + - or @, as a formula does")
        for name in table.columns
        if name in (units, "name")
        for line, text in table[name].items()
        if text.startswith(FORMULA_MARKS)
    ]
    if not wanted & set(table.columns):
        marked.append(fault(file, 1, "", "", "no column has the code of a leaf of the framework"))
    return collect([found, *marked])


def nearest(name: str, known: set[str]) -> str:
    """The names that a wrong one may mean, in words."""
    near = get_close_matches(name, sorted(known), n=3, cutoff=0.6)
    return f" as a leaf of the framework{'; the nearest: ' + ', '.join(near) if near else ''}"


def case_of(framework: pd.DataFrame, table: pd.DataFrame, method: pd.DataFrame) -> Case:
    """The case of files that are free of faults."""
    tree = framework.reset_index(drop=True).assign(
        weight=framework["weight"].astype(float).to_numpy(),
        direction=framework["direction"].astype(int).to_numpy(),
    )
    rows = table.rename(columns={table.columns[0]: "unit"}).set_index("unit")
    figures = [leaf for leaf in leaves(tree) if leaf in rows]
    data = rows[figures].apply(plain_numbers).replace("", None).apply(pd.to_numeric).astype(float)
    defaults = dict(zip(PARAMETERS["column"], PARAMETERS["default"], strict=True))
    chosen = dict(zip(method["parameter"], method["value"], strict=True))
    names = rows["name"] if "name" in rows else pd.Series("", index=rows.index)
    return Case(tree, data, names, defaults | chosen)
