"""Faults of the raw tables of an edition: values, names of cities, corrections that miss their mark.

A value is judged in plain digits (`analysis.incoming`) and shown as it stands in the file.
"""

import pandas as pd

from analysis.city_keys import CODE, Index, lookup_rule, name_index, name_key
from analysis.editions import Edition
from analysis.incoming import (
    city_tables,
    described_columns,
    place_name,
    plain_numbers,
    raw_table,
)
from analysis.schemas import FAULT_COLUMNS, Known, collect, fault, table_faults
from analysis.shifts import shift_faults

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
NUMERIC_ROLES = ["key", "year", "value"]


def raw_faults(edition: Edition, known: Known) -> pd.DataFrame:
    """Faults of the raw tables against `columns.csv` of the edition.

    A value that a correction acknowledges as a misprint is not a fault.
    """
    index = name_index(*city_tables(edition))
    files = edition.raw_table("sources.csv")["file"]
    return collect(file_faults(edition, file, known, index) for file in files)


def file_faults(edition: Edition, file: str, known: Known, index: Index) -> pd.DataFrame:
    """Faults of one raw table."""
    table, columns = raw_table(edition, file), described_columns(edition, file)
    cities, corrections = (edition.reference_table(name) for name in ("cities", "corrections"))
    names = collect([lookup_faults(file, table, index, cities), name_faults(file, table, index)])
    plain = in_plain_digits(table, columns)
    figures = columns.loc[columns["role"].eq("value") & columns["column"].isin(table), "column"]
    values = table_faults(file, plain, columns.merge(ROLES, on="role", how="left"), known)
    unknown = values["column"].eq("adcode") & values["line"].isin(names["line"])
    found = collect([values[~unknown], shift_faults(file, plain, list(figures))])
    values = as_printed(found, table)
    values = without_acknowledged(values, table, corrections[corrections["file"] == file])
    headings = dict(zip(columns["column"], columns["heading_in_file"], strict=True))
    named = collect([values, names]).replace({"column": {k: v for k, v in headings.items() if v}})
    return named.assign(file=place_name(edition, file))


def in_plain_digits(table: pd.DataFrame, columns: pd.DataFrame) -> pd.DataFrame:
    """`table` with the numbers of its codes, years and values in plain digits."""
    numeric = columns.loc[columns["role"].isin(NUMERIC_ROLES), "column"]
    once = [name for name in numeric if list(table.columns).count(name) == 1]
    return table.assign(**{name: plain_numbers(table[name]) for name in once})


def as_printed(faults: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """`faults` with each value as it stands in the table."""
    single = [column for column in table.columns if list(table.columns).count(column) == 1]
    values = [
        table.at[line, column] if line in table.index and column in single else value
        for line, column, value in faults[["line", "column", "value"]].itertuples(index=False)
    ]
    return faults.assign(value=values)


def without_acknowledged(
    faults: pd.DataFrame, table: pd.DataFrame, corrections: pd.DataFrame
) -> pd.DataFrame:
    """Drop the faults of values that `corrections` acknowledges as misprints of that city."""
    place = ["adcode", "column", "printed"]
    acknowledged = set(corrections[place].itertuples(index=False, name=None))
    codes = faults["line"].map(table.get("adcode", pd.Series(dtype=str)))
    found = zip(codes, faults["column"], faults["value"], strict=True)
    return faults[[place not in acknowledged for place in found]]


def lookup_faults(
    file: str, table: pd.DataFrame, index: Index, cities: pd.DataFrame
) -> pd.DataFrame:
    """Records with neither a code nor a name that stands for one city."""
    if list(table.columns).count("adcode") != 1:
        return pd.DataFrame(columns=FAULT_COLUMNS)
    unknown = table.loc[~table["adcode"].str.fullmatch(CODE) & table["adcode"].ne(""), "adcode"]
    column = "city" if "city" in table else "adcode"
    return collect(
        fault(file, line, column, name, lookup_rule(name, index, cities))
        for line, name in unknown.items()
        if not name.isascii() or not any(digit.isdigit() for digit in name)
    )


def name_faults(file: str, table: pd.DataFrame, index: Index) -> pd.DataFrame:
    """Records whose `city` is not among the names of the city with their `adcode`."""
    columns = list(table.columns)
    if columns.count("adcode") != 1 or columns.count("city") != 1:
        return pd.DataFrame(columns=FAULT_COLUMNS)
    codes = frozenset().union(*index.values())
    return collect(
        fault(file, line, "city", city, f"is not a name of the city with code {adcode}")
        for line, adcode, city in zip(table.index, table["adcode"], table["city"], strict=True)
        if adcode in codes and city and adcode not in index.get(name_key(city), ())
    )


def correction_faults(edition: Edition) -> pd.DataFrame:
    """Corrections whose printed value is no longer where they say."""
    corrections = edition.reference_table("corrections")
    files = set(edition.raw_table("sources.csv")["file"])
    mine = corrections[corrections["file"].isin(files)]
    tables = {file: raw_table(edition, file) for file in mine["file"].unique()}
    return collect(
        correction_fault(tables[correction["file"]], correction, line)
        for line, correction in mine.iterrows()
    )


def correction_fault(table: pd.DataFrame, correction: pd.Series, line: object) -> pd.DataFrame:
    """The fault of one correction of the raw table `table`, if it has one."""
    column = correction["column"]
    there = {"adcode", column} <= set(table.columns)
    found = table.loc[table["adcode"] == correction["adcode"], column] if there else []
    if correction["printed"] in set(found):
        return pd.DataFrame(columns=FAULT_COLUMNS)
    rule = f"the value to correct is no longer in {correction['file']}, column {column}"
    return fault("corrections.csv", line, "printed", correction["printed"], rule)
