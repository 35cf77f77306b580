"""Faults of the raw tables of an edition: values, names of cities, corrections that miss.

A value is judged in plain digits (`analysis.editions.incoming`) and shown as it stands in the file.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from typing import NamedTuple

import pandas as pd

from analysis.editions import EARLIEST, LATEST, Edition, Tables
from analysis.editions.city_keys import (
    CODE,
    Index,
    lookup_rule,
    name_index,
    name_key,
    outside_the_list,
)
from analysis.editions.incoming import (
    city_tables,
    description,
    place_name,
    plain_numbers,
    read_raw,
    with_own_names,
)
from analysis.editions.recipes import recipe_of
from analysis.editions.text_tables import UnreadableTableError
from analysis.editions.validation.faults import Fault, each_fault
from analysis.editions.validation.schemas import Known, table_faults
from analysis.editions.validation.shifts import shift_faults

# What a role of a raw column asks of its values, in the words of the reference tables.
ROLES = pd.DataFrame(
    {
        "role": ["key", "year", "variable", "item", "naming", "name", "value", "text"],
        "type": ["code", "integer", "text", "text", "text", "text", "number", "text"],
        "key": ["1", "1", "1", "1", "1", "", "", ""],
        "required": ["1", "1", "1", "1", "1", "1", "", ""],
        "references": ["cities.adcode", "", "variables.variable", "", "", "", "", ""],
        "allowed": "",
    }
)
# Bounds of every year, which `columns.csv` need not state.
YEARS = {"minimum": str(EARLIEST), "maximum": str(LATEST)}
NUMERIC_ROLES = ["key", "year", "value"]


def raw_faults(edition: Edition, tables: Tables, known: Known) -> list[Fault]:
    """Faults of the raw `tables`, by file, against `columns.csv` of the edition.

    A value that a correction acknowledges as a misprint is not a fault.
    """
    cities, aliases = city_tables(edition)
    index, corrections = name_index(cities, aliases), edition.reference_table("corrections")
    outside = outside_the_list(edition.reference_table("former_places"), cities)
    listed = edition.raw_table("columns.csv")
    faults: list[Fault] = []
    for file, table in tables.items():
        columns, recipe = description(listed, file), recipe_of(edition, file)
        own = Names(with_own_names(index, recipe), cities, outside)
        names = [
            *lookup_faults(file, table, own, by_name_alone(columns)),
            *name_faults(file, table, own.known),
        ]
        values = value_faults(file, table, columns, known)
        mine = corrections[corrections["file"] == file]
        open_values = without_acknowledged(values, table, mine)
        lines = read_raw(edition, file).lines if recipe else None
        found = under_headings(at_their_lines([*open_values, *names], lines), columns)
        faults += [fault._replace(file=place_name(edition, file)) for fault in found]
    return faults


def value_faults(
    file: str, table: pd.DataFrame, columns: pd.DataFrame, known: Known
) -> list[Fault]:
    """Faults of the values of one raw table, and of whole lines that look shifted."""
    plain = in_plain_digits(table, columns)
    figures = columns.loc[columns["role"].eq("value") & columns["column"].isin(table), "column"]
    described = columns.merge(ROLES, on="role", how="left")
    for bound, usual in YEARS.items():
        open_years = described["role"].eq("year") & described[bound].eq("")
        described[bound] = described[bound].mask(open_years, usual)
    values = table_faults(file, plain, described, known)
    # A text in place of a code is judged as a name.
    is_name = is_a_name if by_name_alone(columns) else is_no_code
    judged = [fault for fault in values if not (fault.column == "adcode" and is_name(fault.value))]
    return as_printed([*judged, *shift_faults(file, plain, list(figures))], table)


def by_name_alone(columns: pd.DataFrame) -> bool:
    """Whether a file gives its cities by name and has no column of codes."""
    keys = columns.loc[columns["role"] == "key", "heading_in_file"]
    return len(keys) > 0 and bool(keys.eq("").all())


def under_headings(faults: list[Fault], columns: pd.DataFrame) -> list[Fault]:
    """`faults` with the headings of the file in place of our names of key columns."""
    named = columns[columns["heading_in_file"] != ""]
    in_file = dict(zip(named["column"], named["heading_in_file"], strict=True))
    if by_name_alone(columns) and "city" in in_file:
        in_file["adcode"] = in_file["city"]
    return [fault._replace(column=in_file.get(fault.column, fault.column)) for fault in faults]


def is_a_name(text: object) -> bool:
    """Whether a text in a column of names is one: it is there, and no code."""
    return bool(text) and not re.fullmatch(CODE, str(text))


def is_no_code(text: object) -> bool:
    """Whether a text is meant as a name: it is there and has no ASCII digit."""
    return bool(text) and not any(character in "0123456789" for character in str(text))


def in_plain_digits(table: pd.DataFrame, columns: pd.DataFrame) -> pd.DataFrame:
    """`table` with the numbers of its codes, years and values in plain digits."""
    numeric = columns.loc[columns["role"].isin(NUMERIC_ROLES), "column"]
    once = [name for name in numeric if list(table.columns).count(name) == 1]
    return table.assign(**{name: plain_numbers(table[name]) for name in once})


def as_printed(faults: list[Fault], table: pd.DataFrame) -> list[Fault]:
    """`faults` with each value as it stands in the table."""
    single = set(table.columns[~table.columns.duplicated(keep=False)])
    return [
        fault._replace(value=table.loc[fault.line, fault.column])
        if fault.line in table.index and fault.column in single
        else fault
        for fault in faults
    ]


def without_acknowledged(
    faults: list[Fault], table: pd.DataFrame, corrections: pd.DataFrame
) -> list[Fault]:
    """Drop the faults of values that `corrections` acknowledges as misprints of that city."""
    place = ["adcode", "column", "printed"]
    acknowledged = set(corrections[place].itertuples(index=False, name=None))
    codes = table["adcode"].to_dict() if list(table.columns).count("adcode") == 1 else {}
    return [
        fault
        for fault in faults
        if (codes.get(fault.line), fault.column, fault.value) not in acknowledged
    ]


class Names(NamedTuple):
    """What names are known: of cities, the cities themselves, and what other places are."""

    known: Index
    cities: pd.DataFrame
    outside: Mapping[str, str]


def at_their_lines(faults: list[Fault], lines: pd.DataFrame | None) -> list[Fault]:
    """`faults` of a table made from a long one, each with the line of its own figure."""
    if lines is None:
        return faults
    return [
        fault._replace(line=int(lines.loc[fault.line, fault.column]))
        if fault.line in lines.index
        and fault.column in lines
        and pd.notna(lines.loc[fault.line, fault.column])
        else fault
        for fault in faults
    ]


def lookup_faults(file: str, table: pd.DataFrame, names: Names, by_name: bool) -> list[Fault]:
    """Records with neither a code nor a name that stands for one city.

    In a file of cities `by_name` alone a text with digits is a name too.
    """
    if list(table.columns).count("adcode") != 1:
        return []
    wrong = table["adcode"].map(is_a_name if by_name else is_no_code)
    unknown = table.loc[wrong, "adcode"]
    column = "city" if "city" in table else "adcode"
    return each_fault(file, unknown, lambda _, name: lookup_rule(name, *names), column)


def name_faults(file: str, table: pd.DataFrame, index: Index) -> list[Fault]:
    """Records whose `city` is not among the names of the city with their `adcode`."""
    columns = list(table.columns)
    if columns.count("adcode") != 1 or columns.count("city") != 1:
        return []
    codes = frozenset().union(*index.values())
    wrong = [
        adcode in codes and city != "" and adcode not in index.get(name_key(city), ())
        for adcode, city in zip(table["adcode"], table["city"], strict=True)
    ]
    code = table["adcode"]

    def rule(line: object, _: str) -> str:
        return f"is not a name of the city with code {code[line]}"

    return each_fault(file, table.loc[wrong, "city"], rule)


def correction_faults(edition: Edition, tables: Tables) -> list[Fault]:
    """Corrections of the raw `tables` whose printed value is no longer where they say.

    All editions share the corrections, so those of a column that this edition no longer describes
    are left, if the column is known at all: from another edition, or as a variable of a measure.
    """
    corrections = edition.reference_table("corrections")
    place = pd.MultiIndex.from_frame(corrections[["file", "column"]])
    known = place.isin(described_elsewhere(edition)) | corrections["column"].isin(
        [*edition.reference_table("measures")["variable"],
         *edition.reference_table("context_measures")["variable"]]
    )  # fmt: skip
    lost = known & ~place.isin(described(edition))
    mine = corrections[corrections["file"].isin(tables) & ~lost]
    return [
        fault
        for line, correction in mine.iterrows()
        for fault in correction_faults_of(tables[correction["file"]], correction, line)
    ]


def described(edition: Edition) -> set[tuple[str, str]]:
    """File and column of every column that an edition describes."""
    columns = edition.raw_table("columns.csv")[["file", "column"]]
    return set(columns.itertuples(index=False, name=None))


def described_elsewhere(edition: Edition) -> set[tuple[str, str]]:
    """File and column of every column that any other edition describes, if it can be read."""
    found: set[tuple[str, str]] = set()
    for path in edition.raw.parent.glob("*/columns.csv"):
        other = Edition(path.parent.name, edition.root)
        if other != edition:
            with suppress(UnreadableTableError, KeyError):  # its own check will name the fault
                found |= described(other)
    return found


def correction_faults_of(table: pd.DataFrame, correction: pd.Series, line: int) -> list[Fault]:
    """The faults of one correction of the raw table `table`: one or none."""
    column = correction["column"]
    there = {"adcode", column} <= set(table.columns)
    found = table.loc[table["adcode"] == correction["adcode"], column] if there else []
    if correction["printed"] in set(found):
        return []
    rule = f"the value to correct is no longer in {correction['file']}, column {column}"
    return [Fault("corrections.csv", line, "printed", correction["printed"], rule)]
