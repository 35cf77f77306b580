"""What is known before a file is seen: names, variables with their headings, last year's figures.

The figures are those of the edition before; an edition that names none is matched by headings.
"""

from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from analysis.editions.city_keys import outside_the_list
from analysis.editions.edition import Edition
from analysis.editions.importing.matching import Known
from analysis.editions.incoming import (
    described_columns,
    known_names,
    plain_numbers,
    raw_table,
    span_of,
)
from analysis.editions.left_out import Places, places
from analysis.editions.text_tables import UnreadableTableError, read_table
from analysis.editions.units import printed_units, sizes


class Knowledge(NamedTuple):
    """What is known of places, by their names, and of variables."""

    places: Places
    outside: dict[str, str]
    cities: pd.DataFrame
    variables: Known
    sources: dict[str, str]


def knowledge(edition: Edition) -> Knowledge:
    """What an edition and those before it know."""
    cities, former = (edition.reference_table(name) for name in ("cities", "former_places"))
    names = places(known_names(edition), edition.reference_table("provinces"))
    table = read_table(edition.reference_file("variables.csv")).set_index("variable")
    units = edition.reference_table("units")
    known = Known(
        headings=headings(edition, table),
        units=table["unit"].to_dict(),
        figures=last_figures(edition),
        sizes=sizes(units),
        forms=printed_units(units),
    )
    outside = outside_the_list(former, cities)
    return Knowledge(names, outside, cities, known, table["source"].to_dict())


def headings(edition: Edition, variables: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """The printed headings and names of columns of each variable of figures, and its own name."""
    found: dict[str, list[str]] = {}
    for each in (edition, *edition.earlier):
        listed = each.raw_table("columns.csv")
        values = listed[listed["role"].eq("value") & listed["variable"].isin(variables.index)]
        for row in values.to_dict("records"):
            found.setdefault(row["variable"], []).extend([row["column"], row["heading"]])
    return {
        name: tuple(dict.fromkeys([name, *filter(None, texts)])) for name, texts in found.items()
    }


def last_figures(edition: Edition) -> pd.DataFrame:
    """Cities × variables: the latest figures of the edition before, in the variable's unit.

    Those after its data year are left aside, for they may be of the year that is imported.
    """
    before = next(edition.earlier, None)
    parts = list(figures_of(before)) if before else []
    if before is None or not parts:
        return pd.DataFrame()
    long = pd.concat(parts).dropna(subset="value").query("year <= @before.data_year")
    long = long.sort_values("year", kind="stable")
    latest = long.groupby("variable")["year"].transform("max")
    now = long[long["year"] == latest].drop_duplicates(["adcode", "variable"], keep="last")
    return now.pivot(index="adcode", columns="variable", values="value")


def figures_of(edition: Edition) -> Iterator[pd.DataFrame]:
    """`adcode, variable, year, value` of every column of figures of an edition."""
    for source in edition.raw_table("sources.csv").query("layout == 'table'").to_dict("records"):
        try:
            table = raw_table(edition, source["file"])
        except UnreadableTableError:
            continue  # its own check will name the fault
        for row in described_columns(edition, source["file"]).to_dict("records"):
            if row["role"] == "value" and row["column"] in table and "adcode" in table:
                stated = row["year"] or str(span_of(source["years"])[1])
                year = stated if row["year"] or "year" not in table else table["year"]
                numbers = pd.to_numeric(plain_numbers(table[row["column"]]), errors="coerce")
                frame = pd.DataFrame({"adcode": table["adcode"], "value": numbers * row["factor"]})
                years = pd.to_numeric(pd.Series(year, table.index), errors="coerce")
                yield frame.assign(variable=row["variable"], year=years)
