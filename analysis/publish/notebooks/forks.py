"""Kernels that are forked from a process in which all imports are done.

Most of the time of a notebook went into importing the same libraries as the notebook before it.
Where processes cannot be forked, every notebook starts its own kernel; the outputs are the same.
"""

import ast
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, NoReturn, cast

import nbformat
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from analysis.editions import ROOT_VARIABLE
from analysis.publish.memory import MemoryShortageError, ended, is_shortage
from analysis.publish.surroundings import child_environment

# What the libraries of a kernel keep, such as matplotlib its list of fonts.
HOME = Path("_build", "home")
# Elsewhere the system's own libraries do not bear being forked.
CAN_FORK = sys.platform == "linux"


class ForkServer:
    """A running `analysis.publish.notebooks.fork_server`; kernels that are left end with it."""

    def __init__(self, modules: Iterable[str], root: Path) -> None:
        home = root / HOME
        home.mkdir(parents=True, exist_ok=True)
        self._log = home / "kernels.log"
        command = [sys.executable, "-m", "analysis.publish.notebooks.fork_server", *modules]
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                cwd=home,  # in any other folder matplotlib might find settings
                env=kernel_environment(root),
                start_new_session=True,
            )
        self._requests = cast(IO[str], self._process.stdin)
        self._answers = cast(IO[str], self._process.stdout)

    def close(self) -> None:
        """End the server."""
        self._process.communicate()

    def fork(self, arguments: list[str], folder: str) -> "ForkedProcess":
        """Start a kernel with these arguments and this working folder."""
        request = json.dumps({"arguments": arguments, "folder": folder})
        answer = ""
        with suppress(BrokenPipeError, ValueError):  # what a pipe without a reader raises
            print(request, file=self._requests, flush=True)
            answer = self._answers.readline()
        if not answer:
            self._refuse_end()
        return ForkedProcess(int(answer))

    def said(self) -> str:
        """What the server and its kernels have written to their standard error."""
        return self._log.read_text("utf8", errors="replace")

    def _refuse_end(self) -> NoReturn:
        name = "the process that starts the kernels"
        if self._process.wait() < 0 or is_shortage(self.said()):
            raise MemoryShortageError(ended(name))
        raise RuntimeError(f"{name} has ended: {self.said()}")


@contextmanager
def fork_server(notebooks: Iterable[Path], root: Path) -> Iterator[ForkServer | None]:
    """A server for the kernels of `notebooks` of the project `root`, or None if none can be had.

    Where processes cannot be forked there is none.
    """
    server = ForkServer(imported_modules(notebooks), root) if CAN_FORK else None
    try:
        yield server
    finally:
        if server:
            server.close()


class ForkedProcess:
    """A process of which this one is not the parent, with as much of `Popen` as Jupyter uses."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def poll(self) -> int | None:
        """Return None while the process runs, then 1."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return 1
        return None

    wait = poll  # called once the process has ended

    def send_signal(self, number: int) -> None:
        """Send a signal to the process, if it still runs."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End the process at once."""
        self.send_signal(signal.SIGKILL)


class ForkedKernel(LocalProvisioner):
    """Takes the process of a kernel from a `ForkServer`; all else is as for a started one."""

    process: Any = None

    def __init__(self, server: ForkServer, manager: AsyncKernelManager) -> None:
        super().__init__(kernel_spec=manager.kernel_spec, parent=manager)
        self._server = server

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork a kernel with the arguments of `cmd`, which follow ``python -m module``."""
        self.process = self._server.fork(cmd[3:], kwargs["cwd"])
        self.pid = self.pgid = self.process.pid
        return self.connection_info


def kernel_environment(root: Path) -> dict[str, str]:
    """The environment of kernels: nothing in it may make outputs differ from run to run.

    The editions that a notebook loads are those of the project `root`.
    """
    # As many threads as the machine has cores may add up numbers in another order; besides, there
    # are as many kernels as cores.
    threads = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    backend = {"MPLBACKEND": "module://matplotlib_inline.backend_inline"}
    return child_environment(root / HOME) | threads | backend | {ROOT_VARIABLE: str(root)}


def imported_modules(notebooks: Iterable[Path]) -> list[str]:
    """Names of the modules that the cells of `notebooks` import, and of what may be modules."""
    names: set[str] = set()
    for path in notebooks:
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "code":
                names |= imports_of(cell.source)
    return sorted(names)


def imports_of(code: str) -> set[str]:
    """Names of the modules that `code` imports, and of the members that may be modules."""
    try:
        nodes = list(ast.walk(ast.parse(code)))
    except SyntaxError:  # the kernel will say where
        return set()
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    others = [node for node in nodes if isinstance(node, ast.ImportFrom) and node.module]
    members = {f"{node.module}.{alias.name}" for node in others for alias in node.names}
    return plain | {str(node.module) for node in others} | members
