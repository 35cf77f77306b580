from functools import cache

import pandas as pd
import pytest
from matplotlib.colors import to_rgba

from analysis.figures import economy, style
from analysis.figures.economy import (
    above_below,
    fit_comparison,
    per_head_scatter,
    place_scatter,
    size_scatter,
)

from .drawn import dots, is_reproducible, texts, words

# By the power shape with intercept 0 and slope 0.5 the expected index is the root of GDP.
FITS = pd.DataFrame(
    [
        ("linear", 20.0, 0.005, 0.70, 8.04, "0"),
        ("log_linear", -50.0, 12.0, 0.76, 6.5, "0"),
        ("power", 0.0, 0.5, 0.814, 6.0, "1"),
    ],
    columns=["shape", "intercept", "slope", "r_squared", "prediction_error", "best"],
)
SIZES = [400.0, 2500.0, 900.0, 1600.0, 3600.0, 1225.0]
DIFFERENCES = [10.0, 6.0, 2.0, -1.0, -5.0, -9.5]
CITIES = pd.DataFrame(
    {
        "adcode": list("abcdef"),
        "gdp": SIZES,
        "gdp_per_head": [50000.0, 90000.0, 40000.0, None, 120000.0, 60000.0],
        "index": [30.0, 56.0, 32.0, 39.0, 55.0, 25.5],
        "difference": DIFFERENCES,
    }
)
SCORES = pd.DataFrame(
    {"adcode": list("abcdef"), "region": ["East", "East", "West", "Central", "Northeast", "West"]}
)
PUBLISHED = pd.DataFrame(
    {
        "rank": [1, 2, 3, 4],
        "adcode": ["e", "a", "b", "x"],
        "region": ["Northeast", "East", "East", "West"],
    }
)
NAMES = pd.Series({adcode: f"city {adcode}" for adcode in "abcdefx"})
NAMED = CITIES.assign(name="city " + CITIES["adcode"])
LABELS = words(
    *style.REGION_MARKERS, *FITS["shape"], "gdp_axis_log", "gdp_per_head_axis_log", "index_axis",
    "prediction_error_title", "r_squared_title", "difference_axis", "published_place", "gdp_place",
    "lower_than_size", "higher_than_size",
)  # fmt: skip


@cache
def size():
    return size_scatter(SCORES, NAMED, FITS, LABELS)


@cache
def per_head():
    return per_head_scatter(CITIES.merge(SCORES, on="adcode"), LABELS, NAMES)


@cache
def comparison():
    return fit_comparison(FITS, LABELS)


@pytest.fixture(autouse=True)
def two_on_either_side(monkeypatch):
    monkeypatch.setattr(economy, "FARTHEST", 2)


@cache
def off_the_curve():
    return above_below(CITIES, LABELS, NAMES)


@cache
def places():
    return place_scatter(PUBLISHED, CITIES, LABELS, NAMES)


def test_a_mark_stands_at_gdp_and_index():
    axes = size().axes[0]
    assert sorted(dots(axes)) == sorted(zip(SIZES, CITIES["index"], strict=True))
    assert axes.get_xscale() == "log"


def test_the_best_shape_is_thickest_and_passes_where_its_formula_says():
    lines = size().axes[0].lines
    thick = max(lines, key=lambda line: line.get_linewidth())
    x, y = thick.get_xdata(), thick.get_ydata()
    assert len(lines) == 3
    assert (x[0], x[-1]) == pytest.approx((400, 3600))
    # The root of 400 is 20, the root of 3600 is 60.
    assert (y[0], y[-1]) == pytest.approx((20, 60))


def test_a_curve_ends_where_it_leaves_the_scale_of_the_index():
    steep = FITS.assign(slope=[0.05, 12.0, 0.5])
    figure = size_scatter(SCORES, NAMED, steep, LABELS)
    line = figure.axes[0].lines[0]
    # 20 + 0.05 GDP reaches 100 at 1600.
    assert max(line.get_ydata()) <= 100
    assert max(line.get_xdata()) == pytest.approx(1600, rel=0.02)


def test_curves_and_outlying_cities_are_named():
    found = texts(size())
    assert {LABELS[shape] for shape in FITS["shape"]} <= set(found)
    assert {f"city {adcode}" for adcode in "abcdef"} <= set(found)


def test_a_city_without_gdp_per_head_is_left_out():
    assert sorted(dots(per_head().axes[0])) == [
        (40000, 32), (50000, 30), (60000, 25.5), (90000, 56), (120000, 55),
    ]  # fmt: skip


def test_a_city_that_leads_both_ways_is_named_once():
    assert texts(per_head()).count("city e") == 1


def test_bars_of_shapes_show_error_and_explained_variance():
    error, explained = comparison().axes
    assert [bar.get_width() for bar in error.patches] == [8.04, 6.5, 6.0]
    assert [text.get_text() for text in error.texts] == ["8.0", "6.5", "6.0"]
    assert [text.get_text() for text in explained.texts] == ["0.70", "0.76", "0.81"]
    assert error.get_title(loc="left") == LABELS["prediction_error_title"]


def test_only_the_best_shape_is_dark():
    dark = [bar.get_facecolor() == to_rgba(style.ACCENT) for bar in comparison().axes[0].patches]
    assert dark == [False, False, True]


def test_the_two_ends_of_the_differences_are_bars_with_numbers_and_names():
    axes = off_the_curve().axes[0]
    assert [bar.get_width() for bar in axes.patches] == [10.0, 6.0, -5.0, -9.5]
    assert [text.get_text() for text in axes.texts] == [
        "+10.0", "city a", "+6.0", "city b", "−5.0", "city e", "−9.5", "city f",
    ]  # fmt: skip


def test_a_name_stands_on_the_free_side_of_the_zero_line():
    above, below = (off_the_curve().axes[0].texts[number] for number in (1, 7))
    assert (above.get_ha(), below.get_ha()) == ("right", "left")


def test_places_by_gdp_are_counted_among_the_published_cities():
    # GDP of e 3600, b 2500, a 400: places 1, 2, 3; x has no GDP and is left out.
    assert sorted(dots(places().axes[0])) == [(1, 1), (2, 3), (3, 2)]


def test_the_first_places_stand_top_left():
    axes = places().axes[0]
    assert axes.yaxis_inverted()
    assert not axes.xaxis_inverted()


@pytest.mark.parametrize("draw", [size, per_head, comparison, off_the_curve, places])
def test_figures_of_the_economy_are_the_same_twice(draw):
    assert is_reproducible(draw)


def test_every_word_comes_from_the_labels():
    axes_words = {"gdp_per_head_axis_log", "index_axis", *style.REGION_MARKERS}
    assert {LABELS[key] for key in axes_words} <= set(texts(per_head()))
    sides = {f"↗ {LABELS['lower_than_size']}", f"↙ {LABELS['higher_than_size']}"}
    assert sides <= set(texts(places()))
    assert LABELS["difference_axis"] in texts(off_the_curve())
