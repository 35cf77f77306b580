import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_rgb

from analysis.figures import style
from analysis.figures.maps import as_number, broken, dot_map, tile_map, two_tile_maps

from .drawn import is_reproducible, say, texts, words

PLACES = pd.DataFrame(
    {"province_en": ["North", "South"], "tile_column": [1, 0], "tile_row": [0, 2]}
)
PROVINCES = pd.DataFrame(
    {
        "province": ["South", "North"],
        "cities": [9, 3],
        "published_cities": [4, 0],
        "open_cities": [2, 1],
    }
)
CITIES = pd.DataFrame(
    [
        ("a", "East", 121.0, 31.0),
        ("b", "East", 116.0, 40.0),
        ("c", "West", 104.0, 30.0),
        ("d", "Central", 114.0, 30.0),
        ("e", "Northeast", 123.0, 41.0),
        ("f", "West", 91.0, 29.0),
        ("g", "West", 87.0, 43.0),
    ],
    columns=["adcode", "region", "lon", "lat"],
)
SCORES = pd.DataFrame(
    {
        "adcode": list("abcdef"),
        "rank": [1, 2, 3, 4, 5, 6],
        "tier": ["ecosystem_innovation"] * 2 + ["unit_digitalisation"] * 4,
    }
)
NAMES = pd.Series({adcode: f"city {adcode}" for adcode in "abcdefg"})
LABELS = words(
    "North", "South", "cities", "published_cities", "open_cities", "longitude", "latitude",
    "unranked", *style.REGION_MARKERS, *style.TIER_COLOURS,
)  # fmt: skip


def one_map():
    return tile_map(PROVINCES, PLACES, "cities", LABELS, say)


def two_maps():
    return two_tile_maps(PROVINCES, PLACES, LABELS, say)


def dots_by_place():
    return dot_map(CITIES, SCORES, LABELS, NAMES)


def tiles(axes):
    """Column, row and colour of every tile."""
    return {(tile.get_x(), tile.get_y()): tile.get_facecolor()[:3] for tile in axes.patches}


def test_each_province_stands_on_its_own_tile_with_its_number():
    axes = one_map().axes[0]
    assert set(tiles(axes)) == {(1, 0), (0, 2)}
    written = [(text.get_text(), text.get_position()[1] // 1) for text in axes.texts]
    assert written == [(LABELS["South"], 2), ("9", 2), (LABELS["North"], 0), ("3", 0)]


def test_more_cities_make_a_darker_tile():
    colours = tiles(one_map().axes[0])
    assert sum(colours[0, 2]) < sum(colours[1, 0])


def test_both_maps_have_one_scale_and_their_own_title():
    published, opened = two_maps().axes
    assert published.get_title(loc="left") == LABELS["published_cities"]
    assert opened.get_title(loc="left") == LABELS["open_cities"]
    # Four of at most four is the darkest colour; two of four is not.
    darkest = to_rgb("#0b3c5d")
    assert tiles(published)[0, 2] == pytest.approx(darkest, abs=0.01)
    assert tiles(opened)[0, 2] != pytest.approx(darkest, abs=0.01)


def test_a_province_without_a_city_in_the_hundred_is_blank():
    assert tiles(two_maps().axes[0])[1, 0] == to_rgb(style.PAPER)


def test_an_edition_without_published_list_shows_dashes():
    gaps = PROVINCES.assign(published_cities=np.nan)
    assert texts(two_tile_maps(gaps, PLACES, LABELS, say)).count("–") == 2
    assert as_number(3.0) == "3"


@pytest.mark.parametrize(
    ("name", "letters", "lines"),
    [
        ("Guangdong", 7, "Guang-\ndong"),
        ("Heilongjiang", 7, "Heilong-\njiang"),
        ("Shandong", 7, "Shan-\ndong"),
        ("Zhejiang", 7, "Zhejiang"),
        ("Inner Mongolia", 7, "Inner\nMongolia"),
        ("Heilongjiang", 14, "Heilongjiang"),
        ("黑龙江", 7, "黑龙江"),
    ],
)
def test_long_names_are_broken_behind_a_syllable(name, letters, lines):
    assert broken(name, letters) == lines


def test_a_map_of_provinces_says_how_many_it_shows():
    assert "<provinces_shown: 2>" in texts(one_map())
    assert "<provinces_shown: 2>" in texts(two_maps())


def test_every_city_is_a_mark_and_the_unranked_one_is_hollow():
    marks = dots_by_place().axes[0].collections
    assert sum(len(group.get_offsets()) for group in marks) == 7
    hollow = [group for group in marks if len(group.get_facecolor()) == 0]
    assert [group.get_offsets().tolist() for group in hollow] == [[[87.0, 43.0]]]


def test_the_leading_five_are_named():
    written = [text.get_text() for text in dots_by_place().axes[0].texts]
    assert written == [f"city {adcode}" for adcode in "abcde"]


def test_the_key_names_regions_tiers_and_the_unranked():
    key = [text.get_text() for text in dots_by_place().axes[0].get_legend().get_texts()]
    kinds = [*style.REGION_MARKERS, "ecosystem_innovation", "unit_digitalisation", "unranked"]
    assert set(key) - {""} == {LABELS[kind] for kind in kinds}


def test_the_key_has_no_mark_for_what_no_city_is():
    every = dot_map(CITIES[CITIES["adcode"] != "g"], SCORES, LABELS, NAMES)
    key = {text.get_text() for text in every.axes[0].get_legend().get_texts()}
    assert LABELS["unranked"] not in key
    assert LABELS["capability_synergy"] not in key
    assert LABELS["unit_digitalisation"] in key


def test_a_kilometre_is_as_long_either_way_in_the_middle_latitude():
    # Latitudes from 29 to 43 degrees: the middle is 36, and a degree of longitude there is
    # cos 36° = 0.8090 of a degree of latitude.
    assert dots_by_place().axes[0].get_aspect() == pytest.approx(1 / 0.8090, abs=1e-3)


@pytest.mark.parametrize("draw", [one_map, two_maps, dots_by_place])
def test_maps_are_the_same_twice(draw):
    assert is_reproducible(draw)


def test_no_two_provinces_share_a_tile_and_every_province_touches_another(real):
    places = real.reference_table("provinces")
    taken = set(zip(places["tile_column"], places["tile_row"], strict=True))
    assert len(taken) == len(places)
    for column, row in taken:
        around = {(column + i, row + j) for i in (-1, 0, 1) for j in (-1, 0, 1)} - {(column, row)}
        assert around & taken


@pytest.mark.parametrize("language", ["en", "zh_hant", "zh_hans"])
def test_every_province_and_region_has_a_name_in_every_language(real, language):
    places, labels = real.reference_table("provinces"), real.labels(language)
    assert set(places["province_en"]) | set(places["region"]) <= set(labels.index)
