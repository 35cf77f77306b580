from functools import cache
from types import SimpleNamespace

import pandas as pd
import pytest
from matplotlib.colors import to_hex

from analysis.figures import findings
from analysis.language.numbers import Numbers

from .drawn import is_reproducible, say, texts, words
from .legible import faults

PLACES = pd.DataFrame(
    {
        "adcode": list("abcd"),
        "rank": [1, 2, 3, 4],
        "placed": ["inside", "better", "inside", "worse"],
    }
)
NAMES = pd.Series({code: f"city {code}" for code in "abcd"})
PLACED = pd.Series(range(1, 221))
DOUBT = pd.DataFrame({"rank": PLACED} | {f"p_top{n}": (n >= PLACED) * 0.75 for n in (10, 50, 100)})
CLAIMS = pd.DataFrame(
    {
        "origin": ["white_paper"] * 3 + ["ours"],
        "verdict": ["holds", "untestable", "holds", "qualified"],
    }
)
MOVES = pd.DataFrame(
    # Coverage takes c down, although all of its interval lies above zero.
    [("a", 2, 3, 1, 5), ("b", 1, -2, -4, 1), ("c", 4, -1, 2, 6), ("d", 3, -9, -12, -3)],
    columns=["adcode", "rank_after", "move", "move_low", "move_high"],
)
LABELS = words(
    "placed_better", "placed_inside", "placed_worse", "open_place", "first_10", "first_50",
    "first_100", "places_gained", "move_unclear", "moved_up", "moved_down",
    *(f"verdict_{name}" for name in findings.style.VERDICTS),
)  # fmt: skip


@cache
def sides():
    return findings.inside_outside(PLACES, LABELS, SimpleNamespace(towns=NAMES, numbers=Numbers()))


@cache
def chances():
    return findings.chance_lines(DOUBT, LABELS, say)


@cache
def verdicts():
    return findings.statements_bar(CLAIMS, LABELS)


@cache
def moves():
    return findings.what_moved(MOVES, LABELS, say)


def test_the_parts_of_the_bar_are_the_shares_of_the_places_and_cities_outside_are_named():
    figure = sides()
    assert [bar.get_width() / 17 for bar in figure.axes[0].patches] == [0.25, 0.5, 0.25]
    shown = texts(figure)
    assert {"1 <placed_better>", "2 <placed_inside>", "1 <placed_worse>"} <= set(shown)
    assert {"city b", "city d"} <= set(shown)
    assert "city a" not in " ".join(shown)


def test_a_dot_is_the_chance_of_a_city_and_every_line_has_its_name():
    figure = chances()
    dots = [marks.get_offsets().tolist() for marks in figure.axes[0].collections]
    assert [len(points) for points in dots] == [200, 200, 200]
    assert [points[9:11] for points in dots] == [
        [[10, 75], [11, 0]], [[10, 75], [11, 75]], [[10, 75], [11, 75]],
    ]  # fmt: skip
    curves = [line for line in figure.axes[0].lines if len(line.get_xdata()) == 200]
    # The median of nine falls where the cities themselves do.
    falls = [sum(value > 0 for value in line.get_ydata()) for line in curves]
    assert falls == [10, 50, 100]
    assert {"<first_10>", "<first_50>", "<first_100>"} <= set(texts(figure))
    # A chance of 0.75 is neither sure nor out of reach: it stays open for a hundred cities.
    assert "<sure_of_the_first: 100 0>\n<open_whether: 100>" in texts(figure)


def test_all_claims_are_counted_by_verdict_with_sign_and_verdicts_without_any_are_left_out():
    bars = verdicts().axes[0].patches
    assert [bar.get_width() / 17 for bar in bars] == [0.5, 0.25, 0.25]
    kinds = [findings.style.VERDICTS[name] for name in ("holds", "qualified", "untestable")]
    assert [to_hex(bar.get_facecolor()) for bar in bars] == [colour for *_, colour in kinds]
    shown = texts(verdicts())
    assert shown[::2] == ["2", "1", "1"]
    assert shown[1::2] == ["✓ <verdict_holds>", "◐ <verdict_qualified>", "? <verdict_untestable>"]


def test_every_city_moves_from_its_place_and_clear_moves_point_where_their_interval_lies():
    axes = moves().axes[0]
    unclear, up, down = (marks.get_offsets().tolist() for marks in axes.collections)
    assert (unclear, up, down) == ([[1, -2]], [[2, 3], [4, -1]], [[3, -9]])
    looks = [to_hex(marks.get_facecolor()[0]) for marks in axes.collections]
    assert looks == ["#868f99", "#1f5a7a", "#1f5a7a"]
    # Of 1, 2, 3 and 9 places the median is 2.5: the band holds half of the cities.
    band = axes.patches[0].get_extents().transformed(axes.transData.inverted())
    assert (band.y0, band.y1) == pytest.approx((-2.5, 2.5))
    shown = {
        "<half_within: 2.5>", "<move_unclear> 1", "<moved_up> 2", "<moved_down> 1", "<open_place>",
        "<places_gained>",
    }  # fmt: skip
    assert shown <= set(texts(axes.figure))


def test_a_limit_that_takes_in_every_city_has_no_line():
    shown = texts(findings.chance_lines(DOUBT.head(50), LABELS, say))
    assert "<first_10>" in shown
    assert "<first_50>" not in shown


def narrow_moves():
    return findings.what_moved(MOVES, LABELS, say, narrow=True)


@pytest.mark.parametrize("draw", [sides, chances, verdicts, moves, narrow_moves])
def test_every_word_can_be_read_and_it_is_the_same_twice(draw):
    assert faults(draw()) == []
    assert is_reproducible(draw)
