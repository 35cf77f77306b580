"""Numbers of city pages: no more digits than they need, true minus signs, gaps as dashes."""

import pytest

from analysis.language.numbers import Numbers
from analysis.publish.site.page_numbers import PageNumbers

NUMBERS = PageNumbers(Numbers())


@pytest.mark.parametrize(
    ("part", "text"),
    [(0, "0 %"), (0.001, "< 1 %"), (0.264, "26 %"), (0.9999, "> 99 %"), (1, "100 %")],
)
def test_a_chance_is_called_certain_only_if_it_is(part, text):
    assert NUMBERS.share(part) == text


@pytest.mark.parametrize(
    ("value", "text"), [(1234.5, "1,234.5"), (1200, "1,200"), (0.25, "0.25"), (0, "0")]
)
def test_an_amount_has_its_thousands_apart_and_no_empty_decimals(value, text):
    assert NUMBERS.amount(value, 2) == text


def test_an_amount_without_decimals_keeps_the_noughts_before_the_point():
    assert NUMBERS.amount(26_927_100.2) == "26,927,100"


@pytest.mark.parametrize(
    ("points", "text"), [(1.26, "+1.3"), (-1.26, "−1.3"), (0.04, "0.0"), (-0.04, "0.0")]
)
def test_points_bear_their_sign_unless_they_are_nothing(points, text):
    assert NUMBERS.signed(points) == text


def test_a_gap_is_a_dash():
    assert NUMBERS.number(float("nan"), 1) == NUMBERS.amount(float("nan")) == "–"


@pytest.mark.parametrize(("places", "text"), [(3, "+3"), (-12, "−12"), (0, "0")])
def test_places_bear_their_sign_unless_there_are_none(places, text):
    assert NUMBERS.signed_whole(places) == text
