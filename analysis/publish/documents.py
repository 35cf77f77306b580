"""Which document is the report of an edition in a language.

It is written in English. Another language has the same document with its own sections in place of
the English ones; what its front matter says stands in ``document.yml`` of the folder of the
language, and the document itself is written from both whenever it is asked for.
"""

from typing import Any

from analysis.editions import EDITION_VARIABLE, Edition
from analysis.editions.storage import write_changed
from analysis.editions.yaml_texts import yaml_text
from analysis.language.languages import DOCUMENTS, OFFERED, SETTINGS, language_settings
from analysis.language.sentences import ORIGINAL, prose
from analysis.publish.errors import PublishError
from analysis.publish.report.source import read_report

# The language in which the steps of the real Quarto prepare its report.
LANGUAGE_VARIABLE = "DIGITAL_CITY_LANGUAGE"


def quarto_environment(edition: Edition, language: str) -> dict[str, str]:
    """What the steps of the real Quarto must know, by environment variable."""
    return {EDITION_VARIABLE: edition.name, LANGUAGE_VARIABLE: language}


def report_in(edition: Edition, language: str) -> str:
    """File name of the report in a language, which is written if need be.

    Raises
    ------
    PublishError
        If the report of the edition has not been written in that language.
    RefusedValueError
        If there is no such language at all.
    """
    edition.labels(language)
    if language == ORIGINAL:
        return edition.document
    settings = language_settings(edition.root, language)
    stem = edition.document.removesuffix(".qmd")
    if stem not in settings.get(DOCUMENTS, {}):
        where = (prose(language) / SETTINGS).as_posix()
        raise PublishError(f"the report is not written in {language}: {where} has no {stem}")
    name = written_in(edition.document, language)
    write_changed(edition.root / name, document_text(edition, language, settings))
    return name


def document_in(edition: Edition, language: str) -> str:
    """File name of the report in a language, or of the English one if there is no other."""
    documents = language_settings(edition.root, language).get(DOCUMENTS, {})
    there = edition.document.removesuffix(".qmd") in documents
    return report_in(edition, language) if there else edition.document


def written_in(document: str, language: str) -> str:
    """What a document is called in a language."""
    return document if language == ORIGINAL else f"{language}-{document}"


def document_text(edition: Edition, language: str, settings: dict[str, Any]) -> str:
    """The document of an edition in a language."""
    original = read_report(edition.root, edition.document)
    own = settings[DOCUMENTS][edition.document.removesuffix(".qmd")]
    shared = {key: value for key, value in settings.items() if key not in (OFFERED, DOCUMENTS)}
    body = original.body.replace(f"{prose(ORIGINAL).as_posix()}/", f"{prose(language).as_posix()}/")
    return f"---\n{yaml_text(original.front | shared | own)}---\n{body}"
