"""The report of an edition in a language."""

import pytest

from analysis.editions import load
from analysis.index.refusal import RefusedValueError
from analysis.publish.documents import document_in, quarto_environment, report_in
from analysis.publish.errors import PublishError


def test_the_report_of_a_language_is_the_one_named_after_it_if_there_is_one(built_tiny, tmp_path):
    edition = load("tiny", built_tiny.root)
    beside = type(edition)(edition.name, tmp_path)
    vars(beside)["settings"] = edition.settings
    assert edition.document == beside.document
    stem = edition.document.removesuffix(".qmd")
    (tmp_path / f"{stem}-fr.qmd").write_text("")
    assert document_in(beside, "fr") == f"{stem}-fr.qmd"
    assert [document_in(beside, language) for language in ("en", "de")] == [edition.document] * 2


def test_a_report_that_is_not_written_in_a_language_is_refused_by_the_file_that_is_lacking(real):
    assert report_in(real, "en") == "report.qmd"
    rule = r"^the report is not written in zh_hans: there is no report-zh_hans\.qmd$"
    with pytest.raises(PublishError, match=rule):
        report_in(real, "zh_hans")


@pytest.mark.parametrize("language", ["open", "next", "klingon", ""])
def test_what_is_no_language_is_refused_though_a_report_has_such_a_name(real, language):
    rule = rf"^there is no language '{language}'; there is: en, "
    with pytest.raises(RefusedValueError, match=rule):
        report_in(real, language)


def test_quarto_is_told_edition_and_language(real):
    assert quarto_environment(real, "fr") == {
        "DIGITAL_CITY_EDITION": "2020", "DIGITAL_CITY_LANGUAGE": "fr",
    }  # fmt: skip
