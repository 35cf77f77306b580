"""Raw tables to readings: every printed figure with its city, variable, year and place.

A reading has the columns `adcode, variable, year, printed, value, unit, file, line, column`. Two
layouts are known: tables with one column per variable, and lists of designations.
"""

import pandas as pd

from analysis.editions import Edition
from analysis.editions.incoming import described_columns, plain_numbers, raw_table, to_numbers


def read_all(edition: Edition) -> pd.DataFrame:
    """Readings of all raw tables: blank cells keep their place."""
    readings = []
    for source in edition.raw_table("sources.csv").to_dict("records"):
        table = raw_table(edition, source["file"])
        described = described_columns(edition, source["file"])
        if source["layout"] == "table" and not described["role"].eq("value").any():
            continue  # the source has stopped printing all that was taken from it
        read = read_designations if source["layout"] == "designations" else read_figures
        readings.append(read(table, described, edition).assign(file=source["file"]))
    return pd.concat(readings, ignore_index=True)


def read_figures(table: pd.DataFrame, described: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """Readings of a table with one column per variable and a year in a column or in its header."""
    del edition  # figures read the same in every edition
    values = described[described["role"] == "value"]
    readings = [
        pd.DataFrame(
            {
                "adcode": table["adcode"],
                "variable": column["variable"],
                "year": years(table, column["year"]),
                "printed": table[column["column"]],
                "value": to_numbers(table[column["column"]]),
                "line": table.index,
                "column": column["column"],
                "unit": column["unit"],
            }
        )
        for column in values.to_dict("records")
    ]  # fmt: skip
    return pd.concat(readings, ignore_index=True)


def years(table: pd.DataFrame, stated: str) -> pd.Series:
    """Year of every line: that of the column `year`, else the one stated for the whole table."""
    printed = table["year"] if "year" in table else pd.Series(stated, table.index)
    return pd.to_numeric(plain_numbers(printed)).astype(int)


def read_designations(
    table: pd.DataFrame, described: pd.DataFrame, edition: Edition
) -> pd.DataFrame:
    """Readings of a list of designations: 1 if a city is listed by the data year, else 0.

    The lists are complete, so a city that is not on one was not designated. A list whose first
    names are later than the data year says nothing of it.
    """
    names = described.set_index("role")["column"]
    listed = table[pd.to_numeric(plain_numbers(table[names["year"]])) <= edition.data_year]
    first = listed.reset_index().drop_duplicates(["adcode", names["variable"]])
    cities = edition.reference_table("cities")["adcode"]
    every = pd.MultiIndex.from_product(
        [cities, listed[names["variable"]].unique()], names=["adcode", names["variable"]]
    )
    readings = first.set_index(["adcode", names["variable"]]).reindex(every).reset_index()
    return pd.DataFrame(
        {
            "adcode": readings["adcode"],
            "variable": readings[names["variable"]],
            "year": edition.data_year,
            "printed": readings["name"].fillna("not listed"),
            "value": readings["line"].notna().astype(float),
            "line": readings["line"],
            "column": "name",
            "unit": "1 = designated",
        }
    )
