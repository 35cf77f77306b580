from functools import cache

import pandas as pd
import pytest
from matplotlib.colors import to_rgba

from analysis.figures import style
from analysis.figures.keys import place_ticks
from analysis.figures.published import agreement_bars, disagreement_dumbbells, rank_scatter

from .drawn import dots, is_reproducible, say, texts, words

PUBLISHED = pd.DataFrame(
    [
        (1, "a", "East", 2.0),
        (2, "b", "West", 1.0),
        (3, "c", "Central", 100.0),
        (4, "d", "Northeast", None),
    ],
    columns=["rank", "adcode", "region", "open_rank"],
)
DISAGREEMENTS = pd.DataFrame(
    {
        "adcode": ["c", "a", "b"],
        "rank": [3, 1, 2],
        "open_rank": [100, 2, 1],
        "difference": [97, 1, -1],
    }
)
AGREEMENT = pd.DataFrame(
    [
        ("index", "spearman", 0.75, 0.625, 0.875),
        ("index", "kendall", 0.5, 0.25, 0.75),
        ("index", "common", 81.0, None, None),
        ("gdp", "spearman", 0.7, 0.6, 0.8),
        ("gdp", "kendall", 0.55, 0.45, 0.65),
        ("gdp", "common", 86.0, None, None),
    ],
    columns=["yardstick", "statistic", "estimate", "low", "high"],
)
NAMES = pd.Series({adcode: f"city {adcode}" for adcode in "abcd"})
LABELS = words(
    *style.REGION_MARKERS, "published_place", "open_place", "unranked", "higher_in_open",
    "lower_in_open", "place_axis", "open_index", "gdp_alone", "spearman", "kendall",
    "correlation_axis",
)  # fmt: skip


@cache
def scatter():
    return rank_scatter(PUBLISHED, DISAGREEMENTS, LABELS, say, NAMES)


@cache
def dumbbells():
    return disagreement_dumbbells(DISAGREEMENTS, LABELS, NAMES, number=2)


@cache
def bars():
    return agreement_bars(AGREEMENT, LABELS)


def test_a_mark_stands_at_both_places_and_the_unranked_city_below_all():
    # The last open-data place is 100; the edge lies seven percent beyond it.
    x, y = zip(*sorted(dots(scatter().axes[0])), strict=True)
    assert x == (1, 2, 3, 4)
    assert y == pytest.approx((2, 1, 100, 107))


def test_the_unranked_city_is_hollow_and_named():
    axes = scatter().axes[0]
    hollow = [m for m in axes.collections if tuple(m.get_facecolor()[0]) == to_rgba(style.PAPER)]
    assert [dot for marks in hollow for dot in marks.get_offsets().tolist()] == [[4, 107]]
    assert {"city d", LABELS["unranked"]} <= set(texts(axes.figure))


def test_without_unranked_cities_there_is_no_edge():
    figure = rank_scatter(PUBLISHED.head(3), DISAGREEMENTS, LABELS, say, NAMES)
    assert LABELS["unranked"] not in texts(figure)


def test_the_diagonal_joins_equal_places():
    line = scatter().axes[0].lines[0]
    assert list(line.get_xdata()) == list(line.get_ydata()) == [1, 4]


def test_both_sides_of_the_diagonal_are_explained():
    shown = set(texts(scatter()))
    assert {f"↗ {LABELS['higher_in_open']}", f"↙ {LABELS['lower_in_open']}"} <= shown


def test_half_of_the_cities_lie_on_the_band_round_the_diagonal():
    figure = scatter()
    # The differences are 1, 1 and 97: their median is 1.
    assert "<half_within: 1.0>" in texts(figure)
    edge = figure.axes[0].collections[0].get_paths()[0].vertices
    assert {(1, 0), (1, 2), (4, 3), (4, 5)} <= {tuple(point) for point in edge.tolist()}


def test_a_dumbbell_joins_the_two_places_of_a_city():
    axes = dumbbells().axes[0]
    lines, rings, marks = axes.collections
    ends = [segment[:, 0].tolist() for segment in lines.get_segments()]
    assert ends == [[3, 100], [1, 2]]
    assert rings.get_offsets().tolist() == [[3, 0], [1, 1]]
    assert marks.get_offsets().tolist() == [[100, 0], [2, 1]]


def test_differences_carry_a_sign_and_stand_beyond_the_dot():
    figure = disagreement_dumbbells(DISAGREEMENTS, LABELS, NAMES)
    written = {text.get_text(): text.get_ha() for text in figure.axes[0].texts}
    assert written == {"+97": "left", "+1": "left", "−1": "right"}


def test_only_the_largest_disagreements_are_shown_and_named():
    labels = [label.get_text() for label in dumbbells().axes[0].get_yticklabels()]
    assert labels == ["city c", "city a"]


def test_ring_and_dot_are_explained():
    assert {LABELS["published_place"], LABELS["open_place"]} <= set(texts(dumbbells()))


def test_a_bar_reaches_to_the_estimate_and_a_line_over_the_interval():
    axes = bars().axes[0]
    assert [bar.get_width() for bar in axes.patches] == [0.75, 0.7, 0.5, 0.55]
    segments = [
        m.get_segments()[0][:, 0].tolist() for m in axes.collections if hasattr(m, "get_segments")
    ]
    assert segments[1::2] == [[0.625, 0.875], [0.6, 0.8], [0.25, 0.75], [0.45, 0.65]]


def test_bars_carry_yardstick_and_estimate():
    written = [text.get_text() for text in bars().axes[0].texts]
    index, gdp = LABELS["open_index"], LABELS["gdp_alone"]
    assert written == [index, "0.75", gdp, "0.70", index, "0.50", gdp, "0.55"]


def test_places_begin_with_the_first():
    assert place_ticks(45, 20) == [1, 20, 40]


@pytest.mark.parametrize("draw", [scatter, dumbbells, bars])
def test_figures_of_agreement_are_the_same_twice(draw):
    assert is_reproducible(draw)
