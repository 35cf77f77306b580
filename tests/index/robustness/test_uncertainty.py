"""Summaries of ranks, worked by hand."""

import numpy as np
import pandas as pd
import pytest

from analysis.index.robustness import uncertainty

# Ten draws of three units. A: eight times first, twice second. B: twice first, six times
# second, twice third. C: twice second, eight times third.
COUNTS = np.array([[8, 2, 0], [2, 6, 2], [0, 2, 8]])
UNITS = pd.Index(["A", "B", "C"])
RECORD = pd.Series([1, 2, 3], UNITS)
BANDS = pd.DataFrame({"tier": ["upper", "lower"], "first_place": [1, 2], "last_place": [1, None]})
# Four draws; in the last, A and B share the first place.
RANKS = np.array([[1, 2, 3], [1, 2, 3], [2, 1, 3], [1, 1, 3]])


def table(**options):
    return uncertainty.uncertainty_table(COUNTS, RECORD, BANDS, **options).set_index("unit")


def test_the_median_and_the_interval_are_places():
    found = table(tops=(1,), level=0.8)
    # The share 0.1 is one draw of ten, 0.9 is nine of ten.
    assert found["rank_low"].tolist() == [1, 1, 2]
    assert found["median_rank"].tolist() == [1, 2, 3]
    assert found["rank_high"].tolist() == [2, 3, 3]


def test_a_quantile_is_the_place_that_the_share_of_draws_reaches():
    # Of A, eight draws of ten are at place 1: the share 0.8 is reached there, 0.81 is not.
    assert uncertainty.place_quantile(COUNTS, 0.8).tolist() == [1, 2, 3]
    assert uncertainty.place_quantile(COUNTS, 0.81).tolist() == [2, 3, 3]


def test_probabilities_of_tops_and_tiers():
    found = table(tops=(1, 2))
    assert found["p_top1"].tolist() == [0.8, 0.2, 0.0]
    assert found["p_top2"].tolist() == [1.0, 0.8, 0.2]
    assert found["p_upper"].tolist() == [0.8, 0.2, 0.0]
    assert found["p_lower"].tolist() == pytest.approx([0.2, 0.8, 1.0])


def test_the_columns_of_the_table():
    names = ["rank", "median_rank", "rank_low", "rank_high", "p_top10", "p_top50", "p_top100"]
    assert list(table().columns) == [*names, "p_upper", "p_lower"]


def test_a_tie_puts_neither_unit_ahead():
    ahead = uncertainty.pairwise_ahead(RANKS, UNITS)
    # A is ahead of B in two draws of four, B of A in one, and one is a tie.
    assert ahead.loc["A", "B"] == 0.5
    assert ahead.loc["B", "A"] == 0.25
    assert ahead.loc["A", "C"] == 1.0
    assert ahead.loc["C", "A"] == 0.0


def test_units_that_are_almost_always_in_one_order_can_be_told_apart():
    found = uncertainty.told_apart(uncertainty.pairwise_ahead(RANKS, UNITS), RECORD, level=0.9)
    assert found["not_told_apart"].tolist() == [1, 1, 0]
    assert found["best_rank"].tolist() == [1, 1, 3]
    assert found["worst_rank"].tolist() == [2, 2, 3]


def test_simultaneous_intervals_hold_all_units_at_once():
    # Three draws in one order, one with A and B exchanged: leaving that one out keeps 3 of 4.
    ranks = np.array([[1, 2, 3], [1, 2, 3], [1, 2, 3], [2, 1, 3]])
    tight = uncertainty.simultaneous_intervals(ranks, UNITS, level=0.75)
    assert tight[["rank_low", "rank_high"]].to_numpy().tolist() == [[1, 1], [2, 2], [3, 3]]
    whole = uncertainty.simultaneous_intervals(ranks, UNITS, level=0.9)
    assert whole[["rank_low", "rank_high"]].to_numpy().tolist() == [[1, 2], [1, 2], [3, 3]]


def test_simultaneous_intervals_reach_their_level():
    generator = np.random.default_rng(3)
    values = np.arange(20) + generator.normal(0, 2, (2000, 20))
    ranks = (-values).argsort(axis=1).argsort(axis=1) + 1
    found = uncertainty.simultaneous_intervals(ranks, pd.RangeIndex(20), level=0.9)
    low, high = found["rank_low"].to_numpy(), found["rank_high"].to_numpy()
    held = ((ranks >= low) & (ranks <= high)).all(axis=1).mean()
    assert 0.9 <= held < 0.97


@pytest.mark.parametrize(("level", "apart"), [(0.75, True), (0.76, False)])
def test_being_ahead_in_exactly_the_share_tells_two_units_apart(level, apart):
    ranks = np.array([[1, 2], [1, 2], [1, 2], [2, 1]])
    found = uncertainty.told_apart(
        uncertainty.pairwise_ahead(ranks, UNITS[:2]), RECORD[:2], level=level
    )
    assert found["not_told_apart"].tolist() == ([0, 0] if apart else [1, 1])


def test_the_first_place_stands_for_a_share_of_nothing():
    assert uncertainty.place_quantile(np.array([[0, 4]]), 0.0).tolist() == [2]


def test_a_share_that_rounding_puts_above_a_whole_draw_needs_no_further_one():
    # 0.55 of a hundred draws is 55.00000000000001 in floats.
    assert 0.55 * 100 > 55
    assert uncertainty.place_quantile(np.array([[55, 45]]), 0.55).tolist() == [1]


def test_simultaneous_intervals_are_what_their_definition_says():
    ranks = np.array([np.random.default_rng(k).permutation(5) + 1 for k in range(30)])
    places, draws = range(1, 6), len(ranks)

    def depth(unit, place):
        own = ranks[:, unit]
        return min((own <= place).sum(), (own >= place).sum())

    deep = sorted(min(depth(u, row[u]) for u in range(5)) for row in ranks)[::-1]
    limit = deep[int(np.ceil(0.6 * draws)) - 1]
    found = uncertainty.simultaneous_intervals(ranks, pd.RangeIndex(5), level=0.6)
    for unit in range(5):
        held = [p for p in places if depth(unit, p) >= limit and (ranks[:, unit] == p).any()]
        ends = found.loc[unit, ["rank_low", "rank_high"]].tolist()
        assert ends == [min(held), max(held)]


@pytest.mark.parametrize(("begins", "others"), [(4, [1, 1]), (5, [1, 1]), (6, [0, 0])])
def test_intervals_that_share_a_single_place_do_not_tell_two_units_apart(begins, others):
    found = pd.DataFrame({"rank_low": [2, begins], "rank_high": [5, 9]})
    assert uncertainty.overlapping(found).tolist() == others


def test_an_interval_within_another_shares_its_places():
    found = pd.DataFrame({"rank_low": [1, 3, 6], "rank_high": [5, 4, 7]})
    assert uncertainty.overlapping(found).tolist() == [1, 1, 0]


def test_what_is_told_apart_jointly_is_told_apart_pair_by_pair():
    random = np.random.default_rng(4)
    score = np.array([30.0, 20, 12, 9, 0]) + random.normal(0, 4, (400, 5))
    ranks = (-score).argsort(axis=1).argsort(axis=1) + 1
    units = pd.Index(list("uvwxy"))
    ahead = uncertainty.pairwise_ahead(ranks, units)
    alone = uncertainty.told_apart(ahead, pd.Series(range(1, 6), units), level=0.95)
    joint = uncertainty.simultaneous_intervals(ranks, units, level=0.95)
    assert (uncertainty.overlapping(joint) >= alone["not_told_apart"]).all()


@pytest.mark.parametrize(
    ("places", "shares"), [(0, [0.8, 0.6, 0.8]), (1, [1, 1, 1]), (2, [1, 1, 1])]
)
def test_draws_as_far_as_so_many_places_from_the_record_count_as_near(places, shares):
    assert uncertainty.within(COUNTS, RECORD, places).tolist() == shares


@pytest.mark.parametrize(("places", "share"), [(9, 0), (10, 1)])
def test_the_last_place_that_is_near_is_as_many_places_away(places, share):
    counts = np.zeros((1, 20), dtype=int)
    counts[0, 14] = 4  # always place 15
    assert uncertainty.within(counts, pd.Series({"u": 5}), places).tolist() == [share]


def test_bands_keep_their_units_one_by_one_and_all_at_once():
    # Upper: A is first in three draws of four. Lower, from place 2 on: B is there in two draws of
    # four, since it leads in the third and shares the lead in the last; C always is.
    found = uncertainty.band_table(RANKS, RECORD, BANDS)
    assert found["tier"].tolist() == ["upper", "lower"]
    assert found["units"].tolist() == [1, 2]
    assert found["kept"].tolist() == [0.75, 0.75]
    assert found["kept_all"].tolist() == [0.75, 0.5]


def test_units_that_each_stay_in_most_draws_may_never_stay_together():
    # Three units on three places, of which each draw sends another one to the last.
    ranks = np.array([[1, 2, 4, 3], [1, 4, 3, 2], [4, 2, 3, 1]])
    bands = pd.DataFrame({"tier": ["a"], "first_place": [1], "last_place": [3]})
    found = uncertainty.band_table(ranks, pd.Series([1, 2, 3, 4], list("uvwx")), bands)
    assert found.loc[0, ["units", "kept", "kept_all"]].tolist() == [3, pytest.approx(2 / 3), 0]


def test_a_band_of_places_that_no_unit_has_is_left_out():
    bands = pd.DataFrame({"tier": ["a", "b"], "first_place": [1, 4], "last_place": [3, 9]})
    assert uncertainty.band_table(RANKS, RECORD, bands)["tier"].tolist() == ["a"]


def test_the_interval_leaves_half_of_the_rest_on_either_side():
    # Three draws of ten are left out, one and a half on either side: from place 2 to place 9.
    counts = np.ones((10, 10), dtype=int)
    record = pd.Series(range(1, 11), [f"u{number}" for number in range(10)])
    bands = pd.DataFrame({"tier": ["all"], "first_place": [1], "last_place": [10]})
    table = uncertainty.uncertainty_table(counts, record, bands, tops=[1], level=0.7)
    assert set(zip(table["rank_low"], table["rank_high"], strict=True)) == {(2, 9)}


@pytest.mark.parametrize(("last", "place"), [(1, 19), (2, 20)])
def test_unless_it_is_said_otherwise_an_interval_leaves_out_a_twentieth_on_either_side(last, place):
    # Of twenty draws one is a twentieth, so that the last one alone is beyond the end.
    counts = np.zeros((1, 20), dtype=int)
    counts[0, 18], counts[0, 19] = 20 - last, last
    found = uncertainty.uncertainty_table(counts, pd.Series({"A": 1}), BANDS, tops=[1])
    assert found.loc[0, "rank_high"] == place
