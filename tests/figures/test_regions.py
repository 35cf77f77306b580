from functools import cache

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_rgba

from analysis.figures import style
from analysis.figures.regions import province_bars, share_bars

from .drawn import is_reproducible, texts, words

REGIONS = pd.DataFrame(
    {
        "region": ["East", "West"],
        "cities_share": [0.25, 0.75],
        "published_share": [0.6, 0.4],
        "open_share": [0.5, 0.5],
    }
)
PROVINCES = pd.DataFrame(
    {
        "province": ["South", "North"],
        "cities": [9, 3],
        "published_cities": [4, 1],
        "open_cities": [2, 1],
    }
)
LABELS = words(
    "East", "West", "cities_share", "published_share", "open_share", "North", "South",
    "number_of_cities", "published_cities", "open_cities", "all_cities",
)  # fmt: skip


@cache
def shares():
    return share_bars(REGIONS, LABELS)


@cache
def provinces():
    return province_bars(PROVINCES, LABELS)


def test_without_a_published_list_no_ring_is_drawn_or_named():
    axes = province_bars(PROVINCES.assign(published_cities=np.nan), LABELS).axes[0]
    named = [text.get_text() for text in axes.get_legend().get_texts()]
    assert named == [LABELS["open_cities"], LABELS["all_cities"]]
    assert len(axes.collections) == 1


def test_a_bar_is_as_long_as_the_share():
    widths = [bar.get_width() for bar in shares().axes[0].patches]
    assert widths == [0.25, 0.75, 0.6, 0.4, 0.5, 0.5]


def test_shares_are_written_in_percent_and_named_once():
    written = [text.get_text() for text in shares().axes[0].texts]
    assert written == [
        f"25 %  {LABELS['cities_share']}", "75 %",
        f"60 %  {LABELS['published_share']}", "40 %",
        f"50 %  {LABELS['open_share']}", "50 %",
    ]  # fmt: skip


def test_the_first_region_stands_on_top():
    axes = shares().axes[0]
    assert [label.get_text() for label in axes.get_yticklabels()] == [
        LABELS["East"],
        LABELS["West"],
    ]
    assert axes.yaxis_inverted()


def test_an_edition_without_published_list_shows_two_shares():
    figure = share_bars(REGIONS.assign(published_share=np.nan), LABELS)
    assert len(figure.axes[0].patches) == 4
    assert not any(LABELS["published_share"] in text for text in texts(figure))


def test_a_province_has_a_bar_a_ring_and_a_dot():
    axes = provinces().axes[0]
    assert [bar.get_width() for bar in axes.patches] == [9, 3]
    rings, dots = axes.collections
    assert rings.get_offsets().tolist() == [[4, 0], [1, 1]]
    assert dots.get_offsets().tolist() == [[2, 0], [1, 1]]
    assert rings.get_sizes()[0] > dots.get_sizes()[0]


def test_rings_and_dots_have_the_colours_of_their_evidence():
    rings, dots = provinces().axes[0].collections
    assert tuple(rings.get_edgecolor()[0]) == to_rgba(style.EVIDENCE_COLOURS["published"])
    assert tuple(dots.get_facecolor()[0]) == to_rgba(style.EVIDENCE_COLOURS["open"])


def test_the_words_come_from_the_labels():
    expected = [
        "North",
        "South",
        "number_of_cities",
        "published_cities",
        "open_cities",
        "all_cities",
    ]
    assert {LABELS[key] for key in expected} <= set(texts(provinces()))


@pytest.mark.parametrize("draw", [shares, provinces])
def test_figures_of_regions_are_the_same_twice(draw):
    assert is_reproducible(draw)
