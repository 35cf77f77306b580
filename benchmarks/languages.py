"""What the report costs in every language beside one: whatever is the same is done once.

Both are made from nothing, with the embedded renderer and results that are there, turn by turn, so
that what else the machine does is shared by both.
"""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.command import ROOT, Cost, cost
from benchmarks.report import LEFT_OUT

RUNS = 3


def measurements(runs: int = RUNS) -> Iterator[tuple[str, float, str]]:
    """Name, value and unit of each measurement."""
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "project"
        shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
        cost([sys.executable, "-m", "analysis", "build"], copy)
        turns = [(made_anew(copy, "en"), made_anew(copy, "all")) for _ in range(runs)]
    yield "report_one_language", median(one.processor for one, _ in turns), "s of processor"
    yield "report_all_languages", median(every.processor for _, every in turns), "s of processor"
    yield "all_by_one", median(every.processor / one.processor for one, every in turns), "times"
    yield "all_by_one_waiting", median(every.seconds / one.seconds for one, every in turns), "times"


def made_anew(copy: Path, language: str) -> Cost:
    """What it costs to make the report in a language, or in all, from nothing."""
    for name in ("_build", "_output"):
        shutil.rmtree(copy / name, ignore_errors=True)
    words = ["analysis", "report", "--renderer", "embedded", "--language", language]
    return cost([sys.executable, "-m", *words], copy)
