from functools import cache

import pandas as pd
import pytest

from analysis.figures.weights import weight_against_importance, weights_by_method

from .drawn import dots, is_reproducible, texts, words

WEIGHTS = pd.DataFrame(
    [
        ("domain", "x", "equal", 0.5),
        ("domain", "y", "equal", 0.5),
        ("measure", "a", "equal", 1.0),
        ("domain", "x", "entropy", 0.75),
        ("domain", "y", "entropy", 0.25),
        ("measure", "a", "entropy", 1.0),
        ("domain", "x", "critic", 0.375),
        ("domain", "y", "critic", 0.625),
        ("measure", "a", "critic", 1.0),
    ],
    columns=["level", "code", "method", "weight"],
)
SHIFTS = pd.Series({"entropy": 23.88, "critic": 7.0})
IMPORTANCE = pd.DataFrame(
    [
        ("domain", "x", 0.5, 0.25, 0.31),
        ("domain", "y", 0.5, 0.75, 0.93),
        ("subdomain", "p", 0.5, 0.5, 0.9),
        ("subdomain", "q", 0.25, 0.125, 0.1),
        ("subdomain", "r", 0.25, 0.375, 0.5),
        ("measure", "a", 1.0, 1.0, 1.0),
    ],
    columns=["level", "code", "nominal", "share", "importance"],
)
LABELS = words(
    *"xypqr", "weights_equal", "weights_entropy", "weights_critic", "weight_axis", "domains",
    "subdomains", "share_of_level", "nominal_weight", "importance", "explains", "places",
)  # fmt: skip


@cache
def by_method():
    return weights_by_method(WEIGHTS, SHIFTS, LABELS)


@cache
def against():
    return weight_against_importance(IMPORTANCE, LABELS)


def test_every_other_method_has_a_panel_of_dots_in_percent():
    axes = by_method().axes
    assert [panel.get_title(loc="left") for panel in axes] == [
        "<weights_entropy>\n23.9 <places>", "<weights_critic>\n7.0 <places>",
    ]  # fmt: skip
    assert [dots(panel) for panel in axes] == [
        [(75, 0), (25, 1)], [(37.5, 0), (62.5, 1)],
    ]  # fmt: skip
    assert [text.get_text() for text in axes[0].texts] == ["75", "25"]


def test_the_first_method_is_a_tick_in_every_panel():
    figure = by_method()
    for panel in figure.axes:
        ticks = panel.collections[1].get_segments()
        assert [segment[:, 0].tolist() for segment in ticks] == [[50, 50], [50, 50]]
    assert LABELS["weights_equal"] in texts(figure)


def test_nodes_keep_their_order_from_the_top():
    axes = by_method().axes[0]
    assert [text.get_text() for text in axes.get_yticklabels()] == ["<x>", "<y>"]
    assert axes.yaxis_inverted()


def test_rings_mark_the_weight_and_dots_the_importance_in_the_order_of_the_framework():
    domains, subdomains = against().axes
    assert dots(domains) == [(50, 0), (50, 1), (75, 0), (25, 1)]
    assert dots(subdomains)[:3] == [(25, 0), (25, 1), (50, 2)]
    assert dots(subdomains)[3:] == [(37.5, 0), (12.5, 1), (50, 2)]
    names = [text.get_text() for text in subdomains.get_yticklabels()]
    assert names == ["<r>", "<q>", "<p>"]
    assert [text.get_text() for text in subdomains.texts] == ["50 %", "10 %", "90 %"]


def test_rings_and_dots_are_named():
    shown = texts(against())
    assert {LABELS[key] for key in ("nominal_weight", "importance", "share_of_level")} <= set(shown)


@pytest.mark.parametrize("draw", [by_method, against])
def test_figures_of_weights_are_the_same_twice(draw):
    assert is_reproducible(draw)
