"""Sobol indices against what is known exactly, and against SALib."""

import numpy as np
import pytest
from SALib.analyze import sobol as salib_sobol
from SALib.sample import sobol as salib_sample

from analysis.index.robustness import example, sensitivity
from analysis.index.robustness.design import read_design
from analysis.index.robustness.engine import Engine
from index.robustness.cases import (
    alternatives,
    coinr,
    coinr_design,
    coinr_study,
    design_table,
    small_rows,
    small_study,
)
from index.robustness.exact import all_combinations, exact_indices


def test_exact_indices_of_a_sum():
    # y = 2 a + b with a, b each -1 or 1: variances 4 and 1, so 4/5 and 1/5, no interaction.
    values = np.array([[-3.0, -1.0], [1.0, 3.0]])
    table = exact_indices(values, {"a": np.full(2, 0.5), "b": np.full(2, 0.5)})
    assert table["first"].tolist() == pytest.approx([0.8, 0.2])
    assert table["total"].tolist() == pytest.approx([0.8, 0.2])


def test_exact_indices_of_a_product_are_all_interaction():
    values = np.array([[1.0, -1.0], [-1.0, 1.0]])
    table = exact_indices(values, {"a": np.full(2, 0.5), "b": np.full(2, 0.5)})
    assert table["first"].tolist() == pytest.approx([0, 0])
    assert table["total"].tolist() == pytest.approx([1, 1])


def test_exact_indices_respect_unequal_shares():
    # y = a + b; a is 1 with the probability 0.2 (variance 0.16), b with 0.5 (variance 0.25).
    values = np.array([[0.0, 1.0], [1.0, 2.0]])
    table = exact_indices(values, {"a": np.array([0.8, 0.2]), "b": np.full(2, 0.5)})
    assert table["first"].tolist() == pytest.approx([0.16 / 0.41, 0.25 / 0.41])


def test_values_that_do_not_vary_are_refused():
    with pytest.raises(ValueError, match="do not vary"):
        sensitivity.sobol_indices(lambda x: np.ones(len(x)), {"a": [0]}, 1, base=8, seed=1)


def ishigami(inputs):
    x = np.pi * (2 * inputs - 1)
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def test_sampled_indices_agree_with_salib_and_with_the_known_ones():
    groups = {"x1": [0], "x2": [1], "x3": [2]}
    ours = sensitivity.sobol_indices(ishigami, groups, 3, base=4096, seed=1)
    problem = {"num_vars": 3, "names": list(groups), "bounds": [[0, 1]] * 3}
    runs = salib_sample.sample(problem, 4096, calc_second_order=False, seed=1)
    theirs = salib_sobol.analyze(problem, ishigami(runs), calc_second_order=False, seed=1)
    assert ours["first"].tolist() == pytest.approx(theirs["S1"].tolist(), abs=0.01)
    assert ours["total"].tolist() == pytest.approx(theirs["ST"].tolist(), abs=0.01)
    # Known in closed form: 0.314, 0.442, 0; and 0.558, 0.442, 0.244.
    assert ours["first"].tolist() == pytest.approx([0.3139, 0.4424, 0], abs=0.01)
    assert ours["total"].tolist() == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.01)
    assert (ours["first_low"] <= ours["first"]).all()
    assert (ours["total"] <= ours["total_high"]).all()


def test_columns_of_a_group_move_together():
    ours = sensitivity.sobol_indices(ishigami, {"x13": [0, 2], "x2": [1]}, 3, base=4096, seed=1)
    # Together, x1 and x3 explain all that x2 does not.
    assert ours["first"].tolist() == pytest.approx([0.5576, 0.4424], abs=0.01)


@pytest.fixture(scope="module")
def coinr_engine():
    return Engine(coinr_study(), coinr_design())


def test_a_finite_design_is_enumerated_and_its_indices_agree_with_salib(coinr_engine):
    engine = coinr_engine
    sets = coinr("sens_noisy_weights").drop(columns="Level").iloc[:, :20]
    nominal = engine.study.framework.set_index("code")["weight"]
    multipliers = (sets.T / nominal).reindex(columns=engine.sampler.nodes).fillna(1.0).to_numpy()
    draws, shares = all_combinations(engine.sampler, multipliers)
    record = engine.ranks(engine.sampler.of_record())[0]
    values = engine.shifts(draws, record).reshape([len(share) for share in shares.values()])
    assert values.shape == (5, 2, 2, 20)
    ours = exact_indices(values, shares)
    problem = {"num_vars": 4, "names": list(shares), "bounds": [[0, 1]] * 4}
    runs = salib_sample.sample(problem, 8192, calc_second_order=False, seed=1)
    cells = np.minimum((runs * values.shape).astype(int), np.array(values.shape) - 1)
    theirs = salib_sobol.analyze(problem, values[tuple(cells.T)], calc_second_order=False, seed=1)
    assert ours["first"].tolist() == pytest.approx(theirs["S1"].tolist(), abs=0.01)
    assert ours["total"].tolist() == pytest.approx(theirs["ST"].tolist(), abs=0.01)


def test_a_factor_that_changes_no_rank_explains_nothing():
    # Sizes and designs as they are; only weights and the kind of mean vary.
    names = ("weights", "treatment")
    rows = [row for row in small_rows() if row[0] in names]
    rows += alternatives("normalisation", "min_max lower=1 upper=100", "min_max lower=2 upper=5")
    rows += alternatives("aggregation", "arithmetic")
    engine = Engine(small_study(), read_design(design_table(*rows)))
    record = engine.ranks(engine.sampler.of_record())[0]
    table = sensitivity.sensitivity_table(engine, record, base=512, seed=1)
    assert list(table["quantity"].unique()) == ["mean_shift", "own_rank"]
    for _, found in table.groupby("quantity"):
        total = found.set_index("factor")["total"]
        assert list(total.index) == ["treatment", "normalisation", "weights"]
        assert total["normalisation"] == 0
        assert total["weights"] > 0.1


def test_every_run_is_evaluated_once_and_those_of_several_chunks_stay_in_order(monkeypatch):
    engine = Engine(small_study(), read_design(design_table(*small_rows())))
    record = engine.ranks(engine.sampler.of_record())[0]
    groups, sampler = sensitivity.input_groups(engine.sampler), engine.sampler

    def at_once(inputs):
        return engine.shifts(sampler.draws(inputs), reference=record)

    whole = sensitivity.sobol_indices(at_once, groups, sampler.width, base=32, seed=1)
    monkeypatch.setattr(Engine, "chunk", 10)
    table = sensitivity.sensitivity_table(engine, record, base=32, seed=1)
    in_parts = table[table["quantity"] == "mean_shift"].drop(columns="quantity")
    assert in_parts.to_dict("list") == whole.to_dict("list")


def test_ranks_that_choices_move_together_are_shared_out_by_the_sum_of_their_variances():
    # Two outputs: the first moved by the first input, the second twice as far by the second.
    def evaluate(inputs):
        return np.stack([inputs[:, 0], 2 * inputs[:, 1]], axis=1)

    groups = {"first": [0], "second": [1]}
    table = sensitivity.sobol_indices(evaluate, groups, 2, base=4096, seed=1).set_index("factor")
    # Variances 1/12 and 4/12.
    assert table.loc["first", ["first", "total"]].to_numpy() == pytest.approx([0.2, 0.2], abs=0.01)
    assert table.loc["second", ["first", "total"]].to_numpy() == pytest.approx([0.8, 0.8], abs=0.01)


def test_every_factor_of_a_full_design_has_its_columns():
    engine = Engine(small_study(), read_design(design_table(*small_rows())))
    groups = sensitivity.input_groups(engine.sampler)
    assert len(groups["gaps"]) == 2
    assert len(groups["figures"]) == 2
    assert len(groups["left_out"]) == 2
    # Two domains and six measures have a range; the measure z counts as a measure.
    assert len(groups["weights"]) == 8
    columns = [column for found in groups.values() for column in found]
    assert len(columns) == len(set(columns))


def test_intervals_rest_on_two_hundred_resamples_and_leave_out_a_twentieth_at_each_end():
    # Each resample is the number of times that the one run counts: 0, 1, … 200.
    class Counting:
        def multinomial(self, runs, chances, size):
            assert (runs, chances.tolist(), size) == (2, [0.5, 0.5], 200)
            return np.column_stack([np.arange(1.0, 201.0), np.full(200, 1.0)])

    terms = np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 1.0]])
    found = sensitivity._estimates(terms, Counting())
    # First: the counts over 1; their quantiles 0.05 and 0.95 of 1 to 200.
    assert (found["first"], found["total"]) == (1, 1)
    ends = [found["first_low"], found["first_high"]]
    assert ends == pytest.approx([1 + 0.05 * 199, 1 + 0.95 * 199])
    assert (found["total_low"], found["total_high"]) == (1, 1)


def test_choices_that_move_no_rank_explain_nothing():
    # The units of the example are in the same order by their figures and by their ranks.
    rows = [
        *alternatives("treatment", "none"),
        *alternatives("normalisation", "min_max", "rank_scores"),
        *alternatives("aggregation", "arithmetic"),
    ]
    engine = Engine(example.small_study(), read_design(design_table(*rows)))
    table = sensitivity.sensitivity_table(engine, np.array([3, 2, 1]), base=8, seed=1)
    assert table["factor"].tolist() == ["normalisation"] * 2
    assert table.index.tolist() == [0, 1]
    assert (table[sensitivity.ESTIMATES] == 0).all(axis=None)


def test_on_the_same_runs_every_factor_of_a_design_has_the_indices_of_salib():
    engine = Engine(small_study(), read_design(design_table(*small_rows())))
    sampler, base = engine.sampler, 128
    record = engine.ranks(sampler.of_record())[0]
    groups = sensitivity.input_groups(sampler)
    assert {"figures", "renormalisation", "gaps", "weights"} < set(groups)

    def shifts(inputs):
        return engine.shifts(sampler.draws(inputs.copy()), record)

    first, second = sensitivity._base_samples(groups, sampler.width, base, 1)
    runs = [first, *(first.copy() for _ in groups), second]
    for mixed, columns in zip(runs[1:-1], groups.values(), strict=True):
        mixed[:, columns] = second[:, columns]
    values = np.stack([shifts(each) for each in runs], axis=1).ravel()
    problem = {"num_vars": len(groups), "names": list(groups), "bounds": [[0, 1]] * len(groups)}
    theirs = salib_sobol.analyze(problem, values, calc_second_order=False, seed=1)
    ours = sensitivity.sobol_indices(shifts, groups, sampler.width, base=base, seed=1)
    # SALib centres the values by the mean of all runs, we by that of the two base samples.
    assert ours["first"].tolist() == pytest.approx(theirs["S1"].tolist(), abs=0.005)
    assert ours["total"].tolist() == pytest.approx(theirs["ST"].tolist(), abs=0.005)


def test_a_factor_of_which_one_alternative_alone_is_drawn_decides_nothing():
    rows = [row for row in small_rows() if row[0] != "measures"]
    rows += [("measures", "", "size", None, None, 1), ("measures", "", "per_head", None, None, 0)]
    engine = Engine(small_study(), read_design(design_table(*rows)))
    groups = sensitivity.input_groups(engine.sampler)
    assert "measures" not in groups
    assert "treatment" in groups
