"""How long all city pages take, as HTML and as PDF, in a scratch copy with the present results."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.report import LEFT_OUT, ROOT


def measurements() -> Iterator[tuple[str, float, str]]:
    """Name, value and unit of each measurement."""
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "project"
        shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
        for name, options in (("city_pages", []), ("city_pages_and_sheets", ["--pdf"])):
            start = time.perf_counter()
            subprocess.run(
                [sys.executable, "-m", "analysis", "cities", *options],
                cwd=copy, env=os.environ | {"PYTHONPATH": str(copy)}, check=True,
                capture_output=True,
            )  # fmt: skip
            yield name, time.perf_counter() - start, "s"
