import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.editions import ROOT
from analysis.index import ranking

GAP = math.nan


def test_ranks_descend_and_ties_share_the_better_place():
    ranks = ranking.rank(pd.Series([7.0, 9.0, 7.0, 1.0, GAP]))
    assert ranks.tolist() == pytest.approx([2, 1, 2, 4, GAP], nan_ok=True)


def test_values_that_differ_by_rounding_only_tie():
    # The same three parts in another order: 33.333333333333336 and 33.33333333333333.
    one, other = (sum(part / 3 for part in parts) for parts in ((10, 20, 70), (70, 20, 10)))
    assert one != other
    assert ranking.rank(pd.Series([one, other, 0.0])).tolist() == [1, 1, 3]


def test_values_are_told_apart_beyond_the_tolerance_and_not_within_it():
    within, beyond = 0.9 * ranking.TIE_TOLERANCE, 1.1 * ranking.TIE_TOLERANCE
    assert ranking.rank(pd.Series([50.0, 50.0 + within])).tolist() == [1, 1]
    assert ranking.rank(pd.Series([50.0, 50.0 + beyond])).tolist() == [2, 1]
    # Around zero, where a share of the value would be no tolerance at all.
    assert ranking.rank(pd.Series([0.0, 1e-17, -1e-17, -1.0])).tolist() == [1, 1, 1, 4]


def test_a_chain_of_near_ties_is_one_place_wherever_it_is_entered():
    step = 0.9 * ranking.TIE_TOLERANCE
    chain = pd.Series([5.0 + 2 * step, 5.0, 5.0 + step, 5.0 + 9 * step, 4.0])
    # From 5 to 5 + 2 steps is more than the tolerance; the value between them joins the two.
    assert ranking.rank(chain).tolist() == [2, 2, 2, 1, 5]
    assert ranking.rank(chain[::-1]).tolist() == [5, 1, 2, 2, 2]


def test_the_method_chapter_states_the_tolerance():
    assert ranking.TIE_TOLERANCE == 1e-9
    assert "a billionth of a point" in (ROOT / "sections" / "en" / "method.qmd").read_text("utf8")


@given(st.lists(st.integers(-40, 40), min_size=1, max_size=30), st.randoms())
def test_places_are_an_order_whatever_the_order_of_the_units(steps, chance):
    # Multiples of four tenths of the tolerance: two neighbours tie, a gap of three does not.
    values = pd.Series(steps, dtype=float) * 0.4 * ranking.TIE_TOLERANCE
    found = ranking.rank(values)
    shuffled = values.sample(frac=1, random_state=chance.randrange(2**32))
    assert ranking.rank(shuffled)[values.index].equals(found)
    for place, value in zip(found, values, strict=True):
        # One more than the units whose chain of ties lies above that of this one.
        chain = {value}
        while more := {v for v in values if any(abs(v - c) <= 1e-9 for c in chain)} - chain:
            chain |= more
        assert place == 1 + sum(v > max(chain) for v in values)


def test_a_frame_is_ranked_column_by_column():
    ranks = ranking.rank(pd.DataFrame({"a": [1.0, 2.0], "b": [2.0, 1.0]}))
    assert ranks.to_numpy().tolist() == [[2, 1], [1, 2]]


def places(*rows):
    return pd.DataFrame(rows, columns=["place", "score"])


def test_midpoint_anchors_lie_between_a_place_and_the_next():
    index = pd.Series([50.0, 90.0, 70.0, GAP, 60.0])
    anchors = ranking.midpoint_anchors(index, places((1, 85), (3, 70)))
    # In order 90, 70, 60, 50: place 1 → (90 + 70)/2, place 3 → (60 + 50)/2.
    assert anchors.to_dict("list") == {"index": [80.0, 55.0], "score": [85, 70]}


@pytest.mark.parametrize("place", [0, 3, 4, 1.5, GAP])
def test_places_that_do_not_lie_between_two_units_are_refused(place):
    with pytest.raises(ValueError, match="whole numbers from 1 to 2"):
        ranking.midpoint_anchors(pd.Series([1.0, 2.0, 3.0]), places((place, 60)))


def test_a_place_tied_with_the_next_is_refused():
    with pytest.raises(ValueError, match=r"places \[2\] are tied"):
        ranking.midpoint_anchors(pd.Series([9.0, 5 + 1e-12, 5.0, 1.0]), places((1, 85), (2, 70)))


def anchors(*rows):
    return pd.DataFrame(rows, columns=["index", "score"])


THREE = anchors((40, 85), (10, 60), (20, 70))


def test_scores_run_linearly_through_the_anchors():
    # 10 → 60, 20 → 70 (slope 1), 40 → 85 (slope 0.75).
    scores = ranking.piecewise_score(pd.Series([10.0, 15.0, 20.0, 30.0, 40.0]), THREE)
    assert scores.tolist() == [60, 65, 70, 77.5, 85]


def test_beyond_the_ends_scores_keep_the_slope_of_the_neighbouring_segment():
    scores = ranking.piecewise_score(pd.Series([4.0, 48.0]), THREE)
    assert scores.tolist() == [54, 91]


def test_a_gap_has_no_score_and_labels_are_kept():
    scores = ranking.piecewise_score(pd.Series({"u": GAP, "v": 20.0}), THREE)
    assert math.isnan(scores["u"])
    assert scores["v"] == 70


@pytest.mark.parametrize(
    "rows", [[(1, 60), (2, 50)], [(1, 60), (1, 70)], [(1, 60), (2, 60)], [(1, 60), (GAP, 70)]]
)
def test_anchors_that_do_not_rise_are_refused(rows):
    with pytest.raises(ValueError, match="rise strictly"):
        ranking.piecewise_score(pd.Series([1.0]), anchors(*rows))


def test_a_single_anchor_is_refused():
    with pytest.raises(ValueError, match="at least two are needed, there are 1"):
        ranking.piecewise_score(pd.Series([1.0]), anchors((1, 60)))


@given(
    st.lists(st.integers(0, 10_000), min_size=8, max_size=40, unique=True),
    st.tuples(st.integers(1, 3), st.integers(4, 7)),
)
def test_the_score_scale_holds_the_counts_at_its_anchors_and_keeps_the_ranks(values, cuts):
    index = pd.Series(values, dtype=float)
    upper, lower = cuts
    scale = ranking.midpoint_anchors(index, places((upper, 85), (lower, 70)))
    scores = ranking.piecewise_score(index, scale)
    assert (scores > 85).sum() == upper
    assert (scores > 70).sum() == lower
    assert ranking.rank(scores).equals(ranking.rank(index))


def test_a_step_of_exactly_the_tolerance_ties_and_the_next_larger_one_does_not():
    step = ranking.TIE_TOLERANCE
    assert ranking.rank(pd.Series([step, 0.0])).tolist() == [1, 1]
    assert ranking.rank(pd.Series([math.nextafter(step, 1), 0.0])).tolist() == [1, 2]


def test_an_anchor_between_units_just_beyond_the_tolerance_is_taken_and_at_it_is_not():
    step = ranking.TIE_TOLERANCE
    beyond = ranking.midpoint_anchors(pd.Series([2 * step, 0.0]), places((1, 85)))
    assert beyond["index"].tolist() == [step]
    with pytest.raises(ValueError, match=r"places \[1\] are tied"):
        ranking.midpoint_anchors(pd.Series([step, 0.0]), places((1, 85)))


@pytest.mark.parametrize("place", [1, 2])
def test_the_first_and_the_last_place_that_have_a_next_one_bear_an_anchor(place):
    found = ranking.midpoint_anchors(pd.Series([9.0, 6.0, 1.0]), places((place, 60)))
    assert found["index"].tolist() == [{1: 7.5, 2: 3.5}[place]]


def test_anchors_that_rise_by_less_than_one_point_are_anchors():
    # Half a point of the index stands for a quarter of a point of the score.
    close = anchors((10, 60), (10.5, 60.25))
    assert ranking.piecewise_score(pd.Series([10.2]), close).tolist() == pytest.approx([60.1])


def test_two_anchors_are_enough():
    assert ranking.piecewise_score(pd.Series([3.0]), anchors((1, 60), (2, 70))).tolist() == [80]
