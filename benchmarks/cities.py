"""How long all city pages take, as HTML and as PDF, in a scratch copy with the present results."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.command import ROOT, cost
from benchmarks.report import LEFT_OUT


def measurements() -> Iterator[tuple[str, float, str]]:
    """Name, value and unit of each measurement."""
    command = [sys.executable, "-m", "analysis", "cities"]
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "project"
        shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
        yield "city_pages", cost(command, copy).seconds, "s"
        yield "city_pages_and_sheets", cost([*command, "--pdf"], copy).seconds, "s"
