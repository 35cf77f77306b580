from functools import cache

import pandas as pd
import pytest
from matplotlib.patches import Rectangle

from analysis.figures import style
from analysis.figures.audit import (
    correlation_map,
    frontier_scatter,
    rank_difference_bars,
)

from .drawn import dots, is_reproducible, texts, words

CORRELATIONS = pd.DataFrame(
    [
        ("subdomain", "p", "x", 1, 0.9),
        ("subdomain", "p", "y", 0, -0.25),
        ("subdomain", "q", "x", 0, 0.3),
        ("subdomain", "q", "y", 1, 1.0),
        ("subdomain", "p", "index", 1, 0.7),
        ("subdomain", "q", "index", 1, 0.5),
        ("measure", "a", "x", 1, 0.8),
    ],
    columns=["level", "code", "above", "own", "correlation"],
)
CLASSES = ["0", "1-4", "5-9", "10-19", "20-29", "30+"]
ADDED = pd.DataFrame(
    {
        "code": ["x"] * 6 + ["y"] * 6,
        "difference": CLASSES * 2,
        "share": [0.02, 0.08, 0.1, 0.1, 0.2, 0.5, 0.0, 0.25, 0.25, 0.25, 0.125, 0.125],
    }
)
FRONTIER = pd.DataFrame(
    {
        "adcode": list("abcdef"),
        "index": [80.0, 60.0, 50.0, 40.0, 30.0, 20.0],
        "frontier": [1.0, 0.8, 0.7, 0.8, 0.6, 0.4],
    }
)
SCORES = pd.DataFrame(
    {"adcode": list("abcdef"), "region": ["East", "East", "West", "Central", "Northeast", "West"]}
)
NAMES = pd.Series({adcode: f"city {adcode}" for adcode in "abcdef"})
LABELS = words(
    *"xypq", "x_short", "y_short", "index_short", "share_of_cities", "places_apart",
    "index_relative_axis", "frontier_axis", *style.REGION_MARKERS,
)  # fmt: skip


@cache
def mapped():
    return correlation_map(CORRELATIONS, LABELS)


@cache
def bars():
    return rank_difference_bars(ADDED, LABELS)


@cache
def scatter():
    return frontier_scatter(FRONTIER, SCORES, LABELS, NAMES)


def test_every_correlation_of_a_subdomain_is_a_cell_with_its_number():
    axes = mapped().axes[0]
    assert [text.get_text() for text in axes.texts] == [
        "0.90", "−0.25", "0.70", "0.30", "1.00", "0.50",
    ]  # fmt: skip
    assert axes.collections[0].get_array().tolist() == [[0.9, -0.25, 0.7], [0.3, 1.0, 0.5]]


def test_the_own_domain_is_framed():
    frames = [patch for patch in mapped().axes[0].patches if isinstance(patch, Rectangle)]
    assert [frame.get_xy() for frame in frames] == [(0, 0), (1, 1)]


def test_rows_and_columns_of_the_map_are_named():
    axes = mapped().axes[0]
    assert [text.get_text() for text in axes.get_yticklabels()] == ["<p>", "<q>"]
    assert [text.get_text() for text in axes.get_xticklabels()] == [
        "<x_short>", "<y_short>", "<index_short>",
    ]  # fmt: skip


def test_pieces_of_the_bars_are_the_shares_in_the_order_of_the_framework():
    axes = bars().axes[0]
    assert [text.get_text() for text in axes.get_yticklabels()] == ["<x>", "<y>"]
    widths = [[bar.get_width() for bar in pieces] for pieces in axes.containers]
    assert [pair[1] for pair in widths] == pytest.approx([0, 25, 25, 25, 12.5, 12.5])
    ends = [bar.get_x() + bar.get_width() for bar in axes.containers[-1]]
    assert ends == pytest.approx([100, 100])
    assert axes.yaxis_inverted()


def test_narrow_pieces_have_no_number():
    shown = texts(bars())
    assert "8" in shown
    assert "2" not in shown


def test_every_class_is_named_in_the_key():
    legend = bars().legends[0]
    words_shown = [text.get_text() for text in legend.get_texts()]
    assert words_shown == ["0", "1–4", "5–9", "10–19", "20–29", "30+"]
    assert legend.get_title().get_text() == f"{LABELS['places_apart']}:"


def test_both_axes_are_in_percent_of_the_best_city():
    assert sorted(dots(scatter().axes[0])) == [
        (25, 40), (37.5, 60), (50, 80), (62.5, 70), (75, 80), (100, 100),
    ]  # fmt: skip


def test_the_diagonal_is_where_own_weights_gain_nothing():
    line = scatter().axes[0].lines[0]
    assert list(line.get_xdata()) == list(line.get_ydata())


def test_no_city_is_named_twice():
    shown = [text for text in texts(scatter()) if text.startswith("city")]
    assert sorted(shown) == [f"city {adcode}" for adcode in "abcdef"]


@pytest.mark.parametrize("draw", [mapped, bars, scatter])
def test_figures_of_the_audit_are_the_same_twice(draw):
    assert is_reproducible(draw)
