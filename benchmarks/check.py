"""How long `check` takes for an edition of 297 cities, beyond the start of the program."""

import subprocess
import sys
import time
from collections.abc import Iterator

from benchmarks.report import ROOT


def measurements() -> Iterator[tuple[str, float, str]]:
    """Name, value and unit of each measurement."""
    start_up = seconds("--help")
    yield "program_starts", start_up, "s"
    yield "check_after_start", seconds("check", "2020") - start_up, "s"


def seconds(*words: str) -> float:
    """Time of one command of the program, the best of three."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "analysis", *words], cwd=ROOT, check=True, capture_output=True
        )
        times.append(time.perf_counter() - start)
    return min(times)
