from functools import cache

import pandas as pd
import pytest

from analysis.figures.tiers import tier_size, tier_strip, with_commas

from .drawn import dots, is_reproducible, say, texts, words

BANDS = pd.DataFrame(
    [
        ("ecosystem_innovation", 85.0, None),
        ("capability_synergy", 70.0, 85.0),
        ("unit_digitalisation", 60.0, 70.0),
        ("below_published_range", None, 60.0),
    ],
    columns=["tier", "minimum", "maximum"],
)
SCORES = pd.DataFrame(
    [
        ("a", 88.5, "ecosystem_innovation"),
        ("b", 75.2, "capability_synergy"),
        ("c", 75.7, "capability_synergy"),
        ("d", 60.0, "unit_digitalisation"),
        ("e", 59.9, "below_published_range"),
        ("f", 57.1, "below_published_range"),
    ],
    columns=["adcode", "score", "tier"],
)
ECONOMY = pd.DataFrame(
    {
        "adcode": list("abcdef"),
        "gdp": [30000.0, 9000.0, 8000.0, 3000.0, 1000.0, 900.0],
        "gdp_per_head": [150000.0, 90000.0, 80000.0, 60000.0, None, 40000.0],
    }
)
LABELS = words(
            *BANDS["tier"], "open_score", "number_of_cities", "gdp", "gdp_per_head",
            "gdp_log_axis", "gdp_per_head_log_axis", "median",
)  # fmt: skip


@cache
def strip():
    return tier_strip(SCORES.assign(name="city " + SCORES["adcode"]), BANDS, LABELS, say)


@cache
def size():
    return tier_size(SCORES.merge(ECONOMY, on="adcode"), LABELS)


def test_a_bar_counts_the_cities_of_one_point_of_score():
    bars = {bar.get_x(): bar.get_height() for bar in strip().axes[0].patches if bar.get_height()}
    # 57.1 and 59.9 alone, 60.0 opens the next bar, two cities between 75 and 76, 88.5 alone.
    assert bars == {57: 1, 59: 1, 60: 1, 75: 2, 88: 1}


def test_bands_are_divided_at_their_limits():
    assert [line.get_xdata()[0] for line in strip().axes[0].lines] == pytest.approx([85, 70, 60])


def test_bands_are_named_with_their_numbers_of_cities():
    shown = texts(strip())
    assert "<ecosystem_innovation>\n<city_count: 1>" in shown
    assert "<below_published_range>\n<city_count: 2>" in shown


def test_the_cities_of_the_highest_band_are_named_and_no_other():
    shown = " ".join(texts(strip()))
    assert "city a" in shown
    assert "city b" not in shown


def test_every_city_with_the_figure_is_a_dot_in_the_row_of_its_stage():
    gdp, per_head = size().axes
    assert sorted(x for x, _ in dots(gdp)) == [900, 1000, 3000, 8000, 9000, 30000]
    assert sorted(x for x, _ in dots(per_head)) == [40000, 60000, 80000, 90000, 150000]
    rows = {x: round(y) for x, y in dots(gdp)}
    assert rows == {30000: 0, 9000: 1, 8000: 1, 3000: 2, 1000: 3, 900: 3}


def test_a_size_without_figures_has_no_panel():
    table = SCORES.merge(ECONOMY, on="adcode").assign(gdp=float("nan"))
    [per_head] = tier_size(table, LABELS).axes
    assert per_head.get_title(loc="left") == "<gdp_per_head>"


def test_the_line_across_a_box_is_the_median():
    gdp = size().axes[0]
    # Medians by stage: 30000; (9000 + 8000) / 2; 3000; (1000 + 900) / 2.
    upright = [set(line.get_xdata()) for line in gdp.lines if len(set(line.get_xdata())) == 1]
    assert {30000, 8500, 3000, 950} <= set.union(*upright)
    assert {"30,000", "8,500", "3,000", "950"} <= set(texts(gdp.figure))


def test_both_axes_are_logarithmic_with_plain_numbers():
    assert {panel.get_xscale() for panel in size().axes} == {"log"}
    assert with_commas(30000.0, 0) == "30,000"


def test_words_come_from_the_labels():
    assert {"<open_score>", "<number_of_cities>"} <= set(texts(strip()))
    shown = set(texts(size()))
    assert {"<gdp>", "<gdp_per_head>", "<gdp_log_axis>", "<gdp_per_head_log_axis>"} <= shown
    assert {f"<{tier}>" for tier in BANDS["tier"]} <= shown


@pytest.mark.parametrize("draw", [strip, size])
def test_the_same_frame_gives_the_same_bytes(draw):
    assert is_reproducible(draw)
