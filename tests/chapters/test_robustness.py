"""The results tables: small inputs by hand, and what the committed ones must hold."""

import numpy as np
import pandas as pd
import pytest
from index.robustness.cases import alternatives, design_table

from analysis import editions
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
