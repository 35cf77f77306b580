from functools import cache

import pandas as pd

from analysis.figures import profiles

from .drawn import is_reproducible, texts
from .legible import faults

TABLE = pd.DataFrame(
    {"a": [80.0, 30.0], "b": [60.0, 20.0], "c": [None, None]}, index=["One", "Two"]
)
RANKED = pd.Series({"a": 40.0, "b": 50.0, "c": float("nan")})
LABELS = pd.Series({"a_short": "Aa", "b_short": "Bb", "c_short": "Cc"})


@cache
def draw():
    return profiles.domain_profiles(TABLE, RANKED, LABELS)


def test_a_panel_has_the_bars_of_its_row_and_the_means_of_all_as_ticks():
    first, second = draw().axes[:2]
    assert [bar.get_width() for bar in first.patches] == [80, 60]
    assert [bar.get_width() for bar in second.patches] == [30, 20]
    ticks = [segment[0, 0] for segment in second.collections[0].get_segments()]
    assert ticks == [40, 50]


def test_domains_without_figures_are_left_out_and_the_first_panel_names_the_others():
    shown = texts(draw())
    assert {"One", "Two", "Aa", "Bb"} <= set(shown)
    assert shown.count("Aa") == 1
    assert "Cc" not in shown


def test_every_word_can_be_read_and_it_is_the_same_twice():
    assert faults(draw()) == []
    assert is_reproducible(draw)
