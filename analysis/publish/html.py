"""The embedded renderer's HTML: one file that needs nothing from outside."""

import re
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path

from analysis.publish.errors import PublishError
from analysis.publish.pandoc import run_pandoc
from analysis.publish.shortcodes import Expanded
from analysis.publish.source import Report

SKIP_TITLES = {"en": "Skip to content", "zh": "跳至正文"}
UNREAD = {"script", "style", "math", "svg", "title"}
LOADING = {"img": "src", "script": "src", "link": "href", "iframe": "src", "source": "src"}
STYLE_ADDRESS = re.compile(r"url\(\s*[\"']?(?!data:|#)([^)\"']+)|@import\s+([^;]+)")


def render_html(report: Report, expanded: Expanded) -> str:
    """Return the whole HTML document.

    Raises
    ------
    PublishError
        For any warning of pandoc, and if the document would load anything from outside.
    """
    settings = report.metadata("html")
    language = str(settings.get("lang", "en"))[:2]
    document = run_pandoc(
        report,
        expanded,
        "html",
        "--embed-resources",
        "--mathml",
        "--section-divs",
        f"--template={settings['template']}",
        f"--variable=skip-title:{SKIP_TITLES.get(language, SKIP_TITLES['en'])}",
        f"--variable=pdf-link:{settings.get('pdf-link') or report.path.with_suffix('.pdf').name}",
        *(f"--css={name}" for name in _listed(settings.get("css"))),
        *(f"--include-after-body={name}" for name in _listed(settings.get("include-after-body"))),
    )
    outside = outside_resources(document)
    if outside:
        raise PublishError(f"{report.path}: the HTML would load from outside: {', '.join(outside)}")
    return document


def outside_resources(document: str) -> list[str]:
    """List what a browser would fetch to show the document: it should be nothing."""
    return sorted(_read(document).outside)


def readable_text(document: str) -> str:
    """Return the words that a reader sees, without formulas, which use fonts of their own."""
    return "".join(_read(document).text)


@lru_cache(maxsize=1)  # both questions are asked of the same document of some megabytes
def _read(document: str) -> "_Reader":
    reader = _Reader()
    reader.feed(document)
    return reader


class _Reader(HTMLParser):
    """Collects readable text and addresses that would be loaded."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.outside: set[str] = set()
        self._unread: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in UNREAD:
            self._unread.append(tag)
        for name, value in attributes:
            if name == LOADING.get(tag) and not (value or "").startswith("data:"):
                self.outside.add(f"<{tag} {name}={value}>")
            if name == "style":
                self._look_for_addresses(value or "")
            if name == "class" and value == "footnote-back":  # its arrow is not the report's
                self._unread.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._unread and self._unread[-1] == tag:
            self._unread.pop()

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.text.append(data)
        elif self._unread[-1] == "style":
            self._look_for_addresses(data)

    def _look_for_addresses(self, style: str) -> None:
        self.outside |= {one or other for one, other in STYLE_ADDRESS.findall(style)}


def _listed(value: object) -> list[str]:
    if value is None:
        return []
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]
