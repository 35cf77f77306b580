"""What stands behind the figures and tables of the report, as files to take along.

A figure as SVG, which carries its fonts, and as PNG, with the tables of results that it is drawn
from; a table as CSV, as it is shown. All are files of the site, beside the report and not in it.
"""

import csv
import html
import io
import json
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from analysis.editions import Edition
from analysis.editions.storage import write_whole
from analysis.figures.font_files import Face, faces_in
from analysis.publish.folders import output_folder
from analysis.publish.notebooks.cells import cell_options, joined
from analysis.publish.report.behind import tables_behind
from analysis.publish.report.origins import Origin
from analysis.publish.typesetting import Document, pictures
from analysis.publish.web_fonts import html_style, svg_words

# Folders of the site as the report sees them.
FIGURES, TABLES = "site/figures", "site/tables"
DOTS = 220
RULE = re.compile(r"^\|[\s:|-]+\|$")
# A spreadsheet takes what begins so for a formula, unless it is a number.
FORMULA = re.compile(r"^[=@]|^[+-](?![\d.,]+\s*%?$)")


def write_downloads(
    edition: Edition, origins: Iterable[Origin], language: str = "en"
) -> dict[str, dict[str, str]]:
    """Write the files, and return their addresses by float and by what they are called."""
    root, folder = edition.root, edition.root / output_folder(edition, language)
    drawn: dict[str, str] = {}
    files: dict[str, dict[str, str]] = {}
    for origin in origins:
        svg, table, results = _shown(root, origin)
        if svg:
            drawn[origin.label] = svg
            files[origin.label] = {
                kind.upper(): f"{FIGURES}/{origin.label}.{kind}" for kind in ("svg", "png")
            } | _copied(edition, results, folder)
        elif table:
            address = f"{TABLES}/{origin.label}.csv"
            write_whole(folder / address, as_csv(table))
            files[origin.label] = {"CSV": address}
    _write_pictures(root, folder, drawn, faces_in(language))
    return files


def as_csv(table: str) -> str:
    """A Markdown table with escaped cells as CSV, in which nothing is a formula."""
    lines = [line.strip() for line in table.splitlines() if line.strip().startswith("|")]
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    for line in lines:
        if not RULE.match(line):
            writer.writerow(_inert(cell) for cell in line.strip("|").split("|"))
    return written.getvalue()


def with_fonts(svg: str, faces: Iterable[Face]) -> str:
    """The SVG with the fonts of its words inside, so that it looks the same everywhere."""
    characters = set(svg_words(svg))
    used = [
        face
        for face in faces
        if face.family in svg
        and ("italic" in face.style) <= ("italic" in svg)
        and face.weights.startswith("6") <= ("font-weight" in svg)
    ]
    start = svg.index(">", svg.index("<svg")) + 1
    return svg[:start] + html_style(characters, used) + svg[start:]


def _inert(cell: str) -> str:
    text = html.unescape(cell.strip()).replace("\N{NO-BREAK SPACE}", " ")
    return f"'{text}" if FORMULA.match(text) else text


def _shown(root: Path, origin: Origin) -> tuple[str, str, list[str]]:
    """What a cell shows, a drawing or a table, and the results behind it, if there are any."""
    path = root / "_build" / "notebooks" / f"{origin.notebook}.ipynb"
    sources = []
    for cell in json.loads(path.read_text("utf8"))["cells"] if path.is_file() else []:
        if cell["cell_type"] != "code":
            continue
        sources.append(joined(cell["source"]))
        if origin.cell not in sources[-1] or cell_options(sources[-1]).get("label") != origin.cell:
            continue
        data: dict[str, str] = next((out["data"] for out in cell["outputs"] if "data" in out), {})
        svg, table = (joined(data.get(kind, "")) for kind in ("image/svg+xml", "text/markdown"))
        return svg, table if table.startswith("|") else "", tables_behind(sources)
    return "", "", []


def _copied(edition: Edition, results: Iterable[str], folder: Path) -> dict[str, str]:
    addresses = {}
    for name in results:
        source = edition.root / "data" / "results" / edition.name / f"{name}.csv"
        if source.is_file():
            addresses[f"{name}.csv"] = f"{TABLES}/{name}.csv"
            target = folder / TABLES / f"{name}.csv"
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    return addresses


def _write_pictures(root: Path, output: Path, drawn: dict[str, str], faces: Iterable[Face]) -> None:
    """Write what has changed as SVG with fonts and as PNG, all pages of one Typst document."""
    place = "-".join(output.relative_to(root).parts[1:])
    marks = root / "_build" / f"downloads-{place}.json"
    before = json.loads(marks.read_text("utf8")) if marks.is_file() else {}
    folder = output / FIGURES
    new = [
        name
        for name, svg in drawn.items()
        if before.get(name) != svg or not (folder / f"{name}.png").is_file()
    ]
    if not new:
        return
    work = root / "_build" / "downloads"
    for name in new:
        write_whole(work / f"{name}.svg", drawn[name])
        write_whole(folder / f"{name}.svg", with_fonts(drawn[name], faces))
    pages = "\n#pagebreak()\n".join(f'#image("{name}.svg")' for name in new)
    source = work / "pictures.typ"
    write_whole(source, f"#set page(width: auto, height: auto, margin: 8pt)\n{pages}\n")
    document = Document(source, root, [root / "_build" / "fonts"], timestamp=0, standards=[])
    for name, picture in zip(new, pictures(document, DOTS), strict=True):
        write_whole(folder / f"{name}.png", picture)
    write_whole(marks, json.dumps(drawn, ensure_ascii=False))
