"""Rank correlations and their bootstrap intervals."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from sklearn.metrics import roc_auc_score

from analysis.index import correlation


def tied_pairs(seed: int, size: int = 60) -> tuple[np.ndarray, np.ndarray]:
    """Two related columns of small whole numbers, so that both have many ties."""
    generator = np.random.default_rng(seed)
    x = generator.integers(0, 12, size).astype(float)
    return x, np.round(x / 2 + generator.integers(0, 6, size))


@pytest.mark.parametrize("seed", range(5))
def test_spearman_and_kendall_agree_with_scipy_on_data_with_ties(seed):
    x, y = tied_pairs(seed)
    assert correlation.spearman(x, y) == pytest.approx(stats.spearmanr(x, y).statistic, rel=1e-12)
    assert correlation.kendall(x, y) == pytest.approx(stats.kendalltau(x, y).statistic, rel=1e-12)


def test_counts_of_a_sample_give_the_correlation_of_the_sample_itself():
    x, y = tied_pairs(7)
    counts = correlation.resample_counts(len(x), draws=20, seed=3)
    samples = [np.repeat(np.arange(len(x)), count.astype(int)) for count in counts]
    for ours, reference in (
        (correlation.spearman, stats.spearmanr),
        (correlation.kendall, stats.kendalltau),
    ):
        expected = [reference(x[sample], y[sample]).statistic for sample in samples]
        assert ours(x, y, counts) == pytest.approx(expected, rel=1e-10)


def test_every_sample_is_as_large_as_the_data():
    assert (correlation.resample_counts(17, draws=50, seed=1).sum(axis=1) == 17).all()


def test_five_pairs_by_hand():
    x = np.array([1.0, 2, 3, 4, 5])
    y = np.array([2.0, 1, 4, 3, 5])
    # Rank differences 1, 1, 1, 1, 0: rho = 1 - 6 * 4 / (5 * 24) = 0.8.
    # Ten pairs, two of them discordant: tau = (8 - 2) / 10 = 0.6.
    assert correlation.spearman(x, y) == pytest.approx(0.8)
    assert correlation.kendall(x, y) == pytest.approx(0.6)


def test_a_partial_correlation_is_that_of_what_the_third_leaves_unexplained():
    (x, y), (given, _) = tied_pairs(6), tied_pairs(8)
    ranks = [stats.rankdata(values) for values in (x, y, given)]
    left = [rank - np.polyval(np.polyfit(ranks[2], rank, 1), ranks[2]) for rank in ranks[:2]]
    expected = np.corrcoef(*left)[0, 1]
    assert correlation.partial_spearman(x, y, given) == pytest.approx(expected)


def test_a_column_tells_nothing_beyond_itself():
    x, y = tied_pairs(6)
    with np.errstate(invalid="ignore", divide="ignore"):
        assert np.isnan(correlation.partial_spearman(x, y, y)).all()
        assert np.isnan(correlation.partial_spearman(x, y, 2 * y + 7)).all()


def test_members_above_others_are_counted_with_ties_as_half():
    values = np.array([5.0, 3.0, 3.0, 1.0])
    member = np.array([True, True, False, False])
    # 5 beats 3 and 1; 3 ties with 3 and beats 1: 3.5 of 4 pairs.
    assert correlation.area_under_curve(values, member) == pytest.approx([3.5 / 4])
    # With the tied member drawn twice: 5.0 of 6 pairs.
    counts = np.array([[1.0, 2.0, 1.0, 1.0]])
    assert correlation.area_under_curve(values, member, counts) == pytest.approx([5 / 6])


@pytest.mark.parametrize("seed", range(3))
def test_the_area_agrees_with_a_library(seed):
    values, other = tied_pairs(seed)
    member = other > np.median(other)
    expected = roc_auc_score(member, values)
    assert correlation.area_under_curve(values, member) == pytest.approx([expected])


def test_a_sample_on_which_a_statistic_is_not_defined_leaves_the_interval():
    columns = (np.array([1.0, 2.0, 3.0]), np.array([True, False, False]))
    table = correlation.bootstrap_table(
        {"listed": correlation.area_under_curve}, columns, draws=50, seed=1
    )
    # Some samples lack the member, and some all others.
    assert table[["low", "high"]].notna().all(axis=None)


def series(values: np.ndarray) -> pd.Series:
    return pd.Series(values, dtype=float)


def test_pairs_with_a_gap_are_left_out():
    x, y = (series(values) for values in tied_pairs(1))
    x[3], y[7] = None, None
    table = correlation.rank_correlations(x, y, draws=20, seed=1).set_index("statistic")
    whole = [place for place in range(60) if place not in (3, 7)]
    assert table["n"].tolist() == [58, 58]
    assert table.loc["spearman", "estimate"] == pytest.approx(
        stats.spearmanr(x[whole], y[whole]).statistic
    )


def test_the_same_seed_gives_the_same_interval_and_another_seed_another():
    x, y = (series(values) for values in tied_pairs(2))
    first, again, other = (
        correlation.rank_correlations(x, y, draws=100, seed=seed) for seed in (7, 7, 8)
    )
    pd.testing.assert_frame_equal(first, again, check_exact=True)
    assert (first[["low", "high"]] != other[["low", "high"]]).any(axis=None)


def test_the_interval_holds_the_estimate_and_narrows_with_the_level():
    x, y = (series(values) for values in tied_pairs(3, size=200))
    wide, narrow = (
        correlation.rank_correlations(x, y, draws=300, seed=1, level=level).set_index("statistic")
        for level in (0.95, 0.5)
    )
    for table in (wide, narrow):
        assert (table["low"] < table["estimate"]).all()
        assert (table["estimate"] < table["high"]).all()
    assert (wide["high"] - wide["low"] > narrow["high"] - narrow["low"]).all()


def test_a_perfect_order_leaves_no_doubt():
    x = series(np.arange(30))
    table = correlation.rank_correlations(x, -(x**3), draws=50, seed=1)
    assert table[["estimate", "low", "high"]].to_numpy() == pytest.approx(-np.ones((2, 3)))


def test_the_interval_is_the_percentiles_of_redrawn_pairs():
    # An interval of the same kind, drawn another way, must come out close to it.
    x, y = tied_pairs(4, size=80)
    generator = np.random.default_rng(99)
    redrawn = [
        stats.spearmanr(x[chosen], y[chosen]).statistic
        for chosen in generator.integers(0, 80, (400, 80))
    ]
    table = correlation.rank_correlations(series(x), series(y), draws=400, seed=5)
    interval = table.loc[table["statistic"] == "spearman", ["low", "high"]].to_numpy()[0]
    assert interval == pytest.approx(np.quantile(redrawn, [0.025, 0.975]), abs=0.05)


@pytest.mark.parametrize(
    ("last", "expected"), [(150, [0, 10, 100, 150]), (100, [0, 10, 100]), (7, [0, 7])]
)
def test_classes_end_at_the_last_value(last, expected):
    assert correlation.class_bounds([0, 10, 100, 200], last) == expected


@pytest.mark.parametrize(
    ("y", "enough"),
    [([1.0, 2.0, 3.0], True), ([1.0, 2.0, None], False), ([1.0, 2.0, 2.0], False)],
)
def test_three_pairs_of_three_different_values_can_be_compared(y, enough):
    x = series(np.arange(3))
    assert correlation.comparable(x, pd.Series(y, dtype=float)) is enough
    assert correlation.comparable(pd.Series(y, dtype=float), x) is enough


def test_how_many_pairs_are_needed_can_be_said():
    x = series(np.arange(5))
    assert correlation.comparable(x, x, least=5)
    assert not correlation.comparable(x, x, least=6)


def test_the_interval_is_cut_off_at_both_ends_alike():
    # The replicates are 0 to 100, so each is its own percentile.
    def counting(_, counts=None):
        return np.arange(1.0 if counts is None else 101.0)

    found = correlation.bootstrap_table({"n": counting}, [np.ones(3)], 101, seed=1, level=0.9)
    assert found[["low", "high", "n"]].to_numpy()[0] == pytest.approx([5, 95, 3])


@pytest.mark.parametrize("seed", range(5))
def test_ranks_that_are_those_of_what_is_held_leave_nothing_but_rounding(seed):
    x, y = tied_pairs(seed, 61)
    assert np.isnan(correlation.partial_spearman(x, y, 3 * x)).all()
    assert np.isnan(correlation.partial_spearman(x, y, -y)).all()


def test_unless_it_is_said_otherwise_an_interval_is_of_nineteen_twentieths():
    columns = tied_pairs(1)
    unsaid, said = (
        correlation.bootstrap_table(correlation.CORRELATIONS, columns, 40, 1, **level)
        for level in ({}, {"level": 0.95})
    )
    pd.testing.assert_frame_equal(unsaid, said)
