"""Conditions of claims, worked by hand: each for one ranking, and for two draws at once."""

import numpy as np
import pytest

from analysis.chapters import claim_conditions as conditions


def found(condition: conditions.Condition) -> list:
    """Whether it holds and whether with a qualification, as lists."""
    return [np.asarray(part).tolist() for part in condition]


def array(*rows: list[float]) -> np.ndarray:
    return np.array(rows if len(rows) > 1 else rows[0], dtype=float)


def test_one_of_several_is_enough_and_less_than_all_is_a_qualification():
    passed = np.array([[True, True], [True, False], [False, False]])
    assert found(conditions.either(passed)) == [[True, True, False], [False, True, True]]


def test_regions_stand_in_order_in_the_list_and_in_the_index():
    index = array([50, 40, 30], [50, 30, 40])
    assert found(conditions.regions_in_order(array([2, 1, 1]), index, array([35], [45]))) == [
        [True, True],
        [False, True],
    ]
    below = conditions.regions_in_order(array([2, 1, 0.5]), array([50, 40, 30]), array([29]))
    assert found(below) == [True, True]
    level = conditions.regions_in_order(array([2, 1, 0.5]), array([50, 40, 30]), array([30]))
    assert found(level) == [True, False]
    assert found(conditions.regions_in_order(array([1, 2]), array([2, 1]), array([3])))[0] is False


def test_an_interval_that_reaches_the_limit_is_strong_and_two_above_it_are_so_wholly():
    low, high = array([0.7, 0.7], [0.69, 0.8], [0.1, 0.1]), array([0.9, 0.9], [0.9, 0.9], [0.7, 0])
    assert found(conditions.strong(low, high, 0.7)) == [
        [True, True, True],
        [False, True, True],
    ]
    assert found(conditions.strong(array([0.6]), array([0.699]), 0.7)) == [False, True]


def test_a_line_may_err_by_less_than_a_tenth_more_than_the_best_shape():
    linear, best = array([5, 10.9, 11, 11.1]), array([5, 10, 10, 10])
    assert found(conditions.straight(linear, best, 1.1)) == [
        [True, True, False, False],
        [False, True, True, True],
    ]


def test_cities_lead_up_to_the_last_place_of_the_first_stage():
    ranked = array([1, 2, 5], [1, 2, 6])
    assert found(conditions.in_first_stage(array([1, 2, 5]), ranked, 5)) == [
        [True, True],
        [False, True],
    ]
    assert found(conditions.in_first_stage(array([1, 2, 6]), ranked, 5))[0] == [False, False]


def test_values_rise_from_each_to_the_next_or_only_from_the_first_to_the_last():
    values = array([1, 2, 3], [1, 0, 3], [1, 1, 3], [1, 2, 1])
    assert found(conditions.rising(values)) == [
        [True, True, True, False],
        [False, True, True, True],
    ]


@pytest.mark.parametrize(
    ("hits", "expected"),
    [
        ([True, True, True], [True, False]),
        ([True, False, True], [True, True]),
        ([True, False, False], [False, True]),
        ([True], [True, False]),
        ([False], [False, True]),
    ],
)
def test_all_or_all_but_one_must_be_hits_and_one_alone_must_be_one(hits, expected):
    assert found(conditions.nearly_all(np.array(hits))) == expected


def test_chances_are_counted_by_hand():
    # Of the 20 ways to draw three of six, one holds all three named and nine hold two of them.
    assert conditions.chance_among(3, 6) == pytest.approx(10 / 20)
    assert conditions.chance_among(1, 6) == pytest.approx(1 / 6)
    # Of eight ways in which three coins fall, four show two heads or three.
    assert conditions.chance_above_median(3) == pytest.approx(4 / 8)
    assert conditions.chance_above_median(1) == pytest.approx(1 / 2)
    assert conditions.chance_above_median(4) == pytest.approx(5 / 16)
