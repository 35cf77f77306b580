"""The same draws on other machines."""

import pytest

from analysis.index.robustness import cluster, simulation
from analysis.index.robustness.design import read_design
from analysis.index.robustness.engine import Engine
from index.robustness.cases import (
    design_table,
    small_rows,
    small_study,
)

from .test_simulation import COUNT, one_after_another


@pytest.fixture
def engine(monkeypatch):
    monkeypatch.setattr(Engine, "chunk", 70)
    return Engine(small_study(), read_design(design_table(*small_rows())))


def test_two_worker_processes_give_what_this_process_gives(engine):
    distributed = pytest.importorskip("distributed")
    expected = one_after_another(engine)
    told = []
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as workers:
        address = workers.scheduler_address
        ranks = cluster.ranks(engine, address, seed=1, count=COUNT, progress=told.append)
        counts = cluster.acceptability(engine, address, seed=1, count=COUNT)
    assert (ranks == expected).all()
    assert (counts == simulation.acceptability(engine, seed=1, count=COUNT)).all()
    assert sum(told) == COUNT
