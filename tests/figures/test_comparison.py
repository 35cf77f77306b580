"""The figure of two editions: moves of the leading cities with their intervals, sorted."""

from functools import cache

import pandas as pd
from matplotlib.colors import to_rgba

from analysis.figures import comparison, style

from .drawn import dots, is_reproducible, texts, words

NAMES = pd.Series({code: f"City {code}" for code in "abcd"})
LABELS = words("places_gained_axis", "move_clear", "move_unclear", "move_range")
MOVES = pd.DataFrame(
    [("a", 1, 1, 0, -1, 1, 0), ("b", 5, 2, 3, 1, 6, 1), ("c", 2, 3, -1, -4, 0, 0),
     ("d", 40, 44, -4, -9, -2, 1)],
    columns=["adcode", "rank_before", "rank_after", "move", "move_low", "move_high", "exceeds"],
)  # fmt: skip


@cache
def moves():
    return comparison.leading_moves(MOVES, LABELS, NAMES)


def test_cities_that_lead_in_either_edition_stand_by_their_move_with_both_places():
    [axes] = moves().axes
    # d stands at place 40 before and 44 after.
    rows = [label.get_text() for label in axes.get_yticklabels()]
    assert rows == ["City b  5 → 2", "City a  1 → 1", "City c  2 → 3"]
    assert dots(axes) == [(3, 0), (0, 1), (-1, 2)]
    assert axes.yaxis_inverted()


def test_lines_reach_over_the_intervals_and_only_clear_moves_are_full():
    [axes] = moves().axes
    lines, marks = axes.collections
    assert [segment[:, 0].tolist() for segment in lines.get_segments()] == [
        [1, 6],
        [-1, 1],
        [-4, 0],
    ]
    full = [tuple(face) == to_rgba(style.ACCENT) for face in marks.get_facecolor()]
    assert full == [True, False, False]


def test_the_key_and_the_axis_have_their_words_and_zero_no_sign():
    shown = texts(moves())
    assert set(LABELS.drop("percent_sign")) <= set(shown)
    assert "0" in shown
    assert "+0" not in shown


def test_the_figure_of_moves_is_the_same_twice():
    assert is_reproducible(moves)
