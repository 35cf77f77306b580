"""The report of an edition in a language."""

import pytest

from analysis.editions import Edition
from analysis.index.refusal import RefusedValueError
from analysis.publish.documents import document_in, quarto_environment, report_in
from analysis.publish.errors import PublishError
from analysis.publish.report.source import read_report

from .site_project import lay_out_project

FRENCH = """
offered: true
lang: fr
documents:
  report:
    title: Douze villes
"""


@pytest.fixture
def french(tmp_path, built_tiny) -> Edition:
    """A project with a report in English and what the French one says at its head."""
    edition = lay_out_project(built_tiny, tmp_path)
    report = tmp_path / "report.qmd"
    report.write_text(f"{report.read_text()}{{{{< include sections/en/a.qmd >}}}}\n")
    labels = (edition.reference / "labels.csv").read_text("utf8")
    (edition.reference / "labels.csv").write_text(labels.replace("key,en", "key,fr", 1), "utf8")
    (tmp_path / "sections" / "fr").mkdir(parents=True)
    (tmp_path / "sections" / "fr" / "document.yml").write_text(FRENCH)
    vars(edition)["settings"] = {**edition.settings, "document": "report.qmd"}
    return edition


def test_the_report_of_a_language_is_written_from_the_english_one_and_its_settings(french):
    assert document_in(french, "fr") == "fr-report.qmd"
    assert read_report(french.root, "fr-report.qmd").front == {
        "title": "Douze villes", "author": [{"name": "Nobody"}], "date": "2026-01-02",
        "version": "1.2.3", "lang": "fr",
    }  # fmt: skip
    written = (french.root / "fr-report.qmd").read_text("utf8")
    assert written.endswith("---\n{{< include sections/fr/a.qmd >}}\n")


def test_a_language_without_the_report_has_the_english_one(french):
    assert [document_in(french, language) for language in ("en", "de")] == ["report.qmd"] * 2


def test_a_report_that_is_not_written_in_a_language_is_refused_by_what_is_lacking(real, french):
    assert report_in(real, "en") == "report.qmd"
    vars(french)["settings"] = {**french.settings, "document": "report-own.qmd"}
    rule = r"^the report is not written in fr: sections/fr/document\.yml has no report-own$"
    with pytest.raises(PublishError, match=rule):
        report_in(french, "fr")


@pytest.mark.parametrize("language", ["open", "next", "klingon", ""])
def test_what_is_no_language_is_refused_though_a_report_has_such_a_name(real, language):
    rule = rf"^there is no language '{language}'; there is: en, "
    with pytest.raises(RefusedValueError, match=rule):
        report_in(real, language)


def test_quarto_is_told_edition_and_language(real):
    assert quarto_environment(real, "fr") == {
        "DIGITAL_CITY_EDITION": "2020", "DIGITAL_CITY_LANGUAGE": "fr",
    }  # fmt: skip
