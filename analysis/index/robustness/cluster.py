"""The same draws on many machines, with Dask distributed.

Chunks, draws and results are those of one machine: only who works them off differs.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from distributed import Client, Future

from analysis.index.robustness.engine import Engine
from analysis.index.robustness.simulation import Job, Progress, Span, run, total


def acceptability(
    engine: Engine,
    scheduler: str,
    *,
    seed: int,
    count: int,
    progress: Progress = lambda _: None,
) -> np.ndarray:
    """Count places as `simulation.acceptability` does, on the workers of a scheduler.

    Parameters
    ----------
    engine
        Of the study and the design.
    scheduler
        Address, such as ``tcp://host:8786``. The workers need this package in this version.
    seed, count
        Of the draws.
    progress
        Told the number of draws as they are done.

    Returns
    -------
    np.ndarray
        Units × places, numbers of draws.

    Raises
    ------
    FailedDrawError
        If a draw gives a unit no index.
    OSError
        If no scheduler answers.

    Examples
    --------
    >>> from distributed import LocalCluster
    >>> from analysis.index.robustness.example import small_design, small_study
    >>> engine = Engine(small_study(), small_design())
    >>> with LocalCluster(
    ...     n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None
    ... ) as machines:
    ...     counts = acceptability(engine, machines.scheduler_address, seed=1, count=10)
    >>> counts.sum(axis=1).tolist()
    [10, 10, 10]
    """
    span = Span(seed, count, engine.chunk)
    return total(iter(_results(engine, scheduler, Engine.acceptability, span, progress)))


def ranks(
    engine: Engine,
    scheduler: str,
    *,
    seed: int,
    count: int,
    progress: Progress = lambda _: None,
) -> np.ndarray:
    """Ranks, draws × units, as `simulation.ranks` gives them."""
    span = Span(seed, count, engine.chunk)
    return np.concatenate(_results(engine, scheduler, Engine.ranks, span, progress))


def _results(
    engine: Engine, scheduler: str, job: Job, span: Span, progress: Progress
) -> list[np.ndarray]:
    with Client(scheduler) as client:
        remote = client.scatter(engine, broadcast=True)
        threads = sum(client.nthreads().values())

        def submit(function: Callable[..., Any], *arguments: Any) -> Future:
            return client.submit(function, *arguments, pure=False)

        ahead = replace(span, ahead=2 * threads)
        return list(run(submit, remote, job, ahead, progress))
