import pandas as pd
from matplotlib.colors import to_hex

from analysis.figures import coverage, style

from .drawn import is_reproducible
from .legible import faults

FIGURES = pd.DataFrame(
    [("one", 2019), ("both", 2018), ("both", 2019), ("both", 2019), ("later", 2020)],
    columns=["source", "year"],
)


def draw():
    return coverage.coverage_years(FIGURES, 2019)


def test_a_source_has_one_dot_a_year_filled_in_the_data_year():
    axes = draw().axes[0]
    dots = axes.collections[-1]
    # The source with most years first, then by its first year.
    assert [label.get_text() for label in axes.get_yticklabels()] == ["both", "one", "later"]
    faces = [to_hex(colour) for colour in dots.get_facecolors()]
    found = {(*map(int, at), face) for at, face in zip(dots.get_offsets(), faces, strict=True)}
    full, hollow = style.ACCENT, style.PAPER
    assert found == {(2018, 0, hollow), (2019, 0, full), (2019, 1, full), (2020, 2, hollow)}


def test_every_word_can_be_read_and_it_is_the_same_twice():
    assert faults(draw()) == []
    assert is_reproducible(draw)
