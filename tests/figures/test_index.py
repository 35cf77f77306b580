from functools import cache

import pandas as pd
import pytest

from analysis.figures.index import score_curve, treatment_dots

from .drawn import dots, is_reproducible, say, texts, words

TREATMENT = pd.DataFrame(
    [
        ("patents", 7.0, "log", 1.0, "1"),
        ("broadband", 3.0, "winsorised", 1.5, "1"),
        ("payment", 0.5, "none", 0.5, "1"),
        ("sewage", -4.0, "log", -11.0, "0"),
    ],
    columns=["measure", "skewness_before", "method", "skewness_after", "passes"],
)
LABELS = words(
            *TREATMENT["measure"], "skewness", "before_treatment", "after_none",
            "after_winsorised", "after_log", "still_failing", "open_place", "open_score",
)  # fmt: skip
SCORES = pd.DataFrame(
    {
        "name": [f"city {letter}" for letter in "abcdef"],
        "rank": range(1, 7),
        "score": [90.0, 84.0, 80.0, 69.0, 61.0, 50.0],
        "tier": [
            "ecosystem_innovation",
            "capability_synergy",
            "capability_synergy",
            "unit_digitalisation",
            "unit_digitalisation",
            "below_published_range",
        ],
    }
)
BANDS = pd.DataFrame(
    [
        ("ecosystem_innovation", 85.0, None),
        ("capability_synergy", 70.0, 85.0),
        ("unit_digitalisation", 60.0, 70.0),
        ("below_published_range", None, 60.0),
    ],
    columns=["tier", "minimum", "maximum"],
)


@cache
def curve():
    labels = pd.concat([LABELS, words(*BANDS["tier"])])
    return score_curve(SCORES, BANDS, labels, say)


@cache
def treatment():
    return treatment_dots(TREATMENT, 2.0, LABELS, say)


def marks(figure):
    """Dots by the word of the key that explains them."""
    axes = figure.axes[0]
    return {
        group.get_label(): [tuple(point) for point in group.get_offsets()]
        for group in axes.collections
        if group.get_label().startswith("<")
    }


def test_measures_are_sorted_by_skewness_with_the_most_skewed_on_top():
    names = [tick.get_text() for tick in treatment().axes[0].get_yticklabels()]
    assert names == ["<sewage>", "<payment>", "<broadband>", "<patents>"]


def test_each_method_has_its_own_mark_and_the_untreated_have_no_mark_before():
    # Rows from below: sewage 0, payment 1, broadband 2, patents 3.
    assert marks(treatment()) == {
        "<before_treatment>": [(-4, 0), (3, 2), (7, 3)],
        "<after_log>": [(-11, 0), (1, 3)],
        "<after_winsorised>": [(1.5, 2)],
        "<after_none>": [(0.5, 1)],
        "<still_failing>": [(-11, 0)],
    }


def test_nothing_is_crossed_out_if_every_measure_passes():
    passing = TREATMENT.assign(passes="1")
    assert "<still_failing>" not in texts(treatment_dots(passing, 2.0, LABELS, say))


def test_a_method_that_no_measure_needed_is_not_in_the_key():
    untreated = TREATMENT[TREATMENT["method"] == "none"]
    assert "<after_log>" not in texts(treatment_dots(untreated, 2.0, LABELS, say))


def test_the_limit_is_shaded_and_named():
    figure = treatment()
    shade = figure.axes[0].patches[0]
    assert (shade.get_x(), shade.get_width()) == (-2, 4)
    assert "<within_limit: 2>" in texts(figure)


def test_every_ranked_city_has_a_dot_at_its_place_and_score():
    assert sorted(dots(curve().axes[0])) == list(zip(SCORES["rank"], SCORES["score"], strict=True))


def test_the_five_leading_cities_are_named_and_no_other():
    shown = texts(curve())
    assert {"city a", "city b", "city c", "city d", "city e"} <= set(shown)
    assert "city f" not in shown


def test_bands_are_named_with_their_numbers_of_cities_above_a_line_at_their_limits():
    figure = curve()
    assert {
        "<tier_with_count: <ecosystem_innovation> 1>",
        "<tier_with_count: <capability_synergy> 2>",
        "<tier_with_count: <unit_digitalisation> 2>",
        "<tier_with_count: <below_published_range> 1>",
    } <= set(texts(figure))  # fmt: skip
    assert [line.get_ydata()[0] for line in figure.axes[0].lines] == pytest.approx([85, 70, 60])


def test_the_step_behind_the_highest_band_has_a_bracket_with_its_height():
    axes = curve().axes[0]
    assert "−6.0" in texts(axes.figure)  # from 90 to 84
    bracket = next(m for m in axes.collections if hasattr(m, "get_segments"))
    assert bracket.get_segments()[0].tolist() == [[1.5, 84], [1.5, 90]]


def test_axes_are_named_by_the_labels():
    assert {"<open_place>", "<open_score>"} <= set(texts(curve()))
    assert "<skewness>" in texts(treatment())


def test_the_same_frame_gives_the_same_bytes():
    assert is_reproducible(curve)
    assert is_reproducible(treatment)
