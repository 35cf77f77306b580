"""Running pandoc on the expanded report, and saying where it found fault."""

import json
import re
import sys
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pypandoc

from analysis.editions.storage import write_whole
from analysis.publish.errors import PublishError
from analysis.publish.report.shortcodes import Expanded, expand_setting
from analysis.publish.report.source import Report
from analysis.publish.surroundings import run

FILTER = Path(__file__).parent / "filters" / "quarto.lua"
LABEL = re.compile(r"\b(?:fig|tbl|eq|sec)-[\w-]+")
LINE = re.compile(r"\bline (\d+)")


def run_pandoc(report: Report, expanded: Expanded, target: str, *options: str) -> str:
    """Convert the report to `target`, ``html`` or ``typst``, and return the document.

    Raises
    ------
    PublishError
        For any warning or error of pandoc or of the filters, with the source line if one is named.
    """
    settings = report.metadata(target)
    arguments = [
        "--standalone",
        "--fail-if-warnings",
        "--wrap=none",
        f"--from={settings.get('from', 'markdown')}",
        f"--to={target}",
        f"--metadata-file={_write_metadata(report, target, settings)}",
        f"--lua-filter={FILTER}",
        *(f"--lua-filter={name}" for name in _filters(settings)),
        *_outline_options(settings),
        *options,
    ]
    done = pandoc(arguments, expanded.text, report.root)
    if done.returncode:
        raise PublishError(_explain(done.stderr.decode(), report, expanded))
    return done.stdout.decode()


def pandoc(arguments: list[str], text: str, folder: Path | None = None) -> CompletedProcess[bytes]:
    """Run the pandoc of the pinned package, which is not the newest one that the machine has."""
    name = "pandoc.exe" if sys.platform == "win32" else "pandoc"
    program = Path(pypandoc.__file__).parent / "files" / name
    return run("pandoc", [program, *arguments], text, folder)


def _write_metadata(report: Report, target: str, settings: dict[str, Any]) -> Path:
    path = report.root / "_build" / f"metadata-{target}.json"
    write_whole(path, json.dumps(expand_setting(report, settings), ensure_ascii=False))
    return path


def _filters(settings: dict[str, Any]) -> list[str]:
    """The filters of the theme; one with a place in Quarto's own pipeline is for Quarto alone."""
    return [name for name in settings.get("filters", []) if isinstance(name, str)]


def _outline_options(settings: dict[str, Any]) -> list[str]:
    options = []
    if settings.get("toc"):
        options += ["--toc", f"--toc-depth={settings.get('toc-depth', 3)}"]
    if settings.get("number-sections"):
        options.append("--number-sections")
    if settings.get("syntax-highlighting"):
        options.append(f"--syntax-highlighting={settings['syntax-highlighting']}")
    return options


def _explain(message: str, report: Report, expanded: Expanded) -> str:
    """Turn pandoc's message into one sentence that starts with the source line."""
    reason = message.partition("stack traceback")[0].strip()
    reason = reason.rpartition("report: ")[2] if "report: " in reason else reason
    return f"{_find_place(reason, expanded) or report.path}: {' '.join(reason.split())}"


def _find_place(reason: str, expanded: Expanded) -> object | None:
    label, line = LABEL.search(reason), LINE.search(reason)
    if label:
        marks = (f"@{label[0]}", f"#{label[0]}") if "reference" in reason else (f"#{label[0]}",)
        return next(filter(None, (expanded.place_of(mark) for mark in marks)), None)
    if line and int(line[1]) <= len(expanded.places):
        return expanded.places[int(line[1]) - 1]
    return None
