"""The audit workbook: every step from printed figures to ranks in live formulas."""

from pathlib import Path
from typing import Annotated

import typer

from analysis.commands.common import EditionName, Language, console
from analysis.commands.steps import refuse_faulty_input
from analysis.editions import Edition, load
from analysis.index.refusal import RefusedValueError
from analysis.publish.folders import output_folder
from analysis.publish.stamps import Step, is_current, record

NAME = "audit.xlsx"
Output = Annotated[
    Path | None,
    typer.Option(help=f"File to write. Without it: {NAME} in _output/<edition>/<language>."),
]


def workbook(edition: EditionName = None, output: Output = None, language: Language = "en") -> None:
    """Write the audit workbook: from printed figures to places, with formulas that recalculate.

    It is for any spreadsheet program, without macros: a sheet for every step.
    """
    from analysis.language.languages import EVERY, asked_languages

    chosen = load(edition)
    if output and output.is_dir():
        raise RefusedValueError(f"{output} is a folder: name a file, such as {NAME} in it")
    if output and language == EVERY:
        raise RefusedValueError(f"{output} is one file, and {EVERY} are several languages")
    for each in asked_languages(chosen.root, language):
        write_one(chosen, each, output)


def write_one(chosen: Edition, language: str, output: Path | None) -> None:
    """Write the workbook in one language, unless it is current."""
    from analysis.publish.workbook.build import write_workbook

    step = _step(chosen, language)
    current = not output and is_current(chosen.root, step)
    if not current:
        refuse_faulty_input(chosen)
        with console.status("writing the audit workbook"):
            write_workbook(chosen, output or chosen.root / step.outputs[0], language)
    if not current and not output:
        record(chosen.root, step)
    state = "unchanged" if current else "written"
    console.print(f"{output or step.outputs[0]}: {state}")


def _step(edition: Edition, language: str) -> Step:
    return Step(
        name=f"workbook-{edition.name}-{language}",
        inputs=(
            f"data/raw/{edition.name}/**/*",
            "data/reference/*.csv",
            f"sections/{language}/*.jinja",
            f"sections/{language}/texts/*.csv",
            "analysis/**/*.py",
            "requirements.lock",
        ),
        outputs=((output_folder(edition, language) / NAME).as_posix(),),
        parameters={"edition": edition.name, "language": language},
    )
