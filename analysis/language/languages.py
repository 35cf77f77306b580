"""Which languages the report can be had in, and what each says of its documents.

English is what the documents are written in. Another language has, beside its prose, the settings
of its documents: ``document.yml``. It is offered once it says that it is finished.
"""

from pathlib import Path
from typing import Any

from analysis.editions.yaml_texts import yaml_file
from analysis.language.sentences import ORIGINAL, prose

SETTINGS = "document.yml"
# What the settings hold beside those of every document: whether the language is offered, and what
# the front matter of each document says, by its name.
OFFERED, DOCUMENTS = "offered", "documents"


def language_settings(root: Path, language: str) -> dict[str, Any]:
    """What a language beside English says of its documents; nothing if it has none."""
    path = prose(language) / SETTINGS
    return yaml_file(root, path) if (root / path).is_file() else {}


EVERY = "all"


def asked_languages(root: Path, language: str) -> list[str]:
    """The language that is asked for, or every one that is offered."""
    return offered_languages(root) if language == EVERY else [language]


def offered_languages(root: Path) -> list[str]:
    """The languages in which the report can be had, English first."""
    folders = sorted(path.parent.name for path in (root / "sections").glob(f"*/{SETTINGS}"))
    return [ORIGINAL, *(name for name in folders if language_settings(root, name).get(OFFERED))]
