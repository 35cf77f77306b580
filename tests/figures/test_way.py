from functools import cache

import pandas as pd
import pytest

from analysis.figures import way

from .drawn import is_reproducible, texts, words
from .legible import faults

ROWS = pd.DataFrame(
    [
        ("m", 12345.5, "a.csv", 7.0, "observed", 40.0, "i", 41.0, "d", 42.0, 25.0),
        ("n", 1.0, None, None, "averaged", 120.0, "j", 61.0, "e", 62.0, 75.0),
    ],
    columns=[
        "measure", "value", "file", "line", "status", "normalised", "indicator",
        "indicator_value", "domain", "domain_value", "share",
    ],
)  # fmt: skip
LABELS = words(
    "measure", "city_figure", "city_source", "city_zero_to_hundred", "indicator", "domain",
    "index_short", "rank", "averaged", *"mnijde",
)  # fmt: skip
LABELS["city_zero_to_hundred"] = "0–100"


@cache
def drawn():
    return way.city_way(ROWS, (57.25, 1), LABELS, "北京 Shijiazhuang")


def test_of_every_domain_the_heaviest_measure_is_taken_and_of_equals_the_first():
    measures = pd.DataFrame({"domain": list("babab"), "weight": [1, 2, 3, 2, 3]})
    assert way.heaviest_measures(measures).index.tolist() == [2, 1]


def test_every_step_has_its_number_from_the_printed_figure_to_the_place():
    shown = texts(drawn())
    assert {"12,345.5", "a.csv, 7", "40", "41", "42", "25 %", "57.2", "<rank> 1"} <= set(shown)
    assert {"<m>", "<i>", "<d>", "北京\nShijiazhuang"} <= set(shown)


def test_a_figure_that_is_not_printed_says_what_became_of_it():
    shown = texts(drawn())
    assert "<averaged>" in shown
    assert not [text for text in shown if "nan" in text or "None" in text]


def test_bars_are_the_values_and_end_at_the_end_of_the_scale():
    bars = [bar.get_width() / way.BAR for bar in drawn().axes[0].patches]
    assert bars == pytest.approx([1, 0.4, 1, 1])


def test_lines_to_the_index_are_as_wide_as_the_shares():
    widths = [line.get_linewidth() for line in drawn().axes[0].lines]
    assert widths == [5, 15]


@pytest.mark.parametrize(
    ("value", "text"), [(1200.0, "1,200"), (0.5, "0.5"), (-3.456, "−3.46"), (100.0, "100")]
)
def test_a_figure_has_no_decimals_that_it_does_not_need(value, text):
    assert way.as_printed(value) == text


def test_six_rows_are_no_taller_than_nine_centimetres():
    six = pd.concat([ROWS] * 3)
    figure = way.city_way(six, (57.25, 1), LABELS, "x")
    assert figure.get_size_inches() * 2.54 == pytest.approx([17, 8.4])


def narrow():
    return way.city_way(ROWS, (57.25, 1), LABELS, "北京 Shijiazhuang", narrow=True)


def test_on_a_phone_every_step_is_there_too():
    figure = narrow()
    # Two rows of 2 centimetres and the foot of 1.
    assert figure.get_size_inches() * 2.54 == pytest.approx([8.3, 5], abs=0.01)
    shown = set(texts(figure))
    assert {"<m>", "12,345.5", "a.csv, 7", "40", "<i>", "41", "<d>", "42", "25 %"} <= shown
    assert {"<averaged>", "57.2  <rank> 1", "<index_short>: 北京 Shijiazhuang"} <= shown


@pytest.mark.parametrize("draw", [drawn, narrow])
def test_every_word_can_be_read_and_it_is_the_same_twice(draw):
    assert faults(draw()) == []
    assert is_reproducible(draw)
