"""Links between the reports and sites of one project, to those that are there."""

import pandas as pd
import pytest

from analysis.editions import Edition
from analysis.publish import versions
from analysis.publish.stamps import Step, is_current, record
from analysis.publish.versions import PLACE, link_versions, unlinked

REPORT = '<header><p class="byline versions"></p></header><p>Text</p>'
PAGE = '<header><p class="versions"></p></header><p>Text</p>'
NAMES = {"en": ("English", "en"), "fr": ("Français", "fr"), "de": ("Deutsch", "de")}
CITY = "site/cities/1.html"


@pytest.fixture
def project(tmp_path, monkeypatch):
    """Two editions in two languages, of which one has one report alone; a third is not offered."""
    monkeypatch.setattr(versions, "offered_languages", lambda _: ["en", "fr"])
    monkeypatch.setattr(
        Edition, "labels",
        lambda _, language: pd.Series(NAMES[language], ["language_name", "html_language"]),
    )  # fmt: skip
    for edition, language in (("2019", "en"), ("2020", "en"), ("2020", "fr"), ("2020", "de")):
        (tmp_path / "data" / "raw" / edition).mkdir(parents=True, exist_ok=True)
        (tmp_path / "data" / "raw" / edition / "edition.toml").touch()
        folder = tmp_path / "_output" / edition / language
        (folder / "site" / "cities").mkdir(parents=True)
        (folder / "report.html").write_text(REPORT, "utf8")
        for page in (CITY, "site/explorer.html"):
            (folder / page).write_text(PAGE, "utf8")
    (tmp_path / "_output" / "2020" / "en" / "site" / "cities" / "2.html").write_text(PAGE, "utf8")
    return tmp_path


def links(project, edition: str, language: str, page: str = "report.html") -> str:
    text = (project / "_output" / edition / language / page).read_text("utf8")
    return PLACE.search(text)[0].partition(">")[2].removesuffix("</p>")


def test_a_report_leads_to_the_languages_and_editions_that_are_there(project):
    assert len(link_versions(project)) == 2 + 3 + 3  # all but two that are alone
    assert links(project, "2020", "en") == (
        '<span aria-current="true">English</span> · '
        '<a href="../fr/report.html" lang="fr" hreflang="fr">Français</a> · '
        '<a href="../../2019/en/report.html">2019</a> · <span aria-current="true">2020</span>'
    )
    assert links(project, "2020", "fr") == (
        '<a href="../en/report.html" lang="en" hreflang="en">English</a> · '
        '<span aria-current="true">Français</span>'
    )
    assert links(project, "2019", "en") == (
        '<span aria-current="true">2019</span> · <a href="../../2020/en/report.html">2020</a>'
    )


def test_a_page_of_the_site_leads_to_the_one_of_its_name(project):
    link_versions(project)
    assert links(project, "2020", "fr", CITY) == (
        '<a href="../../../en/site/cities/1.html" lang="en" hreflang="en">English</a> · '
        '<span aria-current="true">Français</span>'
    )
    assert links(project, "2019", "en", CITY) == (
        '<span aria-current="true">2019</span> · '
        '<a href="../../../../2020/en/site/cities/1.html">2020</a>'
    )
    assert links(project, "2020", "en", "site/cities/2.html") == ""
    # Between the editions of the explorer there is a switch already.
    assert "2019" not in links(project, "2020", "en", "site/explorer.html")
    assert "Français" in links(project, "2020", "en", "site/explorer.html")


def test_what_is_not_offered_is_left_as_it_is(project):
    link_versions(project)
    assert links(project, "2020", "de") == ""


def test_a_second_time_changes_nothing_and_a_report_that_goes_takes_its_links_along(project):
    link_versions(project)
    assert link_versions(project) == []
    (project / "_output" / "2020" / "fr" / "report.html").unlink()
    link_versions(project)
    assert "Français" not in links(project, "2020", "en")
    assert "Français" in links(project, "2020", "en", CITY)


def test_a_page_that_stands_alone_has_no_such_links(project):
    link_versions(project)
    page = (project / "_output" / "2020" / "en" / "report.html").read_text("utf8")
    assert unlinked(page) == REPORT


def test_links_make_neither_report_nor_site_stale(project):
    steps = [
        Step("render-2020-en-report", (), ("_output/2020/en/report.html",)),
        Step("site-2020-en", (), ("_output/2020/en/site/cities/*.html",)),
    ]
    for step in steps:
        record(project, step)
    link_versions(project)
    assert all(is_current(project, step) for step in steps)
