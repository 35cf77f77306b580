"""The results tables: small inputs by hand, and what the committed ones must hold."""

import numpy as np
import pandas as pd
import pytest
from index.robustness.cases import alternatives, design_table
from speech import said

from analysis import editions
from analysis.chapters import robustness
from analysis.chapters.robustness import concepts_held, long_acceptability, pair_table, place_counts
from analysis.index.robustness.design import read_design

RECORD = pd.Series({"b": 2, "a": 1, "c": 3})
# Draws × cities, in the order of RECORD: b, a, c.
RANKS = np.array([[2, 1, 3], [1, 2, 3], [2, 1, 3], [3, 1, 2]])


@pytest.fixture(scope="module")
def real():
    return editions.load("2020")


@pytest.fixture(scope="module")
def ranks(real):
    return real.result("scores").set_index("adcode")["rank"]


def test_places_are_counted_by_city():
    # b takes the places 2, 1, 2, 3; a the places 1, 2, 1, 1; c the places 3, 3, 3, 2.
    assert place_counts(RANKS).tolist() == [[1, 2, 1], [3, 1, 0], [0, 1, 3]]


def test_acceptability_lists_the_places_taken_best_city_first():
    table = long_acceptability(place_counts(RANKS), RECORD)
    assert table.to_numpy().tolist() == [
        ["a", 1, 0.75], ["a", 2, 0.25],
        ["b", 1, 0.25], ["b", 2, 0.5], ["b", 3, 0.25],
        ["c", 2, 0.25], ["c", 3, 0.75],
    ]  # fmt: skip


def test_pairs_name_the_city_ranked_better_first():
    ahead = pd.DataFrame(
        [[0, 0.25, 0.75], [0.75, 0, 1], [0.25, 0, 0]], index=list("bac"), columns=list("bac")
    )
    table = pair_table(ahead, RECORD)
    assert table.to_numpy().tolist() == [["a", "b", 0.75], ["a", "c", 1.0], ["b", "c", 0.75]]


def test_held_concepts_keep_their_alternative_of_record_only():
    table = design_table(
        *alternatives("treatment", "winsorise maximum=5", "none"),
        *alternatives("normalisation", "min_max lower=1 upper=100"),
        *alternatives("aggregation", "arithmetic"),
        *alternatives("evidence", "observed proxy", "observed"),
    )
    kinds = np.where(table["factor"] == "evidence", "concept", "technique")
    held = concepts_held(read_design(table), table.assign(kind=kinds))
    assert [a.text for a in held.alternatives["evidence"]] == ["observed proxy"]
    assert [a.text for a in held.alternatives["treatment"]] == ["winsorise maximum=5", "none"]


def test_the_published_intervals_enclose_their_medians(real):
    table = real.result("uncertainty")
    assert (table["rank_low"] <= table["median_rank"]).all()
    assert (table["median_rank"] <= table["rank_high"]).all()
    tops = table[["p_top10", "p_top50", "p_top100"]].to_numpy()
    assert (np.diff(tops, axis=1) >= 0).all()


def test_the_published_probabilities_are_those_of_the_places(real):
    table = real.result("uncertainty").set_index("adcode")
    places = real.result("acceptability")
    for top in (10, 50, 100):
        shares = places[places["place"] <= top].groupby("adcode")["share"].sum()
        expected = shares.reindex(table.index).fillna(0)
        assert np.allclose(table[f"p_top{top}"], expected, atol=1e-8)
    tiers = [f"p_{tier}" for tier in real.reference_table("tiers")["tier"]]
    assert np.allclose(table[tiers].sum(axis=1), 1)


def test_every_place_is_taken_in_every_draw_unless_cities_tie(real):
    taken = real.result("acceptability").groupby("place")["share"].sum()
    # A tie leaves the next place empty, so that later places are taken less than once a draw.
    assert taken.loc[1] >= 1 - 1e-9
    assert taken.sum() == pytest.approx(len(real.result("scores")))


def test_the_shapley_parts_of_every_city_add_up_to_its_distance_from_the_mean_city(real):
    index = real.result("scores").set_index("adcode")["index"]
    parts = real.result("shapley").groupby(["level", "adcode"])["score_part"].sum()
    for level in ("domain", "subdomain"):
        # The index less its parts is that of the mean city; a city may lack a sub-domain.
        of_the_mean = index[parts[level].index] - parts[level]
        assert np.ptp(of_the_mean.to_numpy()) < 1e-6
        assert of_the_mean.iloc[0] == pytest.approx(index.mean(), abs=0.1)


def test_imputed_intervals_hold_about_nine_hidden_figures_of_ten(real):
    every = real.result("imputation").set_index("measure").loc["every"]
    # The standard error of a share of 0.9 among 300 figures is 0.017.
    assert every["hidden"] > 250
    assert every["share"] == pytest.approx(0.9, abs=0.03)


def test_no_pair_is_listed_twice_and_none_is_missing(real, ranks):
    pairs = real.result("pairs")
    assert len(pairs) == len(ranks) * (len(ranks) - 1) // 2
    assert not pairs[["adcode", "other"]].duplicated().any()
    assert (pairs["adcode"].map(ranks) <= pairs["other"].map(ranks)).all()


NAMES = pd.Series({"1": "Ay", "2": "Bee", "3": "Cee", "4": "Dee"})


def uncertainty():
    return pd.DataFrame(
        {
            "adcode": list("1234"),
            "rank": [1, 2, 101, 102],
            "rank_low": [1, 3, 90, 100],
            "rank_high": [3, 11, 110, 130],
            "technique_low": [1, 2, 95, 101],
            "technique_high": [1, 4, 105, 105],
            "p_top10": [1.0, 0.6, 0.0, 0.0],
            "p_top100": [1.0, 0.4, 0.5, 0.01],
        }
    )


def test_widths_are_means_of_the_places_between_both_ends():
    facts = said(robustness.interval_facts(uncertainty()), NAMES)
    # Widths 2, 8, 20, 30 in all: 15; of the two in the hundred: 5. Technique: 0, 2, 10, 4: 4.
    assert facts["mean_width"] == "15"
    assert facts["mean_width_hundred"] == "5"
    assert facts["mean_width_technique"] == "4"


def test_places_among_the_hundred_are_safe_open_or_out_of_reach():
    facts = said(robustness.interval_facts(uncertainty()), NAMES)
    assert [facts[f"{name}_hundred"] for name in ("sure", "open", "excluded")] == ["1", "2", "1"]
    # Bee stands among the hundred of record, but in 40 % of the draws only.
    assert facts["doubtful_hundred"] == "1"
    assert facts["sure_ten_names"] == "Ay"


def test_a_share_at_the_limit_settles_a_place():
    table = uncertainty().assign(p_top100=[0.95, 0.94, 0.06, 0.05], p_top10=[0.95, 0.94, 0.0, 0.0])
    facts = said(robustness.interval_facts(table), NAMES)
    assert [facts[f"{name}_hundred"] for name in ("sure", "open", "excluded")] == ["1", "2", "1"]
    assert (facts["sure_ten"], facts["sure_ten_names"]) == ("1", "Ay")


def test_a_rank_of_record_outside_its_interval_is_counted():
    # Bee: rank 2, interval 3 to 11.
    assert said(robustness.interval_facts(uncertainty()), NAMES)["outside"] == "1"


def test_the_widest_interval_of_the_hundred_is_named():
    facts = said(robustness.interval_facts(uncertainty()), NAMES)
    assert (facts["widest_name"], facts["widest_low"], facts["widest_high"]) == ("Bee", "3", "11")


def test_pairs_are_counted_by_their_distance():
    ranks = pd.Series({"1": 1, "2": 2, "3": 11, "4": 12})
    pairs = pd.DataFrame(
        [("1", "2", 0.6), ("1", "3", 0.97), ("2", "4", 0.5), ("3", "4", 0.01)],
        columns=["adcode", "other", "ahead"],
    ).assign(ahead_held=[0.96, 0.97, 0.02, 0.5])
    apart = pd.DataFrame(
        {"adcode": list("1234"), "rank": ranks, "not_told_apart": [1, 2, 4, 9],
         "worst_rank": [2, 12, 11, 12], "not_told_apart_jointly": [1, 3, 2, 0],
         "joint_low": [1, 1, 2, 9], "joint_high": [2, 3, 3, 9]}
    )  # fmt: skip
    facts = said(robustness.apart_facts(apart, pairs, ranks, 0.95), NAMES)
    # One place apart: 1-2 (0.6) and 3-4 (0.01: the second of them is ahead), half of them clear;
    # ten apart: 1-3 and 2-4, half.
    assert (facts["apart_1"], facts["apart_10"], facts["pairs_share"]) == ("50 %", "50 %", "50 %")
    assert facts["pairs_share_held"] == "75 %"
    assert (facts["median"], facts["first_others"], facts["first_worst"]) == ("3", "1", "2")
    assert said(robustness.apart_facts(apart, pairs, ranks, 0.98), NAMES)["pairs_share"] == "25 %"
    # Of four pairs two are told apart; six times a city meets another: three pairs, so one is left.
    assert [facts[name] for name in ("pairs", "pairs_apart", "pairs_jointly")] == ["4", "2", "1"]
    assert (facts["pairs_jointly_share"], facts["first_jointly"]) == ("25 %", "1")
    assert (facts["first_joint_low"], facts["first_joint_high"]) == ("1", "2")


def test_choices_are_named_by_their_total_share_of_each_quantity():
    table = pd.DataFrame(
        {"quantity": ["own_rank"] * 3 + ["mean_shift"] * 3,
         "factor": ["weights", "evidence", "measures"] * 2,
         "first": [0.01, 0.6, 0.3, 0.1, 0.2, 0.6], "total": [0.02, 0.7, 0.35, 0.1, 0.3, 0.7]}
    )  # fmt: skip
    words = pd.Series({f"factor_{name}": name.upper() for name in table["factor"].unique()})
    facts = said(robustness.sensitivity_facts(table), labels=words)
    own = facts["own_rank"]
    assert (own["most"], own["second"], own["least"]) == ("EVIDENCE", "MEASURES", "WEIGHTS")
    assert (own["two_first"], own["least_total"]) == ("90 %", "2.00 %")
    assert own["by_factor"]["weights"] == {"first": "1 %", "total": "2 %"}
    assert facts["mean_shift"]["most"] == "MEASURES"


def scenarios(*changes: tuple[str, str, str]) -> pd.DataFrame:
    columns = ["factor", "level", "alternative"]
    numbers = {"mean_shift": 20.84, "largest_shift": 114.0, "within_ten": 0.43, "spearman": 0.934}
    table = pd.DataFrame(changes, columns=columns).assign(**numbers)
    return table.assign(mean_shift=table["mean_shift"] + table.index)


def test_scenarios_that_begin_alike_have_facts_of_their_own():
    table = scenarios(
        ("evidence", "", "observed"),
        ("evidence", "", "observed proxy weak"),
        ("normalisation", "", "z_score mean=100 sd=5"),
    )
    shifts = {name: fact["shift"] for name, fact in said(robustness.scenario_facts(table)).items()}
    assert shifts == {
        "evidence_observed": "20.8",
        "evidence_observed_proxy_weak": "21.8",
        "normalisation_z_score_mean_100_sd_5": "22.8",
    }


def test_scenarios_that_would_share_a_name_are_refused_by_that_name():
    table = scenarios(("weights", "domain", "0.75 to 1.25"), ("weights", "domain", "0.5 to 1.5"))
    with pytest.raises(ValueError, match="scenario 'weights_domain'"):
        robustness.scenario_facts(table)


def test_scenarios_have_their_numbers_as_text():
    table = scenarios(("measures", "", "per_head"), ("weights", "domain", "0.75 to 1.25"))
    facts = said(robustness.scenario_facts(table))
    assert facts["weights_domain"]["shift"] == "21.8"
    assert facts["measures_per_head"] == {
        "shift": "20.8", "largest": "114", "within_ten": "43 %", "rho": "0.93",
    }  # fmt: skip


def test_the_indicators_missed_most_and_least_are_named():
    table = pd.DataFrame(
        {"level": ["domain", *["indicator"] * 4], "left_out": list("dabce"),
         "mean_shift": [50.0, 1.26, 20.0, 5.5, 30.0]}
    )  # fmt: skip
    facts = said(
        robustness.left_out_facts(table), labels=pd.Series({c: c.upper() for c in "dabce"})
    )
    assert facts["most"] == "E and B"
    assert (facts["third_shift"], facts["least"], facts["least_shift"]) == ("5.5", "A", "1.3")


def test_the_parts_of_the_leader_are_named():
    table = pd.DataFrame(
        {"adcode": ["1"] * 3 + ["2"], "level": ["domain", "domain", "subdomain", "domain"],
         "code": ["x", "y", "p", "x"], "score_part": [-1.0, 4.0, 3.0, 9.0]}
    )  # fmt: skip
    facts = said(robustness.shapley_facts(table), NAMES, pd.Series({"x": "ex", "y": "why"}))
    assert facts == {
        "first_name": "Ay", "gap": "3.0", "largest": "why", "largest_part": "4.0",
        "smallest": "ex", "smallest_part": "−1.0",
    }  # fmt: skip


def test_hidden_figures_are_counted_together_and_by_measure():
    table = pd.DataFrame(
        {"measure": ["a", "b", "every"], "hidden": [9, 31, 40], "share": [1.0, 0.75, 0.875]}
    )
    assert said(robustness.imputation_facts(table), labels=pd.Series({"a": "ay", "b": "bee"})) == {
        "hidden": "40", "share": "87.5 %", "lowest": "bee", "lowest_share": "75 %",
        "highest_share": "100 %",
    }  # fmt: skip
