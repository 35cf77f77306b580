"""Rules of what method and corrections say of the raw files: sources, columns, possible figures.

Method and corrections are shared by all editions, so what this edition lacks may stand in the
description of another one.
"""

from collections.abc import Iterator

import pandas as pd

from analysis.editions import LATEST, Edition, edition_names
from analysis.editions.incoming import (
    described_columns,
    description,
    place_name,
    raw_table,
    span_of,
)
from analysis.editions.text_tables import UnreadableTableError
from analysis.editions.validation.faults import Fault, each_fault
from analysis.editions.validation.rule_faults import SIZES

DESCRIBED = ["file", "column", "variable", "minimum", "maximum"]


def lost_evidence(edition: Edition) -> list[Fault]:
    """What the index of this edition lacks; no faults, for evidence that is lost is a result."""
    return [*lost_measures(edition), *unexplained_indicators(edition)]


def unexplained_indicators(edition: Edition) -> list[Fault]:
    """Indicators without a measure that the index includes, and without a note that says why."""
    if not edition.describes("evidence_notes.csv"):
        return []
    framework, measures, notes = (
        edition.reference_table(name) for name in ("framework", "measures", "evidence_notes")
    )
    included = measures.loc[measures["included"] == "1", "indicator"]
    explained = {*included, *notes["code"]}
    indicators = framework.loc[framework["level"] == "indicator", "code"]
    rule = "no included measure measures it, and evidence_notes.csv does not say why"
    return each_fault("framework.csv", indicators[~indicators.isin(explained)], rule)


def lost_measures(edition: Edition) -> list[Fault]:
    """Measures of which no file of the edition is said to have figures of the data year."""
    printed = printed_variables(edition)
    context = edition.reference_table("context_measures")
    # One that stands in for another is missed only where that one is, which is named then.
    measures = edition.reference_table("measures").query("included == '1' and stands_in_for == ''")
    found = []
    for name, table in (("measures", measures), ("context_measures", context)):
        for line, row in table.iterrows():
            mine = printed[printed["variable"] == row["variable"]]
            reaches = mine["first"].le(edition.data_year + row["lead_years"])
            if not (reaches & mine["last"].ge(edition.data_year)).any():
                rule = f"no file has figures of {edition.data_year} of this variable"
                found.append(Fault(f"{name}.csv", line, "variable", row["variable"], rule))
    return found


def measure_source_faults(edition: Edition) -> list[Fault]:
    """Measures said to be of a source that does not print their variable."""
    variables = edition.reference_table("variables").set_index("variable")["source"]
    printed = printed_variables(edition).groupby("variable")["source"].agg(set)
    faults = []
    for name in ("measures", "context_measures"):
        table = edition.reference_table(name)
        for line, row in table.iterrows():
            sources = printed.get(row["variable"], {variables[row["variable"]]})
            if row["source"] not in sources:
                rule = f"{row['variable']} is of the source {' or '.join(sorted(sources))}"
                faults.append(Fault(f"{name}.csv", line, "source", row["source"], rule))
    return faults


def printed_variables(edition: Edition) -> pd.DataFrame:
    """`variable, source, first, last`: what a file is said to hold, and of which years.

    A list of designations says of every later year, too, who was designated.
    """
    rows: list[tuple[str, str, int, int]] = []
    for source in edition.raw_table("sources.csv").to_dict("records"):
        columns = described_columns(edition, source["file"])
        first, last = span_of(source["years"])
        if source["layout"] == "designations":
            table = raw_table(edition, source["file"])
            named = columns.loc[columns["role"] == "variable", "column"]
            variables = {value for name in named if name in table for value in table[name]}
            rows += [(variable, source["source"], first, LATEST) for variable in variables]
        else:
            values = columns.loc[columns["role"] == "value", ["variable", "year"]]
            rows += [
                (variable, source["source"], int(year or first), int(year or last))
                for variable, year in values.itertuples(index=False)
            ]
    return pd.DataFrame(rows, columns=["variable", "source", "first", "last"])


def naming_faults(edition: Edition) -> list[Fault]:
    """Ways to name a city in a list of designations of which nobody has said whether they count."""
    known = edition.reference_table("designation_levels")["level"]
    rule = (
        "is not known in designation_levels.csv, column level: "
        "add it there, with 1 under counts if it makes the city designated, else 0"
    )
    faults = []
    for file in edition.raw_table("sources.csv").query("layout == 'designations'")["file"]:
        columns, table = described_columns(edition, file), raw_table(edition, file)
        for name in columns.loc[columns["role"] == "naming", "column"]:
            unknown = table.loc[~table[name].isin(known), name]
            faults += each_fault(place_name(edition, file), unknown, rule)
    return faults


def correction_place_faults(edition: Edition) -> list[Fault]:
    """Corrections of a file or column that no edition has, or to a figure that is not possible.

    What they correct in the files of this edition, `raw_faults` looks up there.
    """
    corrections = edition.reference_table("corrections")
    described, files = described_anywhere(edition), files_anywhere(edition)
    mine = set(edition.raw_table("sources.csv")["file"])
    context = edition.reference_table("context_measures")
    sizes = set(context.loc[context["measure"].isin(SIZES), "variable"])
    faults = []
    for line, row in corrections.iterrows():
        columns = description(described, row["file"])
        column = columns[columns["column"].eq(row["column"]) & columns["role"].eq("value")]
        if row["file"] not in files:
            faults.append(Fault("corrections.csv", line, "file", row["file"], files_rule(files)))
        elif column.empty and row["file"] not in mine:
            rule = f"no edition has such a column of figures in {row['file']}"
            faults.append(Fault("corrections.csv", line, "column", row["column"], rule))
        elif len(column) and (rule := value_rule(row["value"], column.iloc[0], sizes)):
            faults.append(Fault("corrections.csv", line, "value", row["value"], rule))
    return faults


def files_rule(files: set[str]) -> str:
    """The files that a correction can name."""
    return f"no edition has such a file; there are {', '.join(sorted(files))}"


def value_rule(value: float, column: pd.Series, sizes: set[str]) -> str:
    """What a corrected figure breaks; empty if nothing."""
    if column["minimum"] and value < float(column["minimum"]):
        return f"must be at least {column['minimum']}, as columns.csv says of the column"
    if column["maximum"] and value > float(column["maximum"]):
        return f"must be at most {column['maximum']}, as columns.csv says of the column"
    is_size = column["variable"] in sizes
    return "must be above 0: a city has an economy" if is_size and value <= 0 else ""


def described_anywhere(edition: Edition) -> pd.DataFrame:
    """The columns of files as this edition describes them, then as the others do."""
    tables = [each.raw_table("columns.csv") for each in readable(edition)]
    whole = [table for table in tables if {*DESCRIBED, "role"} <= set(table.columns)]
    return pd.concat(whole).drop_duplicates(["file", "column"])


def files_anywhere(edition: Edition) -> set[str]:
    """Names of the files of all editions."""
    tables = [each.raw_table("sources.csv") for each in readable(edition)]
    return set().union(*(table["file"] for table in tables if "file" in table))


def readable(edition: Edition) -> Iterator[Edition]:
    """The edition, then the others whose lists can be read."""
    yield edition
    for name in edition_names(edition.root):
        other = Edition(name, edition.root)
        try:
            lists = [other.raw_table(file) for file in ("sources.csv", "columns.csv")]
        except UnreadableTableError:
            continue
        if name != edition.name and lists:
            yield other
