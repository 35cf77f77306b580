from functools import cache

import pandas as pd
import pytest

from analysis.figures.inference import FITS, fit_dots, weights_dots

from .drawn import dots, is_reproducible, texts, words

WEIGHTS = pd.DataFrame(
    [
        ("domain", "economy", 0.4, 0.25, 0.125, 0.375),
        ("domain", "society", 0.6, 0.75, 0.625, 0.875),
        ("indicator", "patents", 1.0, 1.0, 1.0, 1.0),
    ],
    columns=["level", "code", "record", "weight", "low", "high"],
)
FIT = pd.DataFrame(
    [("domain", 0.5, 0.75, 0.625), ("indicator", 0.25, 0.875, -0.125)],
    columns=["level", "record_rho", "in_sample_rho", "out_of_sample_rho"],
)
LABELS = words(
    "economy", "society", "patents", "record_weight", "inferred_weight", "weight_axis", "fit_axis",
    "weights_of_domain", "weights_of_indicator", *FITS,
)  # fmt: skip


@cache
def weights():
    return weights_dots(WEIGHTS, "domain", LABELS)


@cache
def fits():
    return fit_dots(FIT, LABELS)


def test_weights_are_dots_in_percent_in_the_order_of_the_table():
    axes = weights().axes[0]
    assert dots(axes) == [(25, 0), (75, 1)]
    assert [text.get_text() for text in axes.get_yticklabels()] == ["<economy>", "<society>"]
    assert axes.yaxis_inverted()


def test_lines_reach_over_the_intervals():
    segments = weights().axes[0].collections[0].get_segments()
    assert [segment[:, 0].tolist() for segment in segments] == [[12.5, 37.5], [62.5, 87.5]]


def test_the_weights_of_record_are_ticks_with_their_name():
    axes = weights().axes[0]
    assert list(axes.lines[0].get_xdata()) == [40, 60]
    assert {LABELS["record_weight"], LABELS["inferred_weight"]} <= set(texts(axes.figure))


def test_only_the_level_asked_for_is_shown():
    assert dots(weights_dots(WEIGHTS, "indicator", LABELS).axes[0]) == [(100, 0)]


def test_marks_show_the_three_correlations_of_each_level():
    axes = fits().axes[0]
    marks = [line.get_xdata()[0] for line in axes.lines]
    assert marks == [0.5, 0.75, 0.625, 0.25, 0.875, -0.125]
    written = [text.get_text() for text in axes.texts]
    assert written == ["0.50", "0.75", "0.62", "0.25", "0.88", "−0.12"]
    assert {LABELS[name] for name in FITS} <= set(texts(axes.figure))
    assert axes.get_xlim()[0] < -0.125


def test_levels_are_named_from_the_top():
    axes = fits().axes[0]
    assert [text.get_text() for text in axes.get_yticklabels()] == [
        LABELS["weights_of_domain"], LABELS["weights_of_indicator"]
    ]  # fmt: skip
    assert axes.get_ylim()[0] > axes.get_ylim()[1]


@pytest.mark.parametrize("draw", [weights, fits])
def test_figures_of_inference_are_the_same_twice(draw):
    assert is_reproducible(draw)
