"""An edition as far as it is free of faults, so that one fault does not hide the others.

What is known to be wrong is not there for the rules that follow: a rule that asks for it is not
tried, and every other one is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import pandas as pd

from analysis.editions import Edition
from analysis.editions.incoming import NAMES_OF_CITIES, Read, file_and_sheet, read_raw
from analysis.editions.recipes import recipe_path
from analysis.editions.text_tables import UnreadableTableError, file_content
from analysis.index.refusal import RefusedValueError

# The table of the columns of all reference tables, beside the list of the same name of an edition.
COLUMN_TABLE = "reference/columns.csv"
LISTS = ("sources.csv", "columns.csv")
Result = TypeVar("Result")


class UnjudgedError(Exception):
    """Something is asked for that has faults of its own, which are named where it is judged."""


class SoundSettings(dict):
    """Settings of which those that are `faulty` cannot be asked for."""

    def __init__(self, settings: Mapping[str, object], faulty: frozenset[str]) -> None:
        super().__init__(settings)
        self.faulty = faulty

    def __getitem__(self, name: str) -> object:
        if name in self.faulty or name not in self:
            raise UnjudgedError(name)
        return super().__getitem__(name)

    def get(self, name: str, default: object = None) -> object:
        """The setting, or `default` if there is none."""
        if name in self.faulty:
            raise UnjudgedError(name)
        return super().get(name, default)


@dataclass(frozen=True)
class SoundEdition(Edition):
    """An edition without its faults.

    Attributes
    ----------
    faulty
        Reference tables that have faults.
    unset
        Settings that have faults.
    lists
        The lists of the raw files, each with the lines that have no faults.
    complete
        Whether `lists` has all the lines.
    descriptions
        The description of the columns of each file in `lists` (see `incoming.description`).
    read_before
        Raw files that a later edition holds too, and that are read there.
    """

    faulty: frozenset[str] = frozenset()
    unset: frozenset[str] = frozenset()
    lists: Mapping[str, pd.DataFrame] = field(default_factory=dict, compare=False)
    complete: bool = True
    descriptions: Mapping[str, pd.DataFrame] = field(default_factory=dict, compare=False)
    read_before: Mapping[str, Read] = field(default_factory=dict, compare=False)

    @cached_property
    def settings(self) -> dict:
        """The settings, those alone that have no faults."""
        try:
            return SoundSettings(super().settings, self.unset)
        except RefusedValueError as error:
            raise UnjudgedError("edition.toml") from error

    def raw_table(self, name: str) -> pd.DataFrame:
        """A list of the raw folder, without the lines that have faults."""
        if name not in LISTS:
            return super().raw_table(name)
        if name not in self.lists:
            raise UnjudgedError(name)
        return self.lists[name]

    def reference_file(self, file: str) -> Path:
        """A reference table, unless it has faults."""
        if file in self.faulty or COLUMN_TABLE in self.faulty:
            raise UnjudgedError(file)
        return super().reference_file(file)

    def reference_table(self, name: str) -> pd.DataFrame:
        """A reference table with its types, unless it has faults."""
        self.reference_file(f"{name}.csv")
        return super().reference_table(name)

    @property
    def column_table(self) -> pd.DataFrame:
        """The table of the columns of all reference tables, unless it has faults."""
        if COLUMN_TABLE in self.faulty:
            raise UnjudgedError(COLUMN_TABLE)
        return super().column_table

    @cached_property
    def files(self) -> list[str]:
        """The raw files that are listed and described without faults."""
        return list(self.lists["sources.csv"]["file"]) if "sources.csv" in self.lists else []

    @cached_property
    def reads(self) -> dict[str, Read]:
        """The raw files of `files`, those that can be read."""
        found = {
            file: self.read_before[file]
            if file in self.read_before
            else attempted(read_raw, self, file, self.descriptions[file])
            for file in self.files
        }
        return {file: read for file, read in found.items() if read is not None}

    @cached_property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The raw tables of `reads`, as text."""
        return {file: read.table.astype(object) for file, read in self.reads.items()}


def beside(edition: SoundEdition, later: SoundEdition) -> SoundEdition:
    """An edition that takes the raw files that a later one holds too from there."""
    alike = {file: read for file, read in later.reads.items() if is_alike(file, edition, later)}
    return replace(edition, read_before=alike)


def is_alike(file: str, edition: SoundEdition, other: SoundEdition) -> bool:
    """Whether two editions hold the same file under the same description, and read it alike."""
    if file not in edition.files or any(
        recipe_path(each, file).is_file() for each in (edition, other)
    ):
        return False
    own = [
        each.own_reference / f"{name}.csv" for each in (edition, other) for name in NAMES_OF_CITIES
    ]
    mine, theirs = (each.descriptions[file].reset_index(drop=True) for each in (edition, other))
    contents = {file_content(file_and_sheet(each, file)[0]) for each in (edition, other)}
    return len(contents) == 1 and mine.equals(theirs) and not any(path.exists() for path in own)


def attempted(rule: Callable[..., Result], *asked: object) -> Result | None:
    """What a rule finds, or None if it asks for something that has faults of its own."""
    try:
        return rule(*asked)
    except (UnjudgedError, UnreadableTableError):
        return None
