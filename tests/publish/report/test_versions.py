"""Links between the reports of one project, to those that are there."""

import pandas as pd
import pytest

from analysis.editions import Edition
from analysis.publish.report import versions
from analysis.publish.report.versions import PLACE, link_reports
from analysis.publish.stamps import Step, is_current, record

PAGE = '<header><p class="byline versions"></p></header><p>Text</p>'
NAMES = {"en": ("English", "en"), "fr": ("Français", "fr"), "de": ("Deutsch", "de")}


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
        folder.mkdir(parents=True)
        (folder / "report.html").write_text(PAGE, "utf8")
    return tmp_path


def links(project, edition: str, language: str) -> str:
    page = (project / "_output" / edition / language / "report.html").read_text("utf8")
    return PLACE.search(page)[0].removeprefix('<p class="byline versions">').removesuffix("</p>")


def test_a_report_leads_to_the_languages_and_editions_that_are_there(project):
    assert len(link_reports(project)) == 3
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


def test_what_is_not_offered_is_left_as_it_is(project):
    link_reports(project)
    assert links(project, "2020", "de") == ""


def test_a_second_time_changes_nothing_and_a_report_that_goes_takes_its_links_along(project):
    link_reports(project)
    assert link_reports(project) == []
    (project / "_output" / "2020" / "fr" / "report.html").unlink()
    link_reports(project)
    assert "Français" not in links(project, "2020", "en")


def test_links_do_not_make_a_report_stale(project):
    step = Step("render-2020-en-report", (), ("_output/2020/en/report.html",))
    record(project, step)
    link_reports(project)
    assert is_current(project, step)
