"""What the programs that are started here find around them: the same on every machine.

Only what a program needs in order to run is passed on. Settings, templates, start-up files and
fonts of the user, and the variables that name such, would change what it writes.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from analysis.publish.memory import MemoryShortageError, ended, go_first, is_shortage, lacked

PACKAGES = Path(__file__).parents[2]
# Where programs and libraries are, where temporary files go, and what Windows itself needs.
NEEDED = {"PATH", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC"}
NEEDED_KINDS = ("LD_", "DYLD_", "OPENBLAS_")
UTF8 = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"


def child_environment(home: Path | None = None) -> dict[str, str]:
    """The environment of a program that is started.

    Parameters
    ----------
    home : pathlib.Path, optional
        A folder for what the program keeps for itself, in the place of the user's home; without it
        there is none.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if name.upper() in NEEDED or name.upper().startswith(NEEDED_KINDS)
    }
    folder = str(home or os.devnull)
    return kept | {
        "HOME": folder,
        "USERPROFILE": folder,
        "LC_ALL": UTF8,
        "TZ": "UTC",
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": str(PACKAGES),
        "PYTHONSAFEPATH": "1",
        "PYTHONUTF8": "1",
        "SOURCE_DATE_EPOCH": "0",
    }


def run(
    name: str, command: Sequence[str | Path], text: str, folder: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run a program, called `name`, in `folder` with `text` as its input, and return what it said.

    Raises
    ------
    MemoryShortageError
        If it was ended from outside, or says that it got no memory.
    """
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env=child_environment(),
    ) as program:
        go_first(program.pid)
        output, said = program.communicate(text.encode())
    if program.returncode < 0:
        raise MemoryShortageError(ended(name))
    if program.returncode and is_shortage(said.decode(errors="replace")):
        raise MemoryShortageError(lacked(name))
    return subprocess.CompletedProcess(command, program.returncode, output, said)
