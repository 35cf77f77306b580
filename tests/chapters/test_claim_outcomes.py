"""Outcomes of tests of claims."""

import numpy as np
import pandas as pd

from analysis.chapters.claim_conditions import Condition
from analysis.chapters.claim_outcomes import Stated, figures, judged, lacking, stated
from analysis.chapters.claim_verdicts import QUALIFIED, UNTESTABLE

EXPECTED, FOUND, REASON = {"number": 1}, {"number": 2}, {"say": "because"}


def test_the_verdict_of_an_outcome_is_that_of_its_condition():
    condition = Condition(np.True_, np.array(True))
    assert judged(EXPECTED, FOUND, condition, REASON) == (EXPECTED, FOUND, QUALIFIED, REASON)


def test_what_lacks_figures_cannot_be_tested_and_names_them():
    reason = {"say": "claim_lacks", "lost": ["gdp"]}
    assert lacking(EXPECTED, ["gdp"]) == (EXPECTED, None, UNTESTABLE, reason)


def test_figures_are_codes_and_numbers_with_gaps_kept():
    told = figures(pd.Series([1.0, None], ["a", "b"]), 1)
    assert told == {"codes": ["a", "b"], "numbers": [1.0, None], "places": 1}


def test_what_a_claim_is_about_and_expects_stands_in_its_line():
    line = {"subjects": "Inner Mongolia|Hebei", "expected": "0.5|1e2"}
    assert stated(line) == Stated(["Inner Mongolia", "Hebei"], [0.5, 100])
