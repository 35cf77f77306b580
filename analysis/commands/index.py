"""An index on any units, with no line of Python."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from analysis.commands.common import console, shown_progress
from analysis.editions import ROOT
from analysis.index.refusal import RefusedValueError

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
Encoding = Annotated[
    str, typer.Option(help="Encoding of tables that are not UTF-8, such as cp1252 or gb18030.")
]
Missing = Annotated[
    list[str] | None,
    typer.Option(help="Mark of a missing figure, such as .. or NA; may be given several times."),
]
Output = Annotated[Path | None, typer.Option(help="Folder to write. Without it: _output/index.")]


def index(
    framework: FrameworkFile,
    data: DataFile,
    method: MethodFile = None,
    sheet: Sheet = "",
    encoding: Encoding = "",
    missing: Missing = None,
    output: Output = None,
) -> None:
    """Compute an index on any units (countries, counties, firms) from two tables.

    Files are taken as CSV or Excel. Written are the ranking, the values of every node and leaf, the
    treatment, the weights, the units without a rank and the leaves without figures, as CSV, all or
    none of them. `docs/own-index.md` explains each.
    """
    from analysis.editions.storage import replace_folder
    from analysis.editions.validation.case_files import CaseFiles, notes, read_case
    from analysis.ranking.any_units import TABLES, index_tables

    files = CaseFiles(framework, data, method, sheet, encoding, tuple(missing or ()))
    folder = (output or ROOT / "_output" / "index").resolve()
    refuse_place(folder, {f"{name}.csv" for name in TABLES}, files.sheets)
    with shown_progress() as progress:
        progress("reading")
        case = read_case(files)
        progress("computing")
        tables = index_tables(case)
        progress("writing")
        # Fifteen digits hold every figure of a table, and nothing of the rounding of sums.
        texts = {
            f"{name}.csv": table.to_csv(index=False, float_format="%.15g", lineterminator="\n")
            for name, table in tables.items()
        }
        replace_folder(folder, texts)
    for note in notes(files):
        console.print(note, markup=False)
    counts = f"{len(tables['ranking'])} units ranked, {len(tables['unranked'])} without a rank"
    console.print(f"{output or folder}: {len(texts)} tables; {counts}", markup=False)


def refuse_place(folder: Path, own: set[str], files: Iterable[Path]) -> None:
    """Refuse a folder in whose place none can be put, or which holds more than an earlier run left.

    `own` are the files of such a run, which go, and `files` those that are read now.
    """
    there = next(place for place in (folder, *folder.parents) if place.exists())
    found = sorted(path.name for path in folder.glob("*")) if folder.is_dir() else []
    foreign = [name for name in found if name not in own or not (folder / name).is_file()]
    read = [path for path in files if folder in path.resolve().parents]
    if not there.is_dir():
        rule = f"{there} is a file: name a folder"
    elif folder == Path.cwd() or folder in Path.cwd().parents:
        rule = f"{folder} is where you are, and would be replaced: name a folder of its own"
    elif foreign:
        rule = f"{folder} holds other files ({foreign[0]}): name a folder of its own"
    elif read:
        rule = f"{folder} holds {read[0].name}, which is read: name another folder"
    else:
        return
    raise RefusedValueError(f"--output: {rule}")
