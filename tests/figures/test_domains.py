from functools import cache

import pandas as pd
import pytest

from analysis.figures import domains

from .drawn import dots, is_reproducible, texts, words

# Medians: economy 30, people 60.
SCORES = pd.DataFrame({"economy": [10.0, 30.0, 80.0], "people": [50.0, 60.0, 90.0]})
TABLE = pd.DataFrame(
    [
        ("set", "ranked", "economy", 30.0, 0.8),
        ("set", "ranked", "people", 60.0, 0.4),
        ("set", "open", "economy", 40.0, 0.5),
        ("set", "open", "people", 70.0, 0.25),
        ("set", "published", "economy", 41.0, 0.45),
        ("set", "published", "people", 69.0, 0.3),
        ("region", "East", "economy", 50.0, 0.5),
        ("region", "West", "economy", 20.0, 0.5),
        ("region", "East", "people", 70.0, 0.5),
        ("region", "West", "people", 55.0, 0.5),
        ("tier", "ecosystem_innovation", "economy", 90.0, 0.1),
        ("tier", "below_published_range", "economy", 15.0, 0.1),
        ("tier", "ecosystem_innovation", "people", 95.0, 0.1),
        ("tier", "below_published_range", "people", 40.0, 0.1),
    ],
    columns=["kind", "group", "domain", "mean", "variation"],
)
LABELS = words(
    "economy", "people", "domain_axis", "mean_domain_axis", "variation", "published_cities",
    "open_cities", "ranked_cities", "East", "West", "ecosystem_innovation", "below_published_range",
)  # fmt: skip


@cache
def spread():
    return domains.spread(SCORES, ["people", "economy"], LABELS)


@cache
def variation():
    return domains.variation_bars(TABLE, LABELS)


def row_names(figure):
    return [tick.get_text() for tick in figure.axes[0].get_yticklabels()]


def test_the_first_domain_is_on_top():
    assert row_names(spread()) == ["<economy>", "<people>"]


def test_every_city_is_a_dot_in_every_domain():
    assert sorted(x for x, _ in dots(spread().axes[0])) == [10, 30, 50, 60, 80, 90]


def test_a_city_without_a_value_in_a_domain_has_no_dot_there():
    gap = SCORES.assign(economy=[10.0, None, 80.0])
    figure = domains.spread(gap, ["people", "economy"], LABELS)
    assert sorted(x for x, _ in dots(figure.axes[0])) == [10, 50, 60, 80, 90]


def test_dots_of_a_row_stay_in_their_lane():
    offsets = domains.jitter(100)
    assert offsets.min() >= -1
    assert offsets.max() <= 1
    assert len(set(offsets)) == 100


def test_bars_show_the_variation_of_each_set_in_the_order_of_the_framework():
    figure = variation()
    assert row_names(figure) == ["<people>", "<economy>"]
    # Published, open, ranked; each for people, then economy.
    widths = [bar.get_width() for bar in figure.axes[0].patches]
    assert widths == pytest.approx([0.3, 0.45, 0.25, 0.5, 0.4, 0.8])


def test_bars_are_named_by_their_set_and_carry_their_value():
    shown = set(texts(variation()))
    assert {"<published_cities>", "<open_cities>", "<ranked_cities>"} <= shown
    assert {"0.30", "0.45", "0.25", "0.50", "0.40", "0.80"} <= shown


def test_an_edition_without_a_published_list_has_two_bars_per_domain():
    open_only = TABLE[TABLE["group"] != "published"]
    figure = domains.variation_bars(open_only, LABELS)
    assert len(figure.axes[0].patches) == 4
    assert "<published_cities>" not in texts(figure)


def test_a_region_profile_has_a_mark_per_region_and_domain_in_the_order_of_the_framework():
    figure = domains.region_profile(TABLE, LABELS)
    assert row_names(figure) == ["<people>", "<economy>"]
    # East, then West; each from the bottom row: people, economy.
    assert [x for x, _ in dots(figure.axes[0])] == [70, 50, 55, 20]


def test_regions_stand_in_lanes_so_that_equal_means_do_not_hide_each_other():
    equal = TABLE.assign(mean=50.0)
    heights = [y for _, y in dots(domains.region_profile(equal, LABELS).axes[0])]
    assert len(set(heights)) == 4


def test_stages_stand_on_the_line_of_their_domain():
    figure = domains.tier_profile(TABLE, LABELS)
    assert dots(figure.axes[0]) == [(95, 0), (90, 1), (40, 0), (15, 1)]


def test_groups_are_named_in_the_key_and_axes_by_the_labels():
    shown = set(texts(domains.region_profile(TABLE, LABELS)))
    assert {"<East>", "<West>", "<mean_domain_axis>"} <= shown
    shown = set(texts(domains.tier_profile(TABLE, LABELS)))
    assert {"<ecosystem_innovation>", "<below_published_range>"} <= shown
    assert "<domain_axis>" in texts(spread())
    assert "<variation>" in texts(variation())


@pytest.mark.parametrize("draw", [spread, variation])
def test_the_same_frame_gives_the_same_bytes(draw):
    assert is_reproducible(draw)
    assert is_reproducible(lambda: domains.region_profile(TABLE, LABELS))
