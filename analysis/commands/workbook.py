"""The audit workbook: every step from printed figures to ranks in live formulas."""

from analysis.commands.common import EditionName, console
from analysis.editions import load


def workbook(edition: EditionName = None) -> None:
    """Write the audit workbook: from printed figures to ranks, with formulas that recalculate.

    It is `_output/audit.xlsx`, for any spreadsheet program, without macros: a sheet for every step.
    """
    from analysis.publish.stamps import Step, is_current, record
    from analysis.publish.workbook.build import write_workbook

    chosen = load(edition)
    path = chosen.root / "_output" / "audit.xlsx"
    step = Step(
        name="audit-workbook",
        inputs=(
            f"data/raw/{chosen.name}/**/*",
            "data/reference/*.csv",
            "analysis/**/*.py",
            "requirements.lock",
        ),
        outputs=("_output/audit.xlsx",),
        parameters={"edition": chosen.name},
    )
    state = "unchanged"
    if not is_current(chosen.root, step):
        with console.status("writing the audit workbook"):
            write_workbook(chosen, path)
        record(chosen.root, step)
        state = "written"
    console.print(f"_output/audit.xlsx: {state}")
