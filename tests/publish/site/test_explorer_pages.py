"""The explorer as pages of their own."""

import pytest
from lxml import html

from analysis.publish.site import explorer_pages
from analysis.publish.site.shell import Site


@pytest.fixture
def pages(site: Site, monkeypatch) -> dict[str, str]:
    """The pages of edition 2020, each with the name of its edition in the place of the explorer."""
    monkeypatch.setattr(
        explorer_pages, "current_explorer", lambda edition, _: f"<i>{edition.name}</i>"
    )
    return explorer_pages.explorer_pages(site)


def test_there_is_a_page_for_every_edition_with_results(pages):
    shown = {address: html.fromstring(page).xpath("//i")[0].text for address, page in pages.items()}
    assert shown == {"explorer.html": "2020", "explorer-2019.html": "2019"}


def test_each_page_leads_to_the_others_and_says_which_it_is(pages):
    for address, page in pages.items():
        links = html.fromstring(page).xpath("//nav[@class='editions']//a")
        assert [link.get("href") for link in links] == list(pages)
        assert [link.get("href") for link in links if link.get("aria-current")] == [address]


def test_names_lead_to_pages_of_cities_in_the_edition_of_the_site_alone(pages):
    asked = {
        address: html.fromstring(page).xpath("//div[@id='explorer']/@data-pages")[0]
        for address, page in pages.items()
    }
    assert asked == {"explorer.html": "cities/", "explorer-2019.html": "none"}


def test_every_page_is_one_of_the_edition_of_the_site(pages):
    for page in pages.values():
        assert html.fromstring(page).xpath("//meta[@name='edition']/@content") == ["2020"]
