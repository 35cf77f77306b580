from functools import cache

import pandas as pd
import pytest
from matplotlib.colors import to_hex

from analysis.figures import hundred, style

from .drawn import is_reproducible, texts, words
from .legible import faults

CITIES = pd.DataFrame(
    [
        (1, "a", "ecosystem_innovation", 2.0, 1, 20, 1, 5, "inside"),
        (2, "b", "ecosystem_innovation", 9.0, 4, 30, 6, 12, "better"),
        (3, "c", "capability_synergy", 1.0, 1, 2, 1, 2, "worse"),
        (4, "d", "capability_synergy", None, None, None, None, None, None),
    ],
    columns=[
        "rank", "adcode", "tier", "open_rank", "rank_low", "rank_high", "technique_low",
        "technique_high", "placed",
    ],
)  # fmt: skip
NAMES = pd.DataFrame(
    {
        "chinese": ["深圳", "呼和浩特", "苏州", "深圳"],
        "latin": ["A", "Hohhot", "Taizhou (Zhejiang)", "D"],
    },
    index=list("abcd"),
)
PLACES = ("published_place", "open_place")
BARS = ("interval_technique", "interval_all")
LABELS = words(
    *PLACES,
    *BARS,
    "better_than_interval",
    "worse_than_interval",
    "open_place_short",
    "unranked",
    *style.TIER_COLOURS,
)
LABELS["open_place_short"] = "open"
LABELS["unranked"] = "<none>"
LEADERS = CITIES.head(3).rename(columns={"rank": "published", "open_rank": "rank"})


@cache
def half():
    return hundred.hundred_half(CITIES, slice(0, 4), LABELS, NAMES)


@cache
def second():
    return hundred.hundred_half(CITIES, slice(2, None), LABELS, NAMES)


@cache
def first():
    return hundred.leaders(LEADERS.astype({"rank": int}), LABELS, NAMES)


def bars(axes, width):
    """Ends, row and colour of the bars of this width."""
    return [
        (*segment[:, 0], segment[0, 1], to_hex(marks.get_color()[0]))
        for marks in axes.collections
        if hasattr(marks, "get_segments") and marks.get_linewidth()[0] == width
        for segment in marks.get_segments()
    ]


def test_a_thin_bar_is_the_interval_of_all_and_a_thick_one_the_held_one():
    axes = half().axes[0]
    assert bars(axes, 1.5) == [
        (1, 20, 1, hundred.WIDE), (4, 30, 2, hundred.WIDE), (1, 2, 4, hundred.WIDE),
    ]  # fmt: skip
    held = hundred.HELD
    assert bars(axes, 4.4) == [(1, 5, 1, held), (6, 12, 2, held), (1, 2, 4, held)]


def test_a_published_place_is_a_tick_or_an_arrowhead_away_from_the_interval():
    lines = [line for line in half().axes[0].lines if to_hex(line.get_color()) == hundred.PUBLISHED]
    marks = [(line.get_xdata()[0], line.get_ydata()[0], line.get_marker()) for line in lines]
    better, worse = hundred.ARROWS["better"], hundred.ARROWS["worse"]
    # The stages are named in rows 0 and 3; the city without a rank has its tick alone.
    assert marks == [(1, 1, "|"), (2, 2, better), (3, 4, worse), (4, 5, "|")]


def test_the_open_place_is_a_dot_and_a_number_at_the_right():
    axes = half().axes[0]
    found = [
        tuple(m.get_offsets()[0])
        for m in axes.collections
        if len(m.get_offsets()) and hasattr(m, "get_sizes") and len(m.get_sizes())
    ]
    assert found == [(2, 1), (9, 2), (1, 4)]
    written = [text.get_text() for text in axes.texts if text.get_ha() == "right"]
    assert written == ["1", "2", "2", "9", "3", "1", "4", "<none>"]


def test_a_stage_is_named_where_it_begins_with_a_line_above():
    axes = half().axes[0]
    rows = {text.get_text(): round(text.get_position()[1]) for text in axes.texts}
    assert (rows["<ecosystem_innovation>"], rows["<capability_synergy>"]) == (0, 3)
    long = [line.get_ydata()[0] for line in axes.lines if len(line.get_xdata()) == 2]
    assert long == pytest.approx([-0.42, 2.58])
    colours = [to_hex(line.get_color()) for line in axes.lines if len(line.get_xdata()) == 2]
    assert colours == [*style.TIER_COLOURS.values()][:2]


def test_the_halves_are_level_and_each_explains_what_the_other_does_not():
    assert second().get_size_inches().tolist() == half().get_size_inches().tolist()
    assert second().axes[0].get_position().bounds == half().axes[0].get_position().bounds
    left, right = set(texts(half())), set(texts(second()))
    assert {LABELS[key] for key in PLACES} == left & {LABELS[key] for key in PLACES + BARS}
    assert {LABELS[key] for key in BARS} == right & {LABELS[key] for key in PLACES + BARS}
    assert "open" in left & right


def test_the_key_counts_the_places_outside_their_intervals_in_the_whole_list():
    first_two = hundred.hundred_half(CITIES, slice(0, 2), LABELS, NAMES)
    assert {"1 <better_than_interval>", "1 <worse_than_interval>"} <= set(texts(first_two))


def test_both_halves_have_one_scale_whatever_they_show():
    # The farthest end of an interval is place 30.
    assert second().axes[0].get_xlim() == half().axes[0].get_xlim() == (-3, 36)


def test_leaders_have_ring_dot_and_both_bars_in_their_rows():
    axes = first().axes[0]
    scatters = [m for m in axes.collections if not hasattr(m, "get_segments")]
    rings, dots = (m.get_offsets().tolist() for m in scatters)
    assert rings == [[1, 0], [2, 1], [3, 2]]
    assert dots == [[2, 0], [9, 1], [1, 2]]
    assert [bar[:3] for bar in bars(axes, 1.6)] == [(1, 20, 0), (4, 30, 1), (1, 2, 2)]
    assert [bar[:3] for bar in bars(axes, 5)] == [(1, 5, 0), (6, 12, 1), (1, 2, 2)]


@pytest.mark.parametrize("draw", [half, first])
def test_every_word_can_be_read_and_comes_from_the_labels(draw):
    figure = draw()
    assert faults(figure) == []
    shown = set(texts(figure))
    assert {LABELS[key] for key in (PLACES if draw is half else PLACES + BARS)} <= shown
    assert set(NAMES["latin"].iloc[:3]) <= shown


@pytest.mark.parametrize("draw", [half, first])
def test_the_same_frame_gives_the_same_bytes(draw):
    assert is_reproducible(draw)
