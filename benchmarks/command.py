"""Time and memory of one command, its own and those of the processes that it starts."""

import os
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]


class Cost(NamedTuple):
    """Seconds of a command, megabytes of its largest process and seconds of the processor."""

    seconds: float
    megabytes: float
    processor: float


def cost(words: Sequence[str], folder: Path = ROOT) -> Cost:
    """Run a command in `folder`, a copy of the project, with the modules of that folder.

    Raises
    ------
    subprocess.CalledProcessError
        If the command fails.
    """
    start = time.perf_counter()
    running = subprocess.Popen(
        words,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    # Of this child alone: what getrusage says of children is the largest of all so far.
    _, status, usage = os.wait4(running.pid, 0)
    seconds = time.perf_counter() - start
    running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, list(words))
    return Cost(seconds, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime)
