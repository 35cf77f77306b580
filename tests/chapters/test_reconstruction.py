"""Reconstructed scores: as close to the open data as order and bands allow."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize
from speech import said

from analysis.chapters.reconstruction import (
    bounded_decreasing,
    reconstructed_facts,
    reconstructed_scores,
)

TIERS = pd.DataFrame(
    {
        "tier": ["top", "middle", "low", "rest"],
        "minimum": [85.0, 70.0, 60.0, None],
        "maximum": [None, 85.0, 70.0, 60.0],
    }
)


def listed(**scores: list[float | None]) -> pd.DataFrame:
    """Published cities with their open-data scores, tier by tier from the first place."""
    rows = [(tier, score) for tier, values in scores.items() for score in values]
    table = pd.DataFrame(rows, columns=["tier", "score"])
    table["rank"] = range(1, len(table) + 1)
    return table.assign(adcode=table["rank"].map("c{}".format), city=table["rank"].map(str))


def scores(**open_scores: list[float | None]) -> list[float]:
    return reconstructed_scores(listed(**open_scores), TIERS)["score"].tolist()


def test_scores_that_respect_order_and_bands_stay_as_they_are():
    assert scores(top=[95, 90], middle=[80, 75], low=[65]) == [95, 90, 80, 75, 65]


def test_cities_against_the_order_share_the_mean_of_their_scores():
    # 90 before 94 is against the order: both get (90 + 94) / 2 = 92; 86 stays.
    assert scores(top=[90, 94, 86]) == [92, 92, 86]


def test_a_block_grows_until_its_mean_respects_the_order():
    # 78 76 80: pooling 76 and 80 gives 78, no more than the 78 before it; the next, 84, pulls
    # all four to (78 + 76 + 80 + 84) / 4 = 79.5.
    assert scores(middle=[78, 76, 80, 84]) == [79.5] * 4


def test_a_score_beyond_its_band_stands_on_the_limit():
    assert scores(top=[90, 82], middle=[88, 72], low=[72, 50]) == [90, 85, 85, 72, 70, 60]


def test_a_pooled_block_is_clipped_as_a_whole():
    # (50 + 66) / 2 = 58 lies below 60.
    assert scores(low=[50, 66]) == [60, 60]


def test_the_highest_band_ends_at_a_hundred():
    assert scores(top=[104, 90]) == [100, 90]


def test_low_and_high_are_the_limits_of_the_published_band():
    table = reconstructed_scores(listed(top=[90], middle=[80], low=[65]), TIERS)
    assert table["low"].tolist() == [85, 70, 60]
    assert table["high"].tolist() == [100, 85, 70]


def test_a_city_without_a_score_lies_midway_between_its_neighbours():
    assert scores(top=[95, None, 87]) == [95, 91, 87]


def test_a_city_without_a_score_at_the_end_takes_that_of_its_neighbour():
    assert scores(low=[None, 66, 64, None]) == [66, 66, 64, 64]


def test_the_order_of_the_rows_does_not_matter():
    table = listed(top=[90, 94], middle=[80])
    shuffled = reconstructed_scores(table.iloc[[2, 0, 1]], TIERS)
    pd.testing.assert_frame_equal(shuffled, reconstructed_scores(table, TIERS))
    assert list(shuffled.columns) == ["rank", "adcode", "city", "score", "low", "high"]
    assert shuffled["adcode"].tolist() == ["c1", "c2", "c3"]


open_scores = st.lists(st.floats(0, 120), min_size=1, max_size=8)


@given(open_scores, open_scores, open_scores)
def test_scores_never_rise_and_stay_in_their_bands(top, middle, low):
    table = reconstructed_scores(listed(top=top, middle=middle, low=low), TIERS)
    assert table["score"].is_monotonic_decreasing
    assert table["score"].between(table["low"], table["high"]).all()


@pytest.mark.parametrize("seed", range(5))
def test_no_other_allowed_scores_lie_closer(seed):
    values = np.random.default_rng(seed).uniform(55, 90, 6)
    number = pd.Series(values)
    found = bounded_decreasing(number, number * 0 + 60, number * 0 + 70)
    general = minimize(
        lambda x: ((x - values) ** 2).sum(),
        np.linspace(69, 61, 6),
        method="SLSQP",
        bounds=[(60, 70)] * 6,
        constraints={"type": "ineq", "fun": lambda x: -np.diff(x)},
        options={"ftol": 1e-12, "maxiter": 500},
    )
    assert found.to_numpy() == pytest.approx(general.x, abs=1e-3)


def test_the_published_facts_hold_for_the_reconstructed_scores(real):
    table = real.result("reconstructed").set_index("rank")["score"]
    assert table.is_monotonic_decreasing
    assert table[5] >= 85 >= table[6]
    assert table[38] >= 70 >= table[39]
    assert table[100] >= 60


def test_reconstructed_scores_are_described_by_blocks_limits_and_pulls():
    table = pd.DataFrame(
        {
            "adcode": list("abcd"),
            "score": [90.0, 90.0, 70.0, 70.0],
            "low": [85, 85, 70, 70],
            "high": [100, 100, 85, 85],
        }
    )
    published = pd.DataFrame({"adcode": list("dcba"), "score": [None, 60.0, 92.0, 88.5]})
    tables = {"reconstructed": table, "published": published}
    names = pd.Series({code: code.upper() for code in "abcd"})
    facts = said(reconstructed_facts(tables), names)
    # Pulls: a 1.5, b 2, c 10; d has no open-data score.
    assert facts == {
        "distinct": "2",
        "largest_block": "2",
        "at_limit": "2",
        "median_pull": "2.0",
        "largest_pull": "10.0",
        "farthest": "C, B and A",
    }
