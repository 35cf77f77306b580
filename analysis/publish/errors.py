"""The one error of this package, and the places it points to."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from analysis.index.refusal import RefusalError

Progress = Callable[[str, int, int], None]
"""What a long step reports: what it is doing, how many are done, how many there are."""


class PublishError(RefusalError):
    """Something in the report, its notebooks or its tools that must be mended first."""


class Place(NamedTuple):
    """A line of a source file, counted from 1."""

    path: Path
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


def silent(what: str, done: int, total: int) -> None:
    """Report no progress."""
