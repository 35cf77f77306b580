"""How long the report takes, from nothing, unchanged and after a change of text; and its memory.

Everything runs as `make report` in a scratch copy of the repository, as for a new user: the first
run installs the packages, from the caches of pip and uv if they are there.
"""

import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "_build", "_output", "__pycache__", ".*_cache")


def measurements() -> Iterator[tuple[str, float, str]]:
    """Name, value and unit of each measurement."""
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "project"
        shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
        yield "report_from_nothing", seconds(copy), "s"
        yield "report_unchanged", seconds(copy), "s"
        section = copy / "sections" / "summary.qmd"
        section.write_text(section.read_text("utf8") + "\nOne more sentence.\n", "utf8")
        yield "report_text_changed", seconds(copy), "s"
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    yield "largest_process", peak, "MB"


def seconds(project: Path) -> float:
    """Time of one `make report` in `project`."""
    start = time.perf_counter()
    subprocess.run(
        ["make", "report", f"PYTHON={sys.executable}"],
        cwd=project,
        check=True,
        capture_output=True,
    )
    return time.perf_counter() - start
