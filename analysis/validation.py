"""The refusal of bad input: every fault at once, each with file, line, column, value and rule.

Runs the schemas over all input of an edition and adds the rules that need two tables: a changed
byte, a framework that is no tree, a correction whose printed value is gone, a measure without
a source, a city name under the wrong code.
"""

import hashlib
from pathlib import Path

import pandas as pd

from analysis.editions import Edition, UnreadableTableError, read_table
from analysis.index.framework import check_tree
from analysis.schemas import FAULT_COLUMNS, Known, collect, fault, table_faults

# What a role of a raw column asks of its values, in the words of the reference tables.
ROLES = pd.DataFrame(
    {
        "role": ["key", "year", "variable", "item", "name", "value", "text"],
        "type": ["code", "integer", "text", "text", "text", "number", "text"],
        "key": ["1", "1", "1", "1", "", "", ""],
        "required": ["1", "1", "1", "1", "1", "", ""],
        "references": ["cities.adcode", "", "", "", "", "", ""],
        "allowed": "",
    }
)
# The level that each level of the framework stands below.
LEVEL_ABOVE = {"index": "", "domain": "index", "subdomain": "domain", "indicator": "subdomain"}


class InputRefusedError(ValueError):
    """Input was refused; `faults` lists file, line, column, value and rule of each fault."""

    def __init__(self, faults: pd.DataFrame) -> None:
        self.faults = faults
        super().__init__("\n".join(fault_line(row) for row in faults.to_dict("records")))


def fault_line(row: dict) -> str:
    """Write one fault on one line."""
    parts = [
        str(row["file"]),
        f"line {row['line']}" if row["line"] != "" else "",
        f"column {row['column']}" if row["column"] else "",
        f"value {str(row['value'])[:80]!r}" if row["value"] != "" else "",
    ]
    return ", ".join(part for part in parts if part) + f": {row['rule']}"


def validate(edition: Edition) -> None:
    """Check all input of an edition; raise InputRefusedError naming every fault.

    What cannot be read is refused before the rest is judged, and the raw tables are judged by
    reference tables that are free of faults.
    """
    refuse(unreadable_faults(edition))
    faults = [checksum_faults(edition), reference_faults(edition)]
    if faults[-1].empty:
        checks = [raw_faults, correction_faults, measure_faults, published_faults]
        faults.extend(check(edition) for check in checks)
    refuse(collect(faults))


def unreadable_faults(edition: Edition) -> pd.DataFrame:
    """Files that are missing or are no table of as many fields per line as the header has."""
    lists = {edition.raw: "sources.csv", edition.reference: "columns.csv"}
    faults = collect(_unreadable(folder / name) for folder, name in lists.items())
    if len(faults):
        return faults
    paths = [
        folder / file
        for folder, name in lists.items()
        for file in read_table(folder / name)["file"].unique()
    ]
    return collect(map(_unreadable, [edition.raw / "columns.csv", *paths]))


def _unreadable(path: Path) -> pd.DataFrame:
    if not path.is_file():
        return fault(path.name, "", "", "", "the file is not there")
    try:
        read_table(path)
    except UnreadableTableError as error:
        return collect(fault(path.name, line, "", "", rule) for line, rule in error.faults)
    return pd.DataFrame(columns=FAULT_COLUMNS)


def refuse(faults: pd.DataFrame) -> None:
    """Raise InputRefusedError if there is any fault."""
    if len(faults):
        raise InputRefusedError(faults)


def checksum_faults(edition: Edition) -> pd.DataFrame:
    """Raw files whose bytes differ from the sha256 in `sources.csv`."""
    sources = edition.raw_table("sources.csv")
    return collect(
        fault(file, "", "", "", "the file has changed since sources.csv recorded its sha256")
        for file, sha256 in zip(sources["file"], sources["sha256"], strict=True)
        if hashlib.sha256((edition.raw / file).read_bytes()).hexdigest() != sha256
    )


def known_values(edition: Edition) -> Known:
    """The values that other columns may refer to, by `file.column`."""
    columns = read_table(edition.reference / "columns.csv")
    targets = {target for target in columns["references"] if target} | {"cities.adcode"}
    return {target: _values(edition, *target.split(".")) for target in targets}


def _values(edition: Edition, file: str, column: str) -> frozenset[str]:
    return frozenset(read_table(edition.reference / f"{file}.csv").get(column, []))


def reference_faults(edition: Edition) -> pd.DataFrame:
    """Faults of the reference tables, and of the framework as a tree."""
    columns, known = read_table(edition.reference / "columns.csv"), known_values(edition)
    faults = collect(
        table_faults(file, read_table(edition.reference / file), group, known)
        for file, group in columns.groupby("file", sort=False)
    )
    return faults if len(faults) else framework_faults(edition)


def framework_faults(edition: Edition) -> pd.DataFrame:
    """What keeps the framework from being a proper tree of the levels in `LEVEL_ABOVE`."""
    framework = edition.reference_table("framework")
    try:
        check_tree(framework.assign(direction=1))
    except ValueError as error:
        _, *found = str(error).split("\n")
        return collect(fault("framework.csv", "", "", "", line) for line in found)
    above = framework["parent"].map(framework.set_index("code")["level"]).fillna("")
    wrong = framework[above != framework["level"].map(LEVEL_ABOVE)]
    rule = "is no place for a node of the level "
    return collect(
        fault("framework.csv", line, "parent", node["parent"], rule + node["level"])
        for line, node in wrong.iterrows()
    )


def raw_faults(edition: Edition) -> pd.DataFrame:
    """Faults of the raw tables against `columns.csv` of the edition.

    A value that a correction acknowledges as a misprint is not a fault.
    """
    columns = edition.raw_table("columns.csv").merge(ROLES, on="role", how="left")
    known, names = known_values(edition), city_names(edition)
    corrections = edition.reference_table("corrections")
    faults = []
    for file in edition.raw_table("sources.csv")["file"]:
        table = edition.raw_table(file)
        found = table_faults(file, table, columns[columns["file"] == file], known)
        mine = corrections[corrections["file"] == file]
        faults += [without_acknowledged(found, table, mine), name_faults(file, table, names)]
    return collect(faults)


def without_acknowledged(
    faults: pd.DataFrame, table: pd.DataFrame, corrections: pd.DataFrame
) -> pd.DataFrame:
    """Drop the faults of values that `corrections` acknowledges as misprints of that city."""
    place = ["adcode", "column", "printed"]
    acknowledged = set(corrections[place].itertuples(index=False, name=None))
    codes = faults["line"].map(table.get("adcode", pd.Series(dtype=str)))
    found = zip(codes, faults["column"], faults["value"], strict=True)
    return faults[[place not in acknowledged for place in found]]


def name_faults(file: str, table: pd.DataFrame, names: dict[str, set[str]]) -> pd.DataFrame:
    """Records whose `city` is not among the `names` of the city with their `adcode`."""
    if not {"adcode", "city"} <= set(table.columns):
        return pd.DataFrame(columns=FAULT_COLUMNS)
    return collect(
        fault(file, line, "city", city, f"is not a name of the city with code {adcode}")
        for line, adcode, city in zip(table.index, table["adcode"], table["city"], strict=True)
        if adcode in names and city not in names[adcode]
    )


def city_names(edition: Edition) -> dict[str, set[str]]:
    """All names of every city by code, aliases included."""
    cities, aliases = (edition.reference_table(name) for name in ("cities", "aliases"))
    forms = ["name_zh_hans", "name_zh_hant", "name_en"]
    names = {city["adcode"]: {city[form] for form in forms} for city in cities.to_dict("records")}
    for alias in aliases.to_dict("records"):
        names[alias["adcode"]].add(alias["alias"])
    return names


def correction_faults(edition: Edition) -> pd.DataFrame:
    """Corrections whose printed value is no longer where they say."""
    corrections = edition.reference_table("corrections")
    return collect(
        _correction_fault(edition, correction, line) for line, correction in corrections.iterrows()
    )


def _correction_fault(edition: Edition, correction: pd.Series, line: object) -> pd.DataFrame:
    if correction["file"] not in set(edition.raw_table("sources.csv")["file"]):
        return pd.DataFrame(columns=FAULT_COLUMNS)  # a correction of another edition's file
    table = edition.raw_table(correction["file"])
    column = correction["column"]
    there = {"adcode", column} <= set(table.columns)
    found = table.loc[table["adcode"] == correction["adcode"], column] if there else []
    if correction["printed"] in set(found):
        return pd.DataFrame(columns=FAULT_COLUMNS)
    rule = f"the value to correct is no longer in {correction['file']}, column {column}"
    return fault("corrections.csv", line, "printed", correction["printed"], rule)


def measure_faults(edition: Edition) -> pd.DataFrame:
    """Measures of a variable that the rules call unfit, or of a node that is no indicator."""
    rules, framework, measures, context = (
        edition.reference_table(name)
        for name in ("cleaning_rules", "framework", "measures", "context_measures")
    )
    unfit = set(rules.loc[rules["kind"] == "unfit", "variable"])
    nodes = set(framework.loc[framework["level"] != "indicator", "code"])
    rule = "the cleaning rules call it unfit"
    return collect(
        [
            _among("measures.csv", measures["variable"], unfit, rule),
            _among("context_measures.csv", context["variable"], unfit, rule),
            _among("measures.csv", measures["indicator"], nodes, "is a node but no indicator"),
        ]
    )


def _among(file: str, column: pd.Series, wrong: set[str], rule: str) -> pd.DataFrame:
    found = column[column.isin(wrong)]
    return collect(
        fault(file, line, str(column.name), value, rule) for line, value in found.items()
    )


def published_faults(edition: Edition) -> pd.DataFrame:
    """Places of the published list whose printed name is not a name of the city with that code."""
    if edition.published_list is None:
        return pd.DataFrame(columns=FAULT_COLUMNS)
    published = read_table(edition.reference / edition.published_list)
    table = published.rename(columns={"city_as_printed": "city"})
    found = name_faults(edition.published_list, table, city_names(edition))
    return found.assign(column="city_as_printed")
