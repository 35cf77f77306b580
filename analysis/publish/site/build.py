"""The whole site: index, notebooks, checklist, dictionary, explorer and the city pages."""

from pathlib import Path

from analysis.editions import Edition
from analysis.language.sentences import PAGES, prose
from analysis.language.texts import texts_file
from analysis.publish.documents import document_in
from analysis.publish.errors import Progress, silent
from analysis.publish.explorer.build import current_explorer, explorer_step
from analysis.publish.folders import site_folder
from analysis.publish.notebooks.execution import EXECUTED
from analysis.publish.report.origins import SNIPPET
from analysis.publish.site.checklist import checklist_pages
from analysis.publish.site.cities import write_city_pages
from analysis.publish.site.city_content import city_contents
from analysis.publish.site.dictionary import dictionary_pages, offer_tables
from analysis.publish.site.explorer_pages import explorer_pages, shown_editions
from analysis.publish.site.front import front_page
from analysis.publish.site.notebook_pages import notebook_pages
from analysis.publish.site.shell import (
    PLACES,
    TEMPLATES,
    Site,
    write_pages,
)
from analysis.publish.stamps import Step, is_current, record

PACKAGE = Path(__file__).parent


def renew_site(edition: Edition, language: str = "en", progress: Progress = silent) -> bool:
    """Write the site unless it is current; says whether it did.

    A page of a city that is older than its results would tell another place than the report does.
    """
    for each, _ in shown_editions(edition):
        current_explorer(each, language)
    if is_current(edition.root, site_step(edition, language)):
        return False
    progress("writing the site", 0, 1)
    write_site(edition, language)
    return True


def write_site(edition: Edition, language: str = "en") -> list[Path]:
    """Write every page of the site; returns the city pages, the last of which is their index."""
    site = Site(edition, language)
    parts = write_parts(site)
    written = write_city_pages(site, city_contents(site), tuple(PLACES), beside=parts)
    record(edition.root, site_step(edition, language))
    return written


def write_parts(site: Site) -> list[str]:
    """Write all but the city pages, to which the bar leads already; returns the pages."""
    coming = tuple(PLACES)
    pages = notebook_pages(site, coming) | checklist_pages(site, coming)
    pages |= explorer_pages(site, coming) | dictionary_pages(site, coming)
    pages |= {"index.html": front_page(site, coming)}
    write_pages(site.folder, pages, clear="notebooks/*.html")
    offer_tables(site)
    return list(pages.values())


def site_step(edition: Edition, language: str) -> Step:
    """What the site is written from."""
    folder = site_folder(edition, language)
    return Step(
        name=f"site-{edition.name}-{language}",
        inputs=(
            f"{EXECUTED.as_posix()}/*.ipynb",
            document_in(edition, language),
            SNIPPET.as_posix(),
            "theme/report.css",
            *(explorer_step(each, language).outputs[0] for each, _ in shown_editions(edition)),
            f"data/results/{edition.name}/*.csv",
            "data/reference/*.csv",
            "data/dictionary.csv",
            (prose(language) / PAGES).as_posix(),
            texts_file("checklist", language).as_posix(),
            f"{PACKAGE}/*.py",
            f"{TEMPLATES}/*",
        ),
        outputs=tuple(
            (folder / name).as_posix()
            for name in ("*.html", "notebooks/*.html", "cities/*.html", "assets/*")
        ),
        parameters={"edition": edition.name, "language": language},
    )
