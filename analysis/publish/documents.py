"""Which document is the report of an edition in a language."""

from pathlib import Path

from analysis.editions import EDITION_VARIABLE, Edition
from analysis.language.texts import ORIGINAL
from analysis.publish.errors import PublishError

# The language in which the steps of the real Quarto prepare its report.
LANGUAGE_VARIABLE = "DIGITAL_CITY_LANGUAGE"


def told(edition: Edition, language: str) -> dict[str, str]:
    """What the steps of the real Quarto must know, by environment variable."""
    return {EDITION_VARIABLE: edition.name, LANGUAGE_VARIABLE: language}


def report_in(edition: Edition, language: str) -> str:
    """File name of the report in a language.

    Raises
    ------
    PublishError
        If the report of the edition has not been written in that language.
    """
    document = document_in(edition, language)
    if language != ORIGINAL and document == edition.document:
        wanted = f"{Path(document).stem}-{language}.qmd"
        raise PublishError(f"the report is not written in {language}: there is no {wanted}")
    return document


def document_in(edition: Edition, language: str) -> str:
    """File name of the report in a language, or of the English one if there is no other."""
    written = Path(edition.document)
    own = f"{written.stem}-{language}{written.suffix}"
    return own if (edition.root / own).is_file() else edition.document
