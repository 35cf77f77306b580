"""Many draws on all cores: chunks of draws, worked off in any order, put together in theirs.

What a chunk gives depends on the seed and the numbers of its draws only, so the result does not
depend on how many workers there are or which of them did what.
"""

import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from threadpoolctl import threadpool_limits

from analysis.index.robustness.draws import Draws
from analysis.index.robustness.engine import Engine
from analysis.index.robustness.kernel import FailedDrawError

Job = Callable[[Engine, Draws], np.ndarray]
Progress = Callable[[int], None]


class Future(Protocol):
    """A result to come."""

    def result(self) -> Any:
        """Wait for it."""


@contextmanager
def local_workers(workers: int | None = None) -> Iterator[Callable[..., Future]]:
    """Threads of this process (as many as cores if not given), as a function that submits."""
    # Each thread does its own linear algebra; more threads below would only get in the way.
    with threadpool_limits(1, user_api="blas"):
        pool = ThreadPoolExecutor(workers or os.cpu_count())
        try:
            yield pool.submit
        finally:
            pool.shutdown(cancel_futures=True)


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
    """What a job gives of every chunk of a span, by threads of this process."""
    with local_workers(workers) as submit:
        yield from run(submit, engine, job, span, progress)


def acceptability(
    engine: Engine,
    *,
    seed: int,
    count: int,
    workers: int | None = None,
    progress: Progress = lambda _: None,
) -> np.ndarray:
    """Count in how many draws each unit (rows) takes each place (columns)."""
    span = Span(seed, count, engine.chunk)
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
    span = Span(seed, count, engine.chunk)
    return np.concatenate(list(on_all_cores(engine, Engine.ranks, span, workers, progress)))
