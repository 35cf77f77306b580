"""Measures to indicators: the matrix, the framework with measures as leaves, and coverage."""

import pandas as pd
import pytest

from analysis.ranking import indicators
from analysis.ranking.indicators import evidence_grades

FRAMEWORK = pd.DataFrame(
    [
        ("index", "", "index", 1),
        ("economy", "index", "domain", 1),
        ("society", "index", "domain", 3),
        ("firms", "economy", "subdomain", 1),
        ("health", "society", "subdomain", 1),
        ("schools", "society", "subdomain", 2),
        ("output", "firms", "indicator", 1),
        ("care", "health", "indicator", 1),
        ("lessons", "schools", "indicator", 1),
    ],
    columns=["code", "parent", "level", "weight"],
)
MEASURES = pd.DataFrame(
    [
        ("sales", "output", 1, 1, "observed", "1"),
        ("jobs", "output", 2, 1, "proxy", "1"),
        ("deaths", "care", 1, -1, "observed", "1"),
        ("beds", "care", 1, 1, "weak", "1"),
        ("taxes", "output", 1, 1, "observed", "0"),
    ],
    columns=["measure", "indicator", "weight", "direction", "evidence", "included"],
)
INCLUDED = MEASURES.iloc[:3]


def test_included_measures_are_marked_as_such_and_of_an_accepted_grade():
    found = indicators.included_measures(MEASURES, ["observed", "proxy"])
    assert found["measure"].tolist() == ["sales", "jobs", "deaths"]


def test_the_matrix_has_a_column_per_measure_and_gaps_stay_gaps():
    cells = pd.DataFrame(
        {
            "adcode": ["A", "A", "B", "B"],
            "measure": ["jobs", "sales", "jobs", "sales"],
            "value": [1.0, 2.0, None, 4.0],
        }
    )
    matrix = indicators.measure_matrix(cells, pd.DataFrame({"measure": ["sales", "jobs"]}))
    assert list(matrix.columns) == ["sales", "jobs"]
    assert matrix.loc["A"].tolist() == [2, 1]
    assert matrix.loc["B", "sales"] == 4
    assert pd.isna(matrix.loc["B", "jobs"])


def test_a_measured_indicator_keeps_its_weight_of_the_complete_framework():
    parts = indicators.measure_framework(FRAMEWORK, INCLUDED).set_index("code")["part"]
    # economy 1/4 by output alone, shared 1 to 2 by sales and jobs; of society 3/4, care has one
    # third, and lessons are not measured.
    expected = {
        "index": 1 / 2, "economy": 1 / 4, "output": 1 / 4, "sales": 1 / 12, "jobs": 1 / 6,
        "society": 1 / 4, "health": 1 / 4, "care": 1 / 4, "deaths": 1 / 4,
    }  # fmt: skip
    assert {code: parts[code] for code in expected} == pytest.approx(expected)


def test_measures_become_leaves_and_branches_without_a_measure_fall_away():
    tree = indicators.measure_framework(FRAMEWORK, INCLUDED)
    assert set(tree["code"]) == {
        "index", "economy", "society", "firms", "health", "output", "care",
        "sales", "jobs", "deaths",
    }  # fmt: skip
    leaves = tree[tree["level"] == "measure"].set_index("code")
    assert leaves["parent"].to_dict() == {"sales": "output", "jobs": "output", "deaths": "care"}
    assert leaves["direction"].to_dict() == {"sales": 1, "jobs": 1, "deaths": -1}
    assert leaves["weight"].to_dict() == {"sales": 1, "jobs": 2, "deaths": 1}
    assert tree.set_index("code").loc["society", "weight"] == 3
    assert not tree["code"].duplicated().any()
    assert tree.index.tolist() == list(range(10))


def test_every_parent_comes_before_its_children():
    tree = indicators.measure_framework(FRAMEWORK, INCLUDED)
    place = {code: number for number, code in enumerate(tree["code"])}
    below = tree[tree["parent"] != ""]
    assert (below["parent"].map(place) < below["code"].map(place)).all()


def test_every_measure_belongs_to_the_domain_above_it():
    tree = indicators.measure_framework(FRAMEWORK, INCLUDED)
    assert indicators.measures_by_domain(tree).to_dict() == {
        "sales": "economy",
        "jobs": "economy",
        "deaths": "society",
    }


def test_a_measure_that_hangs_below_no_domain_is_refused():
    stray = FRAMEWORK[["code", "parent", "level"]].replace({"parent": {"firms": "index"}})
    tree = pd.concat(
        [stray, pd.DataFrame([("sales", "index", "measure")], columns=["code", "parent", "level"])]
    )
    with pytest.raises(ValueError, match=r"\['sales'\] hang below no domain"):
        indicators.measures_by_domain(tree)


def matrix() -> pd.DataFrame:
    return pd.DataFrame(
        {"sales": [1.0, None, None], "jobs": [1.0, 1.0, None], "deaths": [1.0, 1.0, None]},
        index=pd.Index(["A", "B", "C"], name="adcode"),
    )


def test_coverage_is_the_share_of_measures_present_in_all_and_per_domain():
    tree = indicators.measure_framework(FRAMEWORK, INCLUDED)
    shares = indicators.coverage(matrix(), tree)
    assert shares.loc["A"].to_dict() == {"all": 1, "economy": 1, "society": 1}
    # B: 2 of 3 measures, 1 of 2 in the economy, 1 of 1 in society.
    assert shares.loc["B"].to_dict() == {"all": 2 / 3, "economy": 0.5, "society": 1}
    assert shares.loc["C"].to_dict() == {"all": 0, "economy": 0, "society": 0}


def test_domains_come_in_the_order_of_their_measures():
    tree = indicators.measure_framework(FRAMEWORK, INCLUDED)
    shares = indicators.coverage(matrix()[["deaths", "sales", "jobs"]], tree)
    assert list(shares.columns) == ["all", "society", "economy"]


def test_a_share_at_the_limit_is_enough():
    tree = indicators.measure_framework(FRAMEWORK, INCLUDED)
    shares = indicators.coverage(matrix(), tree)
    missing = indicators.shortfalls(shares, least_all=2 / 3, least_domain=0.5)
    assert set(missing["adcode"]) == {"C"}


def test_every_shortfall_is_listed():
    tree = indicators.measure_framework(FRAMEWORK, INCLUDED)
    shares = indicators.coverage(matrix(), tree)
    missing = indicators.shortfalls(shares, least_all=0.7, least_domain=0.6)
    found = {(row["adcode"], row["domain"]): row["needed"] for row in missing.to_dict("records")}
    assert found == {
        ("B", "all"): 0.7,
        ("B", "economy"): 0.6,
        ("C", "all"): 0.7,
        ("C", "economy"): 0.6,
        ("C", "society"): 0.6,
    }


CITIES = pd.DataFrame(
    {
        "adcode": ["A", "B", "C"],
        "name_en": ["Alder", "Birch", "Cedar"],
        "province_en": "Northshore",
        "region": "East",
    }
)


def test_unranked_cities_come_with_the_share_of_their_measures():
    tree = indicators.measure_framework(FRAMEWORK, INCLUDED)
    shares = indicators.coverage(matrix(), tree)
    missing = indicators.shortfalls(shares, least_all=0.7, least_domain=0.6)
    (first, second) = indicators.unranked(missing, shares, CITIES).to_dict("records")
    assert first == {
        "adcode": "B",
        "city": "Birch",
        "province": "Northshore",
        "region": "East",
        "coverage": 2 / 3,
    }
    assert second["adcode"] == "C"


def test_where_every_city_is_ranked_the_list_of_unranked_is_empty():
    tree = indicators.measure_framework(FRAMEWORK, INCLUDED)
    shares = indicators.coverage(matrix(), tree)
    missing = indicators.shortfalls(shares, least_all=0, least_domain=0)
    found = indicators.unranked(missing, shares, CITIES)
    assert len(found) == 0
    assert list(found.columns) == ["adcode", "city", "province", "region", "coverage"]


FIVE_INDICATORS = pd.DataFrame(
    {
        "code": ["index", "economy", "software", "commerce", "cloud", "patents", "sensors"],
        "level": ["index", "domain", *["indicator"] * 5],
    }
)
# software: a proxy and an observed measure; commerce: a proxy, and an observed one left out;
# cloud: no measure; patents: only a left-out measure, well graded; sensors: only a weak one.
GRADED = pd.DataFrame(
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
    grades = evidence_grades(FIVE_INDICATORS, GRADED)
    assert grades["software"] == "observed"
    assert grades["commerce"] == "proxy"


def test_an_indicator_with_left_out_measures_only_is_weak_whatever_their_grade():
    grades = evidence_grades(FIVE_INDICATORS, GRADED)
    assert grades["patents"] == "weak"
    assert grades["sensors"] == "weak"


def test_an_indicator_without_any_measure_has_the_grade_none():
    assert evidence_grades(FIVE_INDICATORS, GRADED)["cloud"] == "none"


def test_grades_stand_in_the_order_of_the_framework_and_cover_indicators_only():
    grades = evidence_grades(FIVE_INDICATORS, GRADED.iloc[::-1])
    assert list(grades.index) == ["software", "commerce", "cloud", "patents", "sensors"]
