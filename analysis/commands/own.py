"""A report from somebody's own figures: the same pipeline, in a project of its own below _build."""

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis.commands.common import console
from analysis.editions import ROOT, Edition
from analysis.editions.storage import copy_tree
from analysis.index.refusal import RefusedValueError

# What a project needs to make a report; data are laid out anew.
PARTS = ("analysis", "notebooks", "sections", "theme")
FILES = ("*.qmd", "_quarto*.yml", "requirements.lock", "pyproject.toml")


def own_report(
    base: Edition,
    figures: Path,
    weights: Path | None,
    sheet: str,
    renderer: str,
    output: Path | None = None,
) -> None:
    """Lay out an edition of the file `figures`, make its report, and put it into `output`.

    Without `output` it is put below _output/own.
    """
    from analysis.ranking.own_figures import lay_out

    target = output or ROOT / "_output" / "own" / figures.stem
    refuse_place(target)
    with workplace(figures.stem) as project:
        copy_project(project)
        edition = lay_out(base, figures, project, weights, sheet)
        command = [sys.executable, "-m", "analysis", "report", edition.name, "--renderer", renderer]
        own_code = os.environ | {"PYTHONPATH": str(project)}
        done = subprocess.run(command, cwd=project, env=own_code, check=False)  # it has said why
        if done.returncode:
            sys.exit(done.returncode)
        copy_tree(edition.results, target / "results")
        for ending in ("html", "pdf"):
            made = (project / "_output" / edition.document).with_suffix(f".{ending}")
            shutil.copyfile(made, target / f"report.{ending}")
    place = output or target.relative_to(ROOT).as_posix()
    console.print(f"{place}: report.html, report.pdf, results")


def refuse_place(target: Path) -> None:
    """Refuse a place that cannot be written before any work is done for nothing."""
    if target.exists() and not target.is_dir():
        raise RefusedValueError(f"{target} is a file: name a folder")
    if not can_be_written(target):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))


def can_be_written(folder: Path) -> bool:
    """Whether `folder` can be written, or made."""
    nearest = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    return os.access(nearest, os.W_OK)


@contextmanager
def workplace(name: str) -> Iterator[Path]:
    """The folder in which the report is made: kept below _build, or for this once elsewhere."""
    kept = ROOT / "_build" / "own" / name
    if can_be_written(kept):
        yield kept
        return
    with TemporaryDirectory(prefix="own-") as folder:
        yield Path(folder)


def copy_project(project: Path) -> None:
    """Copy everything but the data, so that what is there already and unchanged stays current."""
    for part in PARTS:
        copy_tree(ROOT / part, project / part)
    for pattern in FILES:
        for path in ROOT.glob(pattern):
            shutil.copyfile(path, project / path.name)
