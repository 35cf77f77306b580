"""An index on any units, with no line of Python."""

from pathlib import Path
from typing import Annotated

import typer

from analysis.commands.common import console, shown_progress
from analysis.editions import ROOT
from analysis.refusal import RefusedValueError

FrameworkFile = Annotated[
    Path,
    typer.Argument(
        help="Tree of the index: columns code and parent (empty at the top); "
        "weight, direction (1 or -1), level, name and note may be added.",
        exists=True,
        dir_okay=False,
    ),
]
DataFile = Annotated[
    Path,
    typer.Argument(
        help="Figures: the first column names the units, the others are leaves by their code.",
        exists=True,
        dir_okay=False,
    ),
]
MethodFile = Annotated[
    Path | None,
    typer.Option(
        "--method",
        help="Table parameter, value. Without it: the method of record of this project.",
        exists=True,
        dir_okay=False,
    ),
]
Sheet = Annotated[str, typer.Option(help="Sheet of the data, if they are in a workbook.")]
Output = Annotated[Path | None, typer.Option(help="Folder to write. Without it: _output/index.")]


def index(
    framework: FrameworkFile,
    data: DataFile,
    method: MethodFile = None,
    sheet: Sheet = "",
    output: Output = None,
) -> None:
    """Compute an index on any units (countries, counties, firms) from two tables.

    Files are taken as CSV or Excel. Written are the ranking, the values of every node and leaf, the
    treatment, the weights, the units without a rank and the leaves without figures, as CSV, all or
    none of them. `docs/own-index.md` explains each.
    """
    from analysis.any_index import index_tables
    from analysis.case_files import read_case
    from analysis.storage import replace_folder

    folder = output or ROOT / "_output" / "index"
    with shown_progress() as progress:
        progress("reading")
        case = read_case(framework, data, method, sheet)
        progress("computing")
        tables = index_tables(case)
        texts = {
            f"{name}.csv": table.to_csv(index=False, lineterminator="\n")
            for name, table in tables.items()
        }
        refuse_foreign(folder, {*texts, "contributions.csv"})
        progress("writing")
        replace_folder(folder, texts)
    counts = f"{len(tables['ranking'])} units ranked, {len(tables['unranked'])} without a rank"
    console.print(f"{folder}: {len(texts)} tables; {counts}")


def refuse_foreign(folder: Path, own: set[str]) -> None:
    """Refuse a folder that holds anything but the tables of an earlier run, which go."""
    foreign = sorted(path.name for path in folder.glob("*") if path.name not in own)
    if foreign:
        rule = f"holds other files ({foreign[0]}): name a folder of its own"
        raise RefusedValueError(f"{folder} {rule}")
