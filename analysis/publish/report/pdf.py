"""The embedded renderer's PDF: pandoc writes Typst, Typst sets the page."""

import shutil
from pathlib import Path
from typing import Any

from analysis.editions.storage import write_whole
from analysis.publish.errors import PublishError
from analysis.publish.report.pandoc import run_pandoc
from analysis.publish.report.shortcodes import Expanded
from analysis.publish.report.source import Report
from analysis.publish.typesetting import Document, typeset

TEMPLATE = Path(__file__).parents[1] / "templates" / "main.typ"
FOLDER = Path("_build", "typst")


def render_pdf(report: Report, expanded: Expanded, timestamp: int) -> bytes:
    """Return the tagged PDF.

    Parameters
    ----------
    report, expanded
        The report and its expanded text.
    timestamp : int
        Seconds since 1970, the only time that enters the file.

    Raises
    ------
    PublishError
        For any warning or error of pandoc or Typst.
    """
    source = write_typst(report, expanded)
    return _compile(report.root, source, report.metadata("typst"), timestamp)


def write_typst(report: Report, expanded: Expanded) -> Path:
    """Write the report as a Typst file below its project folder, and return its path.

    Raises
    ------
    PublishError
        For any warning or error of pandoc.
    """
    template = _gather_template(report.root, report.metadata("typst"))
    document = run_pandoc(report, expanded, "typst", f"--template={template}")
    source = report.root / FOLDER / "report.typ"
    write_whole(source, document)
    return source


def _gather_template(root: Path, settings: dict[str, Any]) -> Path:
    """Put the template and the partials of the theme into one folder, where pandoc looks."""
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for partial in settings.get("template-partials", []):
        if not (root / partial).is_file():
            raise PublishError(f"_quarto.yml: there is no template partial {partial}")
        shutil.copyfile(root / partial, folder / Path(partial).name)
    return Path(shutil.copyfile(TEMPLATE, folder / TEMPLATE.name))


def _compile(root: Path, source: Path, settings: dict[str, Any], timestamp: int) -> bytes:
    standards = settings.get("pdf-standard") or []
    document = Document(
        source,
        root,
        fonts=[root / name for name in settings.get("font-paths", [])],
        timestamp=timestamp,
        standards=standards if isinstance(standards, list) else [standards],
    )
    return typeset(document)
