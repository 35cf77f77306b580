"""Raw tables to readings: every printed figure with its city, variable, year and place.

A reading has the columns `adcode, variable, year, printed, value, unit, file, line, column`. Two
layouts are known: tables with one column per variable, and lists of designations.
"""

import pandas as pd

from analysis.editions import Edition
from analysis.editions.incoming import Read, described_columns, plain_numbers, read_raw, to_numbers
from analysis.editions.units import in_usual_unit


def read_all(edition: Edition) -> pd.DataFrame:
    """Readings of all raw tables: blank cells keep their place."""
    readings = []
    for source in edition.raw_table("sources.csv").to_dict("records"):
        raw = read_raw(edition, source["file"])
        described = described_columns(edition, source["file"])
        if source["layout"] == "table" and not described["role"].eq("value").any():
            continue  # the source has stopped printing all that was taken from it
        read = read_designations if source["layout"] == "designations" else read_figures
        readings.append(read(raw, described, edition).assign(file=source["file"]))
    return pd.concat(readings, ignore_index=True)


def read_figures(raw: Read, described: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """Readings of a table with one column per variable and a year in a column or in its header.

    `printed` is in the unit of the column, `value` and `unit` are those of the variable.
    """
    table, usual = raw.table, edition.reference_table("variables").set_index("variable")["unit"]
    values = described[described["role"] == "value"]
    of_years = {stated: years(table, stated) for stated in values["year"].unique()}
    readings = [
        pd.DataFrame(
            {
                "adcode": table["adcode"],
                "variable": column["variable"],
                "year": of_years[column["year"]],
                "printed": table[column["column"]],
                "value": in_usual_unit(to_numbers(table[column["column"]]), column["factor"]),
                "line": lines(raw, column["column"]),
                "column": column["column"],
                "unit": usual.get(column["variable"], column["unit"]),
            }
        )
        for column in values.to_dict("records")
    ]  # fmt: skip
    return pd.concat(readings, ignore_index=True)


def lines(raw: Read, column: str) -> pd.Series | pd.Index:
    """The line of every figure of a column, as it stands in the file."""
    return raw.table.index if raw.lines is None else raw.lines[column]


def years(table: pd.DataFrame, stated: str) -> pd.Series:
    """Year of every line: the one stated for the figures, else that of the column `year`."""
    printed = pd.Series(stated, table.index) if stated else table["year"]
    return pd.to_numeric(plain_numbers(printed)).astype(int)


def read_designations(raw: Read, described: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """Readings of a list of designations: 1 if a city itself is named by the data year, else 0.

    The lists are complete, so a city that is not on one was not designated. A city that is on one
    as a part of something else, at a level that `designation_levels.csv` does not count, was not
    either. A list whose first names are later than the data year says nothing of it.
    """
    table, names = raw.table, described.set_index("role")["column"]
    listed = table[pd.to_numeric(plain_numbers(table[names["year"]])) <= edition.data_year]
    keys = ["adcode", names["variable"]]
    level, counts = naming(listed, names, edition)
    named = listed.assign(designation_level=level, itself=counts).reset_index()
    first = named.sort_values("itself", ascending=False, kind="stable").drop_duplicates(keys)
    cities = edition.reference_table("cities")["adcode"]
    every = pd.MultiIndex.from_product([cities, listed[names["variable"]].unique()], names=keys)
    readings = first.set_index(keys).reindex(every).reset_index()
    itself = readings["itself"].eq(True)
    elsewhere = "not itself named (" + readings["designation_level"] + ")"
    return pd.DataFrame(
        {
            "adcode": readings["adcode"],
            "variable": readings[names["variable"]],
            "year": edition.data_year,
            "printed": readings["name"].where(itself, elsewhere.fillna("not listed")),
            "value": itself.astype(float),
            "line": readings["line"].where(itself),
            "column": "name",
            "unit": "1 = designated",
        }
    )


def naming(listed: pd.DataFrame, names: pd.Series, edition: Edition) -> tuple[pd.Series, pd.Series]:
    """How the notice names the city of each line, and whether that makes it designated.

    A list without a column of the role `naming` names cities alone.
    """
    if "naming" not in names:
        return pd.Series("", listed.index), pd.Series(True, listed.index)
    levels = edition.reference_table("designation_levels")
    counting = levels.loc[levels["counts"] == "1", "level"]
    level = listed[names["naming"]]
    return level, level.isin(counting)
