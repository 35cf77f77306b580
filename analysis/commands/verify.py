"""Verifying that the committed results follow from the raw files, to the last byte."""

import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from analysis.commands.common import EditionName, console
from analysis.editions import load

if TYPE_CHECKING:
    from analysis.results.verification import Difference

SHOWN = 20
Everything = Annotated[bool, typer.Option("--all", help=f"Not only the first {SHOWN} of a file.")]


def verify(edition: EditionName = None, everything: Everything = False) -> None:
    """Recompute all results from the raw files, elsewhere, and print what differs, to the byte.

    Nothing of the project is written. Prints one line if every byte is equal; else a line for each
    difference (file, line, column, committed, recomputed) and ends with exit status 1.
    """
    from analysis.results.verification import folder_differences, recompute

    chosen = load(edition)
    with TemporaryDirectory() as scratch:
        with console.status("recomputing from the raw files"):
            recomputed = recompute(chosen, Path(scratch))
        found = folder_differences(chosen.results, recomputed.results)
        files = len(list(recomputed.results.iterdir()))
    if not found:
        typer.echo(f"edition {chosen.name}: all {files} results are equal to the byte")
        return
    for line in difference_lines(found, len(found) if everything else SHOWN):
        typer.echo(line)
    sys.exit(1)


def difference_lines(found: "list[Difference]", most: int) -> list[str]:
    """The differences in words: the first `most` of each file, then how many there are."""
    lines, seen = [], Counter[str]()
    totals = Counter(difference.file for difference in found)
    for difference in found:
        seen[difference.file] += 1
        if seen[difference.file] <= most:
            lines.append(difference_line(difference))
        elif seen[difference.file] == totals[difference.file]:
            more = totals[difference.file] - most
            lines.append(f"{difference.file}: {more} more differences (--all shows them)")
    return [*lines, f"differences: {len(found)}, files: {len(totals)}"]


def difference_line(difference: "Difference") -> str:
    """One difference on one line."""
    place = f", line {difference.line}" if difference.line else ""
    column = f", column {difference.column}" if difference.column else ""
    return (
        f"{difference.file}{place}{column}: "
        f"committed {difference.committed!r}, recomputed {difference.recomputed!r}"
    )
