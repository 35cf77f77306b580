"""Work that goes on beside the rest: in a process of its own, so that both cores have some."""

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any

from analysis.publish.memory import go_first


@contextmanager
def one_worker() -> Iterator[Callable[..., Callable[[], Any]]]:
    """Give what submits a function with its arguments, and returns what waits for the result."""
    # A forked process would inherit the threads that show progress, in whatever state they are.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context, initializer=go_first) as pool:
        yield lambda function, *arguments: pool.submit(function, *arguments).result
