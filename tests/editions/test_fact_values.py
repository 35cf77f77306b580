"""What a fact is: the value of each kind, with no more digits than are the same everywhere."""

import pandas as pd
import pytest

from analysis.editions import fact_values as fact


def test_numbers_have_nine_digits_that_count_and_their_places():
    assert fact.number(2 / 3) == {"number": 0.666666667, "places": 2}
    assert fact.number(123456789.49, 0) == {"number": 123456789.0, "places": 0}
    assert fact.signed(-0.25, 1) == {"signed": -0.25, "places": 1}
    assert fact.share(1 / 3) == {"share": 0.333333333, "places": 0}


def test_what_differs_in_the_last_bits_is_the_same_fact():
    assert 0.1 + 0.2 != 0.3
    assert fact.number(0.1 + 0.2) == fact.number(0.3)


def test_an_interval_is_read_off_a_row():
    row = pd.Series({"estimate": 0.5, "low": 0.25, "high": 0.75})
    assert fact.interval(row) == {"interval": [0.25, 0.75], "places": 2}


def test_probabilities_and_multiples_carry_no_places():
    assert fact.probability(0.03) == {"probability": 0.03}
    assert fact.times(2) == {"times": 2.0}


@pytest.mark.parametrize(("value", "number"), [(7.0, 7), (6.6, 7), (-3.2, -3), (True, 1)])
def test_a_count_is_a_whole_number(value, number):
    found = fact.whole(value)
    assert (found, type(found)) == (number, int)


def test_codes_are_texts_in_the_order_given():
    assert fact.cities([440300, 110000]) == {"cities": ["440300", "110000"]}
    assert fact.words(pd.Series(["b", "a"])) == {"words": ["b", "a"]}
    assert fact.provinces(["Hebei"]) == {"provinces": ["Hebei"]}
    assert fact.statements([]) == {"statements": []}


def test_single_names_are_kept_by_their_kind():
    assert fact.label("gdp") == {"label": "gdp"}
    assert fact.ranking("长") == {"ranking": "长"}
    assert fact.some(3.0) == {"some": 3}


def test_choices_take_what_names_an_alternative_and_nothing_else():
    rows = pd.DataFrame(
        {"factor": ["gaps"], "level": [""], "alternative": ["left"], "share": [0.5]}
    )
    assert fact.choices(rows) == {
        "choices": [{"factor": "gaps", "level": "", "alternative": "left"}]
    }


def test_values_in_a_row_and_sentences_hold_other_values():
    assert fact.listed(iter([1, fact.share(0.5)])) == {"list": [1, {"share": 0.5, "places": 0}]}
    assert fact.sentence("moves", up=1) == {"say": "moves", "up": 1}
