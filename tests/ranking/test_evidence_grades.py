"""Evidence grades of indicators, on a framework of five indicators."""

import pandas as pd

from analysis.ranking.indicators import evidence_grades

FRAMEWORK = pd.DataFrame(
    {
        "code": ["index", "economy", "software", "commerce", "cloud", "patents", "sensors"],
        "level": ["index", "domain", *["indicator"] * 5],
    }
)
# software: a proxy and an observed measure; commerce: a proxy, and an observed one left out;
# cloud: no measure; patents: only a left-out measure, well graded; sensors: only a weak one.
MEASURES = pd.DataFrame(
    [
        ("software", "proxy", "1"),
        ("software", "observed", "1"),
        ("commerce", "observed", "0"),
        ("commerce", "proxy", "1"),
        ("patents", "observed", "0"),
        ("sensors", "weak", "0"),
    ],
    columns=["indicator", "evidence", "included"],
)


def test_an_indicator_has_the_best_grade_of_its_included_measures():
    grades = evidence_grades(FRAMEWORK, MEASURES)
    assert grades["software"] == "observed"
    assert grades["commerce"] == "proxy"


def test_an_indicator_with_left_out_measures_only_is_weak_whatever_their_grade():
    grades = evidence_grades(FRAMEWORK, MEASURES)
    assert grades["patents"] == "weak"
    assert grades["sensors"] == "weak"


def test_an_indicator_without_any_measure_has_the_grade_none():
    assert evidence_grades(FRAMEWORK, MEASURES)["cloud"] == "none"


def test_grades_stand_in_the_order_of_the_framework_and_cover_indicators_only():
    grades = evidence_grades(FRAMEWORK, MEASURES.iloc[::-1])
    assert list(grades.index) == ["software", "commerce", "cloud", "patents", "sensors"]
