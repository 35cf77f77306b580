"""How long the report takes, from nothing, unchanged and after a change of text; and its memory.

Everything runs as `make report` in a scratch copy of the repository, as for a new user: the first
run installs the packages, from the caches of pip and uv if they are there.
"""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.command import ROOT, cost

LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "_build", "_output", "__pycache__", ".*_cache")


def measurements() -> Iterator[tuple[str, float, str]]:
    """Name, value and unit of each measurement."""
    command = ["make", "report", f"PYTHON={sys.executable}"]
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "project"
        shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
        seconds, megabytes = cost(command, copy)
        yield "report_from_nothing", seconds, "s"
        yield "report_unchanged", cost(command, copy).seconds, "s"
        section = copy / "sections" / "en" / "summary.qmd"
        section.write_text(section.read_text("utf8") + "\nOne more sentence.\n", "utf8")
        yield "report_text_changed", cost(command, copy).seconds, "s"
    yield "largest_process", megabytes, "MB"
