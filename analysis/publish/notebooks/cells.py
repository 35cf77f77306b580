"""The one output of a labelled cell of an executed notebook, as Markdown for the report."""

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from analysis.editions.storage import write_whole
from analysis.editions.yaml_texts import yaml_values
from analysis.publish.errors import PublishError

CELL_OPTION = re.compile(r"^#\|\s?(.*)$", re.MULTILINE)
OUTPUT_TYPES = ("display_data", "execute_result")
# Class of a text that stands in place of a figure or table of which an edition has no figures.
NOTE = "nothing-to-show"


def cell_options(source: str) -> dict[str, Any]:
    """Read the ``#|`` lines at the top of a code cell."""
    return yaml_values("\n".join(CELL_OPTION.findall(source)))


def embed_cell(root: Path, notebook: str, label: str) -> str:
    """Return the Markdown that shows the cell `label` of `notebook`.

    A Markdown output is returned as it is, a note in place of a figure with a class of its own; an
    SVG output is written to ``_build/figures`` and returned as an image with the cell's
    ``fig-alt``.

    Raises
    ------
    PublishError
        If the notebook or the cell is missing, or the cell has not exactly one output that is
        Markdown or SVG, or a figure has no ``fig-alt``.
    """
    source, outputs = _find_cell(root / notebook, notebook, label)
    where = f"{notebook}#{label}"
    if len(outputs) != 1:
        raise PublishError(f"{where}: a cell to embed has one output, this one has {len(outputs)}")
    data = outputs[0]["data"]
    if "text/markdown" in data:
        text = joined(data["text/markdown"]).strip("\n")
        return f"[{text}]{{.{NOTE}}}" if is_note(outputs[0]) else text
    if "image/svg+xml" not in data:
        raise PublishError(f"{where}: the output is neither Markdown nor SVG but {sorted(data)}")
    alternative = str(cell_options(source).get("fig-alt") or "").strip()
    if not alternative:
        raise PublishError(f"{where}: the figure has no alternative text (#| fig-alt: …)")
    image = f"_build/figures/{Path(notebook).stem}-{label}.svg"
    write_whole(root / image, joined(data["image/svg+xml"]))
    return f'![]({image}){{fig-alt="{attribute(alternative)}"}}'


def is_note(output: Mapping[str, Any]) -> bool:
    """Whether an output is a text in place of a figure or table, as `tables.note` makes it."""
    return bool(output.get("metadata", {}).get("text/markdown", {}).get("note"))


def _find_cell(path: Path, notebook: str, label: str) -> tuple[str, list[dict[str, Any]]]:
    if not path.is_file():
        raise PublishError(f"there is no notebook {notebook}: has it been executed?")
    for cell in _code_cells(path.read_text("utf8")):
        source = joined(cell["source"])
        if label in source and cell_options(source).get("label") == label:
            return source, [out for out in cell["outputs"] if out["output_type"] in OUTPUT_TYPES]
    raise PublishError(f"{notebook} has no cell labelled {label}")


@lru_cache(maxsize=4)  # a section of the report embeds several cells of one notebook
def _code_cells(notebook: str) -> list[dict[str, Any]]:
    return [cell for cell in json.loads(notebook)["cells"] if cell["cell_type"] == "code"]


def joined(text: str | list[str]) -> str:
    """Return a text of a notebook, which may be written as a list of its lines."""
    return text if isinstance(text, str) else "".join(text)


def attribute(text: str) -> str:
    """Write text for a quoted attribute of Markdown."""
    characters = " ".join(text.split())
    return re.sub(r"[&\"\\<{}]", lambda match: f"&#{ord(match[0])};", characters)
