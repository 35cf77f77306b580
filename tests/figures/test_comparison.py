"""The figure of two editions: every city is named at both ends of its line."""

import numpy as np
import pandas as pd
import pytest

from analysis.figures import comparison
from analysis.figures.comparison import spread

NAMES = pd.Series({code: f"City {code}" for code in "abcd"})
LABELS = pd.Series({"edition_word": "<edition_word>"})
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
    assert axes.get_legend() is None
    assert [label.get_text() for label in axes.get_xticklabels()] == [
        "<edition_word> 2019",
        "<edition_word> 2020",
    ]


@pytest.mark.parametrize(
    ("places", "expected"), [([1, 2, 9], [1, 2, 9]), ([3, 3, 3, 9], [3, 3.95, 4.9, 9])]
)
def test_names_are_pushed_apart_where_places_are_close(places, expected):
    assert spread(np.array(places, dtype=float)) == pytest.approx(expected)
