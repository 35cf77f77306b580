"""The refusal of bad input: every fault at once, each with file, line, column, value and rule.

Runs the schemas over all input of an edition and adds the rules that need two tables: a changed
byte, a framework that is no tree, a correction whose printed value is gone, a measure without
a source, a city name under the wrong code.
"""

import hashlib

import pandas as pd

from analysis.editions import Edition, RaggedTableError, read_table
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
    """Check all input of an edition; raise InputRefusedError naming every fault."""
    try:
        refuse(collect([checksum_faults(edition), reference_faults(edition)]))
        checks = [raw_faults, correction_faults, measure_faults, published_faults]
        refuse(collect(check(edition) for check in checks))
    except RaggedTableError as error:
        rule = f"{error.found} fields where the header has {error.expected}"
        raise InputRefusedError(fault(error.path.name, error.line, "", "", rule)) from error


def refuse(faults: pd.DataFrame) -> None:
    """Raise InputRefusedError if there is any fault."""
    if len(faults):
        raise InputRefusedError(faults)


def checksum_faults(edition: Edition) -> pd.DataFrame:
    """Raw files that are missing or whose bytes differ from the sha256 in `sources.csv`."""
    return collect(
        _checksum_fault(edition, source, line)
        for line, source in edition.raw_table("sources.csv").iterrows()
    )


def _checksum_fault(edition: Edition, source: pd.Series, line: object) -> pd.DataFrame:
    path = edition.raw / source["file"]
    if not path.is_file():
        return fault("sources.csv", line, "file", source["file"], "the file is not there")
    if hashlib.sha256(path.read_bytes()).hexdigest() == source["sha256"]:
        return pd.DataFrame(columns=FAULT_COLUMNS)
    return fault(
        path.name, "", "", "", "the file has changed since sources.csv recorded its sha256"
    )


def known_values(edition: Edition) -> Known:
    """The values that other columns may refer to, by `file.column`."""
    columns = read_table(edition.reference / "columns.csv")
    targets = {target for target in columns["references"] if target} | {"cities.adcode"}
    return {target: _values(edition, *target.split(".")) for target in targets}


def _values(edition: Edition, file: str, column: str) -> frozenset[str]:
    return frozenset(read_table(edition.reference / f"{file}.csv")[column])


def reference_faults(edition: Edition) -> pd.DataFrame:
    """Faults of the reference tables, and of the framework as a tree."""
    columns, known = read_table(edition.reference / "columns.csv"), known_values(edition)
    faults = collect(
        table_faults(file, read_table(edition.reference / file), group, known)
        for file, group in columns.groupby("file", sort=False)
    )
    return faults if len(faults) else framework_faults(edition)


def framework_faults(edition: Edition) -> pd.DataFrame:
    """What keeps the framework from being a proper tree."""
    try:
        check_tree(edition.reference_table("framework").assign(direction=1))
    except ValueError as error:
        _, *found = str(error).split("\n")
        return collect(fault("framework.csv", "", "", "", line) for line in found)
    return pd.DataFrame(columns=FAULT_COLUMNS)


def raw_faults(edition: Edition) -> pd.DataFrame:
    """Faults of the raw tables against `columns.csv` of the edition.

    A value that a correction acknowledges as a misprint is not a fault.
    """
    columns = edition.raw_table("columns.csv").merge(ROLES, on="role", how="left")
    known, names = known_values(edition), city_names(edition)
    faults = []
    for file in edition.raw_table("sources.csv")["file"]:
        table = edition.raw_table(file)
        faults.append(table_faults(file, table, columns[columns["file"] == file], known))
        faults.append(name_faults(file, table, names) if faults[-1].empty else faults[-1][:0])
    return without_acknowledged(edition, collect(faults))


def name_faults(file: str, table: pd.DataFrame, names: set[tuple[str, str]]) -> pd.DataFrame:
    """Records whose `city` is not, by `names`, a name of the city with their `adcode`."""
    return collect(
        fault(file, line, "city", city, f"is not a name of the city with code {adcode}")
        for line, adcode, city in zip(table.index, table["adcode"], table["city"], strict=True)
        if (adcode, city) not in names
    )


def city_names(edition: Edition) -> set[tuple[str, str]]:
    """Every pair of code and name, aliases included."""
    cities, aliases = (edition.reference_table(name) for name in ("cities", "aliases"))
    forms = ["name_zh_hans", "name_zh_hant", "name_en"]
    pairs = {(row["adcode"], row[form]) for _, row in cities.iterrows() for form in forms}
    return pairs | set(zip(aliases["adcode"], aliases["alias"], strict=True))


def without_acknowledged(edition: Edition, faults: pd.DataFrame) -> pd.DataFrame:
    """Drop the faults of values that `corrections.csv` acknowledges as misprints."""
    corrections = edition.reference_table("corrections")
    acknowledged = set(
        zip(corrections["file"], corrections["column"], corrections["printed"], strict=True)
    )
    found = zip(faults["file"], faults["column"], faults["value"], strict=True)
    return faults[[place not in acknowledged for place in found]]


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
    found = table.loc[table["adcode"] == correction["adcode"], column] if column in table else []
    if correction["printed"] in set(found):
        return pd.DataFrame(columns=FAULT_COLUMNS)
    rule = f"the value to correct is no longer in {correction['file']}, column {column}"
    return fault("corrections.csv", line, "printed", correction["printed"], rule)


def measure_faults(edition: Edition) -> pd.DataFrame:
    """Measures of a variable that the cleaning rules call unfit."""
    rules = edition.reference_table("cleaning_rules")
    unfit = set(rules.loc[rules["kind"] == "unfit", "variable"])
    measures = edition.reference_table("measures")
    wrong = measures[measures["variable"].isin(unfit)]
    return collect(
        fault("measures.csv", line, "variable", measure["variable"], "the rules call it unfit")
        for line, measure in wrong.iterrows()
    )


def published_faults(edition: Edition) -> pd.DataFrame:
    """Places of the published list whose printed name is not a name of the city with that code."""
    if edition.published_list is None:
        return pd.DataFrame(columns=FAULT_COLUMNS)
    published = read_table(edition.reference / edition.published_list)
    published = published.rename(columns={"city_as_printed": "city"})
    return name_faults(edition.published_list, published, city_names(edition))
