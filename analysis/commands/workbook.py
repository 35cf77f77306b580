"""The audit workbook: every step from printed figures to ranks in live formulas."""

from pathlib import Path
from typing import Annotated

import typer

from analysis.commands.common import EditionName, Language, console
from analysis.commands.steps import refuse_faulty_input
from analysis.editions import Edition, load
from analysis.index.refusal import RefusedValueError
from analysis.publish.stamps import Step, is_current, record

PLACE = Path("_output", "audit.xlsx")
Output = Annotated[
    Path | None, typer.Option(help=f"File to write. Without it: {PLACE.as_posix()}.")
]


def workbook(edition: EditionName = None, output: Output = None, language: Language = "en") -> None:
    """Write the audit workbook: from printed figures to places, with formulas that recalculate.

    It is `_output/audit.xlsx`, for any spreadsheet program, without macros: a sheet for every step.
    """
    from analysis.publish.workbook.build import write_workbook

    chosen = load(edition)
    if output and output.is_dir():
        raise RefusedValueError(f"{output} is a folder: name a file, such as audit.xlsx in it")
    step = _step(chosen, language)
    current = not output and is_current(chosen.root, step)
    if not current:
        refuse_faulty_input(chosen)
        with console.status("writing the audit workbook"):
            write_workbook(chosen, output or chosen.root / PLACE, language)
    if not current and not output:
        record(chosen.root, step)
    state = "unchanged" if current else "written"
    console.print(f"{output or PLACE.as_posix()}: {state}")


def _step(edition: Edition, language: str) -> Step:
    return Step(
        name="audit-workbook",
        inputs=(
            f"data/raw/{edition.name}/**/*",
            "data/reference/*.csv",
            f"sections/{language}/*.jinja",
            f"sections/{language}/texts/*.csv",
            "analysis/**/*.py",
            "requirements.lock",
        ),
        outputs=(PLACE.as_posix(),),
        parameters={"edition": edition.name, "language": language},
    )
