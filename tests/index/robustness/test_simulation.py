"""Many draws on many workers give what one worker gives."""

import multiprocessing
import os
import signal
import sys
import threading
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from analysis.index.robustness import simulation
from analysis.index.robustness.design import read_design
from analysis.index.robustness.engine import Engine
from analysis.index.robustness.kernel import FailedDrawError
from index.robustness.cases import (
    alternatives,
    design_table,
    small_framework,
    small_rows,
    small_study,
)

COUNT = 400
forking = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")


@pytest.fixture
def engine(monkeypatch):
    monkeypatch.setattr(Engine, "chunk", 70)
    return Engine(small_study(), read_design(design_table(*small_rows())))


def one_after_another(engine):
    parts = [engine.ranks(engine.sampler.draw(1, first, 1)) for first in range(COUNT)]
    return np.concatenate(parts)


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize("workers", [1, 2, 5])
def test_the_number_of_workers_changes_nothing(engine, workers):
    expected = one_after_another(engine)
    ranks = simulation.ranks(engine, seed=1, count=COUNT, workers=workers)
    assert (ranks == expected).all()
    counts = simulation.acceptability(engine, seed=1, count=COUNT, workers=workers)
    assert counts.sum() == COUNT * engine.units
    for unit in range(engine.units):
        assert counts[unit].tolist() == [(expected[:, unit] == p).sum() for p in range(1, 13)]


def test_progress_is_told_every_draw_once(engine):
    told = []
    simulation.acceptability(engine, seed=1, count=COUNT, progress=told.append)
    assert told == [70, 70, 70, 70, 70, 50]


@pytest.mark.usefixtures("engine", "alone")
def test_a_failing_draw_is_named_by_its_number():
    framework = small_framework()
    framework.loc[framework["code"] == "z", "parent"] = "left"
    kept = [r for r in small_rows() if r[0] not in ("normalisation", "aggregation", "evidence")]
    rows = [
        *kept,
        *alternatives("normalisation", "rank_scores", "z_score"),
        *alternatives("aggregation", "arithmetic", "arithmetic index=geometric"),
    ]
    failing = Engine(replace(small_study(), framework=framework), read_design(design_table(*rows)))
    with pytest.raises(FailedDrawError) as error:
        simulation.acceptability(failing, seed=1, count=COUNT)
    draw = failing.sampler.draw(1, error.value.draw)
    chosen = {factor: numbers[0] for factor, numbers in draw.choices.items()}
    assert (chosen["normalisation"], chosen["aggregation"]) == (1, 1)
    with pytest.raises(FailedDrawError):
        failing.ranks(draw)


def worked_by(_engine, _draws):
    """A job that says which process does it."""
    return np.array([os.getpid()])


def killed(_engine, _draws):
    """A job whose process is ended from outside."""
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture
def alone(monkeypatch):
    """As in a process without other threads: one that shares tests with others has some."""
    monkeypatch.setattr(simulation.threading, "active_count", lambda: 1)


def found(engine, job, workers, count=COUNT, progress=lambda _: None):
    span = simulation.Span(1, count, engine.chunk)
    return list(simulation.on_all_cores(engine, job, span, workers, progress))


@forking
@pytest.mark.usefixtures("alone")
def test_several_workers_are_other_processes_and_one_is_this_one(engine):
    forked = {int(numbers[0]) for numbers in found(engine, worked_by, 2)}
    assert len(forked) == 6  # one for each chunk
    assert os.getpid() not in forked
    assert {int(numbers[0]) for numbers in found(engine, worked_by, 1)} == {os.getpid()}


def test_draws_of_one_chunk_stay_in_this_process(engine):
    assert found(engine, worked_by, 2, count=70)[0] == os.getpid()


def test_a_process_with_other_threads_is_not_forked(engine):
    done = threading.Event()
    waiting = threading.Thread(target=done.wait)
    waiting.start()
    try:
        assert {int(numbers[0]) for numbers in found(engine, worked_by, 2)} == {os.getpid()}
    finally:
        done.set()
        waiting.join()


@forking
@pytest.mark.usefixtures("alone")
def test_a_worker_that_the_system_ends_is_told(engine):
    with pytest.raises(BrokenProcessPool):
        found(engine, killed, 2)
    assert not multiprocessing.active_children()


@forking
@pytest.mark.usefixtures("alone")
def test_an_interrupt_leaves_no_worker_behind(engine):
    def interrupt(_done):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        found(engine, Engine.ranks, 3, progress=interrupt)
    assert not multiprocessing.active_children()


@pytest.mark.parametrize(
    ("count", "chunk"),
    [
        (16_383, 16_383),  # less than twice the least
        (16_384, 8_192),
        (20_000, 10_000),
        (100_000, 50_000),
        (99_999, 50_000),
        (262_144, 65_536),
        (1_000_000, 65_536),
    ],
)
def test_few_draws_are_worked_off_in_as_many_chunks_as_pay(count, chunk):
    assert simulation.chunk_of(SimpleNamespace(chunk=65_536), count) == chunk


def test_chunks_are_no_larger_than_the_engine_takes():
    assert simulation.chunk_of(SimpleNamespace(chunk=512), 1_000) == 512
