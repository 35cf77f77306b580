"""Where each figure and table of the report was made: the cell of a notebook, linked both ways.

Beside that link stand those to the files behind it (`downloads`).

The links go into the HTML only, by a small script behind the body, because both renderers take
that as it is; in a PDF a link to a page beside it would lead nowhere.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from analysis.editions.storage import write_changed
from analysis.publish.report.source import Report

SNIPPET = Path("_build", "origins.html")
PAGES = "site/notebooks"
INCLUDE = re.compile(r"^\{\{<\s*include\s+(\S+)\s*>\}\}\s*$", re.MULTILINE)
QUOTED = re.compile(r"\{\{<\s*var\s+say\.(\w+)\s*>\}\}")
FLOAT = re.compile(
    r"^:::\s*\{#((?:fig|tbl)-[\w-]+)[^}]*\}\s*\{\{<\s*embed\s+(\S+?)\.ipynb#([\w-]+)\s*>\}\}",
    re.MULTILINE,
)
SCRIPT = """<script>
(() => {
  const made = JSON.parse(document.getElementById("origins").textContent);
  for (const [id, address] of Object.entries(made.cells)) {
    const caption = document.querySelector(`#${id} figcaption`);
    if (!caption) continue;
    const number = caption.textContent.split(":")[0].trim();
    const behind = document.createElement("span");
    behind.className = "behind";
    const files = Object.entries(made.files[id] ?? {});
    for (const [words, href] of [[made.words, address], ...files]) {
      const link = document.createElement("a");
      link.href = href;
      link.textContent = words;
      link.setAttribute("aria-label", `${words}: ${number}`);
      behind.append(link, " ");
    }
    caption.append(behind);
  }
})();
</script>
"""


class Origin(NamedTuple):
    """A figure or table of the report, and the notebook and cell that it comes from."""

    label: str
    notebook: str
    cell: str

    @property
    def address(self) -> str:
        """The page of the cell, seen from the folder of the pages."""
        return f"{self.notebook}.html#{self.cell}"


def report_origins(report: Report) -> list[Origin]:
    """Every figure and table that the report embeds, in order."""
    text = with_included(report.root, report.path, report.body)
    return [Origin(label, Path(path).name, cell) for label, path, cell in FLOAT.findall(text)]


def embedded_notebooks(report: Report) -> set[str]:
    """The notebooks, by name without ending, from which the report takes a figure or a table."""
    return {origin.notebook for origin in report_origins(report)}


def quoted_sentences(report: Report) -> list[str]:
    """Names of the sentences that a report quotes, each once."""
    text = with_included(report.root, report.path, report.body)
    return sorted(set(QUOTED.findall(text)))


def with_included(root: Path, path: Path, text: str) -> str:
    """The source with every included file in its place; one that is not there is left out."""

    def included(match: re.Match[str]) -> str:
        target = path.parent / match[1]
        if not (root / target).is_file() or target == path:
            return ""
        return with_included(root, target, (root / target).read_text("utf8"))

    return INCLUDE.sub(included, text)


def write_origins(report: Report, files: Mapping[str, Mapping[str, str]]) -> None:
    """Write the script that puts links to its notebook and files into every figure and table.

    `files` are addresses by float and by what they are called.
    """
    words = str(report.metadata("html").get("origins-title", ""))
    cells = {origin.label: f"{PAGES}/{origin.address}" for origin in report_origins(report)}
    data = json.dumps(
        {"words": words, "cells": cells, "files": files}, ensure_ascii=False, indent=1
    )
    inert = data.replace("<", "\\u003c")
    written = f'<script type="application/json" id="origins">\n{inert}\n</script>\n{SCRIPT}'
    write_changed(report.root / SNIPPET, written)
