"""The fast kernel gives the scores and ranks of the index engine, draw by draw."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.index.robustness import engine as engines
from analysis.index.robustness.design import read_design
from analysis.index.robustness.engine import Engine
from analysis.index.robustness.kernel import FailedDrawError
from analysis.index.robustness.replay import replay, replayed_ranks
from index.robustness.cases import (
    alternatives,
    coinr,
    coinr_design,
    coinr_draws,
    coinr_study,
    design_table,
    small_framework,
    small_rows,
    small_study,
    with_data,
)


def with_factor(factor, *rows):
    return without(factor, rows=rows)


def without(*factors, rows=()):
    kept = [row for row in small_rows() if row[0] not in factors]
    return read_design(design_table(*kept, *rows))


@pytest.fixture(scope="module")
def small():
    return Engine(small_study(), read_design(design_table(*small_rows())))


@pytest.fixture(scope="module")
def reference():
    return Engine(coinr_study(), coinr_design())


def test_every_score_is_that_of_the_index_engine(small):
    draws = small.sampler.draw(1, 0, 150)
    scores = small.scores(draws)
    for position in range(len(draws)):
        expected = replay(small.study, small.design, draws, position).index
        np.testing.assert_allclose(scores[position], expected, rtol=1e-10)


def test_every_rank_is_that_of_the_index_engine(small):
    draws = small.sampler.draw(2, 0, 150)
    expected = replayed_ranks(small.study, small.design, draws)
    assert (expected.to_numpy() == small.ranks(draws).T).all()


@pytest.mark.parametrize("units", [3, 40])
def test_the_number_of_units_does_not_matter(units):
    study = small_study(units, gaps=units > 3)
    design = read_design(design_table(*small_rows()))
    engine = Engine(study, design)
    draws = engine.sampler.draw(3, 0, 40)
    assert (replayed_ranks(study, design, draws).to_numpy() == engine.ranks(draws).T).all()


def test_units_with_the_same_figures_share_the_better_place():
    study = small_study(14)
    data = study.data.copy()
    for twin, other in ((7, 2), (9, 2), (13, 5)):
        data.iloc[twin] = data.iloc[other]
    heads = study.heads.copy()
    heads.iloc[[7, 9]], heads.iloc[13] = heads.iloc[2], heads.iloc[5]
    study = replace(with_data(study, data), heads=heads)
    engine = Engine(study, without("gaps", "figures"))
    draws = engine.sampler.draw(4, 0, 100)
    ranks = engine.ranks(draws)
    assert (ranks[:, [7, 9]] == ranks[:, [2]]).all()
    assert (ranks[:, 13] == ranks[:, 5]).all()
    assert (replayed_ranks(study, engine.design, draws).to_numpy() == ranks.T).all()


def test_a_study_in_which_every_unit_has_gaps():
    study = small_study(8, gaps=False)
    data = study.data.copy()
    data.loc[data.index[::2], "a"] = np.nan
    data.loc[data.index[1::2], "d"] = np.nan
    engine = Engine(with_data(study, data), without("gaps"))
    study = engine.study
    draws = engine.sampler.draw(4, 0, 60)
    assert (replayed_ranks(study, engine.design, draws).to_numpy() == engine.ranks(draws).T).all()


def test_counts_of_places_agree_with_the_plain_kernel(small):
    draws = small.sampler.draw(8, 0, 120)
    plain = replayed_ranks(small.study, small.design, draws)
    expected = [[(row == place).sum() for place in range(1, 13)] for _, row in plain.iterrows()]
    assert small.acceptability(draws).tolist() == expected


def test_counts_of_places_agree_with_the_ranks(reference):
    draws = reference.sampler.draw(1, 0, 3000)
    ranks = reference.ranks(draws)
    counts = reference.acceptability(draws)
    for unit in range(reference.units):
        expected = np.bincount(ranks[:, unit] - 1, minlength=reference.units)
        assert (counts[unit] == expected).all()


def test_shifts_are_mean_absolute_differences_of_ranks(small):
    draws = small.sampler.draw(9, 0, 50)
    record = small.ranks(small.sampler.of_record())[0]
    expected = np.abs(small.ranks(draws) - record).mean(axis=1)
    np.testing.assert_allclose(small.shifts(draws, record), expected)


def test_places_of_many_units_are_counted_in_steps(small, monkeypatch):
    draws = small.sampler.draw(10, 0, 50)
    exact = small.acceptability(draws)
    monkeypatch.setattr(engines, "MOST_COLUMNS", 5)
    # Twelve units on at most five columns: three places to a column.
    expected = exact.reshape(12, 4, 3).sum(axis=2)
    assert small.acceptability(draws).tolist() == expected.tolist()


def test_the_size_of_blocks_changes_nothing(small, monkeypatch):
    draws = small.sampler.draw(11, 0, 200)
    expected = small.ranks(draws)
    monkeypatch.setattr(engines, "BLOCK_VALUES", 1)
    assert (small.ranks(draws) == expected).all()


def test_a_narrower_design_ranks_by_the_states_of_the_wider_one_as_by_its_own(small):
    every = small.design.alternatives
    held = replace(small.design, alternatives={**every, "measures": every["measures"][:1]})
    fewer, own = small.narrowed(held), Engine(small.study, held)
    assert fewer.states is small.states
    draws = own.sampler.draw(13, 0, 60)
    assert (fewer.ranks(draws) == own.ranks(draws)).all()


def test_states_in_another_order_are_not_shared(small):
    every = small.design.alternatives
    other = replace(small.design, alternatives={**every, "measures": every["measures"][::-1]})
    with pytest.raises(ValueError, match="measures: not the first alternatives of the engine"):
        small.narrowed(other)


def test_draws_of_one_state_are_worked_off_together(small, monkeypatch):
    asked = []
    get = small.states.get
    monkeypatch.setattr(small.states, "get", lambda key: asked.append(key) or get(key))
    small.scores(small.sampler.of_record(10))
    assert len(asked) == 1


def test_a_small_cache_changes_nothing(small, monkeypatch):
    draws = small.sampler.draw(12, 0, 200)
    monkeypatch.setattr("analysis.index.robustness.states.CACHE_BYTES", 0)
    fresh = Engine(small.study, small.design)
    assert (fresh.ranks(draws) == small.ranks(draws)).all()
    assert len(fresh.states.cache) == 1


def test_a_hundred_draws_of_coinr_have_its_ranks(reference):
    draws = coinr_draws(reference.sampler)
    theirs = coinr("uncertainty_100_ranks").drop(columns="Nominal")
    ours = pd.DataFrame(reference.ranks(draws).T, reference.study.data.index, theirs.columns)
    assert (ours == theirs.loc[ours.index]).all(axis=None)


def test_a_hundred_draws_of_coinr_have_its_scores(reference):
    draws = coinr_draws(reference.sampler)
    theirs = coinr("uncertainty_100_scores").drop(columns="Nominal")
    ours = pd.DataFrame(reference.scores(draws).T, reference.study.data.index, theirs.columns)
    np.testing.assert_allclose(ours, theirs.loc[ours.index], rtol=1e-10)


def test_a_failing_draw_stops_the_run_and_names_node_and_unit():
    # A domain of standard scores around zero is negative for the units below the mean.
    rows = [r for r in small_rows() if r[0] not in ("normalisation", "aggregation", "evidence")]
    rows += alternatives("normalisation", "z_score mean=0 sd=1")
    rows += alternatives("aggregation", "arithmetic index=geometric")
    framework = small_framework()
    framework.loc[framework["code"] == "z", "parent"] = "left"
    study = replace(small_study(), framework=framework)
    engine = Engine(study, read_design(design_table(*rows)))
    with pytest.raises(FailedDrawError, match=r"unit u\d\d: .*node '(left|right)' is not"):
        engine.ranks(engine.sampler.draw(1, 0, 20))


def test_a_draw_that_leaves_a_unit_without_a_value_stops_the_run():
    study = small_study()
    data = study.data.copy()
    # u05 keeps c alone; where c is left out, there is nothing to rank it by.
    data.loc["u05", ["z", "a", "b", "d", "e"]] = np.nan
    engine = Engine(with_data(study, data), without("gaps"))
    with pytest.raises(FailedDrawError, match="unit u05: the value of node 'index' is missing"):
        engine.ranks(engine.sampler.draw(1, 0, 200))


def test_a_scale_with_zeros_cannot_be_put_under_a_geometric_mean_of_leaves():
    design = with_factor("normalisation", *alternatives("normalisation", "min_max"))
    with pytest.raises(ValueError, match="normalisation 'min_max' under a geometric mean"):
        Engine(small_study(), design)


def test_a_study_that_the_design_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="there are no heads"):
        Engine(replace(small_study(), heads=None), read_design(design_table(*small_rows())))


def test_negative_scores_are_ranked_too():
    rows = [r for r in small_rows() if r[0] not in ("normalisation", "aggregation")]
    rows += alternatives("normalisation", "z_score")
    rows += alternatives("aggregation", "arithmetic")
    engine = Engine(small_study(), read_design(design_table(*rows)))
    draws = engine.sampler.draw(1, 0, 60)
    expected = replayed_ranks(engine.study, engine.design, draws)
    assert (engine.scores(draws) < 0).any()
    assert (expected.to_numpy() == engine.ranks(draws).T).all()


def test_ties_far_below_zero_are_found():
    study = small_study(gaps=False)
    data = study.data.copy()
    data.loc[["u07", "u09"]] = data.loc[["u02", "u02"]].to_numpy()
    rows = alternatives("normalisation", "z_score mean=-1000000 sd=5")
    rows += alternatives("aggregation", "arithmetic")
    other = ("normalisation", "aggregation", "gaps", "measures", "figures")
    engine = Engine(with_data(study, data), without(*other, rows=rows))
    ranks = engine.ranks(engine.sampler.draw(2, 0, 40))
    assert (ranks[:, [7, 9]] == ranks[:, [2]]).all()


@pytest.mark.parametrize(
    ("draws", "chunk"), [(511, 512), (513, 513), (65_535, 65_535), (65_537, 65_536)]
)
def test_so_many_draws_are_taken_at_once_that_their_values_fit(small, monkeypatch, draws, chunk):
    monkeypatch.setattr(engines, "CHUNK_VALUES", 12 * draws)
    assert small.chunk == chunk


def test_a_piece_counts_its_own_draws_alone():
    states = [(slice(n, n + 1), "state") for n in range(7)]
    found = [rows for rows, _ in engines.pieces(states, 3)]
    assert found == [slice(0, 3), slice(3, 6), slice(6, 7)]
