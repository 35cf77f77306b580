"""The real Quarto: finding it, running it, and reading what it says."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from analysis.publish.errors import Progress, PublishError, silent
from analysis.publish.source import read_report

OLDEST = (1, 9)
RENDERERS = ("auto", "quarto", "embedded")
FAULT = re.compile(r"\bWARN(ING)?\b|^\s*warning:|^ERROR|\?@|Unable to resolve", re.IGNORECASE)
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
    done = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
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
    edition: str | None = None,
) -> list[Path]:
    """Render a document of `root` with Quarto and return the HTML and the PDF.

    Raises
    ------
    PublishError
        If Quarto fails or warns, or leaves a reference unresolved; no output is left then.
    """
    report = read_report(root, document)
    folder = root / report.project["project"].get("output-dir", ".")
    outputs = [folder / report.path.with_suffix(suffix).name for suffix in (".html", ".pdf")]
    progress("rendering with Quarto", 0, 1)
    try:
        _run(root, _environment(report.timestamp, edition), document)
        _refuse_unresolved(outputs)
    except PublishError:
        for path in outputs:
            path.unlink(missing_ok=True)
        raise
    progress("rendering with Quarto", 1, 1)
    return outputs


def _environment(timestamp: int, edition: str | None) -> Mapping[str, str]:
    """Make ``python`` in the pre-render step the interpreter that runs now, for an edition."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    chosen = {} if edition is None else {"DIGITAL_CITY_EDITION": edition}
    return (
        os.environ | {"PATH": path, "SOURCE_DATE_EPOCH": str(timestamp), "NO_COLOR": "1"} | chosen
    )


def _run(root: Path, environment: Mapping[str, str], document: str | None) -> None:
    done = subprocess.run(
        ["quarto", "render", *([document] if document else [])],
        cwd=root,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    faults = [line.strip() for line in done.stdout.splitlines() if _is_fault(line)]
    if done.returncode:
        raise PublishError("Quarto failed: " + "\n".join(faults or [done.stdout[-2000:].strip()]))
    if faults:
        raise PublishError("Quarto warned: " + "\n".join(faults))


def _is_fault(line: str) -> bool:
    return bool(FAULT.search(line)) and not HARMLESS.search(line)


def _refuse_unresolved(outputs: list[Path]) -> None:
    absent = [path.name for path in outputs if not path.is_file()]
    if absent:
        raise PublishError(f"Quarto wrote no {' and no '.join(absent)}")
    unresolved = sorted(set(UNRESOLVED.findall(outputs[0].read_text("utf8"))))
    if unresolved:
        raise PublishError(f"unresolved references: {', '.join(unresolved)}")
