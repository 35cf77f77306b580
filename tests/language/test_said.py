"""Sentences that facts name, with values of other editions than those that are committed."""

import pandas as pd
import pytest
from speech import said

from analysis.editions.fact_values import sentence

LABELS = pd.Series({"x": "Xs", "y": "Ys"})


@pytest.mark.parametrize(
    ("name", "values", "text"),
    [
        ("evidence_files", {"files": 1, "sources": ["yearbook"]},
         "The open data come from 1 file: the China City Statistical Yearbooks."),
        ("evidence_files", {"files": 4, "sources": ["yearbook", "metro", "mine", "yours"]},
         "The open data come from 4 files: the China City Statistical Yearbooks, a count of metro "
         "stations and 2 other sources."),
        ("evidence_files", {"files": 2, "sources": ["mine"]},
         "The open data come from 2 files: 1 other source."),
        ("economy_linearity", {"best": "linear", "exponent": 1.2},
         "The relation may be called linear in GDP: neither curve predicts better."),
        ("economy_linearity", {"best": "log_linear", "exponent": 1.2},
         "The relation is therefore not linear in GDP: it rises ever more slowly."),
        ("economy_linearity", {"best": "power", "exponent": 0.99},
         "The relation is therefore not linear in GDP: it rises ever more slowly."),
        ("economy_linearity", {"best": "power", "exponent": 1.01},
         "The relation is therefore not linear in GDP: it rises ever faster."),
        ("method_normalisation_min_max", {},
         "The scale runs from 0 for the worst ranked city to 100 for the best."),
        ("method_normalisation_min_max", {"rulers": "2020"},
         "The scale runs from 0 for the worst ranked city of edition 2020 to 100 for the best. "
         "A city of this edition can lie beyond both."),
        ("comparison_method", {"places": 1}, "The change of method moves cities by up to 1 place."),
        ("city_count", {"count": 1}, "1 city"),
        ("city_count", {"count": 0}, "0 cities"),
        ("tier_with_count", {"tier": "High", "count": 1}, "High: 1 city"),
        ("complete_measures", {"count": 1}, "1 measure without a gap"),
        ("measures_lost", {"edition": "2020"}, "last measured in edition 2020"),
        ("treatment_rulers", {"edition": "2", "anchor": "1", "own": ["x"], "measures": 2},
         "For this edition all of this is taken over from edition 1, as it is; only xs, which the "
         "index of that edition does not use, has a ruler of this edition's own."),
    ],
)  # fmt: skip
def test_a_sentence_agrees_with_its_numbers_and_with_what_there_is(name, values, text):
    assert said(sentence(name, **values), labels=LABELS) == text
