"""Which document is the report of an edition in a language."""

from analysis.editions import EDITION_VARIABLE, Edition
from analysis.language.sentences import ORIGINAL
from analysis.publish.errors import PublishError

# The language in which the steps of the real Quarto prepare its report.
LANGUAGE_VARIABLE = "DIGITAL_CITY_LANGUAGE"


def quarto_environment(edition: Edition, language: str) -> dict[str, str]:
    """What the steps of the real Quarto must know, by environment variable."""
    return {EDITION_VARIABLE: edition.name, LANGUAGE_VARIABLE: language}


def report_in(edition: Edition, language: str) -> str:
    """File name of the report in a language.

    Raises
    ------
    PublishError
        If the report of the edition has not been written in that language.
    RefusedValueError
        If there is no such language at all.
    """
    edition.labels(language)
    document, wanted = document_in(edition, language), written_in(edition, language)
    if document != wanted:
        raise PublishError(f"the report is not written in {language}: there is no {wanted}")
    return document


def document_in(edition: Edition, language: str) -> str:
    """File name of the report in a language, or of the English one if there is no other."""
    own = written_in(edition, language)
    return own if (edition.root / own).is_file() else edition.document


def written_in(edition: Edition, language: str) -> str:
    """What the report is called in a language."""
    stem = edition.document.removesuffix(".qmd")
    return edition.document if language == ORIGINAL else f"{stem}-{language}.qmd"
