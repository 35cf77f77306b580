"""What all pages beside the report share: templates, style, fonts, the bar with its links."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from html import unescape
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from analysis.editions import Edition
from analysis.editions.storage import write_whole
from analysis.figures.font_files import faces_in
from analysis.language.facts import Speaker
from analysis.language.sentences import PAGES, Sentences
from analysis.publish.documents import document_in
from analysis.publish.errors import PublishError
from analysis.publish.folders import site_folder
from analysis.publish.report.html import missing_letters, outside_resources
from analysis.publish.report.prerender import ALWAYS, language_names
from analysis.publish.report.source import read_report
from analysis.publish.site.locator import map_height, positions
from analysis.publish.site.page_numbers import PageNumbers
from analysis.publish.web_fonts import html_style, missing_glyphs

TEMPLATES = Path(__file__).parents[1] / "templates"
STYLE = Path("assets", "site.css")
# What a page may load: the style of the site and the map.
OWN_FILES = ("assets/site.css", "assets/map.svg")
LANGUAGE = re.compile(r'<html[^>]* lang="([\w-]+)"')
# Elements and styles that may load something; a page without any needs no closer look.
MAY_LOAD = re.compile(
    r"<(?:link|object|audio|embed|iframe|img|input|script|source|track|video)\b[^>]*>?"
    r"|url\(|@import|\bstyle="
)
LOADS = re.compile(r"\b(?:src|href|data)\s*=|^[^<]")
# Addresses within the site; the bar of every page leads to those that are there.
PLACES = {
    "site_report": "../report.html",
    "site_explorer": "explorer.html",
    "site_cities": "cities/index.html",
    "site_notebooks": "notebooks/index.html",
    "site_dictionary": "dictionary.html",
    "site_checklist": "checklist.html",
}


@dataclass(frozen=True)
class Site:
    """What the pages of a site share: the language that they speak, and the report they lead to.

    Attributes
    ----------
    edition : Edition
        Whose site it is.
    language : str
        Language of all words and sentences: a column of `labels.csv`, a folder of `sections`.
    """

    edition: Edition
    language: str = "en"

    @cached_property
    def speaker(self) -> Speaker:
        """Who says names, units and values in the language."""
        return Speaker(self.edition, self.language)

    @cached_property
    def words(self) -> dict[str, str]:
        """Every word by key."""
        return self.speaker.labels.to_dict()

    @cached_property
    def sentences(self) -> Sentences:
        """The sentences of the pages."""
        return Sentences(PAGES, self.language, self.edition.root)

    @cached_property
    def numbers(self) -> PageNumbers:
        """How the pages write numbers."""
        return PageNumbers(self.speaker.numbers)

    @cached_property
    def yuan(self) -> dict[str, float]:
        """How many yuan there are in each unit of money."""
        units = self.edition.reference_table("units")
        money = units[units["base"] == "yuan"]
        return dict(zip(money["unit"], money["size"].astype(float), strict=True))

    @cached_property
    def map_height(self) -> int:
        """How high the map of all cities is."""
        return map_height(positions(self.edition.reference_table("cities")))

    @property
    def folder(self) -> Path:
        """Where its pages lie."""
        return self.edition.root / site_folder(self.edition, self.language)

    @property
    def document(self) -> str:
        """File name of the report."""
        return document_in(self.edition, self.language)

    @cached_property
    def front(self) -> dict[str, Any]:
        """The front matter of the report."""
        return read_report(self.edition.root, self.document).front

    @property
    def project(self) -> dict[str, str]:
        """Title and version of the report."""
        return {"project": str(self.front["title"]), "version": str(self.front.get("version", ""))}

    def heading(self, word: str) -> str:
        """A word with the mark before what it stands for."""
        return self.speaker.numbers.titled(word, END).removesuffix(END)

    def named(self, key: str) -> str:
        """The word for a province or a region, or the key itself where there is none."""
        return self.words.get(key, key)

    def say(self, key: str, **values: object) -> str:
        """A sentence of the pages with its values."""
        return self.sentences.say(key, **values)


# Stands for what follows a heading.
END = "…"


@cache
def environment() -> Environment:
    """The templates: whatever is filled in is escaped, and a name that is not there is an error."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def places(site: Site, coming: Iterable[str] = ()) -> list[dict[str, str]]:
    """The parts of the site that are there, or about to be: key, name and address of each."""
    return [
        {"key": key, "name": site.words[key], "address": address}
        for key, address in PLACES.items()
        if key in coming or (site.folder / address).resolve().is_file()
    ]


def page_frame(site: Site, address: str, coming: Iterable[str] = ()) -> dict[str, Any]:
    """What the frame of a page at `address` (within the site) needs."""
    up = "../" * address.count("/")
    return {
        "lang": site.words["html_language"],
        "project": site.project["project"],
        "edition": site.edition.name,
        "up": up,
        "here": address,
        "places": places(site, coming),
        "words": {name: site.words[f"site_{name}"] for name in ("skip", "pages", "notebooks")},
    }


def write_pages(folder: Path, pages: Mapping[str, str], clear: str = "") -> None:
    """Write pages by address below `folder`, and remove what else matches the pattern `clear`.

    Raises
    ------
    PublishError
        If a page would load anything but the style of the site, or has a character that the fonts
        lack; nothing is written then.
    """
    for address, page in pages.items():
        refuse_unfit(address, page)
    for path in folder.glob(clear) if clear else []:
        if path.relative_to(folder).as_posix() not in pages:
            path.unlink()
    for address, page in pages.items():
        write_whole(folder / address, page)


def refuse_unfit(address: str, page: str) -> None:
    """Refuse a page that would load from outside or has a character without a glyph."""
    loaded = outside_resources(page) if loads(page) else []
    outside = [each for each in loaded if not is_own(each)]
    if outside:
        raise PublishError(f"{address}: the page would load from outside: {', '.join(outside)}")
    # Whatever is read is among what is written: only if that has such a letter is it looked for.
    found = LANGUAGE.search(page)
    language = found[1].lower().replace("-", "_") if found else ""
    missing = missing_glyphs(unescape(page), language) and missing_letters(page)
    if missing:
        listed = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in sorted(missing))
        raise PublishError(f"{address}: the fonts of the report have no glyph for {listed}")


def is_own(found: str) -> bool:
    """Whether what a page loads is a file of the site."""
    return any(own in found for own in OWN_FILES)


def loads(page: str) -> bool:
    """Whether a page has anything that may load what is no file of the site."""
    return any(
        not is_own(found) and (LOADS.search(found) or "'" in found or found.count('"') % 2)
        for found in MAY_LOAD.findall(page)
    )


def write_style(site: Site, texts: Iterable[str]) -> None:
    """Write the style of the site with the fonts reduced to the characters of `texts`.

    Characters that an earlier call has asked for stay, so that parts of the site can be written
    one after the other.
    """
    root = site.edition.root
    kept = root / "_build" / f"characters-{site.edition.name}-{site.language}.json"
    known = set(json.loads(kept.read_text("utf8"))) if kept.is_file() else set(ALWAYS)
    shown = [*texts, *language_names(root, site.edition.name)]
    characters = {letter for text in shown for letter in set(text) if letter.isprintable()} | known
    target = site.folder / STYLE
    if target.is_file() and characters == known and not stale(target, root):
        return
    fonts = (
        html_style(characters, faces_in(site.language))
        .removeprefix("<style>\n")
        .removesuffix("</style>\n")
    )
    own = [path.read_text("utf8") for path in styles(root)]
    write_whole(target, "\n".join([*own, fonts]))
    write_whole(kept, json.dumps("".join(sorted(characters)), ensure_ascii=False))


def styles(root: Path) -> list[Path]:
    """The style of the report and that of the site."""
    return [root / "theme" / "report.css", TEMPLATES / "site.css"]


def stale(target: Path, root: Path) -> bool:
    """Whether the written style does not begin with the present ones."""
    own = "\n".join(path.read_text("utf8") for path in styles(root))
    return not target.read_text("utf8").startswith(own)
