"""The report of an edition in a language."""

from analysis.editions import load
from analysis.publish.documents import document_in


def test_the_report_of_a_language_is_the_one_named_after_it_if_there_is_one(built_tiny, tmp_path):
    edition = load("tiny", built_tiny.root)
    beside = type(edition)(edition.name, tmp_path)
    vars(beside)["settings"] = edition.settings
    assert edition.document == beside.document
    stem = edition.document.removesuffix(".qmd")
    (tmp_path / f"{stem}-fr.qmd").write_text("")
    assert document_in(beside, "fr") == f"{stem}-fr.qmd"
    assert [document_in(beside, language) for language in ("en", "de")] == [edition.document] * 2
