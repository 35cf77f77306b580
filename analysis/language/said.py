"""Sentences of a file of a language, such as ``sections/en/pages.jinja``, said with their values.

A macro a sentence, whose parameters are the values that it needs.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from analysis.index.refusal import RefusedValueError
from analysis.language.sentences import macros_of, prose, sentence

# What city pages, site and explorer say, and what the audit workbook does.
PAGES, WORKBOOK = "pages.jinja", "workbook.jinja"
FILTERS: dict[str, Callable[..., str]] = {"plain": "{:g}".format}


@dataclass(frozen=True)
class Said:
    """The sentences of one file.

    Attributes
    ----------
    root : Path
        Root of the project.
    name : str
        Name of the file.
    language : str
        Language of the sentences, whose folder holds the file.
    """

    root: Path
    name: str
    language: str = "en"

    @property
    def file(self) -> Path:
        """The file, below the root."""
        return prose(self.language) / self.name

    @cached_property
    def macros(self) -> object:
        """The sentences by name.

        Raises
        ------
        RefusedValueError
            If the language has no such file.
        """
        if not (self.root / self.file).is_file():
            raise RefusedValueError(f"{self.file.as_posix()}: the language has no such file")
        return macros_of(self.root, self.file, {}, FILTERS)

    def say(self, key: str, **values: object) -> str:
        """The sentence `key` with its values."""
        return sentence(self.macros, self.file, key, **values)
