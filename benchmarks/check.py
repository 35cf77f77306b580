"""How long `check` takes for an edition of 297 cities, beyond the start of the program.

The start is what `--help` takes: the interpreter, pandas and the commands. Counted are seconds of
the processor, so that what else the machine does is not.
"""

import sys
from collections.abc import Iterator

from benchmarks.command import cost


def measurements() -> Iterator[tuple[str, float, str]]:
    """Name, value and unit of each measurement."""
    start_up = seconds("--help")
    yield "program_starts", start_up, "s"
    yield "check_after_start", seconds("check", "2020") - start_up, "s"


def seconds(*words: str) -> float:
    """Processor time of one command of the program, the best of three."""
    return min(cost([sys.executable, "-m", "analysis", *words]).processor for _ in range(3))
