"""Which document is the report of an edition in a language."""

from pathlib import Path

from analysis.editions import Edition


def document_in(edition: Edition, language: str) -> str:
    """File name of the report in a language, or of the English one if there is no other."""
    written = Path(edition.document)
    own = f"{written.stem}-{language}{written.suffix}"
    return own if (edition.root / own).is_file() else edition.document
