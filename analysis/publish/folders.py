"""Where what is published of an edition in a language lies: in a folder of its own."""

from pathlib import Path

from analysis.editions import Edition
from analysis.language.sentences import ORIGINAL

OUTPUT = Path("_output")
# What the report is called in each of these folders.
REPORT = "report"


def output_folder(edition: Edition, language: str = ORIGINAL) -> Path:
    """The folder of an edition in a language, below the root of the project."""
    return OUTPUT / edition.name / language


def site_folder(edition: Edition, language: str = ORIGINAL) -> Path:
    """The folder of its site, beside the report."""
    return output_folder(edition, language) / "site"


def report_files(edition: Edition, language: str = ORIGINAL) -> list[Path]:
    """HTML and PDF of the report, below the root of the project."""
    folder = output_folder(edition, language)
    return [folder / f"{REPORT}.html", folder / f"{REPORT}.pdf"]
