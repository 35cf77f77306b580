"""The real Quarto: finding it, running it, and reading what it says."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from analysis.editions import EDITION_VARIABLE, ROOT_VARIABLE
from analysis.editions.storage import write_whole
from analysis.publish.errors import Progress, PublishError, silent
from analysis.publish.report.finish import finished
from analysis.publish.report.html import refuse_unfit_html
from analysis.publish.report.source import Report, read_report

# Where a report belongs that Quarto writes elsewhere, for its last step.
FOLDER_VARIABLE = "DIGITAL_CITY_FOLDER"
OLDEST = (1, 9)
PROFILE = "named"  # _quarto-named.yml lists the reports that _quarto.yml does not
RENDERERS = ("auto", "quarto", "embedded")
REFUSED = "refused: "
FAULT = re.compile(
    rf"\bWARN(ING)?\b|^\s*warning:|^ERROR|^{REFUSED}|\?@|Unable to resolve", re.IGNORECASE
)
COLOUR = re.compile(r"\x1b\[[\d;]*m")
HARMLESS = re.compile(r"verapdf", re.IGNORECASE)  # a validator that nobody has to install
UNRESOLVED = re.compile(r"\?@(?:fig|tbl|sec|eq)-[\w-]+")


class Choice(NamedTuple):
    """The renderer to use, ``quarto`` or ``embedded``, and why, in words for the user."""

    renderer: str
    reason: str


def quarto_version() -> tuple[int, ...] | None:
    """Return the version of the ``quarto`` on the PATH, or None where there is none."""
    program = shutil.which("quarto")
    if program is None:
        return None
    done = subprocess.run(
        [program, "--version"], capture_output=True, encoding="utf8", errors="replace", check=False
    )
    match = re.match(r"(\d+)\.(\d+)(?:\.(\d+))?", done.stdout.strip())
    return tuple(int(part) for part in match.groups("0")) if match else None


def choose_renderer(wanted: str = "auto") -> Choice:
    """Choose between the real Quarto and the embedded renderer.

    Parameters
    ----------
    wanted : str
        ``auto`` takes Quarto 1.9 or newer if there is one; the others force one.

    Raises
    ------
    PublishError
        If `wanted` is unknown, or Quarto is forced and absent or too old.
    """
    if wanted not in RENDERERS:
        raise PublishError(f"renderer {wanted!r} is not one of {', '.join(RENDERERS)}")
    if wanted == "embedded":
        return Choice("embedded", "the embedded renderer, as asked")
    version = quarto_version()
    if version is not None and version >= OLDEST:
        return Choice("quarto", f"Quarto {_dotted(version)}")
    found = f"Quarto {_dotted(version)} is older than" if version else "there is no Quarto"
    needed = f"{found} {_dotted(OLDEST)}" if version else found
    if wanted == "quarto":
        raise PublishError(f"{needed} on the PATH; {_dotted(OLDEST)} or newer is needed")
    return Choice("embedded", f"the embedded renderer, as {needed} on the PATH")


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))


def render_with_quarto(
    root: Path,
    progress: Progress = silent,
    document: str | None = None,
    told: Mapping[str, str] = MappingProxyType({}),
    outputs: Sequence[Path] = (),
) -> list[Path]:
    """Render a document of `root` with Quarto and return the HTML and the PDF.

    `told` are environment variables for the steps before and after it; `outputs` are the two files
    below `root`, into which what Quarto has written is moved.

    Raises
    ------
    PublishError
        If Quarto fails or warns, or what it wrote is not fit to be handed on; then nothing is left
        of it, neither in the output folder nor beside the document.
    """
    report = read_report(root, document)
    written = [root / path for path in report.outputs]
    made = [root / path for path in outputs] or written
    there = set(root.iterdir())
    progress("rendering with Quarto", 0, 1)
    try:
        moved = {FOLDER_VARIABLE: str(made[0].parent.relative_to(root))}
        _run(root, {**_environment(report), **told, **moved}, document)
        refuse_unfit(root, written)
        for source, target in zip(written, made, strict=True):
            target.parent.mkdir(parents=True, exist_ok=True)
            source.replace(target)
    except BaseException:
        _remove_remains(report, there)
        raise
    progress("rendering with Quarto", 1, 1)
    return made


def refuse_unfit(root: Path, outputs: Sequence[Path]) -> None:
    """Refuse what Quarto has written unless it is all there and fit to be handed on.

    Parameters
    ----------
    root : pathlib.Path
        The project folder.
    outputs : sequence of pathlib.Path
        The HTML and the PDF.

    Raises
    ------
    PublishError
        Naming the fault; see :func:`analysis.publish.report.html.refuse_unfit_html`.
    """
    absent = [path.name for path in outputs if not path.is_file()]
    if absent:
        raise PublishError(f"Quarto wrote no {' and no '.join(absent)}")
    for path in outputs:
        if path.suffix == ".html":
            page = path.read_text("utf8")
            _refuse_unresolved(page)
            refuse_unfit_html(page, path.name, root)


def refuse_other_report(edition: str, document: str) -> None:
    """Refuse to prepare an edition where Quarto says that it renders another report.

    Raises
    ------
    PublishError
        With the command that renders the edition.
    """
    rendered = os.environ.get("QUARTO_PROJECT_INPUT_FILES", "").splitlines()
    if rendered and document not in {Path(name).name for name in rendered}:
        raise PublishError(
            f"edition {edition} is told in {document}, and {', '.join(rendered)} is rendered: "
            f"make report EDITION={edition}, or QUARTO_PROFILE={PROFILE} "
            f"{EDITION_VARIABLE}={edition} quarto render {document}"
        )


def check_rendered(root: Path) -> None:
    """Finish and check what Quarto says it has just rendered; remove it if it is unfit.

    This is its post-render step.

    Raises
    ------
    PublishError
        As :func:`refuse_unfit`.
    """
    listed = os.environ.get("QUARTO_PROJECT_OUTPUT_FILES", "").splitlines()
    outputs = [root / name for name in listed]
    for path in outputs:
        if path.suffix == ".html" and path.is_file():
            place = os.environ.get(FOLDER_VARIABLE) or path.parent.relative_to(root)
            write_whole(path, finished(path.read_text("utf8"), root, Path(place)))
    try:
        refuse_unfit(root, outputs)
    except PublishError as error:
        for path in outputs:
            path.unlink(missing_ok=True)
        raise PublishError(
            "\n".join(f"{REFUSED}{line}" for line in str(error).splitlines())
        ) from None


def _remove_remains(report: Report, there: set[Path]) -> None:
    """Remove the outputs of `report`, and what was not `there` before and bears its name."""
    for path in report.outputs:
        (report.root / path).unlink(missing_ok=True)
    stem = report.path.stem
    for path in set(report.root.iterdir()) - there:
        if path.is_dir() and path.name == f"{stem}_files":
            shutil.rmtree(path)
        elif path.is_file() and path.name.startswith(f"{stem}."):
            path.unlink()


def _environment(report: Report) -> dict[str, str]:
    """Make ``python`` in the steps of Quarto the interpreter that runs now."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    settings = {
        "PATH": path,
        "SOURCE_DATE_EPOCH": str(report.timestamp),
        "NO_COLOR": "1",
        ROOT_VARIABLE: str(report.root),
    }
    # A profile of the user's would change the report.
    listed = report.path.name in report.project["project"]["render"]
    settings["QUARTO_PROFILE"] = "" if listed else PROFILE
    return {**os.environ, **settings}


def _run(root: Path, environment: Mapping[str, str], document: str | None) -> None:
    done = subprocess.run(
        ["quarto", "render", *([document] if document else [])],
        cwd=root,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf8",
        errors="replace",
        check=False,
    )
    said = COLOUR.sub("", done.stdout)
    faults = [line.strip() for line in said.splitlines() if _is_fault(line)]
    if done.returncode:
        raise PublishError("Quarto failed: " + "\n".join(faults or [said[-2000:].strip()]))
    if faults:
        raise PublishError("Quarto warned: " + "\n".join(faults))


def _is_fault(line: str) -> bool:
    return bool(FAULT.search(line)) and not HARMLESS.search(line)


def _refuse_unresolved(page: str) -> None:
    unresolved = sorted(set(UNRESOLVED.findall(page)))
    if unresolved:
        raise PublishError(f"unresolved references: {', '.join(unresolved)}")
