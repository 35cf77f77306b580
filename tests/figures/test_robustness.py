from functools import cache

import numpy as np
import pandas as pd
import pytest

from analysis.figures import robustness

from .drawn import is_reproducible, texts, words

NAMES = pd.Series({"1": "Ay", "2": "Bee", "3": "Cee"})
UNCERTAINTY = pd.DataFrame(
    {
        "adcode": list("123"),
        "rank": [1, 2, 3],
        "median_rank": [1, 3, 2],
        "rank_low": [1, 2, 1],
        "rank_high": [2, 9, 3],
        "technique_low": [1, 2, 2],
        "technique_high": [1, 4, 3],
    }
)
LABELS = words(
    "rank_of_record", "median_of_draws", "interval_technique", "interval_all", "rank_axis",
    "place_axis", "acceptability_axis", "total_order", "first_order", "sensitivity_axis",
    "score_part_axis", "factor_weights", "factor_evidence", "x_short", "y_short",
)  # fmt: skip


@cache
def intervals():
    return robustness.rank_intervals(UNCERTAINTY, 3, LABELS, NAMES)


def test_every_city_has_two_intervals_a_median_and_a_rank():
    figure = intervals()
    left, right = figure.axes
    assert [t.get_text() for t in left.get_yticklabels()] == ["1  Ay", "2  Bee"]
    assert [t.get_text() for t in right.get_yticklabels()] == ["3  Cee"]
    held, whole = left.collections
    assert [path.vertices[:, 0].tolist() for path in whole.get_paths()] == [[1, 2], [2, 9]]
    assert [path.vertices[:, 0].tolist() for path in held.get_paths()] == [[1, 1], [2, 4]]
    median, rank = left.lines
    assert median.get_xdata().tolist() == [1, 3]
    assert rank.get_xdata().tolist() == [1, 2]
    assert left.get_xlim() == right.get_xlim()


def test_the_key_of_the_intervals_has_its_words():
    assert {LABELS["interval_all"], LABELS["interval_technique"]} <= set(texts(intervals()))


def acceptability():
    # Twelve cities: each keeps its place, but the first and the last change theirs half the time.
    rows = [(str(n), n, 1.0) for n in range(2, 12)]
    rows += [("1", 1, 0.5), ("1", 12, 0.5), ("12", 12, 0.5), ("12", 1, 0.5)]
    return pd.DataFrame(rows, columns=["adcode", "place", "share"])


def test_shares_of_places_are_means_of_their_classes():
    ranks = pd.Series({str(n): n for n in range(1, 13)})
    shares = robustness.place_classes(acceptability(), ranks)
    # Ten cities in the first class, one of them half the time in the second: 9.5 of 10 stay.
    # Two in the second class, one of them half the time in the first: 1.5 of 2 stay.
    assert np.allclose(shares, [[0.95, 0.05], [0.25, 0.75]])


def test_the_map_shows_the_shares_in_percent():
    ranks = pd.Series({str(n): n for n in range(1, 13)})
    figure = robustness.acceptability_map(acceptability(), ranks, LABELS)
    [mesh] = figure.axes[0].collections
    assert np.allclose(mesh.get_array(), [[95, 5], [25, 75]])
    assert LABELS["acceptability_axis"] in texts(figure)


@cache
def sensitivity():
    table = pd.DataFrame(
        {
            "factor": ["weights", "evidence"],
            "first": [-0.01, 0.5],
            "first_low": [-0.02, 0.4],
            "first_high": [0.01, 0.6],
            "total": [0.02, 0.7],
            "total_low": [0.01, 0.6],
            "total_high": [0.03, 0.8],
        }
    )
    return robustness.sensitivity_bars(table, LABELS)


def test_the_choice_that_matters_most_stands_on_top():
    axes = sensitivity().axes[0]
    assert [t.get_text() for t in axes.get_yticklabels()] == [
        LABELS["factor_weights"], LABELS["factor_evidence"],
    ]  # fmt: skip
    assert not axes.yaxis_inverted()


def test_bars_are_shares_in_percent_and_never_negative():
    total, first = sensitivity().axes[0].containers
    assert [bar.get_width() for bar in total] == pytest.approx([2, 70])
    assert [bar.get_width() for bar in first] == pytest.approx([0, 50])


@cache
def parts():
    table = pd.DataFrame(
        [("1", "x", 4.0), ("1", "y", -1.5), ("2", "x", 0.5), ("2", "y", 2.0)],
        columns=["adcode", "code", "score_part"],
    )
    return robustness.decomposition_bars(table, LABELS, NAMES)


def test_each_city_has_a_panel_with_its_parts():
    figure = parts()
    assert [axes.get_title() or axes.get_title("left") for axes in figure.axes] == [
        "Ay  +2.5",
        "Bee  +2.5",
    ]
    widths = [[bar.get_width() for bar in axes.patches] for axes in figure.axes]
    assert widths == [[4.0, -1.5], [0.5, 2.0]]
    assert {"+4.0", "−1.5"} <= set(texts(figure))


def test_what_holds_back_has_another_colour():
    ahead, back = parts().axes[0].patches
    assert ahead.get_facecolor() != back.get_facecolor()


@pytest.mark.parametrize("draw", [intervals, sensitivity, parts])
def test_a_figure_is_drawn_the_same_twice(draw):
    assert is_reproducible(draw)


def test_intervals_are_said_with_the_concept_held_and_for_all_choices():
    table = pd.DataFrame(
        {"adcode": ["b"], "median_rank": [4], "rank_low": [2], "rank_high": [9],
         "technique_low": [3], "technique_high": [5]}
    )  # fmt: skip
    found = robustness.interval_words(table).loc["b"]
    assert found.to_dict() == {"median_rank": 4, "interval_held": "3–5", "interval": "2–9"}


@pytest.mark.parametrize(
    ("part", "text"), [(-0.04, "0.0"), (0.04, "0.0"), (-0.06, "−0.1"), (2.0, "+2.0")]
)
def test_what_rounds_to_nothing_has_no_sign(part, text):
    assert robustness.signed(part) == text
