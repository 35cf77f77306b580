"""The executed notebooks as pages: prose, code, figures and tables, linked with the report."""

import base64
import html
import itertools
import json
import re
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from analysis.language.sentences import ORIGINAL
from analysis.publish.errors import PublishError
from analysis.publish.notebooks.cells import CELL_OPTION, attribute, cell_options, joined
from analysis.publish.notebooks.execution import EXECUTED
from analysis.publish.report.figures import with_drawings
from analysis.publish.report.origins import Origin, report_origins
from analysis.publish.report.pandoc import pandoc
from analysis.publish.report.source import read_report
from analysis.publish.site.shell import Site, environment, page_frame

# Of a cell whose words are those of the notebook itself.
ENGLISH = {"metadata": {"lang": ORIGINAL}}
OPTION_LINES = re.compile(rf"(?:{CELL_OPTION.pattern}\n?)+", re.MULTILINE)
CODE = re.compile(r'<div class="sourceCode".*?</div>', re.DOTALL)
WIDE = re.compile(r"<table\b.*?</table>", re.DOTALL)
FIGURE = re.compile(r"<p>(?=<img )")


class NotebookPage(NamedTuple):
    """One notebook as HTML: its stem, its title and the body."""

    stem: str
    title: str
    body: str


def notebook_pages(site: Site, coming: Iterable[str] = ()) -> dict[str, str]:
    """Pages of all executed notebooks and their index, by address.

    Raises
    ------
    PublishError
        If no notebook has been executed, or pandoc finds fault with one.
    """
    root = site.edition.root
    executed = sorted((root / EXECUTED).glob("*.ipynb"))
    if not executed:
        raise PublishError(f"{EXECUTED.as_posix()} is empty: run the command notebooks first")
    report = read_report(root, site.document)
    origins = report_origins(report)
    link = f"[{site.words['site_in_report']}](../../report.html#{{}})"
    words = site.words["site_table"], site.words["site_code"]
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda path: notebook_page(path, origins, link, *words), executed))
    template = environment().get_template("notebook.html")
    pages = {}
    for page in found:
        frame = page_frame(site, f"notebooks/{page.stem}.html", coming)
        written = template.render(frame, page=page, others=found)
        pages[f"notebooks/{page.stem}.html"] = with_drawings(written)
    pages["notebooks/index.html"] = (
        environment()
        .get_template("notebook_index.html")
        .render(
            page_frame(site, "notebooks/index.html", coming),
            title=site.words["site_notebooks"],
            lead=site.say("site_notebooks_lead"),
            notebooks=found,
        )
    )
    return pages


def notebook_page(
    path: Path, origins: Iterable[Origin], link: str, table_word: str, code_word: str
) -> NotebookPage:
    """One executed notebook as HTML; `link` leads to a figure of the report by its label."""
    notebook = json.loads(path.read_text("utf8"))
    back = {origin.cell: origin.label for origin in origins if origin.notebook == path.stem}
    cells = [part for cell in notebook["cells"] for part in prepared(cell, back, link)]
    body = reachable(to_html(path.name, notebook | {"cells": cells}), table_word)
    body = folded(body, code_word)
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", body, re.DOTALL)
    title = html.unescape(re.sub(r"<[^>]+>", "", heading[1])) if heading else path.stem
    return NotebookPage(path.stem, title, body)


def reachable(body: str, table_word: str) -> str:
    """The body in which what scrolls can be reached by keyboard, and tables be told apart."""
    number = itertools.count(1)

    def framed(table: re.Match[str]) -> str:
        name = html.escape(f"{table_word} {next(number)}")
        region = f'<div class="wide-table" tabindex="0" role="region" aria-label="{name}">'
        return f"{region}{table[0]}</div>"

    body = FIGURE.sub('<p class="wide-figure" tabindex="0">', WIDE.sub(framed, body))
    return body.replace("<pre", '<pre tabindex="0"')


def folded(body: str, word: str) -> str:
    """The body with the code of each cell behind a word; what a cell says stays open."""
    return CODE.sub(
        lambda code: (
            f'<details class="code"><summary>{html.escape(word)}</summary>{code[0]}</details>'
        ),
        body,
    )


def prepared(cell: dict[str, Any], back: dict[str, str], link: str) -> list[dict[str, Any]]:
    """A cell as it is shown: named by its label; what it shows and a link to the report follow."""
    if cell["cell_type"] != "code":
        return [cell | ENGLISH]
    source = joined(cell["source"])
    options = cell_options(source)
    label = str(options.get("label") or cell.get("id") or "")
    shown = [shown_output(out, label, options) for out in cell["outputs"]]
    if label in back:
        shown.append(link.format(back[label]))
    plain = [out for out in cell["outputs"] if out["output_type"] == "stream"]
    code = {"id": label, "source": OPTION_LINES.sub("", source), "outputs": plain} | ENGLISH
    said = prose(f"{label}-output", "\n\n".join(filter(None, shown)))
    # What the report shows is in the language of the page; what a cell says else is for auditors.
    return [cell | code, *(said if "label" in options else [each | ENGLISH for each in said])]


def prose(name: str, text: str) -> list[dict[str, Any]]:
    """A cell of Markdown, unless there is nothing to say."""
    cell = {"cell_type": "markdown", "id": name, "metadata": {}, "source": text}
    return [cell] if text else []


def shown_output(output: dict[str, Any], label: str, options: dict[str, Any]) -> str:
    """What an output shows, as Markdown; an SVG figure as an image that is part of the page."""
    data = output.get("data", {})
    if "image/svg+xml" in data:
        drawn = base64.b64encode(joined(data["image/svg+xml"]).encode()).decode()
        alternative = attribute(str(options.get("fig-alt") or label).strip())
        return f"![{alternative}](data:image/svg+xml;base64,{drawn})"
    if "text/markdown" in data:
        return joined(data["text/markdown"]).strip("\n")
    plain = joined(data.get("text/plain", ""))
    return "\n".join(f"    {line}" for line in plain.splitlines())


def to_html(name: str, notebook: dict[str, Any]) -> str:
    """A notebook as the HTML of its cells, by pandoc; HTML within prose and tables is only text."""
    arguments = [
        "--from=ipynb-raw_html-raw_tex",
        "--to=html5",
        "--mathml",
        "--wrap=none",
        "--fail-if-warnings",
    ]
    done = pandoc(arguments, json.dumps(notebook, ensure_ascii=False))
    if done.returncode:
        raise PublishError(f"{name}: {' '.join(done.stderr.decode().split())}")
    return done.stdout.decode()
