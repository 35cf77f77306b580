"""`import`: a file as an office sends it becomes part of an edition, with a recipe that is kept."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analysis.commands.common import console, left_out_line
from analysis.editions import Edition, load
from analysis.index.refusal import RefusedValueError

if TYPE_CHECKING:
    from analysis.editions.importing.matching import Match
    from analysis.editions.importing.proposal import Proposal, TableProposal

File = Annotated[
    Path, typer.Argument(help="A table: .xlsx, .xls, .ods, .csv, .tsv, .txt, .dta or .parquet.")
]
EditionOption = Annotated[
    str | None, typer.Option(help="Edition, such as 2021. Without it: the latest one.")
]
Yes = Annotated[bool, typer.Option("--yes", help="Write what is proposed without being asked.")]
Source = Annotated[str, typer.Option(help="The source, as variables.csv names it: yearbook.")]
Year = Annotated[str, typer.Option(help="The year that the figures describe, or 2018-2019.")]
Citation = Annotated[str, typer.Option(help="What is to be cited for the figures.")]
Column = Annotated[
    list[str] | None, typer.Option(help="HEADING=VARIABLE; HEADING=- leaves the column out.")
]
Unit = Annotated[list[str] | None, typer.Option(help="HEADING=UNIT, as units.csv names it.")]
Name = Annotated[list[str] | None, typer.Option(help="NAME=CITY: a misprint, and what it means.")]
Replace = Annotated[
    list[str] | None, typer.Option(help="A table of the edition that this file takes the place of.")
]
Missing = Annotated[list[str] | None, typer.Option(help="A mark for a figure that is missing.")]
LeaveOut = Annotated[list[str] | None, typer.Option(help="A place, or the number of a line.")]


def import_file(
    file: File,
    edition: EditionOption = None,
    yes: Yes = False,
    source: Source = "",
    year: Year = "",
    citation: Citation = "",
    column: Column = None,
    unit: Unit = None,
    name: Name = None,
    leave_out: LeaveOut = None,
    replace: Replace = None,
    missing: Missing = None,
) -> None:
    """Take a file as it came into an edition: propose how it is read, ask, and keep the recipe.

    What cannot be decided is asked, with the option that answers it; nothing is written before all
    is answered and confirmed. The file itself is not changed.
    """
    from analysis.editions.importing.proposal import Answers, propose
    from analysis.editions.importing.writing import changes, replaced, write

    chosen = load(edition)
    answers = Answers(
        source, year, citation, pairs("--column", column), pairs("--unit", unit),
        pairs("--name", name), tuple(leave_out or ()), tuple(replace or ()), tuple(missing or ()),
    )  # fmt: skip
    proposal = propose(chosen, file, answers)
    say(proposal_lines(proposal, expected_columns(chosen, proposal)))
    if proposal.questions:
        say(f"{number}. {text}" for number, text in enumerate(proposal.questions, 1))
        raise RefusedValueError(f"{len(proposal.questions)} to decide; nothing was written")
    if not changes(chosen, proposal):
        console.print(f"data/raw/{chosen.name}: has all of this already")
        return
    gone = [table for table in replaced(chosen, proposal) if table != file.name]
    say(f"takes the place of: {place_taken(chosen, table)}" for table in gone)
    confirm(yes, chosen)
    say(f"written: data/raw/{chosen.name}/{path}" for path in write(chosen, proposal))
    say(outcome(load(chosen.name, chosen.root)))


def place_taken(edition: Edition, table: str) -> str:
    """A table whose place is taken, and whether its file stays behind."""
    from analysis.editions.incoming import file_and_sheet

    there = file_and_sheet(edition, table)[0].is_file()
    return f"{table}, which stays in the folder unread" if there else table


def say(lines: Iterable[str]) -> None:
    """Print lines as they stand."""
    for line in lines:
        console.print(line, markup=False)


def pairs(option: str, given: list[str] | None) -> dict[str, str]:
    """What an option that may come several times says, by what it says it of."""
    found = {}
    for text in given or ():
        left, mark, right = text.rpartition("=")
        if not (mark and left and right):
            raise RefusedValueError(f"{option} {text!r}: must be two texts with = between them")
        found[left] = right
    return found


def confirm(yes: bool, edition: Edition) -> None:
    """Go on only if somebody agrees; without a terminal that needs `--yes`."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise RefusedValueError("nothing was written: --yes agrees to what is proposed")
    if not typer.confirm(f"write this into data/raw/{edition.name}?"):
        raise RefusedValueError("nothing was written")


def proposal_lines(proposal: "Proposal", expected: list[str]) -> Iterator[str]:
    """What was taken for what, line by line."""
    for table in proposal.tables:
        yield from table_lines(table)
    if proposal.other_sheets:
        yield left_out_line("sheets without a table of cities", proposal.other_sheets)
    yield f"source: {proposal.source or '?'}; years: {proposal.years or '?'}"
    yield f"citation: {proposal.citation or '?'}"
    if expected:
        yield f"expected and not in the file: {', '.join(expected)}"


def table_lines(table: "TableProposal") -> Iterator[str]:
    """What was taken for what in one table."""
    recipe = table.recipe
    head = ", ".join(map(str, recipe.header_rows))
    read = [
        f"head in line {head}", f"a {recipe.layout} table" if recipe.layout != "table" else "",
        f"text in {recipe.encoding}" if recipe.encoding else "",
        f"fields between {recipe.delimiter!r}" if recipe.delimiter else "",
        "decimal commas" if recipe.decimal_char == "," else "",
        f"missing: {' '.join(recipe.missing_values)}" if recipe.missing_values else "",
    ]  # fmt: skip
    roles = ", ".join(f"{role} {heading!r}" for role, heading in table.roles.items())
    yield f"{table.table} ({table.origin}): {'; '.join(filter(None, read))}"
    yield f"  {table.cities} cities; {roles}"
    for name, code in recipe.names:
        yield f"  {name} is read as {code}"
    for match in table.matches:
        yield match_line(match)
    for heading in table.texts:
        yield f"  {heading!r}: no figures, left out"
    if table.new:
        yield f"  new since then: {', '.join(map(repr, table.new))}"
    if table.gone:
        yield f"  gone since then: {', '.join(map(repr, table.gone))}"
    for reason, found in table.left_out.groupby("reason", sort=False):
        yield f"  {left_out_line(str(reason), list(found['name']))}"


def match_line(match: "Match") -> str:
    """What a column was taken for, and why."""
    if not match.variable:
        return f"  {match.heading!r}: left out ({match.why})"
    unit = match.unit if match.stated else f"{match.unit}, by its figures"
    return f"  {match.heading!r}: {match.variable} in {unit} ({match.why})"


def expected_columns(edition: Edition, proposal: "Proposal") -> list[str]:
    """Variables that the tables to be replaced are expected to have, and the file has not."""
    from analysis.editions.importing.writing import replaced

    listed = edition.raw_table("columns.csv")
    wanted = listed[listed["file"].isin(replaced(edition, proposal)) & listed["role"].eq("value")]
    there = {match.variable for table in proposal.tables for match in table.matches}
    return [variable for variable in wanted["variable"] if variable not in there]


def outcome(edition: Edition) -> list[str]:
    """What `check` says of the edition now, in a line."""
    from analysis.editions.validation.input_faults import all_faults

    faults = all_faults(edition)
    if not faults:
        return [f"edition {edition.name}: all input is in order; check lists what differs"]
    first = [f"  {fault}" for fault in faults[:3]]
    return [f"edition {edition.name}: check has {len(faults)} faults to settle, the first:", *first]
