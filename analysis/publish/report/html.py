"""The HTML of the report: the embedded renderer's, and what no renderer's may hold."""

import re
from collections.abc import Sequence
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path

from analysis.publish.errors import PublishError
from analysis.publish.report.finish import finished
from analysis.publish.report.pandoc import run_pandoc
from analysis.publish.report.shortcodes import Expanded
from analysis.publish.report.source import Report
from analysis.publish.web_fonts import missing_glyphs

UNREAD = {"script", "style", "math", "title"}
LOADING = {"link": "href", "object": "data"} | dict.fromkeys(
    ("audio", "embed", "iframe", "img", "input", "script", "source", "track", "video"), "src"
)
# Elements that are never closed.
VOID = {
    "area",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "track",
    "wbr",
}
SHOWN_MARKUP = re.compile(r"fig-alt=\S{0,40}")
STYLE_ADDRESS = re.compile(r"url\(\s*[\"']?(?!data:|#)([^)\"']+)|@import\s+([^;]+)")


def render_html(report: Report, expanded: Expanded, outputs: Sequence[Path] = ()) -> str:
    """Return the whole HTML document, which belongs into the first of `outputs`.

    The second is the PDF that it leads to; without them they are those of the project.

    Raises
    ------
    PublishError
        For any warning of pandoc, and for what makes an HTML document unfit.
    """
    settings = report.metadata("html")
    page, pdf = outputs or report.outputs
    document = run_pandoc(
        report,
        expanded,
        "html",
        "--embed-resources",
        "--mathml",
        "--section-divs",
        f"--template={settings['template']}",
        f"--variable=pdf-link:{settings.get('pdf-link') or pdf.name}",
        *(f"--css={name}" for name in _listed(settings.get("css"))),
        *(f"--include-after-body={name}" for name in _listed(settings.get("include-after-body"))),
    )
    document = finished(document, report.root, page.parent)
    refuse_unfit_html(document, str(report.path), report.root)
    return document


def refuse_unfit_html(document: str, name: str, root: Path) -> None:
    """Refuse an HTML document that is not fit to be handed on, whichever renderer wrote it.

    Parameters
    ----------
    document : str
        The whole document.
    name : str
        What to call it.
    root : pathlib.Path
        The project folder, which nothing in it may name.

    Raises
    ------
    PublishError
        If it would load anything from outside, shows an image without alternative text or the
        mark-up of one, or names a place on this machine.
    """
    found = _read(document)
    here = (str(root.absolute()), str(root.resolve()), root.resolve().as_posix(), "file:")
    faults = {
        "the HTML would load from outside": sorted(found.outside),
        "no alternative text for the image": found.silent_images,
        "mark-up stands in the text": SHOWN_MARKUP.findall("".join(found.text)),
        "a place on this machine is named": [v for v in found.values if v.startswith(here)],
    }
    told = [f"{name}: {fault}: {', '.join(places)}" for fault, places in faults.items() if places]
    if told:
        raise PublishError("\n".join(told))


def outside_resources(document: str) -> list[str]:
    """List what a browser would fetch to show the document: it should be nothing."""
    return sorted(_read(document).outside)


def readable_text(document: str) -> str:
    """Return the words that a reader sees, without formulas, which use fonts of their own."""
    return "".join(_read(document).text)


def missing_letters(document: str) -> set[str]:
    """Return the characters that the fonts of a document lack, whichever language it is in.

    What is marked as another language, such as a name in the other script, may have those of
    English, among which are the Simplified ones.
    """
    found = _read(document)
    own = missing_glyphs("".join(found.own), found.language.lower().replace("-", "_"))
    return own | missing_glyphs(readable_text(document))


@lru_cache(maxsize=1)  # all questions are asked of the same document of some megabytes
def _read(document: str) -> "_Reader":
    reader = _Reader()
    reader.feed(document)
    return reader


class _Reader(HTMLParser):
    """Collects readable text, values of attributes, and what would be loaded or is not said."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.values: list[str] = []
        self.outside: set[str] = set()
        self.silent_images: list[str] = []
        self.language = ""
        self.own: list[str] = []  # the text that is in the language of the document
        self._unread: list[str] = []
        self._foreign = 0  # so many elements are open of what is in another language

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._look_for_language(tag, dict(attributes).get("lang") or "")
        if tag in UNREAD:
            self._unread.append(tag)
        if tag == "img" and not (dict(attributes).get("alt") or "").strip():
            self.silent_images.append((dict(attributes).get("src") or "")[:60])
        self.values += [value or "" for _, value in attributes]
        for name, value in attributes:
            if name == LOADING.get(tag) and not (value or "").startswith("data:"):
                self.outside.add(f"<{tag} {name}={value}>")
            if name == "style":
                self._look_for_addresses(value or "")
            if name == "class" and value == "footnote-back":  # its arrow is not the report's
                self._unread.append(tag)

    def _look_for_language(self, tag: str, language: str) -> None:
        if not self.language:
            self.language = language
        elif tag not in VOID and (self._foreign or language not in ("", self.language)):
            self._foreign += 1

    def handle_endtag(self, tag: str) -> None:
        self._foreign -= self._foreign > 0 and tag not in VOID
        if self._unread and self._unread[-1] == tag:
            self._unread.pop()

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.text.append(data)
            if not self._foreign:
                self.own.append(data)
        elif self._unread[-1] == "style":
            self._look_for_addresses(data)

    def _look_for_addresses(self, style: str) -> None:
        self.outside |= {one or other for one, other in STYLE_ADDRESS.findall(style)}


def _listed(value: object) -> list[str]:
    if value is None:
        return []
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]
