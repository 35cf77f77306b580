"""The last touches to the HTML of the report, the same whichever renderer wrote it."""

import html
import json
import os
import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from analysis.editions import Edition
from analysis.editions.storage import write_changed
from analysis.language.names import city_names
from analysis.publish.folders import output_folder
from analysis.publish.report.figures import with_drawings

# Where the report belongs, and which names stand for which cities; the site, and the pages of the
# cities, seen from the report.
KNOWN = Path("_build", "finish.json")
SITE = '"site/'
PAGES = "site/cities"
CAPTION = re.compile(r"(<figcaption\b[^>]*>)\s*([^<]*?\d[^<]*?[:：])\s*(<strong>)?")
CELL = re.compile(r"(<td\b[^>]*>)([^<>]+)(</td>)")
ALIGNED = re.compile(r'(<t[dh]) style="text-align: (left|right|center);"')
ALIGNMENTS = {"left": "", "right": ' class="r"', "center": ' class="c"'}
# A piece of a page that holds no words of the text, a tag, or words.
PIECE = re.compile(
    r"<!--.*?-->|<(script|style|svg|math|title)\b.*?</\1\s*>|<[^>]*>|[^<]+", re.DOTALL
)
CHINESE = re.compile(r"[\u3000-\u9fff\uf900-\ufaff\uff00-\uffef]+")
MARK = '<span lang="zh">'
LANGUAGE = re.compile(r'<html\b[^>]*\blang="([^"]+)"')


def finished(page: str, root: Path, folder: Path | None = None) -> str:
    """The page of a report of the project in `root` as readers get it; once more changes nothing.

    Figures become part of the page, captions have a number and a title, names of cities lead to
    their pages where there are some, and Chinese in another language is marked as such. Addresses
    of the site hold where the report belongs; seen from another `folder` they are longer.
    """
    page = with_titles(with_short_cells(with_drawings(page)))
    page = with_chinese(with_city_links(page, city_pages(root)))
    own = known(root).get("folder")
    if own and folder and folder != Path(own):
        way = PurePosixPath(os.path.relpath(own, folder)).as_posix()
        page = page.replace(SITE, f'"{way}/site/')
    return page


def with_titles(page: str) -> str:
    """Captions whose number, and the sentence in bold that may follow it, can be set apart."""

    def titled(caption: re.Match[str]) -> str:
        opening, number, strong = caption.groups()
        title = '<strong class="finding">' if strong else ""
        return f'{opening}<span class="number">{number}</span> {title}'

    return CAPTION.sub(titled, page)


def with_short_cells(page: str) -> str:
    """Cells of tables with a class for their alignment in place of a style each."""
    return ALIGNED.sub(lambda cell: cell[1] + ALIGNMENTS[cell[2]], page)


def known(root: Path) -> dict[str, Any]:
    """What the last preparation has written down: `folder` and `cities`; nothing before it."""
    path = root / KNOWN
    return dict(json.loads(path.read_text("utf8"))) if path.is_file() else {}


def city_pages(root: Path) -> dict[str, str]:
    """Address of the page of each city, by the name that tables show, if the page is there."""
    prepared = known(root)
    if not prepared:
        return {}
    there = {path.name for path in (root / prepared["folder"] / PAGES).glob("*.html")}
    return {
        _plain(name): f"{PAGES}/{code}.html"
        for name, code in prepared["cities"].items()
        if f"{code}.html" in there
    }


def with_city_links(page: str, addresses: Mapping[str, str]) -> str:
    """Cells that hold the name of a city and nothing else, as links to these addresses."""

    def linked(cell: re.Match[str]) -> str:
        address = addresses.get(_plain(html.unescape(cell[2]).strip()))
        return f'{cell[1]}<a href="{address}">{cell[2]}</a>{cell[3]}' if address else cell[0]

    return CELL.sub(linked, page)


def with_chinese(page: str) -> str:
    """Runs of Chinese letters marked as such, unless the whole page is Chinese."""
    language = LANGUAGE.search(page)
    if language and language[1].startswith("zh"):
        return page
    written, before = [], ""
    for piece in PIECE.finditer(page):
        text = piece[0]
        if not text.startswith("<") and before != MARK:
            text = CHINESE.sub(lambda letters: f"{MARK}{letters[0]}</span>", text)
        written.append(text)
        before = piece[0]
    return "".join(written)


def write_known(edition: Edition, language: str) -> None:
    """Write down what the step after rendering must know: the folder and the names of cities."""
    names = city_names(edition.reference_table("cities"), language)
    prepared = {
        "folder": output_folder(edition, language).as_posix(),
        "cities": {name: str(code) for code, name in names.items()},
    }
    written = json.dumps(prepared, ensure_ascii=False, sort_keys=True, indent=0)
    write_changed(edition.root / KNOWN, written)


def _plain(name: str) -> str:
    return name.replace("’", "'")
