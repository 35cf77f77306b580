"""Figures that a file brings and the edition has already, in another file."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from analysis.editions.edition import Edition
from analysis.editions.incoming import described_columns, file_and_sheet, span_of, stem


def conflicts(
    edition: Edition,
    path: Path,
    tables: Mapping[str, Collection[str]],
    years: str,
    replaced: Collection[str],
) -> list[str]:
    """Files of the edition that have figures of the same variables and years, as questions.

    `tables` has the variables of each table of the file at `path`; those `replaced` are decided.
    """
    first, last = span_of(years)
    mine = {variable for variables in tables.values() for variable in variables}
    stems = {stem(table) for table in tables}
    questions = []
    for table in edition.raw_table("sources.csv")["file"]:
        there = file_and_sheet(edition, table)[0]
        own = there.name == path.name or stem(table) in stems
        if table in replaced or own or not there.is_file():
            continue
        there_now = {variable for variable, year in variables_of(edition, table)
                     if first <= year <= last}  # fmt: skip
        if same := there_now & mine:
            more = there_now - mine
            lost = f" (and lose {len(more)} that it alone has: {few(more)})" if more else ""
            questions.append(
                f"{table} has {len(same)} of the same variables and years ({few(same)}): --replace "
                f"{table}{lost}, or leave the columns out here with --column HEADING=-"
            )
    return questions


def few(variables: set[str]) -> str:
    """The first three of several variables."""
    return ", ".join(sorted(variables)[:3]) + (", …" if len(variables) > 3 else "")


def variables_of(edition: Edition, table: str) -> Iterator[tuple[str, int]]:
    """Variables and years of the figures of a raw table, as the lists have them."""
    spans = edition.raw_table("sources.csv").set_index("file")["years"]
    first, last = span_of(spans[table])
    for row in described_columns(edition, table).query("role == 'value'").to_dict("records"):
        own = [int(row["year"])] if row["year"] else range(first, last + 1)
        yield from ((row["variable"], year) for year in own)
