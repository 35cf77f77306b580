from functools import cache

import pandas as pd
import pytest
from matplotlib.patches import StepPatch

from analysis.figures.reconstruction import reconstructed_curve

from .drawn import dots, is_reproducible, texts, words

TIERS = pd.DataFrame(
    {
        "tier": ["ecosystem_innovation", "unit_digitalisation", "below_published_range"],
        "minimum": [85.0, 60.0, None],
        "maximum": [None, 85.0, 60.0],
    }
)
RECONSTRUCTED = pd.DataFrame(
    {
        "rank": [1, 2, 3, 4],
        "adcode": list("abcd"),
        "name": [f"city {letter}" for letter in "abcd"],
        "score": [92.0, 92.0, 70.0, 65.0],
        "low": [85, 85, 60, 60],
        "high": [100, 100, 85, 85],
    }
)
PUBLISHED = pd.DataFrame({"adcode": list("abcd"), "score": [90.0, 94.0, 70.0, None]})
LABELS = words(
    "published_place", "score", "open_score", "reconstructed_score", "ecosystem_innovation",
    "unit_digitalisation",
)  # fmt: skip


@cache
def curve():
    return reconstructed_curve(RECONSTRUCTED, PUBLISHED, TIERS, LABELS)


def test_every_place_has_a_level_step_broken_between_the_bands():
    steps = [patch.get_data() for patch in curve().axes[0].findobj(StepPatch)]
    assert [list(step.values) for step in steps] == [[92, 92], [70, 65]]
    assert [list(step.edges) for step in steps] == [[0.5, 1.5, 2.5], [2.5, 3.5, 4.5]]


def test_open_data_scores_are_dots_and_a_city_without_one_has_none():
    assert dots(curve().axes[0]) == [(1, 90), (2, 94), (3, 70)]


def test_a_line_ties_each_dot_to_its_step():
    ties = curve().axes[0].collections[0].get_segments()
    assert [tie[:, 1].tolist() for tie in ties] == [[90, 92], [94, 92], [70, 70]]


def test_cities_pulled_farthest_are_named():
    assert {"city a", "city b"} <= set(texts(curve()))
    assert "city d" not in texts(curve())


def test_bands_are_named_and_their_limits_are_ticks():
    axes = curve().axes[0]
    assert {LABELS["ecosystem_innovation"], LABELS["unit_digitalisation"]} <= set(
        texts(axes.figure)
    )
    assert axes.get_yticks().tolist() == [60, 85, 100]


def test_steps_and_dots_are_explained():
    assert {LABELS["reconstructed_score"], LABELS["open_score"]} <= set(texts(curve()))


@pytest.mark.parametrize("draw", [curve])
def test_figures_of_reconstruction_are_the_same_twice(draw):
    assert is_reproducible(draw)
