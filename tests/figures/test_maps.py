from functools import cache

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_rgb

from analysis.figures import style
from analysis.figures.maps import as_number, broken, tile_map, two_tile_maps

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
LABELS = words(
    "North", "South", "cities", "published_cities", "open_cities",
)  # fmt: skip


@cache
def one_map():
    return tile_map(PROVINCES, PLACES, "cities", LABELS, say)


@cache
def two_maps():
    return two_tile_maps(PROVINCES, PLACES, LABELS, say)


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


@pytest.mark.parametrize("draw", [one_map, two_maps])
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
