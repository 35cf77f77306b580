"""One change at a time, and one indicator left out at a time."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.index.robustness import scenarios
from analysis.index.robustness.design import read_design
from analysis.index.robustness.engine import Engine
from analysis.index.robustness.scenarios import leave_one_out_table, scenario_table, shift_summary
from index.robustness.cases import (
    alternatives,
    coinr,
    coinr_design,
    coinr_study,
    design_table,
    small_rows,
    small_study,
)


@pytest.fixture(scope="module")
def small():
    return Engine(small_study(), read_design(design_table(*small_rows())))


@pytest.fixture(scope="module")
def table(small):
    return scenario_table(small, seed=1, count=30)


def test_a_summary_by_hand():
    # Shifts 0, 1, 1 and 2, 0, 2: six ranks, six places in all, the largest is 2.
    found = shift_summary(np.array([[1, 3, 2], [3, 2, 1]]), np.array([1, 2, 3]))
    assert found["mean_shift"] == 1.0
    assert found["largest_shift"] == 2
    assert found["within_ten"] == 1.0
    # Spearman's coefficient is 0.5 for one exchange of neighbours, -1 for the reverse order.
    assert found["spearman"] == pytest.approx(-0.25)


def test_there_is_a_row_for_every_alternative_but_that_of_record(table):
    rows = [row for row in small_rows() if row[0] != "weights"]
    count = len(rows) - len({row[0] for row in rows})
    assert len(table) == count + 2
    assert table.loc[table["factor"] == "weights", "level"].tolist() == ["domain", "measure"]


def test_what_is_drawn_at_random_is_drawn_more_than_once(table):
    draws = table.set_index("alternative")["draws"]
    assert draws["imputed draws=3"] == 3
    assert draws["with_error draws=4"] == 4
    assert draws["one"] == 6
    assert draws["rank_scores"] == 1
    assert draws["0.5 to 1.5"] == 30


def test_a_scenario_changes_one_choice_only(small, table):
    draws = small.sampler.of_record().with_choice("normalisation", 2)
    record = small.ranks(small.sampler.of_record())[0]
    expected = np.abs(small.ranks(draws)[0] - record).mean()
    found = table.set_index("alternative")["mean_shift"]["rank_scores"]
    assert found == pytest.approx(expected)


def test_weights_are_drawn_of_one_level_at_a_time(small):
    levels = small.study.framework["level"].to_numpy()
    changes = dict(scenarios._single_changes(small, 1, 20))
    drawn = changes["weights", "domain", "0.5 to 1.5"].multipliers
    assert (drawn[:, levels != "domain"] == 1).all()
    assert (drawn[:, levels == "domain"].std(axis=0) > 0).all()


def test_leaving_gaps_is_a_scenario_where_imputing_them_is_the_method():
    rows = [row for row in small_rows() if row[0] != "gaps"]
    rows += alternatives("gaps", "imputed draws=2", "left")
    engine = Engine(small_study(), read_design(design_table(*rows)))
    assert engine.sampler.of_record().imputation.tolist() == [0]
    found = scenario_table(engine, seed=1, count=5).set_index("alternative")
    assert found.loc["left", "draws"] == 1


def test_errors_are_a_scenario_where_gaps_are_imputed_by_the_method():
    rows = [row for row in small_rows() if row[0] != "gaps"]
    rows += alternatives("gaps", "imputed draws=3", "left")
    engine = Engine(small_study(), read_design(design_table(*rows)))
    found = scenario_table(engine, seed=1, count=5).set_index("alternative")
    assert found.loc["with_error draws=4", "draws"] == 4


def test_leaving_out_one_indicator_shifts_ranks_as_in_coinr():
    engine = Engine(coinr_study(), coinr_design())
    ours = leave_one_out_table(engine, "indicator").set_index("left_out")
    theirs = coinr("remove_L1_meanabsdiff")["MeanAbsDiff"].drop("Nominal")
    assert len(ours) == 34
    np.testing.assert_allclose(ours["mean_shift"], theirs[ours.index], rtol=1e-10)


def test_the_unit_most_moved_is_named(small):
    found = leave_one_out_table(small, "domain").set_index("left_out")
    assert list(found.index) == ["left", "right"]
    draws = small.sampler.of_record()
    pruned = small.study.framework["code"].tolist().index("left")
    draws = replace(draws, left_out=np.array([pruned]))
    shift = np.abs(small.ranks(draws)[0] - small.ranks(small.sampler.of_record())[0])
    assert found.loc["left", "largest_shift"] == shift.max()
    moved = pd.Series(shift, small.study.data.index)
    assert moved[found.loc["left", "most_moved"]] == shift.max()


@pytest.mark.parametrize(("places", "share"), [(10, 1.0), (11, 0.5)])
def test_ten_places_are_within_ten_and_eleven_are_not(places, share):
    found = shift_summary(np.array([[1 + places, 2]]), np.array([1, 2]))
    assert found["within_ten"] == share


def test_of_a_level_with_one_node_nothing_is_left_out(small):
    found = leave_one_out_table(small, "subdomain")
    assert found.columns.tolist() == [
        "left_out", "mean_shift", "largest_shift", "within_ten", "spearman", "most_moved",
    ]  # fmt: skip
    assert found.empty
