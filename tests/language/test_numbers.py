"""How numbers and lists are written in prose."""

import pytest

from analysis.language.numbers import Numbers, lower

numbers = Numbers()


def test_numbers_are_written_for_readers():
    assert numbers.percent(0.375) == "38 %"
    assert numbers.percent(-0.012) == "−1 %"
    assert numbers.decimal(-1234.567) == "−1,234.57"
    assert (numbers.decimal(-0.004), numbers.percent(-0.004)) == ("0.00", "0 %")
    assert numbers.decimal(0.05, 1) == "0.1"
    assert numbers.span(-0.25, 0.5) == "−0.25 to 0.50"


@pytest.mark.parametrize(
    ("items", "text"),
    [([], "none"), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_lists_are_written_with_a_final_and(items, text):
    assert numbers.listing(items) == text


@pytest.mark.parametrize(
    ("label", "text"),
    [("Metro stations", "metro stations"), ("IT employment", "IT employment"), ("R&D", "R&D")],
)
def test_a_label_inside_a_sentence_keeps_its_abbreviations(label, text):
    assert lower(label) == text
