"""What the lists of an edition say of its raw files, and what is wrong with it.

`sources.csv` names the files, `columns.csv` the columns of each. Both are written by hand, so every
slip in them is refused by name here.
"""

import pandas as pd

from analysis.editions import EARLIEST, LATEST, Edition
from analysis.editions.incoming import description, stem
from analysis.editions.text_tables import read_table
from analysis.editions.units import factor
from analysis.editions.validation.faults import Fault, each_fault
from analysis.editions.validation.schemas import TYPES, column, table_faults, table_of_columns

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
# Files of an edition that are no sources.
OWN_FILES = {"sources.csv", "columns.csv", "edition.toml"}


def list_faults(edition: Edition) -> list[Fault]:
    """Faults of `sources.csv` and `columns.csv`, each against its table of columns."""
    faults = []
    for file, columns in LISTS.groupby("file", sort=False):
        table = edition.raw_table(str(file))
        faults += table_faults(str(file), table, columns, {})
    return faults


def column_table_faults(edition: Edition) -> list[Fault]:
    """Faults of the table of columns itself, by which all reference tables are judged."""
    table = edition.column_table
    found = table_faults("columns.csv", table, OF_COLUMN_TABLE, {})
    if found:
        return found
    targets = set(table["file"].str.removesuffix("csv") + table["column"])
    named = table.loc[table["references"].ne(""), "references"]
    rule = "is no column of a reference table, written as cities.adcode"
    return each_fault("columns.csv", named[~named.isin(targets)], rule)


def description_faults(edition: Edition) -> list[Fault]:
    """What the lists leave open or say twice; they must be free of the faults of `list_faults`."""
    sources, listed = (edition.raw_table(name) for name in ("sources.csv", "columns.csv"))
    faults = [*source_faults(sources), *variable_faults(edition, listed)]
    for file, layout in zip(sources["file"], sources["layout"], strict=True):
        columns = description(listed, file)
        written = columns[columns["heading_in_file"] != ""]
        faults += [*role_faults(file, written), *bound_faults(written)]
        if layout == "designations":
            faults += designation_faults(file, written)
        else:
            faults += figure_faults(written)
    return faults


def source_faults(sources: pd.DataFrame) -> list[Fault]:
    """Files that cannot be told from others, and years that run backwards or are none."""
    file, years = sources["file"], sources["years"].str.split("-").map(lambda ys: [*map(int, ys)])
    first, last = years.str[0], years.str[-1]
    span = f"must be years from {EARLIEST} to {LATEST}, the earlier one first"
    wrong = {
        "another file has the same name but for its end": file[file.map(stem).duplicated()],
        "is a file that the edition itself needs": file[file.isin(OWN_FILES)],
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
    table = edition.reference_table("units") if differs.any() else pd.DataFrame()
    other = named.loc[differs, "unit"]
    other = other[[factor(unit, usual[line], table) is None for line, unit in other.items()]]
    unknown = "is not known in variables.csv, column variable"
    return [
        *each_fault("columns.csv", named.loc[~known, "variable"], unknown),
        *each_fault("columns.csv", other, lambda line, _: f"variables.csv has {usual[line]!r}"),
    ]


def role_faults(file: str, columns: pd.DataFrame) -> list[Fault]:
    """Roles that a file must have, or can have only once."""
    faults = []
    for role in ("key", "name", "year", "variable", "naming"):
        repeated = columns[columns["role"] == role].iloc[1:]
        faults += [
            Fault("columns.csv", line, "role", role, f"{file} has another column of this role")
            for line in repeated.index
        ]
    if len(columns) and not {"key", "name"} & set(columns["role"]):
        rule = f"{file} needs a column of the role key (codes of cities) or name (their names)"
        faults.append(Fault("columns.csv", "", "role", "", rule))
    return faults


def bound_faults(columns: pd.DataFrame) -> list[Fault]:
    """Ranges whose lower end lies above the upper one."""
    low, high = (pd.to_numeric(columns[name].replace("", None)) for name in ("minimum", "maximum"))
    return each_fault("columns.csv", columns.loc[low > high, "minimum"], "lies above the maximum")


def figure_faults(columns: pd.DataFrame) -> list[Fault]:
    """Value columns without a variable or a year, and variables described twice for one year."""
    values = columns[columns["role"] == "value"]
    faults = [
        Fault("columns.csv", line, "variable", "", "a value column needs a variable")
        for line in values.index[values["variable"] == ""]
    ]
    if "year" not in set(columns["role"]):
        faults += [
            Fault("columns.csv", line, "year", "",
                  f"the file has no column of years, so {column} needs its year here")
            for line, column in values.loc[values["year"] == "", "column"].items()
        ]  # fmt: skip
    named = values[values["variable"] != ""]
    faults += [
        Fault("columns.csv", line, "variable", variable,
              "another column of the file has the same variable and year")
        for line, variable in named.loc[named.duplicated(["variable", "year"]), "variable"].items()
    ]  # fmt: skip
    return faults


def designation_faults(file: str, columns: pd.DataFrame) -> list[Fault]:
    """Roles that a list of designations lacks."""
    lacking = [role for role in ("variable", "year") if role not in set(columns["role"])]
    faults = [
        Fault("columns.csv", "", "role", "", f"{file} lists designations: it needs the role {role}")
        for role in lacking
    ]
    if "name" not in set(columns["column"]):
        rule = f"{file} lists designations: it needs a column name, as in the notice"
        faults.append(Fault("columns.csv", "", "column", "", rule))
    return faults
