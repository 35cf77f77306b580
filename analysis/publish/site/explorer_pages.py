"""The explorer as pages of their own: of the edition of the site, and of every other one."""

from collections.abc import Iterable
from dataclasses import replace

from analysis.editions import Edition, edition_names
from analysis.publish.explorer.build import current_explorer
from analysis.publish.site.shell import Site, environment, page_frame

OWN = "explorer.html"
OTHER = "explorer-{edition}.html"


def explorer_pages(site: Site, coming: Iterable[str] = ()) -> dict[str, str]:
    """Pages by address, each with a switch between the editions that have results.

    Names of cities lead to their pages in the edition of the site alone.
    """
    shown = shown_editions(site.edition)
    return {
        address: explorer_page(replace(site, edition=edition), address, shown, coming)
        for edition, address in shown
    }


def shown_editions(edition: Edition) -> list[tuple[Edition, str]]:
    """The editions with results, the latest first, with the addresses of their pages."""
    every = [Edition(name, edition.root) for name in reversed(edition_names(edition.root))]
    return [
        (each, OWN if each.name == edition.name else OTHER.format(edition=each.name))
        for each in every
        if each.has_result("scores")
    ]


def explorer_page(
    site: Site, address: str, shown: list[tuple[Edition, str]], coming: Iterable[str]
) -> str:
    """The page of one edition."""
    own = next(edition for edition, its in shown if its == OWN)
    frame = page_frame(replace(site, edition=own), address, coming)
    return (
        environment()
        .get_template("explorer.html")
        .render(
            frame,
            title=f"{site.words['site_explorer']} {site.edition.name}",
            editions=[{"name": each.name, "address": its} for each, its in shown],
            heading=site.words["site_editions"],
            pages="cities/" if address == OWN else "none",
            explorer=current_explorer(site.edition, site.language),
        )
    )
