"""The embedded renderer: HTML and PDF without Quarto, from the same files, in the same shapes."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from analysis.editions.storage import write_whole
from analysis.publish.errors import Progress, PublishError, silent
from analysis.publish.report.html import missing_letters, render_html
from analysis.publish.report.pdf import render_pdf
from analysis.publish.report.shortcodes import Expanded, expand
from analysis.publish.report.source import Report, read_report


def render_embedded(
    root: Path,
    progress: Progress = silent,
    document: str | None = None,
    outputs: Sequence[Path] = (),
) -> list[Path]:
    """Render a document of `root` to HTML and PDF and return the two files.

    Nothing is written unless both documents are complete and without fault. `outputs` are the two
    files below `root`; without them they are those of the project.

    Raises
    ------
    PublishError
        For everything that makes the report unfit to publish, with the place.
    """
    report = read_report(root, document)
    expanded = expand(report)
    progress("rendering HTML and PDF", 0, 2)
    with ThreadPoolExecutor(2) as pool:
        made = list(outputs) or report.outputs
        html = pool.submit(render_html, report, expanded, made)
        pdf = pool.submit(render_pdf, report, expanded, report.timestamp)
        page = html.result()
        refuse_missing_glyphs(report, expanded, page)
        pages = pdf.result()
    written = [root / path for path in made]
    write_whole(written[0], page)
    write_whole(written[1], pages)
    progress("rendering HTML and PDF", 2, 2)
    return written


def refuse_missing_glyphs(report: Report, expanded: Expanded, document: str) -> None:
    """Refuse a document with a character that none of the pinned fonts can show."""
    missing = missing_letters(document)
    if not missing:
        return
    listed = ", ".join(f"{character} (U+{ord(character):04X})" for character in sorted(missing))
    place = next(filter(None, map(expanded.place_of, sorted(missing))), report.path)
    raise PublishError(f"{place}: the fonts of the report have no glyph for {listed}")
