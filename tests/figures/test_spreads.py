from functools import cache

import pandas as pd
import pytest
from matplotlib.colors import to_hex

from analysis.figures import spreads
from analysis.figures.style import TIER_COLOURS as STAGES

from .drawn import is_reproducible, texts, words
from .legible import faults

HIGH, SECOND = [*STAGES][:2]
LISTED = pd.DataFrame(
    [("East", HIGH), ("East", SECOND), ("East", SECOND), ("West", SECOND)],
    columns=["region", "tier"],
)
PROVINCES = pd.DataFrame(
    [("P", 4, 1, 2), ("Q", 2, 2, 1), ("R", 5, 0, 0)],
    columns=["province", "cities", "published_cities", "open_cities"],
)
DOMAINS = pd.DataFrame(
    [("open", "a", 40.0), ("open", "b", 60.4), ("ranked", "a", 10.0)],
    columns=["group", "domain", "mean"],
)
LABELS = words(
    "East", "West", "Central", HIGH, SECOND, "P", "Q", "R", "a", "b", "c", "share_in_hundred",
    "provinces_covered", "published_cities", "open_cities", "no_evidence",
)  # fmt: skip


@cache
def stages():
    return spreads.region_stages(LISTED, ["East", "Central", "West"], LABELS)


@cache
def shares():
    return spreads.province_shares(PROVINCES, LABELS)


@cache
def means():
    return spreads.domain_means(DOMAINS, ["a", "b", "c"], LABELS)


def test_a_bar_counts_the_cities_of_a_stage_in_a_region():
    figure = stages()
    bars = figure.axes[0].patches
    found = [(to_hex(b.get_facecolor()), b.get_x(), b.get_width()) for b in bars[:6]]
    high, second = STAGES[HIGH], STAGES[SECOND]
    assert found == [
        (high, 0, 1), (high, 0, 0), (high, 0, 0), (second, 1, 2), (second, 0, 0), (second, 0, 1),
    ]  # fmt: skip
    # The parts of stages that have cities, then the totals of the regions.
    written = [text.get_text() for text in figure.axes[0].texts]
    assert written[:6] == ["1", "2", "1", "3", "0", "1"]


def test_shares_are_percent_of_the_cities_of_a_province_the_largest_published_first():
    figure = shares()
    _, rings, dots = figure.axes[0].collections
    assert rings.get_offsets().tolist() == [[100, 0], [25, 1], [0, 2]]
    assert dots.get_offsets().tolist() == [[50, 0], [50, 1], [0, 2]]
    names = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert names == ["<Q>  2", "<P>  4", "<R>  5"]
    assert "<provinces_covered>" in texts(figure)


def test_without_a_list_there_are_dots_alone_the_largest_first():
    figure = spreads.province_shares(PROVINCES.assign(published_cities=float("nan")), LABELS)
    assert "<published_cities>" not in texts(figure)
    names = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert names == ["<P>  4", "<Q>  2", "<R>  5"]


def test_a_domain_without_evidence_has_no_bar_and_says_so():
    figure = means()
    bars = [bar.get_width() for bar in figure.axes[0].patches]
    assert bars[:2] == [60.4, 40]
    assert pd.isna(bars[2])
    assert [text.get_text() for text in figure.axes[0].texts] == ["60", "40", "<no_evidence>"]


@pytest.mark.parametrize("draw", [stages, shares, means])
def test_every_word_can_be_read_and_it_is_the_same_twice(draw):
    assert faults(draw()) == []
    assert is_reproducible(draw)
