"""`check`: every fault of an edition and every difference from the one before, cause by cause."""

import csv
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from analysis.commands.common import EditionName
from analysis.editions import load
from analysis.editions.validation.faults import SHOWN
from analysis.editions.validation.findings import SETTLED, Cause, Finding

STYLES = {"refused": "bold red", "lost": "red", "suspicious": "yellow", "new": "", "note": "dim"}
# Columns of `--csv`, a line a finding.
FIELDS = (
    "severity", "file", "line", "column", "value", "before", "variable", "adcode", "says", "cause",
    "weight", "settled",
)  # fmt: skip
Factor = Annotated[
    float, typer.Option(min=1.01, help="Times by which a value must change to be listed.")
]
AsJson = Annotated[
    bool, typer.Option("--json", help="Print everything as JSON, for other programs.")
]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print a line of CSV for every finding.")]
Page = Annotated[
    Path | None, typer.Option("--html", help="Write a page with all of it, to be opened anywhere.")
]


def check(
    edition: EditionName = None,
    factor: Factor = 5.0,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    html: Page = None,
) -> None:
    """Check all input of an edition: every fault, and every difference from the one before.

    One cause is told once, with the number of cells and the first three; what is gravest for ranks
    comes first. Nothing is written but the page of `--html`. Only what is refused keeps the edition
    from being built.
    """
    from analysis.results.checking import checked

    if as_json and as_csv:
        raise typer.BadParameter(
            "is one way to print, --csv another: choose one", param_hint="--json"
        )
    chosen = load(edition)
    found = checked(chosen, factor)
    if html:
        from analysis.publish.check_page import write_page

        write_page(chosen, found, html)
    show: Callable[[str, list[Cause]], None] = (
        print_json if as_json else print_csv if as_csv else print_table
    )
    show(chosen.name, found)
    if html and not (as_json or as_csv):
        print(f"{html}: written")
    if any(cause.severity == "refused" for cause in found):
        sys.exit(1)


def print_table(edition: str, found: list[Cause]) -> None:
    """Print a table for a person or, where nobody looks, lines that are not folded."""
    console = Console(highlight=False)
    if console.is_terminal:
        if found:
            console.print(table(found))
    else:
        for line in lines(found):
            print(line)
    console.print(summary(edition, found), soft_wrap=True)


def table(found: list[Cause]) -> Table:
    """The causes as a table as wide as the terminal."""
    made = Table(show_lines=True, expand=True, header_style="bold")
    made.add_column("", no_wrap=True)
    made.add_column("Cells", justify="right", no_wrap=True)
    made.add_column("Where", ratio=2, overflow="fold")
    made.add_column("What", ratio=5, overflow="fold")
    for cause in found:
        made.add_row(
            cause.severity,
            f"{len(cause.findings):,}",
            escape(where(cause)),
            escape("\n".join([cause.text, *examples(cause)])),
            style=STYLES[cause.severity],
        )
    return made


def where(cause: Cause) -> str:
    """Files and columns of a cause, a line each."""
    parts = (few(cause.files, "files"), few(cause.columns, "columns"))
    return "\n".join(part for part in parts if part)


def few(names: list[str], kind: str) -> str:
    """The first of several names, and how many more there are."""
    more = len(names) - SHOWN
    return ", ".join(names[:SHOWN]) + (f" and {more:,} more {kind}" if more > 0 else "")


def examples(cause: Cause) -> list[str]:
    """The first findings of a cause, a line each, as far as they say more than the cause itself."""
    if len(cause.findings) == 1:
        place = place_of(cause.findings[0], cause)
        return [place] if place else []
    shown = [text for finding in cause.shown if (text := said_of(finding, cause))]
    more = len(cause.findings) - len(cause.shown)
    return [*shown, *([f"and {more:,} more"] if shown and more else [])]


def said_of(finding: Finding, cause: Cause) -> str:
    """The place of a finding, what stands there, and what the rule says of it alone."""
    own = finding.fault.rule if finding.fault.cause else ""
    before = f"before {finding.before}" if finding.before and not own else ""
    place = place_of(finding, cause)
    told = ": ".join(text for text in (place, own or before) if text)
    return "" if told == finding.fault.file else told  # which is named above


def place_of(finding: Finding, cause: Cause) -> str:
    """Line, column if there are several, and value of a finding."""
    fault = finding.fault
    parts = [
        fault.file if len(cause.files) > 1 else "",
        f"line {fault.line}" if fault.line != "" else "",
        fault.column if len(cause.columns) > 1 else "",
        repr(str(fault.value)[:40]) if fault.value != "" else "",
    ]
    return ", ".join(filter(None, parts))


def lines(found: list[Cause]) -> list[str]:
    """A line for each cause: what it is, how many cells it has, and the first of them."""
    return [line_of(cause) for cause in found]


def line_of(cause: Cause) -> str:
    """A cause as one line, that of a single finding as a fault is written."""
    if len(cause.findings) == 1:
        return f"{cause.findings[0]}{SETTLED if cause.settled else ''}"
    place = where(cause).replace("\n", ", " + ("columns " if len(cause.columns) > 1 else "column "))
    count = f"{len(cause.findings):,} in all"
    told = ": ".join([count, "; ".join(examples(cause))]).removesuffix(": ")
    return f"{cause.severity}: {place}: {cause.text}: {told}"


def summary(edition: str, found: list[Cause]) -> str:
    """The last line: whether the edition can be built, and how much there is to look at."""
    refused = [cause for cause in found if cause.severity == "refused"]
    beside = [cause for cause in found if cause.severity != "refused"]
    look = f"; {counted(beside)} to look at" if beside else ""
    if refused:
        return f"edition {edition}: {counted(refused)} to settle before it can be built{look}"
    lost = [cause for cause in found if cause.severity == "lost"]
    but = f", but evidence is lost: {counted(lost)}" if lost else ""
    return f"edition {edition}: all input is in order{but}{look}"


def counted(found: list[Cause]) -> str:
    """How many causes there are, and of how many cells."""
    cells = sum(len(cause.findings) for cause in found)
    return f"{len(found):,} cause{'s' if len(found) > 1 else ''} ({cells:,} in all)"


def print_json(edition: str, found: list[Cause]) -> None:
    """Print all causes with all their findings as JSON."""
    accepted = all(cause.severity != "refused" for cause in found)
    causes = [
        {
            "severity": cause.severity,
            "files": cause.files,
            "columns": cause.columns,
            "cause": cause.text,
            "cells": len(cause.findings),
            "weight": cause.weight,
            "settled": cause.settled,
            "findings": [record(finding) for finding in cause.findings],
        }
        for cause in found
    ]
    said = {"edition": edition, "accepted": accepted, "causes": causes}
    print(json.dumps(said, ensure_ascii=False, indent=2))


def print_csv(edition: str, found: list[Cause]) -> None:
    """Print a line of CSV for every finding."""
    del edition  # whoever asks knows it
    writer = csv.DictWriter(sys.stdout, FIELDS, lineterminator="\n")
    writer.writeheader()
    for cause in found:
        of_cause = {
            "severity": cause.severity,
            "cause": cause.text,
            "weight": f"{cause.weight:.6g}",
            "settled": int(cause.settled),
        }
        writer.writerows(of_cause | record(finding) for finding in cause.findings)


def record(finding: Finding) -> dict[str, Any]:
    """One finding for a program."""
    fault = finding.fault
    return {
        "file": fault.file,
        "line": "" if fault.line == "" else int(fault.line),
        "column": fault.column,
        "value": str(fault.value),
        "before": finding.before,
        "variable": finding.variable,
        "adcode": finding.adcode,
        "says": fault.rule,
    }
