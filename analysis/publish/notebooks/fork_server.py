"""A process that has imported what the notebooks import, and forks a kernel for each of them.

A forked kernel is as fresh as a started one: it shares no state with the kernels beside it. But the
libraries are imported once for all notebooks. Requests come line by line: a JSON list of the
kernel's arguments and its working folder; the answer is its process number.
"""

import builtins
import gc
import json
import os
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from types import SimpleNamespace

from analysis.publish.memory import go_first


def serve(modules: Iterable[str]) -> None:
    """Import `modules`, then fork kernels until the standard input ends."""
    go_first()
    os.environ["JPY_PARENT_PID"] = str(os.getpid())  # kernels end when the server does
    with inside_a_kernel():
        for name in ("analysis.publish.notebooks.isolated_kernel", *modules):
            with suppress(ImportError):  # the notebook that imports it will say so itself
                import_module(name)
    gc.freeze()  # what is shared with the kernels stays shared
    signal.signal(signal.SIGCHLD, bury)
    for line in sys.stdin:
        request = json.loads(line)
        child = os.fork()
        if not child:
            become_kernel(request["arguments"], request["folder"])
        print(child, flush=True)


@contextmanager
def inside_a_kernel() -> Iterator[None]:
    """Let libraries that ask on import, as pandas does for its width, find a kernel around them."""
    names = vars(builtins)
    names["get_ipython"] = lambda: SimpleNamespace(kernel=None)
    try:
        yield
    finally:
        del names["get_ipython"]


def bury(*_: object) -> None:
    """Take leave of the kernels that have ended."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def become_kernel(arguments: list[str], folder: str) -> None:
    """Run an IPython kernel in this process, which is a child of the server; never returns."""
    from analysis.publish.notebooks.isolated_kernel import IsolatedKernel

    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    os.chdir(folder)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)  # the standard output belongs to the answers of the server
    try:
        IsolatedKernel.launch_instance(argv=arguments)
    finally:
        os._exit(0)


if __name__ == "__main__":
    serve(sys.argv[1:])
