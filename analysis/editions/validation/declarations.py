"""What the lists of an edition say of its raw files, and what is wrong with it.

`sources.csv` names the files, `columns.csv` the columns of each. Both are written by hand, so every
slip in them is refused by name here.
"""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from analysis.editions import EARLIEST, LATEST, Edition
from analysis.editions.incoming import stem
from analysis.editions.text_tables import read_table
from analysis.editions.units import factor, sizes
from analysis.editions.validation.faults import Fault, each_fault
from analysis.editions.validation.schemas import (
    CORRECT,
    TYPES,
    column,
    table_faults,
    table_of_columns,
)

# Tables of columns, as in `data/reference/columns.csv`, for the lists of the raw folder.
LISTS = table_of_columns(
    column("file", file="sources.csv", type="file", key="unique", required="1", holds="any"),
    column("source", file="sources.csv", required="1"),
    column("layout", file="sources.csv", required="1", allowed="table|designations"),
    column("years", file="sources.csv", type="years", required="1"),
    column("authority", file="sources.csv", required="1"),
    column("citation", file="sources.csv", required="1"),
    column("terms", file="sources.csv"),
    column("note", file="sources.csv"),
    column("sha256", file="sources.csv"),
    column("file", file="columns.csv", key="1", required="1"),
    column("column", file="columns.csv", key="1", required="1"),
    column(
        "role",
        file="columns.csv",
        required="1",
        allowed="key|year|variable|item|naming|name|value|text",
    ),
    column("variable", file="columns.csv"),
    column("year", file="columns.csv", type="integer", minimum="1949", maximum="2100"),
    column("unit", file="columns.csv"),
    column("scope", file="columns.csv"),
    column("minimum", file="columns.csv", type="number"),
    column("maximum", file="columns.csv", type="number"),
    column("table", file="columns.csv"),
    column("heading", file="columns.csv"),
)
# The table of columns of the reference tables, described as they are.
OF_COLUMN_TABLE = table_of_columns(
    column("file", type="file", key="1", required="1", holds="any"),
    column("column", key="1", required="1"),
    column("type", required="1", allowed="|".join(TYPES)),
    column("key", allowed="1|unique"),
    column("required", allowed="1"),
    column("minimum", type="number"),
    column("maximum", type="number"),
    column("allowed"),
    column("references"),
    column("holds"),
    column("meaning"),
)
# A line of a description: its number in `columns.csv`, and its fields.
Described = tuple[Any, dict[Hashable, str]]
OF_ONE_BASE = "write a unit that units.csv can turn into it"
# Files of an edition that are no sources.
OWN_FILES = {"sources.csv", "columns.csv", "edition.toml"}


def list_faults(file: str, table: pd.DataFrame) -> list[Fault]:
    """Faults of a list, `sources.csv` or `columns.csv`, against its table of columns."""
    return table_faults(file, table, LISTS[LISTS["file"] == file], {})


def column_table_faults(edition: Edition) -> list[Fault]:
    """Faults of the table of columns itself, by which all reference tables are judged."""
    table = edition.column_table
    found = table_faults("columns.csv", table, OF_COLUMN_TABLE, {})
    if found:
        return found
    targets = set(table["file"].str.removesuffix("csv") + table["column"])
    named = table.loc[table["references"].ne(""), "references"]
    rule = "must be a column of a reference table, written as cities.adcode"
    return each_fault("columns.csv", named[~named.isin(targets)], rule)


def layout_faults(
    sources: pd.DataFrame, descriptions: Mapping[str, pd.DataFrame]
) -> dict[str, list[Fault]]:
    """What the description of the columns of each file leaves open or says twice, by file."""
    found = {}
    for file, layout in zip(sources["file"], sources["layout"], strict=True):
        columns = described(descriptions[file])
        of_layout = designation_faults if layout == "designations" else figure_faults
        found[file] = [
            *role_faults(file, columns),
            *bound_faults(columns),
            *of_layout(file, columns),
        ]
    return found


def described(columns: pd.DataFrame) -> list[Described]:
    """The lines of a description that stand in `columns.csv`, each with its number."""
    rows = zip(columns.index, columns.to_dict("records"), strict=True)
    return [(line, row) for line, row in rows if row["heading_in_file"] != ""]


def source_faults(sources: pd.DataFrame) -> list[Fault]:
    """Files that cannot be told from others, and years that run backwards or are none."""
    file, years = sources["file"], sources["years"].str.split("-").map(lambda ys: [*map(int, ys)])
    first, last = years.str[0], years.str[-1]
    span = f"must be years from {EARLIEST} to {LATEST}, the earlier one first"
    wrong = {
        "another file has the same name but for its end: rename one of the two": file[
            file.map(stem).duplicated()
        ],
        "is a file that the edition itself needs: give yours another name": file[
            file.isin(OWN_FILES)
        ],
        span: sources.loc[(first < EARLIEST) | (last > LATEST) | (first > last), "years"],
    }
    return [
        fault for rule, found in wrong.items() for fault in each_fault("sources.csv", found, rule)
    ]


def variable_faults(edition: Edition, listed: pd.DataFrame) -> list[Fault]:
    """Variables of value columns that `variables.csv` does not know, or has in another unit."""
    variables = read_table(edition.reference_file("variables.csv"))
    if not {"variable", "unit"} <= set(variables.columns):
        return []  # refused for its header
    units = variables.drop_duplicates("variable").set_index("variable")["unit"]
    named = listed[listed["role"].eq("value") & listed["variable"].ne("")]
    known = named["variable"].isin(units.index)
    usual = named["variable"].map(units)
    differs = known & named["unit"].ne(usual)
    table = sizes(edition.reference_table("units")) if differs.any() else {}
    other = named.loc[differs, "unit"]
    other = other[[factor(unit, usual[line], table) is None for line, unit in other.items()]]
    unknown = f"is not known in variables.csv, column variable: {CORRECT}"
    return [
        *each_fault("columns.csv", named.loc[~known, "variable"], unknown),
        *each_fault(
            "columns.csv",
            other,
            lambda line, _: f"variables.csv has {usual[line]!r}: {OF_ONE_BASE}",
            cause=f"variables.csv has another unit: {OF_ONE_BASE}",
        ),
    ]


def role_faults(file: str, columns: list[Described]) -> list[Fault]:
    """Roles that a file must have, or can have only once."""
    faults, seen = [], set()
    for line, row in columns:
        role = row["role"]
        if role in seen and role in ("key", "name", "year", "variable", "naming"):
            rule = f"{file} has another column of this role: give one of the two the role text"
            faults.append(Fault("columns.csv", line, "role", role, rule))
        seen.add(role)
    if columns and not {"key", "name"} & seen:
        rule = f"{file} needs a column of the role key (codes of cities) or name (their names)"
        faults.append(Fault("columns.csv", "", "role", "", rule))
    return faults


def bound_faults(columns: list[Described]) -> list[Fault]:
    """Ranges whose lower end lies above the upper one."""
    return [
        Fault("columns.csv", line, "minimum", row["minimum"], "must not lie above the maximum")
        for line, row in columns
        if row["minimum"] and row["maximum"] and float(row["minimum"]) > float(row["maximum"])
    ]


def figure_faults(file: str, columns: list[Described]) -> list[Fault]:
    """Value columns without a variable or a year, and variables described twice for one year."""
    del file  # whichever it is
    values = [(line, row) for line, row in columns if row["role"] == "value"]
    has_years = any(row["role"] == "year" for _, row in columns)
    nameless, yearless, again, seen = [], [], [], set()
    for line, row in values:
        if not row["variable"]:
            rule = "a value column needs a variable"
            nameless.append(Fault("columns.csv", line, "variable", "", rule))
        elif (row["variable"], row["year"]) in seen:
            rule = (
                "another column of the file has the same variable and year: correct one of the "
                "two, or give it the role text"
            )
            again.append(Fault("columns.csv", line, "variable", row["variable"], rule))
        if not has_years and not row["year"]:
            rule = f"the file has no column of years, so {row['column']} needs its year here"
            yearless.append(Fault("columns.csv", line, "year", "", rule))
        seen.add((row["variable"], row["year"]))
    return [*nameless, *yearless, *again]


def designation_faults(file: str, columns: list[Described]) -> list[Fault]:
    """Roles that a list of designations lacks."""
    roles, names = ({row[key] for _, row in columns} for key in ("role", "column"))
    faults = [
        Fault("columns.csv", "", "role", "", f"{file} lists designations: it needs the role {role}")
        for role in ("variable", "year")
        if role not in roles
    ]
    if "name" not in names:
        rule = f"{file} lists designations: it needs a column name, as in the notice"
        faults.append(Fault("columns.csv", "", "column", "", rule))
    return faults
