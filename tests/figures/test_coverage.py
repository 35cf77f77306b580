from functools import cache

import pandas as pd

from analysis.figures import coverage

from .drawn import is_reproducible, texts, words
from .legible import faults

FIGURES = pd.DataFrame(
    [("one", 2019), ("both", 2018), ("both", 2019), ("both", 2019), ("later", 2020)],
    columns=["source", "year"],
)


LABELS = words("data_year")


@cache
def draw():
    return coverage.coverage_years(FIGURES, 2019, LABELS)


def test_a_source_has_one_dot_a_year_and_the_data_year_a_band():
    axes = draw().axes[0]
    dots = axes.collections[-1]
    # The source with most years first, then by its first year.
    assert [label.get_text() for label in axes.get_yticklabels()] == ["both", "one", "later"]
    # The columns are 2018, 2019 and 2020; the band lies on the second.
    assert {tuple(map(int, at)) for at in dots.get_offsets()} == {(0, 0), (1, 0), (1, 1), (2, 2)}
    band = axes.patches[0]
    assert (band.get_x(), band.get_x() + band.get_width()) == (0.6, 1.4)
    assert "<data_year>" in texts(axes.figure)


def test_years_without_any_figures_have_no_column():
    far = FIGURES.replace(2018, 2010)
    ticks = coverage.coverage_years(far, 2019, LABELS).axes[0].get_xticklabels()
    assert [tick.get_text() for tick in ticks] == ["2010", "2019", "2020"]


def test_every_word_can_be_read_and_it_is_the_same_twice():
    assert faults(draw()) == []
    assert is_reproducible(draw)
