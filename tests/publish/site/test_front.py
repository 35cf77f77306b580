"""The first page of the site."""

import json

import pytest
from lxml import html

from analysis.publish.site import front
from analysis.publish.site.cities import index_page
from analysis.publish.site.city_tables import CityList
from analysis.publish.site.shell import PLACES, Site

from ..browser import chromium
from ..site_project import lay_out_project


@pytest.fixture(scope="module")
def page(site):
    return html.fromstring(front.front_page(site, tuple(PLACES)))


def test_the_hundred_stand_in_two_halves_with_score_interval_and_published_place(page, real):
    halves = [half.xpath(".//tbody/tr") for half in page.xpath("//table[@class='hundred']")]
    assert [len(rows) for rows in halves] == [50, 50]
    first = halves[0][0]
    assert first.xpath("th/a/@href") == ["cities/110000.html"]
    doubt = real.result("uncertainty").set_index("adcode").loc["110000"]
    assert first.xpath("td[@class='interval']/span")[0].text == (
        f"{doubt['rank_low']}–{doubt['rank_high']}"
    )
    listed = real.result("published").set_index("adcode").loc["110000"]
    assert first.xpath(".//span[@class='published']")[0].text == str(listed["rank"])


def test_the_map_has_every_city_and_the_first_hundred_dark(page):
    assert len(page.xpath("//svg//circle")) == 297
    assert len(page.xpath("//svg//circle[@class='first']")) == 100


def test_parts_lead_to_their_pages_and_the_citation_names_edition_and_version(page, site):
    assert page.xpath("//dl//a/@href") == [
        "../report.html", "explorer.html", "cities/index.html", "notebooks/index.html",
        "dictionary.html", "checklist.html",
    ]  # fmt: skip
    (cited,) = page.xpath("//p[@class='cite']")
    assert site.project["project"] in cited.text
    assert f"Edition 2020, version {site.project['version']}." in cited.text


def test_downloads_are_the_report_and_what_is_there(built_tiny, tmp_path):
    site = Site(lay_out_project(built_tiny, tmp_path))
    made = ["../report.html", "../report.pdf"]
    assert [file["address"] for file in front.downloads(site)] == [*made, "dictionary.html"]
    package = tmp_path / "_output" / "tiny" / "en" / "release"
    package.mkdir(parents=True)
    (package / "datapackage.json").write_text("{}")
    (tmp_path / "_output" / "tiny" / "en" / "audit.xlsx").write_bytes(b"x" * 1_250_000)
    found = front.downloads(site)
    assert [file["address"] for file in found[2:]] == [
        "../audit.xlsx", "../release/datapackage.json", "dictionary.html",
    ]  # fmt: skip
    assert [file["size"] for file in found[2:]] == ["1.2 MB", "", ""]
    around = [file["address"] for file in front.downloads(site, front.AROUND)]
    assert around[2:] == ["../audit.xlsx", "../datapackage.json", "../SHA256SUMS",
                          "dictionary.html"]  # fmt: skip


def test_without_pages_of_cities_no_name_is_a_link_and_nothing_is_searched(built_tiny, tmp_path):
    site = Site(lay_out_project(built_tiny, tmp_path))
    tree = html.fromstring(front.front_page(site))
    assert tree.xpath("//table//a | //input | //main//script") == []
    assert len(tree.xpath("//table[@class='hundred']//tr")) > 10


def test_names_in_the_search_are_inert(site):
    listed = CityList(site.edition)
    listed.names["110000"] = "</script><b>"
    text = front.finder(site, listed)
    assert "<" not in text
    assert json.loads(text)[0][1] == "</script><b>"


def test_the_searches_forgive_and_find_cities_of_a_province_and_say_how_many(site, tmp_path):
    (tmp_path / "index.html").write_text(front.front_page(site, tuple(PLACES)), "utf8")
    cities = index_page(site, CityList(site.edition), tuple(PLACES))
    (tmp_path / "cities.html").write_text(cities, "utf8")
    with chromium() as browser:
        shown = browser.new_page()
        shown.goto((tmp_path / "index.html").as_uri())
        shown.fill("#find", "shen zhen")
        assert shown.locator(".found a").all_inner_texts() == ["3 深圳 Shenzhen"]
        assert shown.locator(".found a").get_attribute("href") == "cities/440300.html"
        assert shown.inner_text(".find [role=status]") == "1 found"
        shown.fill("#find", "datong")
        assert shown.locator(".found a").all_inner_texts() == ["大同 Datong"]
        shown.fill("#find", "廣東")
        assert shown.inner_text(".find [role=status]") == "21 found"
        shown.goto((tmp_path / "cities.html").as_uri())
        for asked, count in {"tai’an": 1, "shen zhen": 1, "廣東": 21, "440300": 1, "": 297}.items():
            shown.fill("#find", asked)
            assert shown.locator(".index tbody tr:visible").count() == count, asked
