"""Draws depend on the seed and their number only, and stay within the design."""

from dataclasses import replace

import numpy as np
import pytest

from analysis.index.robustness.design import read_design
from analysis.index.robustness.draws import NONE, Sampler
from index.robustness.cases import alternatives, design_table, small_rows, small_study


@pytest.fixture(scope="module")
def sampler():
    return Sampler(read_design(design_table(*small_rows())), small_study())


def test_a_draw_is_the_same_alone_as_among_others(sampler):
    many, alone = sampler.draw(11, 0, 500), sampler.draw(11, 377)
    assert sampler.table(many).iloc[377].equals(sampler.table(alone).iloc[0].rename(377))


def test_another_seed_gives_other_draws(sampler):
    first, second = sampler.draw(1, 0, 50), sampler.draw(2, 0, 50)
    assert not np.isclose(first.multipliers, second.multipliers)[:, 1:].all()


def test_multipliers_stay_in_the_range_of_their_level(sampler):
    draws, levels = sampler.draw(3, 0, 2000), sampler.study.framework["level"].to_numpy()
    domains = draws.multipliers[:, levels == "domain"]
    assert 0.5 <= domains.min() < 0.51
    assert 1.49 < domains.max() < 1.5
    # The levels without a range, and the root, keep their weights.
    assert (draws.multipliers[:, np.isin(levels, ["index", "subdomain"])] == 1).all()


def test_one_choice_may_be_made_in_every_draw_and_nothing_else_changes(sampler):
    draws = sampler.draw(4, 0, 30)
    chosen = draws.with_choice("treatment", 2)
    assert chosen.choices["treatment"].tolist() == [2] * 30
    assert set(draws.choices["treatment"]) == {0, 1, 2}
    for factor in set(draws.choices) - {"treatment"}:
        assert (chosen.choices[factor] == draws.choices[factor]).all()
    assert chosen.multipliers is draws.multipliers


def test_alternatives_come_up_in_proportion_to_their_shares():
    rows = [row for row in small_rows() if row[0] != "treatment"]
    rows += [("treatment", "", "log", None, None, 3.0), ("treatment", "", "none", None, None, 1.0)]
    design = read_design(design_table(*rows))
    drawn = Sampler(design, small_study()).draw(1, 0, 20_000).choices["treatment"]
    # The standard error is sqrt(0.75 * 0.25 / 20000) = 0.003.
    assert (drawn == 0).mean() == pytest.approx(0.75, abs=0.015)


def test_an_alternative_with_the_share_zero_is_never_drawn():
    rows = [row for row in small_rows() if row[0] != "measures"]
    rows += [("measures", "", "size", None, None, 1.0)]
    rows += [("measures", "", "per_head", None, None, 0.0)]
    drawn = Sampler(read_design(design_table(*rows)), small_study()).draw(1, 0, 5000)
    assert (drawn.choices["measures"] == 0).all()


def test_an_imputed_data_set_is_drawn_where_gaps_are_not_left(sampler):
    draws = sampler.draw(5, 0, 1000)
    left = draws.choices["gaps"] == 0
    assert (draws.imputation[left] == NONE).all()
    assert set(draws.imputation[~left]) == {0, 1, 2}


def test_what_is_left_out_is_among_what_the_evidence_admits(sampler):
    draws = sampler.draw(6, 0, 3000)
    removed = sampler.table(draws)["left_out_node"]
    floors = np.array(["every", "observed proxy", "observed"])[draws.choices["evidence"]]
    one = draws.choices["left_out"] == 1
    assert (removed[~one] == "").all()
    assert set(removed[one & (floors == "observed")]) == {"z", "a", "c"}
    assert set(removed[one & (floors == "observed proxy")]) == {"z", "a", "b", "c", "e"}
    assert set(removed[one & (floors == "every")]) == {"z", "a", "b", "c", "d", "e"}


def test_leaving_out_the_only_node_cannot_apply():
    study = replace(small_study(), grades={"z": "observed"})
    rows = [row for row in small_rows() if row[0] != "evidence"]
    design = read_design(design_table(*rows, *alternatives("evidence", "observed")))
    with pytest.raises(ValueError, match="left_out cannot apply"):
        Sampler(design, study).draw(1, 0)


def test_the_draws_of_record_change_nothing(sampler):
    record = sampler.of_record(2)
    assert (record.multipliers == 1).all()
    assert all((numbers == 0).all() for numbers in record.choices.values())
    assert (record.imputation == NONE).all()
    assert (record.replicate == NONE).all()
    assert (record.left_out == NONE).all()


def test_the_table_writes_a_draw_out(sampler):
    row = sampler.table(sampler.of_record()).iloc[0]
    assert row["treatment"] == "winsorise maximum=2"
    assert row["left_out_node"] == ""
    assert row["left"] == 1.0


def test_a_single_imputed_data_set_is_drawn_too():
    rows = [row for row in small_rows() if row[0] != "gaps"]
    rows += alternatives("gaps", "imputed draws=1")
    drawn = Sampler(read_design(design_table(*rows)), small_study()).draw(1, 0, 20)
    assert set(drawn.imputation) == {0}


def test_a_copy_with_errors_goes_with_one_imputed_data_set(sampler):
    draws = sampler.draw(7, 0, 2000)
    printed = draws.choices["figures"] == 0
    assert (draws.replicate[printed] == NONE).all()
    assert set(draws.replicate[~printed]) == {0, 1, 2, 3}
    filled = draws.imputation != NONE
    assert (filled == (draws.choices["gaps"] == 1)).all()
    # Of three imputed data sets, the fourth copy goes with the first again.
    pairs = set(zip(draws.replicate[filled & ~printed], draws.imputation[filled & ~printed],
                    strict=True))  # fmt: skip
    assert pairs == {(0, 0), (1, 1), (2, 2), (3, 0)}
    assert set(draws.imputation[filled & printed]) == {0, 1, 2}


def test_errors_of_record_are_those_of_the_first_copy():
    rows = [row for row in small_rows() if row[0] not in ("gaps", "figures")]
    rows += alternatives("gaps", "imputed draws=3") + alternatives("figures", "with_error draws=4")
    record = Sampler(read_design(design_table(*rows)), small_study()).of_record(2)
    assert (record.replicate.tolist(), record.imputation.tolist()) == ([0, 0], [0, 0])


def test_of_two_nodes_one_may_be_left_out():
    study = replace(small_study(), grades={"z": "observed", "a": "observed"})
    rows = [row for row in small_rows() if row[0] != "evidence"]
    design = read_design(design_table(*rows, *alternatives("evidence", "observed")))
    sampler = Sampler(design, study)
    found = [sampler.nodes[node] for node in sampler.candidates[0, 1]]
    assert found == ["z", "a"]


def test_without_a_number_one_draw_is_made(sampler):
    assert (len(sampler.draw(1, 0)), len(sampler.of_record())) == (1, 1)


def test_the_table_numbers_the_copies_of_a_draw(sampler):
    draws = sampler.draw(7, 0, 40)
    table = sampler.table(draws)
    assert table["imputation"].tolist() == draws.imputation.tolist()
    assert table["replicate"].tolist() == draws.replicate.tolist()
