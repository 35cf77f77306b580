"""Faults of the raw tables of an edition: values, names of cities, corrections that miss.

A value is judged in plain digits (`analysis.editions.incoming`) and shown as it stands in the file.
"""

import csv
import io
import re
from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from analysis.editions import EARLIEST, LATEST, Edition
from analysis.editions.city_keys import (
    CODE,
    Index,
    lookup_rule,
    name_key,
    outside_the_list,
)
from analysis.editions.corrections import CELL, corrections_of, figure, met
from analysis.editions.corrections import figures as keys
from analysis.editions.incoming import (
    known_names,
    place_name,
    plain_numbers,
    with_own_names,
)
from analysis.editions.recipes import recipe_of
from analysis.editions.text_tables import read_table
from analysis.editions.validation.faults import Fault, each_fault
from analysis.editions.validation.printed_figures import adcodes
from analysis.editions.validation.printed_figures import years as years_of_lines
from analysis.editions.validation.schemas import MISSING, UNKNOWN, Known, table_faults
from analysis.editions.validation.shifts import shift_faults
from analysis.editions.validation.sound import SoundEdition, attempted

# What a role of a raw column asks of its values, in the words of the reference tables.
ROLES = pd.DataFrame(
    {
        "role": ["key", "year", "variable", "item", "naming", "name", "value", "text"],
        "type": ["code", "integer", "text", "text", "text", "text", "number", "text"],
        "key": ["1", "1", "1", "1", "1", "", "", ""],
        "required": ["1", "1", "1", "1", "1", "1", "", ""],
        "references": ["cities.adcode", "", "variables.variable", "", "", "", "", ""],
        "allowed": "",
    },
    dtype=object,
).set_index("role")
# Bounds of every year, which `columns.csv` need not state.
YEARS = {"minimum": str(EARLIEST), "maximum": str(LATEST)}
UNKNOWN_COLUMN = "no such column is known"
NO_NAME = "aliases.csv may name it if it is one; else correct the code or the name"
# Roles without which a table can be read all the same.
DISPENSABLE = {"value", "text", "item"}
GONE = "the column is missing: if the file does not print it, delete"
NUMERIC_ROLES = ["key", "year", "value"]
PUT_RIGHT = (
    "a correction counts only where its figure is printed; if the office has put it right, leave "
    "the line out, or out of a copy of corrections.csv in the folder reference of this edition"
)


class Names(NamedTuple):
    """What names are known: of cities, the cities themselves, and what other places are."""

    known: Index
    cities: pd.DataFrame
    outside: Mapping[str, str]


def raw_faults(edition: SoundEdition, known: Known) -> list[Fault]:
    """Faults of the raw tables of an edition, each by itself, against its description.

    Tables that a later edition holds too are left to it. A value that a correction acknowledges as
    a misprint is not a fault. Names are not judged while the tables of cities have faults.
    """
    corrections, names = misprints(edition), attempted(known_names_of, edition)
    faults: list[Fault] = []
    for file, table in edition.tables.items():
        columns, recipe = edition.descriptions[file], recipe_of(edition, file)
        if file in edition.read_before:
            continue
        values = value_faults(file, table, columns, known)
        if values and corrections is not None:
            values = without_acknowledged(values, table, columns, corrections)
        if names is not None:
            own = names._replace(known=with_own_names(names.known, recipe))
            values += [
                *lookup_faults(file, table, own, by_name_alone(columns)),
                *name_faults(file, table, own.known),
            ]
        values = at_their_lines(values, edition.reads[file].lines)
        found = under_headings(values, columns)
        faults += [fault._replace(file=place_name(file)) for fault in found]
    return faults


def known_names_of(edition: SoundEdition) -> Names:
    """What names are known in an edition whose tables of places have no faults."""
    cities = edition.reference_table("cities")
    outside = outside_the_list(edition.reference_table("former_places"), cities)
    return Names(known_names(edition), cities, outside)


def misprints(edition: Edition) -> pd.DataFrame | None:
    """The printed figures that are said to be misprints, by cell, as text; None without a table.

    A fault of one line leaves the others, so that what they acknowledge is not called a fault.
    """
    path = Edition.reference_file(edition, "corrections.csv")
    table = attempted(read_table, path)
    if table is None or not {*CELL, "printed"} <= set(table.columns):
        return None
    return table.assign(figure=keys(table["printed"]))


def value_faults(
    file: str, table: pd.DataFrame, columns: pd.DataFrame, known: Known
) -> list[Fault]:
    """Faults of the values of one raw table, and of whole lines that look shifted."""
    plain = in_plain_digits(table, columns)
    figures = columns.loc[columns["role"].eq("value") & columns["column"].isin(table), "column"]
    values = table_faults(file, plain, as_table_of_columns(columns, known), known)
    # A text in place of a code is judged as a name.
    is_name = is_a_name if by_name_alone(columns) else is_no_code
    judged = [
        with_line_to_add(file, fault, columns)
        for fault in values
        if not (fault.column == "adcode" and is_name(fault.value))
    ]
    return as_printed([*judged, *shift_faults(file, plain, list(figures))], table)


def as_table_of_columns(columns: pd.DataFrame, known: Known) -> pd.DataFrame:
    """The description of a raw table in the words of the reference tables."""
    asked = ROLES.reindex(columns["role"]).set_axis(columns.index)
    # The table that says what there is may have faults.
    asked["references"] = asked["references"].where(asked["references"].isin([*known]), "")
    is_year = columns["role"].eq("year")
    for bound, usual in YEARS.items():
        asked[bound] = columns[bound].mask(is_year & columns[bound].eq(""), usual)
    return asked.assign(column=columns["column"])


def with_line_to_add(file: str, fault: Fault, columns: pd.DataFrame) -> Fault:
    """A fault; of a column that is missing or new with the line of `columns.csv` to change."""
    if fault.rule == MISSING:
        mine = columns[columns["column"] == fault.column]
        if mine["role"].iloc[0] not in DISPENSABLE:
            return fault
        return fault._replace(
            rule=f"{GONE} line {mine.index[0]} of columns.csv",
            cause=f"{GONE} its line in columns.csv",
        )
    if fault.rule != UNKNOWN:
        return fault
    fields = {"file": file, "column": fault.column, "role": "text"}
    headings = columns.columns.drop(["heading_in_file", "factor"])
    line = io.StringIO(newline="")
    csv.writer(line, lineterminator="").writerow(fields.get(name, "") for name in headings)
    rule = (
        f"{UNKNOWN_COLUMN}; to leave it aside add to columns.csv the line {line.getvalue()} and to "
        "use it write value in place of text, with the variable and the unit that variables.csv has"
    )
    return fault._replace(rule=rule, cause=f"{UNKNOWN_COLUMN}; columns.csv needs a line for it")


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
    faults: list[Fault], table: pd.DataFrame, columns: pd.DataFrame, corrections: pd.DataFrame
) -> list[Fault]:
    """Drop the faults of values that `corrections` acknowledges as misprints of that cell.

    Parameters
    ----------
    faults
        Faults of the values of one raw table.
    table
        The table by line: ``adcode, year``.
    columns
        Its description: ``column, variable, year``.
    corrections
        What is printed where: ``variable, adcode, year, figure``.
    """
    acknowledged = set(
        zip(*(corrections[name].astype(str) for name in [*CELL, "figure"]), strict=True)
    )
    codes, years = adcodes(table).to_dict(), years_of_lines(table).to_dict()
    described = columns.drop_duplicates("column").set_index("column")
    variable, stated = described["variable"].to_dict(), described["year"].to_dict()

    def cell(fault: Fault) -> tuple[str, ...]:
        year = stated.get(fault.column) or years.get(fault.line, "")
        known = (variable.get(fault.column, ""), codes.get(fault.line, ""), year)
        return (*known, figure(str(fault.value)))

    return [fault for fault in faults if cell(fault) not in acknowledged]


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
    return each_fault(
        file,
        unknown,
        lambda _, name: lookup_rule(name, *names),
        column,
        "is not the name of one city (aliases.csv may name it)",
    )


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
        return f"is not a name of the city with code {code[line]}: {NO_NAME}"

    cause = f"is not a name of the city with the code of its line: {NO_NAME}"
    return each_fault(file, table.loc[wrong, "city"], rule, cause=cause)


def correction_faults(edition: Edition, figures: pd.DataFrame) -> list[Fault]:
    """Corrections of a cell whose figure is no longer printed as they say.

    All editions share the corrections, so those of a variable, year or city of which this edition
    has no figures are left; `editions.validation.source_notes` says so.
    """
    corrections = corrections_of(edition)
    cells = cells_to_correct(corrections, figures)
    met = cells[cells["figure"] == cells["found"]].index
    faults = []
    for line, found in cells.groupby(level=0)["printed_here"]:
        if line not in met:
            here = found.iloc[0]
            rule = f"{'a blank' if here == '' else repr(here)} is printed here now: {PUT_RIGHT}"
            printed = corrections.loc[line, "printed"]
            faults.append(Fault("corrections.csv", line, "printed", printed, rule, PUT_RIGHT))
    return faults


def cells_to_correct(corrections: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """What is printed in the cells of the corrections (index: line of the correction)."""
    concerned = figures[figures["variable"].isin(corrections["variable"])]
    here = concerned[[*CELL, "printed", "number"]].rename(columns={"printed": "printed_here"})
    wanted = corrections.astype({"year": str}).rename_axis("correction_line").reset_index()
    cells = wanted.merge(here, on=CELL).set_index("correction_line")
    return cells.assign(found=met(cells["printed_here"], cells["number"]))
