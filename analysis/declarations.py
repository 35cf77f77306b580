"""What an edition says about itself, and what is wrong with it.

`edition.toml` names its year and what it is set beside, `sources.csv` its files, `columns.csv` the
columns of each. All three are written by hand, so every slip in them is refused by name here.
"""

import re
from io import StringIO
from typing import Any

import pandas as pd

from analysis.editions import Edition
from analysis.incoming import description, stem
from analysis.refusal import RefusedValueError
from analysis.schemas import collect, fault, table_faults
from analysis.text_tables import read_table

SETTINGS = {
    "edition": str,
    "data_year": int,
    "score_anchors": str,
    "published_list": str,
    "uncertainty_design": str,
    "previous": str,
    "document": str,
}
OPTIONAL_SETTINGS = {"published_list", "uncertainty_design", "previous", "document"}
EARLIEST, LATEST = 1949, 2100

# Tables of columns, as in `data/reference/columns.csv`, for the lists of the raw folder.
LISTS = pd.read_csv(
    StringIO(
        """file,column,type,key,required,minimum,maximum,allowed,references
sources.csv,file,text,unique,1,,,,
sources.csv,source,text,,1,,,,
sources.csv,layout,text,,1,,,table|designations,
sources.csv,years,text,,1,,,,
sources.csv,authority,text,,1,,,,
sources.csv,citation,text,,1,,,,
sources.csv,terms,text,,,,,,
sources.csv,note,text,,,,,,
sources.csv,sha256,text,,,,,,
sources.csv,sheet,text,,,,,,
columns.csv,file,text,1,1,,,,
columns.csv,column,text,1,1,,,,
columns.csv,role,text,,1,,,key|year|variable|item|name|value|text,
columns.csv,variable,text,,,,,,
columns.csv,year,integer,,,1949,2100,,
columns.csv,unit,text,,,,,,
columns.csv,scope,text,,,,,,
columns.csv,minimum,number,,,,,,
columns.csv,maximum,number,,,,,,
columns.csv,table,text,,,,,,
columns.csv,heading,text,,,,,,
"""
    ),
    dtype=str,
    keep_default_na=False,
)
OPTIONAL_COLUMNS = {"sheet"}


def settings_faults(edition: Edition) -> pd.DataFrame:
    """Faults of `edition.toml`: no TOML, settings that are missing, unknown or lead nowhere."""
    try:
        settings = edition.settings
    except RefusedValueError as error:
        return fault("edition.toml", "", "", "", str(error).removeprefix("edition.toml: "))
    text = (edition.raw / "edition.toml").read_text("utf8")
    faults = [
        fault("edition.toml", "", name, "", "the setting is missing")
        for name in SETTINGS
        if name not in settings and name not in OPTIONAL_SETTINGS
    ]
    for name, value in settings.items():
        rule = setting_rule(edition, name, value)
        if rule:
            faults.append(fault("edition.toml", setting_line(text, name), name, value, rule))
    return collect(faults)


def setting_line(text: str, name: str) -> int | str:
    """Line of a setting in `edition.toml`."""
    lines = enumerate(text.splitlines(), 1)
    return next((n for n, line in lines if re.match(rf"\s*{name}\s*=", line)), "")


def setting_rule(edition: Edition, name: str, value: object) -> str:
    """The rule that one setting breaks; empty if none."""
    if name not in SETTINGS:
        return f"no such setting is known; known are {', '.join(SETTINGS)}"
    if not isinstance(value, SETTINGS[name]) or isinstance(value, bool):
        return "must be a whole number" if SETTINGS[name] is int else "must be text in quotes"
    return SETTING_RULES[name](edition, value)


def year_rule(edition: Edition, value: Any) -> str:
    """The data year is a year."""
    del edition  # the same for all
    within = EARLIEST <= value <= LATEST
    return "" if within else f"must be a year from {EARLIEST} to {LATEST}"


def name_rule(edition: Edition, value: Any) -> str:
    """The edition is called as its folder is."""
    return "" if value == edition.name else f"must be the name of the folder, {edition.name}"


def list_rule(edition: Edition, value: Any) -> str:
    """A list that is named is a reference table."""
    described = set(read_table(edition.reference / "columns.csv")["file"])
    known = value in described and edition.reference_file(value).is_file()
    return "" if known else "there is no such list, or columns.csv does not describe it"


def edition_rule(edition: Edition, value: Any) -> str:
    """Another edition that is named is there."""
    there = (Edition(value, edition.root).raw / "edition.toml").is_file()
    return "" if there else "there is no such edition"


def anchor_rule(edition: Edition, value: Any) -> str:
    """The anchors are the edition's own, or stand among the results of another."""
    if value == edition.name or Edition(value, edition.root).has_result("anchors"):
        return ""
    built = "that edition has no anchors.csv among its results: build it first"
    return edition_rule(edition, value) or built


def document_rule(edition: Edition, value: Any) -> str:
    """The document is one of the reports beside `report.qmd`."""
    del edition  # documents belong to the project, not to an edition
    return "" if re.fullmatch(r"report(-[a-z]+)?\.qmd", value) else "must be like report-open.qmd"


SETTING_RULES = {
    "edition": name_rule,
    "data_year": year_rule,
    "score_anchors": anchor_rule,
    "published_list": list_rule,
    "uncertainty_design": list_rule,
    "previous": edition_rule,
    "document": document_rule,
}


def list_faults(edition: Edition) -> pd.DataFrame:
    """Faults of `sources.csv` and `columns.csv`, each against its table of columns."""
    faults = []
    for file, columns in LISTS.groupby("file", sort=False):
        table = edition.raw_table(str(file))
        there = ~columns["column"].isin(OPTIONAL_COLUMNS - set(table.columns))
        faults.append(table_faults(str(file), table, columns[there], {}))
    return collect(faults)


def description_faults(edition: Edition) -> pd.DataFrame:
    """What the lists leave open or say twice; they must be free of the faults of `list_faults`."""
    sources, listed = (edition.raw_table(name) for name in ("sources.csv", "columns.csv"))
    stems = sources["file"].map(stem)
    twice = sources[stems.duplicated()]
    faults = [
        fault("sources.csv", line, "file", file, "another file has the same name but for its end")
        for line, file in twice["file"].items()
    ]
    for file, layout in zip(sources["file"], sources["layout"], strict=True):
        columns = description(listed, file)
        written = columns[columns["heading_in_file"] != ""]
        faults += [role_faults(file, written), bound_faults(written)]
        if layout == "designations":
            faults.append(designation_faults(file, written))
        else:
            faults.append(figure_faults(written))
    return collect(faults)


def role_faults(file: str, columns: pd.DataFrame) -> pd.DataFrame:
    """Roles that a file must have, or can have only once."""
    faults = []
    for role in ("key", "name", "year", "variable"):
        repeated = columns[columns["role"] == role].iloc[1:]
        faults += [
            fault("columns.csv", line, "role", role, f"{file} has another column of this role")
            for line in repeated.index
        ]
    if len(columns) and not {"key", "name"} & set(columns["role"]):
        rule = f"{file} needs a column of the role key (codes of cities) or name (their names)"
        faults.append(fault("columns.csv", "", "role", "", rule))
    return collect(faults)


def bound_faults(columns: pd.DataFrame) -> pd.DataFrame:
    """Ranges whose lower end lies above the upper one."""
    low, high = (pd.to_numeric(columns[name].replace("", None)) for name in ("minimum", "maximum"))
    return collect(
        fault("columns.csv", line, "minimum", value, "lies above the maximum")
        for line, value in columns.loc[low > high, "minimum"].items()
    )


def figure_faults(columns: pd.DataFrame) -> pd.DataFrame:
    """Value columns without a variable or a year, and variables described twice for one year."""
    values = columns[columns["role"] == "value"]
    faults = [
        fault("columns.csv", line, "variable", "", "a value column needs a variable")
        for line in values.index[values["variable"] == ""]
    ]
    if "year" not in set(columns["role"]):
        faults += [
            fault("columns.csv", line, "year", "",
                  f"the file has no column of years, so {column} needs its year here")
            for line, column in values.loc[values["year"] == "", "column"].items()
        ]  # fmt: skip
    named = values[values["variable"] != ""]
    faults += [
        fault("columns.csv", line, "variable", variable,
              "another column of the file has the same variable and year")
        for line, variable in named.loc[named.duplicated(["variable", "year"]), "variable"].items()
    ]  # fmt: skip
    return collect(faults)


def designation_faults(file: str, columns: pd.DataFrame) -> pd.DataFrame:
    """Roles that a list of designations lacks."""
    lacking = [role for role in ("variable", "year") if role not in set(columns["role"])]
    faults = [
        fault("columns.csv", "", "role", "", f"{file} lists designations: it needs the role {role}")
        for role in lacking
    ]
    if "name" not in set(columns["column"]):
        rule = f"{file} lists designations: it needs a column name, as in the notice"
        faults.append(fault("columns.csv", "", "column", "", rule))
    return collect(faults)
