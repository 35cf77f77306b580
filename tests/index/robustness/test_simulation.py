"""Many draws on many workers give what one worker gives."""

from dataclasses import replace

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


@pytest.fixture
def engine(monkeypatch):
    monkeypatch.setattr(Engine, "chunk", 70)
    return Engine(small_study(), read_design(design_table(*small_rows())))


def one_after_another(engine):
    parts = [engine.ranks(engine.sampler.draw(1, first, 1)) for first in range(COUNT)]
    return np.concatenate(parts)


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


@pytest.mark.usefixtures("engine")
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
