"""Two editions side by side, in the terminal or as a table."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from analysis.commands.common import console
from analysis.editions import Edition, load
from analysis.editions.storage import write_whole

if TYPE_CHECKING:
    import pandas as pd

Earlier = Annotated[str, typer.Argument(help="The edition to start from, such as 2019.")]
Later = Annotated[str, typer.Argument(help="The edition to compare it with, such as 2020.")]
Rows = Annotated[int, typer.Option(min=1, help="Number of moves to show, the largest first.")]
Output = Annotated[
    Path | None, typer.Option(help="CSV file for the moves of all cities that both rank.")
]


def compare(earlier: Earlier, later: Later, rows: Rows = 20, output: Output = None) -> None:
    """Show which places were gained and lost between two editions, and what the moves consist of.

    Both editions are computed from their raw files, now. A move is the sum of what other cities and
    measures, new figures, and a change of method do; it is clear if it exceeds the uncertainty of
    the choices of the later edition.

    Example: `compare 2019 2020 --output moves.csv`.
    """
    before, after = load(earlier), load(later)
    with console.status("computing both editions"):
        tables = compared_tables(before, after)
    moves, changes = tables["comparison"], tables["comparison_changes"]
    if output:
        write_whole(output, moves.to_csv(index=False, lineterminator="\n"))
    clear, counts = int(moves["exceeds"].sum()), changes["change"].value_counts()
    printer = Console(highlight=False)
    printer.print(
        f"{len(moves)} cities are ranked in both; {counts.get('entered', 0)} only in {later}, "
        f"{counts.get('left', 0)} only in {earlier}; {clear} moves exceed the uncertainty"
    )
    printer.print(move_table(moves, rows, earlier, later))


def compared_tables(before: Edition, after: Edition) -> "dict[str, pd.DataFrame]":
    """The tables of the comparison, from the raw files of both editions."""
    from analysis.chapters import assembly
    from analysis.editions.validation.input_faults import validate
    from analysis.ranking.of_record import ranked_edition

    sides = []
    for edition in (before, after):
        validate(edition)
        sides.append(ranked_edition(edition))
    return assembly.compared(sides[0], sides[1])


def move_table(moves: "pd.DataFrame", rows: int, earlier: str, later: str) -> Table:
    """The largest moves as a table for the terminal."""
    headings = ("city", earlier, later, "move", "coverage", "figures", "method", "interval", "")
    table = Table(*headings)
    for column in table.columns[1:8]:
        column.justify, column.no_wrap = "right", True
    largest = moves["move"].abs().sort_values(ascending=False, kind="stable").index[:rows]
    for row in moves.loc[largest].to_dict("records"):
        parts = (row[f"from_{part}"] for part in ("coverage", "data", "method"))
        table.add_row(
            row["city"],
            str(row["rank_before"]),
            str(row["rank_after"]),
            f"{row['move']:+d}",
            *(f"{part:+d}" for part in parts),
            f"{row['move_low']} to {row['move_high']}",
            "clear" if row["exceeds"] else "",
        )
    return table
