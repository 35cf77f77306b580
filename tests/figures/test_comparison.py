"""Figures of two editions: every city is named, strong lines and dots are the clear moves."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex

from analysis.figures import comparison, style
from analysis.figures.comparison import spread

NAMES = pd.Series({code: f"City {code}" for code in "abcd"})
LABELS = pd.Series(
    {key: f"<{key}>" for key in ("edition_word", "move_exceeds", "move_within", "move_axis",
                                 "move_of_record", "move_interval")}
)  # fmt: skip
MOVES = pd.DataFrame(
    [("a", 1, 1, 0, -1, 1, 0), ("b", 5, 2, 3, 1, 6, 1), ("c", 2, 3, -1, -4, 0, 0),
     ("d", 40, 44, -4, -9, -2, 1)],
    columns=["adcode", "rank_before", "rank_after", "move", "move_low", "move_high", "exceeds"],
)  # fmt: skip


def test_the_slopes_of_the_leading_cities_are_named_at_both_ends():
    figure = comparison.leading_slopes(MOVES, LABELS, NAMES, ("2019", "2020"), number=4)
    [axes] = figure.axes
    texts = [text.get_text() for text in axes.texts]
    assert texts == ["City a  1", "City c  2", "City b  5", "1  City a", "2  City b", "3  City c"]
    ends = [line.get_ydata().tolist() for line in axes.lines]
    assert ends == [[1, 1], [5, 2], [2, 3]]
    strong = [to_hex(line.get_color()) == style.SECOND for line in axes.lines]
    assert strong == [False, True, False]
    assert [label.get_text() for label in axes.get_xticklabels()] == [
        "<edition_word> 2019",
        "<edition_word> 2020",
    ]


def test_clear_moves_stand_with_their_intervals_gains_first():
    figure = comparison.clear_moves(MOVES, LABELS, NAMES)
    [axes] = figure.axes
    assert [label.get_text() for label in axes.get_yticklabels()] == ["City b", "City d"]
    [dots] = [c for c in axes.collections if len(c.get_offsets()) == 2 and c.get_sizes().size]
    assert dots.get_offsets().tolist() == [[3, 0], [-4, 1]]


@pytest.mark.parametrize(
    ("places", "expected"), [([1, 2, 9], [1, 2, 9]), ([3, 3, 3, 9], [3, 3.95, 4.9, 9])]
)
def test_names_are_pushed_apart_where_places_are_close(places, expected):
    assert spread(np.array(places, dtype=float)) == pytest.approx(expected)
