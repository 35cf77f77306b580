"""How long `check` takes for an edition of 297 cities, beyond the start of the program."""

import sys
from collections.abc import Iterator

from benchmarks.command import cost


def measurements() -> Iterator[tuple[str, float, str]]:
    """Name, value and unit of each measurement."""
    start_up = seconds("--help")
    yield "program_starts", start_up, "s"
    yield "check_after_start", seconds("check", "2020") - start_up, "s"


def seconds(*words: str) -> float:
    """Time of one command of the program, the best of three."""
    return min(cost([sys.executable, "-m", "analysis", *words]).seconds for _ in range(3))
