"""What an executed notebook may hold, and how its file holds it, so that any renderer can use it.

A cell of it is embedded in the report by the real Quarto, by the embedded renderer and by the pages
of the site, and none of them may meet anything that a browser would run.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import nbformat
from nbformat import NotebookNode

from analysis.figures.font_files import CHINESE
from analysis.publish.errors import PublishError
from analysis.publish.notebooks.cells import cell_options, joined

# One HTML output anywhere in a notebook makes Quarto load two libraries from the web into every
# page that embeds a cell of it.
INERT = {"text/plain", "text/markdown", "image/svg+xml", "image/png", "image/jpeg"}
LABEL = re.compile(r"^(#\|\s?label:.*)$", re.MULTILINE)
OBJECT = re.compile(r"<[\w.]+ object>")
SCRIPT = re.compile(r"<\s*script\b", re.IGNORECASE)
ACTIVE = re.compile(r"<\s*(?:script|iframe|object|embed|link|style|form)\b", re.IGNORECASE)


def settle_outputs(notebook: NotebookNode, name: str) -> None:
    """Leave of every output only the forms that are text or picture, in place.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        The executed notebook.
    name : str
        What to call it.

    Raises
    ------
    PublishError
        If an output is nothing but HTML or a script, or its text would be expanded or run.
    """
    for number, output in _outputs(notebook):
        where = f"{name}, cell {number}"
        _refuse_live_text(output.data, where)
        kept = {kind: data for kind, data in output.data.items() if kind in INERT}
        dropped = sorted(output.data.keys() - kept.keys())
        if dropped and not _shows_something(kept):
            raise PublishError(
                f"{where}: the output is {' and '.join(dropped)} alone, which needs a browser to "
                "run it; show Markdown, SVG or plain text"
            )
        output.data = NotebookNode(kept)


def give_families(notebook: NotebookNode, families: Sequence[str]) -> None:
    """Let Chinese letters of figures have the first of these families, then the others, in place.

    Figures are drawn with the Simplified forms; a letter is as wide in all of them.
    """
    wanted = ", ".join(f"'{family}'" for family in families)
    for _, output in _outputs(notebook):
        if "image/svg+xml" in output.data and wanted != f"'{CHINESE}'":
            svg = joined(output.data["image/svg+xml"])
            output.data["image/svg+xml"] = svg.replace(f"'{CHINESE}'", wanted)


def give_alternatives(notebook: NotebookNode, texts: Mapping[str, str]) -> None:
    """Write the alternative texts of figures, by the label of the cell, into the cells, in place.

    A cell that has a text of its own keeps it.
    """
    for cell in notebook.cells:
        options = cell_options(cell.source) if cell.cell_type == "code" else {}
        if options.get("label") in texts and "fig-alt" not in options:
            text = json.dumps(" ".join(texts[options["label"]].split()), ensure_ascii=False)
            before, label, after = LABEL.split(cell.source, maxsplit=1)
            cell.source = f"{before}{label}\n#| fig-alt: {text}{after}"


def _outputs(notebook: NotebookNode) -> Iterator[tuple[int, NotebookNode]]:
    """Every output that is data, with the number of its cell."""
    for number, cell in enumerate(notebook.cells, 1):
        for output in cell.get("outputs", []):
            if "data" in output:
                yield number, output


def _refuse_live_text(data: Mapping[str, Any], where: str) -> None:
    """Refuse what Quarto would expand or a browser run: text from data is escaped."""
    text = data.get("text/markdown", "")
    if "{{<" in text:
        raise PublishError(f"{where}: the output holds a shortcode; escape_markdown it")
    active = ACTIVE.search(text)
    if active:
        raise PublishError(f"{where}: the output holds {active[0]}; escape_markdown it")
    script = SCRIPT.search(data.get("image/svg+xml", ""))
    if script:
        raise PublishError(f"{where}: the picture holds {script[0]}, which a browser would run")


def _shows_something(kept: Mapping[str, Any]) -> bool:
    """Whether more is left than the name of an object."""
    plain = kept.get("text/plain", "")
    return bool(kept.keys() - {"text/plain"} or (plain and not OBJECT.fullmatch(plain)))


def notebook_text(notebook: NotebookNode) -> str:
    """Return `notebook` as its file holds it, the source of each code cell as one string.

    The format allows a list of lines as well. Quarto joins these with one more line break each, by
    which an alternative text that goes over several lines is lost.
    """
    written = json.loads(nbformat.writes(notebook))
    for cell, executed in zip(written["cells"], notebook.cells, strict=True):
        if cell["cell_type"] == "code":
            cell["source"] = executed.source
    return json.dumps(written, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
