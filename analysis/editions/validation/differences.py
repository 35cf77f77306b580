"""How the files of an edition differ in shape from those of the edition before.

Columns, cities and single values are compared source by source. A difference is no fault: it may
be right, but somebody should have looked at it.
"""

from typing import NamedTuple

import pandas as pd

from analysis.editions import Edition
from analysis.editions.incoming import (
    described_columns,
    place_name,
    plain_numbers,
    raw_table,
    span_of,
)
from analysis.editions.text_tables import UnreadableTableError
from analysis.editions.validation.faults import Fault

SEVERITIES = ["refused", "lost", "suspicious", "new"]
FACTOR = 5.0


class Finding(NamedTuple):
    """Something to look at: how grave it is, one of `SEVERITIES`, and where it is, as a fault."""

    severity: str
    fault: Fault

    def __str__(self) -> str:
        return f"{self.severity}: {self.fault}"


def differences(edition: Edition, previous: Edition, factor: float = FACTOR) -> list[Finding]:
    """Differences between the figures of two editions, source by source, data year by data year.

    What is lost comes first, then values that differ by `factor` or more and cities of another
    name, then what is new. Files that cannot be read are left to
    `analysis.editions.validation.input_faults`.
    """
    here, there = data_year_files(edition), data_year_files(previous)
    found = [
        of_file("lost", there[source], f"no file of the source {source} is left")
        for source in there
        if source not in here
    ]
    found += [
        of_file("new", here[source], f"the source {source} is new")
        for source in here
        if source not in there
    ]
    for source in (source for source in here if source in there):
        if covers(previous, there[source]) and not covers(edition, here[source]):
            rule = f"no file of the source {source} has figures of {edition.data_year}"
            found.append(of_file("lost", here[source], rule))
        else:
            found += compared((edition, here[source]), (previous, there[source]), factor)
    return sorted(found, key=lambda finding: SEVERITIES.index(finding.severity))


def of_file(severity: str, file: str, rule: str) -> Finding:
    """One difference of a whole file."""
    return Finding(severity, Fault(file, "", "", "", rule))


def data_year_files(edition: Edition) -> dict[str, str]:
    """The file of each source of figures that covers the data year, else that of the latest years.

    Of several files the first one counts.
    """
    sources = edition.raw_table("sources.csv")
    figures = sources[sources["layout"] == "table"]
    order = pd.DataFrame(
        {
            "covers": [covers(edition, file) for file in figures["file"]],
            "latest": [max(span) for span in figures["years"].map(span_of)],
        },
        index=figures.index,
    ).sort_values(["covers", "latest"], ascending=False, kind="stable")
    chosen = figures.loc[order.index].drop_duplicates("source").sort_index()
    return dict(zip(chosen["source"], chosen["file"], strict=True))


def covers(edition: Edition, file: str) -> bool:
    """Whether the years that `sources.csv` states for a file hold the data year."""
    sources = edition.raw_table("sources.csv").set_index("file")
    first, last = span_of(sources.loc[file, "years"])
    return first <= edition.data_year <= last


def compared(new: tuple[Edition, str], old: tuple[Edition, str], factor: float) -> list[Finding]:
    """Differences between the figures of one file and those of the file that it follows."""
    try:
        tables = [raw_table(edition, file) for edition, file in (new, old)]
    except UnreadableTableError:
        return []
    if not all(table.columns.is_unique and "adcode" in table for table in tables):
        return []
    now, before = (
        data_year_figures(table, edition, file)
        for table, (edition, file) in zip(tables, (new, old), strict=True)
    )
    place = place_name(*new)
    return [
        *column_differences(place, now, before),
        *city_differences(place, now, before),
        *jumps(place, now, before, factor),
    ]


def data_year_figures(table: pd.DataFrame, edition: Edition, file: str) -> pd.DataFrame:
    """The figures of the data year, or of the latest year there is.

    Returns a column per variable, `adcode` and, if there, `city`; the index is the line.
    """
    columns = described_columns(edition, file)
    values = columns[columns["role"].eq("value") & columns["column"].isin(table.columns)]
    if "year" in table:
        years = numbers(table["year"])
        is_there = years.eq(edition.data_year).any()
        table = table[years == (edition.data_year if is_there else years.max())]
    # A variable that a file has for several years counts by one of them.
    preferred = values.assign(own=values["year"].eq(str(edition.data_year)))
    by_year = preferred.sort_values(["own", "year"], kind="stable")
    chosen = by_year.drop_duplicates("variable", keep="last").sort_index()
    kept = [name for name in ("adcode", "city") if name in table]
    return table[[*kept, *chosen["column"]]].set_axis([*kept, *chosen["variable"]], axis=1)


def column_differences(file: str, new: pd.DataFrame, old: pd.DataFrame) -> list[Finding]:
    """Variables that only one of two tables has."""
    names = {"adcode", "city"}
    gone = [name for name in old if name not in new and name not in names]
    added = [name for name in new if name not in old and name not in names]
    return [
        Finding(severity, Fault(file, "", name, "", rule))
        for severity, rule, found in (
            ("lost", "the column is gone", gone),
            ("new", "the column is new", added),
        )
        for name in found
    ]


def city_differences(file: str, new: pd.DataFrame, old: pd.DataFrame) -> list[Finding]:
    """Cities that only one of two tables has, and cities under another name."""
    found = [
        Finding("lost", Fault(file, "", "adcode", city, "the city is gone"))
        for city in names_of(old)[~old["adcode"].isin(new["adcode"])]
    ]
    is_new = ~new["adcode"].isin(old["adcode"])
    found += [
        Finding("new", Fault(file, line, "adcode", city, "the city is new"))
        for line, city in names_of(new)[is_new].items()
    ]
    if "city" in new and "city" in old:
        before = new["adcode"].map(old.drop_duplicates("adcode").set_index("adcode")["city"])
        renamed = new[before.notna() & before.ne(new["city"])]
        found += [
            Finding(
                "suspicious",
                Fault(file, line, "city", name, f"the city was called {before[line]}"),
            )
            for line, name in renamed["city"].items()
        ]
    return found


def names_of(table: pd.DataFrame) -> pd.Series:
    """Name and code of the city of every line."""
    return table["city"] + " " + table["adcode"] if "city" in table else table["adcode"]


def jumps(file: str, new: pd.DataFrame, old: pd.DataFrame, factor: float) -> list[Finding]:
    """Values that differ from the same city's earlier one by `factor` or more, largest first."""
    before = old.drop_duplicates("adcode").set_index("adcode")
    rows = []
    for variable in new.columns.intersection(before.columns).difference(["adcode", "city"]):
        now = numbers(new[variable])
        # Without a common city the mapping would be one of texts.
        then = new["adcode"].map(numbers(before[variable])).astype(float)
        ratio = now / then
        far = ratio[(now > 0) & (then > 0) & ((ratio >= factor) | (ratio <= 1 / factor))]
        rows += [
            (
                max(times, 1 / times),
                Fault(
                    file,
                    line,
                    variable,
                    new.loc[line, variable],
                    f"{names_of(new)[line]}: {times:.3g} times the {then[line]:.12g} before",
                ),
            )
            for line, times in far.items()
        ]
    rows.sort(key=lambda row: -row[0])
    return [Finding("suspicious", fault) for _, fault in rows]


def numbers(text: pd.Series) -> pd.Series:
    """Figures as numbers; what is no number is a gap."""
    return pd.to_numeric(plain_numbers(text), errors="coerce")
