"""Many draws on all cores: chunks of draws, worked off in any order, put together in theirs.

What a chunk gives depends on the seed and the numbers of its draws only, so the result does not
depend on how many workers there are or which of them did what. A worker is a process that is forked
for one chunk: it has the engine without a copy. Threads would gain nothing, as a chunk is worked
off in many short steps of numpy, between which they wait for one another.
"""

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, NamedTuple, Protocol

import numpy as np
from threadpoolctl import threadpool_limits

from analysis.index.robustness.draws import Draws
from analysis.index.robustness.engine import Engine
from analysis.index.robustness.kernel import FailedDrawError

Job = Callable[[Engine, Draws], np.ndarray]
Progress = Callable[[int], None]

# A study of few draws is worked off in so many chunks, so that cores share it, if each has so many
# draws: in smaller ones too few draws have a state in common.
FEW_CHUNKS, LEAST_DRAWS = 2, 8_192


class Future(Protocol):
    """A result to come."""

    def result(self) -> Any:
        """Wait for it."""


class Done(NamedTuple):
    """A result that has come."""

    value: Any

    def result(self) -> Any:
        """Give it."""
        return self.value


class Forked(NamedTuple):
    """A result that a forked process will send, or the draw that failed."""

    process: BaseProcess
    receiver: Connection

    def result(self) -> Any:
        """Wait for it."""
        try:
            found = self.receiver.recv()
        except EOFError as error:
            raise BrokenProcessPool("a process that draws has ended without a word") from error
        self.process.join()
        if isinstance(found, FailedDrawError):
            raise found
        return found

    def end(self) -> None:
        """End the process, if it still runs."""
        self.process.terminate()
        self.process.join()
        self.receiver.close()


@contextmanager
def local_workers(workers: int) -> Iterator[Callable[..., Future]]:
    """A function that submits: to forked processes, of which `workers` are to run at a time.

    One worker is this process itself, and so are all where processes cannot be forked.
    """
    started: list[Forked] = []

    def submit(function: Callable[..., Any], *arguments: Any) -> Future:
        if workers == 1 or not can_fork():
            return Done(function(*arguments))
        started.append(_forked(function, arguments))
        return started[-1]

    # Each worker does its own linear algebra; threads below would only get in the way.
    with threadpool_limits(1, user_api="blas"):
        try:
            yield submit
        finally:
            for each in started:
                each.end()


def can_fork() -> bool:
    """Whether this process can be forked: other threads of it might leave locks behind.

    Elsewhere than on Linux the system's own libraries do not bear it.
    """
    return sys.platform == "linux" and threading.active_count() == 1


def _forked(function: Callable[..., Any], arguments: tuple[Any, ...]) -> Forked:
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(
        target=_answer, args=(receiver, sender, function, arguments), daemon=True
    )
    process.start()
    sender.close()  # so that the end of the process is the end of what is received
    return Forked(process, receiver)


def _answer(
    receiver: Connection,
    sender: Connection,
    function: Callable[..., Any],
    arguments: tuple[Any, ...],
) -> None:
    """Call a function in a forked process and send what it gives, or which draw failed.

    A mistake of the program ends the process with its traceback.
    """
    # Whoever interrupts the program interrupts the process that waits, and that ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    receiver.close()
    try:
        found = function(*arguments)
    except FailedDrawError as error:  # it is raised where the result is asked for
        found = error
    with suppress(BrokenPipeError):  # nobody waits any more
        sender.send(found)


def work(engine: Engine, job: Job, seed: int, first: int, count: int) -> np.ndarray:
    """Draw one chunk and do a job on it; a draw that fails is named by its number."""
    try:
        return job(engine, engine.sampler.draw(seed, first, count))
    except FailedDrawError as error:
        draw = first + error.draw
        raise FailedDrawError(error.code, error.unit, draw, error.fault) from error


@dataclass(frozen=True)
class Span:
    """Which draws: `count` of them from the first on, in chunks, some submitted ahead."""

    seed: int
    count: int
    chunk: int
    ahead: int = 4


def run(
    submit: Callable[..., Future],
    engine: Any,
    job: Job,
    span: Span,
    progress: Progress = lambda _: None,
) -> Iterator[np.ndarray]:
    """Do a job on all chunks of a span and give the results in the order of the draws.

    Parameters
    ----------
    submit
        Takes a function and its arguments and returns a future.
    engine
        The engine, or what the workers take for it.
    job
        Takes the engine and draws.
    span
        The draws.
    progress
        Told the number of draws as they are done.
    """
    waiting: deque[tuple[Future, int]] = deque()
    for first in range(0, span.count, span.chunk):
        size = min(span.chunk, span.count - first)
        waiting.append((submit(work, engine, job, span.seed, first, size), size))
        if len(waiting) > span.ahead:
            yield _next(waiting, progress)
    while waiting:
        yield _next(waiting, progress)


def _next(waiting: deque[tuple[Future, int]], progress: Progress) -> np.ndarray:
    future, size = waiting.popleft()
    result = future.result()
    progress(size)
    return result


def total(parts: Iterator[np.ndarray]) -> np.ndarray:
    """The sum of arrays of counts, in 64 bits."""
    result = next(parts).astype(np.int64)
    for part in parts:
        result += part
    return result


def on_all_cores(
    engine: Engine, job: Job, span: Span, workers: int | None, progress: Progress
) -> Iterator[np.ndarray]:
    """What a job gives of every chunk of a span, by as many workers as cores if not given."""
    workers = min(workers or os.cpu_count() or 1, -(-span.count // span.chunk))
    with local_workers(workers) as submit:
        yield from run(submit, engine, job, replace(span, ahead=workers - 1), progress)


def chunk_of(engine: Engine, count: int) -> int:
    """Draws of a chunk: as many as the engine takes at once, or fewer if there are few in all."""
    chunks = int(np.clip(count // LEAST_DRAWS, 1, FEW_CHUNKS))
    return min(engine.chunk, -(-count // chunks))


def acceptability(
    engine: Engine,
    *,
    seed: int,
    count: int,
    workers: int | None = None,
    progress: Progress = lambda _: None,
) -> np.ndarray:
    """Count in how many draws each unit (rows) takes each place (columns)."""
    span = Span(seed, count, chunk_of(engine, count))
    return total(on_all_cores(engine, Engine.acceptability, span, workers, progress))


def ranks(
    engine: Engine,
    *,
    seed: int,
    count: int,
    workers: int | None = None,
    progress: Progress = lambda _: None,
) -> np.ndarray:
    """Ranks, draws × units."""
    span = Span(seed, count, chunk_of(engine, count))
    return np.concatenate(list(on_all_cores(engine, Engine.ranks, span, workers, progress)))
