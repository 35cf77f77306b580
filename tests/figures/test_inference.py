import pandas as pd
import pytest

from analysis.figures.inference import FITS, fit_bars, weights_dots

from .drawn import dots, is_reproducible, words

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
    "economy", "society", "patents", "record_weight", "weight_axis", "fit_axis",
    "weights_of_domain", "weights_of_indicator", *FITS,
)  # fmt: skip


def weights():
    return weights_dots(WEIGHTS, "domain", LABELS)


def bars():
    return fit_bars(FIT, LABELS)


def test_weights_are_dots_in_percent_with_the_largest_on_top():
    axes = weights().axes[0]
    assert dots(axes) == [(25, 0), (75, 1)]
    assert [text.get_text() for text in axes.get_yticklabels()] == ["<economy>", "<society>"]
    assert axes.get_ylim()[0] < axes.get_ylim()[1]


def test_lines_reach_over_the_intervals():
    segments = weights().axes[0].collections[0].get_segments()
    assert [segment[:, 0].tolist() for segment in segments] == [[12.5, 37.5], [62.5, 87.5]]


def test_the_weights_of_record_are_ticks_with_their_name():
    axes = weights().axes[0]
    assert list(axes.lines[0].get_xdata()) == [40, 60]
    (name,) = axes.get_legend().get_texts()
    assert name.get_text() == LABELS["record_weight"]


def test_only_the_level_asked_for_is_shown():
    assert dots(weights_dots(WEIGHTS, "indicator", LABELS).axes[0]) == [(100, 0)]


def test_bars_show_the_three_correlations_of_each_level():
    axes = bars().axes[0]
    assert [bar.get_width() for bar in axes.patches] == [0.5, 0.75, 0.625, 0.25, 0.875, -0.125]
    written = [text.get_text() for text in axes.texts]
    assert written[1::2] == ["0.50", "0.75", "0.62", "0.25", "0.88", "−0.12"]
    assert written[0::2] == [LABELS[name] for name in FITS] * 2


def test_levels_are_named_from_the_top():
    axes = bars().axes[0]
    assert [text.get_text() for text in axes.get_yticklabels()] == [
        LABELS["weights_of_domain"], LABELS["weights_of_indicator"]
    ]  # fmt: skip
    assert axes.get_ylim()[0] > axes.get_ylim()[1]


@pytest.mark.parametrize("draw", [weights, bars])
def test_figures_of_inference_are_the_same_twice(draw):
    assert is_reproducible(draw)
