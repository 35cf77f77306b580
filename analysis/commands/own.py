"""A report from somebody's own figures: the same pipeline, in a project of its own below _build."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from analysis.commands.common import console
from analysis.editions import ROOT, Edition

# What a project needs to make a report; data are laid out anew.
PARTS = ("analysis", "notebooks", "sections", "theme")
FILES = ("*.qmd", "_quarto*.yml", "requirements.lock", "pyproject.toml")
DISPOSABLE = shutil.ignore_patterns("__pycache__")


def own_report(
    base: Edition, figures: Path, weights: Path | None, sheet: str, renderer: str
) -> None:
    """Lay out an edition of the file `figures`, make its report, and put it below _output/own."""
    from analysis.own_figures import lay_out

    project = ROOT / "_build" / "own" / figures.stem
    copy_project(project)
    edition = lay_out(base, figures, project, weights, sheet)
    command = [sys.executable, "-m", "analysis", "report", edition.name, "--renderer", renderer]
    own_code = os.environ | {"PYTHONPATH": str(project)}
    done = subprocess.run(command, cwd=project, env=own_code, check=False)  # it has said why
    if done.returncode:
        sys.exit(done.returncode)
    target = ROOT / "_output" / "own" / figures.stem
    shutil.copytree(edition.results, target / "results", dirs_exist_ok=True)
    for ending in ("html", "pdf"):
        made = (project / "_output" / edition.document).with_suffix(f".{ending}")
        shutil.copy(made, target / f"report.{ending}")
    console.print(f"{target.relative_to(ROOT).as_posix()}: report.html, report.pdf, results")


def copy_project(project: Path) -> None:
    """Copy everything but the data, so that what is there already and unchanged stays current."""
    project.mkdir(parents=True, exist_ok=True)
    for part in PARTS:
        shutil.copytree(ROOT / part, project / part, dirs_exist_ok=True, ignore=DISPOSABLE)
    for pattern in FILES:
        for path in ROOT.glob(pattern):
            shutil.copy2(path, project)
