"""The outline of a rendered report: what any two renderers must agree on.

``python -m tests.publish.outline one other`` compares the reports of two folders.
"""

import re
import sys
from io import BytesIO
from itertools import zip_longest
from pathlib import Path
from typing import Any

from lxml import html
from lxml.html import HtmlElement
from pypdf import PdfReader

KINDS = ("note", "tip", "warning", "important", "caution")
FLOAT = "starts-with(@id, 'fig-') or starts-with(@id, 'tbl-')"
UNREAD = "//script | //style | //*[local-name()='annotation']"


def words(node: HtmlElement) -> str:
    """The words of an element, in one line."""
    return re.sub(r"\s+", " ", node.text_content().replace("\N{NO-BREAK SPACE}", " ")).strip()


def classes(node: HtmlElement) -> list[str]:
    return (node.get("class") or "").split()


def html_outline(path: Path) -> dict[str, Any]:
    """Everything but the pages, in the shape of ``fixtures/quarto_sample/outline.json``."""
    document = html.fromstring(path.read_bytes())
    for element in document.xpath(UNREAD):
        element.drop_tree()
    main = document.xpath("//main")[0]
    return {
        "lang": document.get("lang"),
        "title": words(document.find("head/title")),
        "headings": [heading(node) for node in main.xpath(".//h1 | .//h2 | .//h3")],
        "contents": [
            [link.get("href"), words(link)]
            for link in document.xpath("//nav[@id='TOC']//a[starts-with(@href, '#')]")
        ],
        "floats": [
            figure(node) for node in main.xpath(f".//*[{FLOAT}][not(ancestor::*[{FLOAT}])]")
        ],
        "images": [words(title) for title in main.xpath(".//svg/title")],
        "tables": [
            [[words(cell) for cell in row.xpath("./th | ./td")] for row in table.xpath(".//tr")]
            for table in main.xpath(".//table")
        ],
        "references": [[link.get("href"), words(link)] for link in main.find_class("quarto-xref")],
        "callouts": [callout(node) for node in main.find_class("callout")],
        "paragraphs": list(filter(None, map(words, main.xpath(".//p[not(svg)]")))),
        "math": len(document.xpath("//*[local-name()='math']")),
    }


def heading(node: HtmlElement) -> list[str | None]:
    return [node.tag, node.get("id") or node.getparent().get("id"), words(node)]


def figure(node: HtmlElement) -> list[Any]:
    kinds = sorted(name for name in classes(node) if name.startswith("quarto-float"))
    return [node.get("id"), kinds, [words(caption) for caption in node.xpath(".//figcaption")]]


def callout(node: HtmlElement) -> list[Any]:
    kinds = sorted(set(classes(node)) & {f"callout-{kind}" for kind in KINDS})
    return [kinds, words(node)]


def page_letters(path: Path) -> list[str]:
    """Letters of each page of a PDF in order of the alphabet, whatever order a reader finds."""
    pages = PdfReader(BytesIO(path.read_bytes())).pages
    return [letters(page.extract_text()) for page in pages]


def letters(text: str) -> str:
    return "".join(sorted(re.sub(r"\s|\N{WORD JOINER}", "", text)))


def differences(one: Path, other: Path) -> list[str]:
    """What two folders with ``report.html`` and ``report.pdf`` do not agree on, a line each."""
    outlines = [html_outline(folder / "report.html") for folder in (one, other)]
    found = [f"{part}: {first_difference(*(outline[part] for outline in outlines))}"
             for part in outlines[0] if outlines[0][part] != outlines[1][part]]  # fmt: skip
    pages = [page_letters(folder / "report.pdf") for folder in (one, other)]
    if pages[0] != pages[1]:
        found.append(f"pages: {first_difference(*pages)}")
    return found


def first_difference(one: Any, other: Any) -> str:
    if not isinstance(one, list):
        return f"{one!r} is not {other!r}"
    pairs = enumerate(zip_longest(one, other), 1)
    return next(f"no. {number}: {a!r} is not {b!r}" for number, (a, b) in pairs if a != b)


if __name__ == "__main__":
    lines = differences(*map(Path, sys.argv[1:3]))
    print("\n".join(lines) or "one outline, and the same words on every page")
    sys.exit(bool(lines))
