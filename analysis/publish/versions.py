"""Links between reports, and between pages of sites, in other languages and of other editions."""

import html
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from analysis.editions import Edition, edition_names
from analysis.editions.storage import write_whole
from analysis.language.languages import offered_languages
from analysis.publish.folders import REPORT, output_folder
from analysis.publish.stamps import renew_outputs

PLACE = re.compile(r'(<p class="(?:byline )?versions">).*?(</p>)', re.DOTALL)
# Pages that have a switch between editions of their own.
SWITCHED = "site/explorer*.html"


class Output(NamedTuple):
    """What has been made of an edition in a language."""

    edition: Edition
    language: str
    words: Mapping[str, str]

    def address(self, page: str) -> Path:
        """Where a page lies that is so called within the folder of each."""
        return output_folder(self.edition, self.language) / page

    def has(self, page: str) -> bool:
        """Whether it has a page of that name."""
        return (self.edition.root / self.address(page)).is_file()


def link_versions(root: Path) -> list[Path]:
    """Write links into every page of reports and sites, to those that are there.

    A page leads to the one that is called the same in every other language that is offered, and to
    those of the other editions in its own language. Returns the pages that have changed.
    """
    every = list(outputs(root))
    changed = []
    for own in every:
        for page in pages(own):
            path = root / own.address(page)
            text = path.read_text("utf8")
            linked = with_links(text, links(own, page, every))
            if linked != text:
                write_whole(path, linked)
                changed.append(own.address(page))
    renew_outputs(root, changed)
    return changed


def outputs(root: Path) -> Iterator[Output]:
    """All that has been made, of every edition and in every language that is offered."""
    languages = offered_languages(root)
    for edition in (Edition(name, root) for name in edition_names(root)):
        for language in languages:
            if (root / output_folder(edition, language)).is_dir():
                yield Output(edition, language, edition.labels(language))


def with_links(page: str, written: str) -> str:
    """The text of a page with these links in their place."""
    return PLACE.sub(lambda place: f"{place[1]}{written}{place[2]}", page, count=1)


def unlinked(page: str) -> str:
    """The text of a page without these links, for a place where there is nothing else beside it."""
    return with_links(page, "")


def pages(own: Output) -> Iterator[str]:
    """The report and the pages of the site, as seen from their folder."""
    folder = own.edition.root / own.address("")
    for pattern in (f"{REPORT}.html", "site/**/*.html"):
        yield from (path.relative_to(folder).as_posix() for path in sorted(folder.glob(pattern)))


def links(own: Output, page: str, every: list[Output]) -> str:
    """The links of one page, as HTML."""
    there = [other for other in every if other.has(page)]
    tongues = [other for other in there if other.edition.name == own.edition.name]
    years = [other for other in there if other.language == own.language]
    parts = [tongue(own, other, page) for other in tongues if len(tongues) > 1]
    if len(years) > 1 and not PurePosixPath(page).match(SWITCHED):
        parts += [year(own, other, page) for other in years]
    return " · ".join(parts)


def tongue(own: Output, other: Output, page: str) -> str:
    """The name of a language in itself, as a link unless it is that of the page."""
    name, code = (html.escape(other.words[key]) for key in ("language_name", "html_language"))
    if other is own:
        return f'<span aria-current="true">{name}</span>'
    address = f"{up(page)}../{other.language}/{page}"
    return f'<a href="{address}" lang="{code}" hreflang="{code}">{name}</a>'


def year(own: Output, other: Output, page: str) -> str:
    """The name of an edition, as a link unless it is that of the page."""
    name = html.escape(other.edition.name)
    if other is own:
        return f'<span aria-current="true">{name}</span>'
    return f'<a href="{up(page)}../../{name}/{other.language}/{page}">{name}</a>'


def up(page: str) -> str:
    """The way from a page to the folder of its edition and language."""
    return "../" * page.count("/")
