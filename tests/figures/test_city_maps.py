from functools import cache

import pandas as pd
import pytest
from matplotlib.colors import to_hex

from analysis.figures import city_maps
from analysis.figures.style import REGION_MARKERS
from analysis.figures.style import TIER_COLOURS as STAGES

from .drawn import is_reproducible, texts, words
from .legible import faults

HIGH, SECOND, THIRD = city_maps.SIZES
CITIES = pd.DataFrame(
    [
        ("a", 121.5, 31.2, 1.0, HIGH, "East"),
        ("b", 113.3, 23.1, 2.0, SECOND, "East"),
        ("c", 104.0, 30.0, 3.0, THIRD, "West"),
        ("d", 87.0, 43.0, None, None, "West"),
        ("e", 126.0, 45.0, None, None, "Northeast"),
    ],
    columns=["adcode", "lon", "lat", "place", "tier", "region"],
)
NAMES = pd.Series({code: f"city {code}" for code in "abcde"})
LABELS = words(
    *city_maps.DELTAS, *REGION_MARKERS, "other_cities", "in_both", "published_alone", "open_alone",
)  # fmt: skip
LABELS = pd.concat([LABELS, pd.Series({HIGH: "high", SECOND: "second", THIRD: "third"})])


@cache
def plain():
    return city_maps.stage_map(CITIES, LABELS, NAMES, named=2)


@cache
def both():
    # Published are a, b and c; of the open hundred are c and d.
    return city_maps.both_map(
        CITIES.assign(open=[False, False, True, True, False]), LABELS, NAMES, named=1
    )


@cache
def insets():
    return city_maps.inset_map(CITIES, LABELS)


@cache
def lights():
    return city_maps.cover(CITIES.assign(index=[90.0, 45.0, 9.0, None, 0.0]))


def dots(axes):
    """Colour and position of every dot in data units."""
    return {
        (to_hex(marks.get_facecolor()[0]), *point)
        for marks in axes.collections
        if marks.get_offset_transform() == axes.transData and len(marks.get_offsets())
        for point in marks.get_offsets().tolist()
    }


ALL = {
    (STAGES[HIGH], 121.5, 31.2), (STAGES[SECOND], 113.3, 23.1), (STAGES[THIRD], 104.0, 30.0),
    (city_maps.LAND, 87.0, 43.0), (city_maps.LAND, 126.0, 45.0),
}  # fmt: skip


@pytest.mark.parametrize("draw", [plain, insets])
def test_every_city_is_a_dot_where_it_lies_coloured_by_stage(draw):
    assert dots(draw().axes[0]) == ALL


def test_a_city_of_the_hundred_below_the_stages_is_as_small_and_grey_as_the_others():
    low = CITIES.replace({"tier": {THIRD: "below_published_range"}})
    assert (city_maps.LAND, 104.0, 30.0) in dots(city_maps.inset_map(low, LABELS).axes[0])


def test_in_the_middle_latitude_a_kilometre_is_as_long_either_way():
    # The middle of 29 and 43 degrees is 36: there a degree of longitude is cos 36° = 0.8090 of one
    # of latitude.
    assert city_maps.aspect(29, 43) == pytest.approx(1 / 0.8090, abs=1e-3)


def test_the_first_cities_are_named_and_stages_and_regions_counted():
    shown = set(texts(plain()))
    assert {"city a", "city b", "high 1", "second 1", "third 1"} <= shown
    assert {"<East> 2", "<Central> 0", "<West> 1", "<Northeast> 0", "<other_cities>"} <= shown
    assert "city c" not in shown


def test_an_inset_has_the_cities_of_its_delta_and_its_name():
    _, yangtze, pearl = insets().axes
    assert dots(yangtze) == {(STAGES[HIGH], 121.5, 31.2)}
    assert dots(pearl) == {(STAGES[SECOND], 113.3, 23.1)}
    titles = [axes.get_title(loc="left") for axes in (yangtze, pearl)]
    assert titles == ["<yangtze_delta>", "<pearl_delta>"]


def test_the_cover_has_no_word_and_larger_lights_for_a_larger_index():
    figure = lights()
    assert not figure.axes[0].axison
    assert len(figure.axes[0].texts) == 0
    # The smallest index first: 3 + 170 · (share of the largest)², behind it the halos.
    sizes = [marks.get_sizes()[0] for marks in figure.axes[0].collections[1:]]
    assert sizes[:2] == pytest.approx([3, 3 + 170 / 100])
    assert sizes[-1] == pytest.approx(173)
    assert len(sizes) == 2 + 4 + 4  # those of half and of the whole index have halos


def test_lights_that_are_nearly_alike_are_drawn_as_one():
    alike = CITIES.assign(index=[90.0, 89.9, 90.0, 89.9, 90.0])
    assert len(city_maps.cover(alike).axes[0].collections) == 1 + 4


def marks_at(axes, edge):
    """Positions of the marks of a map whose edge has this colour."""
    return {
        tuple(point)
        for marks in axes.collections
        if marks.get_offset_transform() == axes.transData and len(marks.get_edgecolor())
        if to_hex(marks.get_edgecolor()[0]) == edge
        for point in marks.get_offsets().tolist()
    }


def test_a_ring_is_a_city_of_the_list_and_a_dot_one_of_the_open_hundred():
    axes, yangtze, _ = both().axes
    a, b, c, d = (121.5, 31.2), (113.3, 23.1), (104.0, 30.0), (87.0, 43.0)
    assert marks_at(axes, "#d55e00") == {a, b, c}
    assert marks_at(axes, "#1f5a7a") == {c, d}
    assert marks_at(yangtze, "#d55e00") == {a}
    shown = set(texts(axes.figure))
    assert {"<in_both> 1", "<published_alone> 2", "<open_alone> 1", "<other_cities>"} <= shown
    assert "city a" in shown
    assert "city b" not in shown


@pytest.mark.parametrize("draw", [plain, both, insets])
def test_every_word_can_be_read(draw):
    assert faults(draw()) == []


@pytest.mark.parametrize("draw", [plain, both, insets, lights])
def test_the_same_frame_gives_the_same_bytes(draw):
    assert is_reproducible(draw)
