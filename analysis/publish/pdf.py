"""The embedded renderer's PDF: pandoc writes Typst, Typst sets the page."""

import shutil
from pathlib import Path
from typing import Any

import typst

from analysis.publish.errors import PublishError
from analysis.publish.files import write_whole
from analysis.publish.pandoc import run_pandoc
from analysis.publish.shortcodes import Expanded
from analysis.publish.source import Report

TEMPLATE = Path(__file__).parent / "templates" / "main.typ"
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
    settings = report.metadata("typst")
    template = _gather_template(report.root, settings)
    document = run_pandoc(report, expanded, "typst", f"--template={template}")
    source = report.root / FOLDER / "report.typ"
    write_whole(source, document)
    return _compile(report.root, source, settings, timestamp)


def _gather_template(root: Path, settings: dict[str, Any]) -> Path:
    """Put the template and the partials of the theme into one folder, where pandoc looks."""
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for partial in settings.get("template-partials", []):
        if not (root / partial).is_file():
            raise PublishError(f"_quarto.yml: there is no template partial {partial}")
        shutil.copy(root / partial, folder)
    return Path(shutil.copy(TEMPLATE, folder))


def _compile(root: Path, source: Path, settings: dict[str, Any], timestamp: int) -> bytes:
    standards = settings.get("pdf-standard") or []
    try:
        pdf, warnings = typst.compile_with_warnings(
            source,
            root=root,
            font_paths=[root / name for name in settings.get("font-paths", [])],
            ignore_system_fonts=True,
            format="pdf",
            timestamp=timestamp,
            pdf_standards=standards if isinstance(standards, list) else [standards],
        )
    except typst.TypstError as error:
        raise PublishError(_explain(root, source, [error])) from None
    if warnings:
        raise PublishError(_explain(root, source, warnings))
    return bytes(pdf)


def _explain(root: Path, source: Path, findings: list[Any]) -> str:
    listed = [str(getattr(finding, "diagnostic", "") or finding).strip() for finding in findings]
    return f"Typst, {source.relative_to(root).as_posix()}: " + "\n".join(listed)
