"""A report from somebody's own figures: the same pipeline, on a project of its own below _build."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis.commands.common import console, shown_progress
from analysis.commands.steps import prepare
from analysis.editions import ROOT, Edition
from analysis.editions.storage import copy_tree
from analysis.index.refusal import RefusedValueError
from analysis.publish.documents import document_in, quarto_environment
from analysis.publish.folders import output_folder, report_files
from analysis.publish.report.render import Wanted, render

# Quarto resolves what a document includes, embeds and is styled by beside its project file, and
# the settings of the project name every report.
DOCUMENTS = ("_quarto*.yml", "_environment", "*.qmd", "sections", "theme", "notebooks")
# By which all steps know whether other versions of packages have been installed.
PACKAGES = "requirements.lock"


def own_report(
    base: Edition,
    figures: Path,
    weights: Path | None,
    sheet: str,
    renderer: str,
    output: Path | None = None,
    language: str = "en",
) -> None:
    """Lay out an edition of the file `figures`, make its report, and put it into `output`.

    Without `output` it is put below _output/own.
    """
    from analysis.ranking.own_figures import lay_out

    target = output or ROOT / "_output" / "own" / figures.stem
    refuse_place(target)
    with workplace(figures.stem) as project, shown_progress() as progress:
        copy_documents(project)
        edition = lay_out(base, figures, project, weights, sheet)
        prepare(edition, language, progress)
        document, told = document_in(edition, language), quarto_environment(edition, language)
        files = report_files(edition, language)
        done = render(project, renderer, progress, Wanted(document, told, files))
        copy_tree(edition.results, target / "results")
        copy_tree(project / output_folder(edition, language), target)
    console.print(f"renderer: {done.renderer} ({done.reason})")
    place = output or target.relative_to(ROOT).as_posix()
    console.print(f"{place}: report.html, report.pdf, results, site")


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
    """The folder in which the report is made: kept below _build, or for this once elsewhere.

    What is begun for figures that are refused goes again.
    """
    kept = ROOT / "_build" / "own" / name
    if can_be_written(kept):
        is_new, is_done = not kept.exists(), False
        try:
            yield kept
            is_done = True
        finally:
            if is_new and not is_done:
                shutil.rmtree(kept, ignore_errors=True)
        return
    with TemporaryDirectory(prefix="own-") as folder:
        yield Path(folder)


def copy_documents(project: Path) -> None:
    """Copy the documents, so that what is there already and unchanged stays current."""
    project.mkdir(parents=True, exist_ok=True)
    for pattern in (*DOCUMENTS, PACKAGES):
        for path in ROOT.glob(pattern):
            if path.is_dir():
                copy_tree(path, project / path.name)
            else:
                shutil.copyfile(path, project / path.name)
