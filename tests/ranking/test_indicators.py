"""Measures to indicators: the matrix, the framework with measures as leaves, and coverage."""

import pandas as pd
import pytest

from analysis.ranking import indicators

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


# Two measures of care, the second of which only waits for the first to fail.
CARE = pd.DataFrame(
    [("doctors", "observed", ""), ("pharmacies", "proxy", "doctors"), ("rumours", "weak", "")],
    columns=["measure", "evidence", "stands_in_for"],
).assign(included="1", indicator="care")
GOOD = ["observed", "proxy"]


def cells(**values: float | None) -> pd.DataFrame:
    return pd.DataFrame({"measure": list(values), "value": list(values.values())}, dtype=object)


def in_use(**values: float | None) -> list[str]:
    return list(indicators.measures_in_use(CARE, GOOD, cells(**values))["measure"])


def test_a_measure_that_stands_in_for_another_waits_as_long_as_that_one_has_a_figure():
    assert in_use(doctors=4, pharmacies=5, rumours=6) == ["doctors"]
    assert in_use(doctors=None, pharmacies=5, rumours=6) == ["pharmacies"]
    assert in_use(pharmacies=5) == ["pharmacies"]
    assert in_use(doctors=None, pharmacies=None) == []


def test_one_city_with_a_figure_is_enough_to_keep_the_other_measure_waiting():
    table = cells(doctors=None, pharmacies=5)
    other_city = pd.concat([table, cells(doctors=0, pharmacies=7)])
    assert list(indicators.measures_in_use(CARE, GOOD, other_city)["measure"]) == ["doctors"]


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
    assert tree.index.tolist() == list(range(len(tree)))
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
    assert missing.index.tolist() == [0, 1, 2, 3, 4]
    assert list(missing.columns) == ["adcode", "domain", "share", "needed"]
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


SIX_INDICATORS = ["software", "commerce", "cloud", "patents", "sensors", "roads"]
# software: two measures in use and a weak one; commerce: a proxy, and another that stands in for
# it; cloud: no measure; patents: a good one that is left out; sensors: only a weak one; roads: a
# measure that nobody prints any more.
GRADED = pd.DataFrame(
    [
        ("software", "code", "proxy", "1", ""),
        ("software", "coders", "observed", "1", ""),
        ("software", "screens", "weak", "0", ""),
        ("commerce", "shops", "proxy", "1", ""),
        ("commerce", "stalls", "proxy", "1", "shops"),
        ("patents", "grants", "observed", "0", ""),
        ("sensors", "cameras", "weak", "0", ""),
        ("roads", "lanes", "observed", "1", ""),
    ],
    columns=["indicator", "measure", "evidence", "included", "stands_in_for"],
)
PRINTED = cells(code=1, coders=1, screens=1, shops=1, stalls=1, grants=1, cameras=1, lanes=None)


def evidence(printed: pd.DataFrame = PRINTED, **earlier: set[str]) -> pd.DataFrame:
    table = indicators.evidence_table(SIX_INDICATORS, GRADED, printed, GOOD, earlier)
    return table.set_index("indicator")


def test_an_indicator_has_the_best_grade_of_its_measures_in_use():
    assert evidence()["state"].to_dict() == {
        "software": "observed", "commerce": "proxy", "cloud": "none", "patents": "weak",
        "sensors": "weak", "roads": "none",
    }  # fmt: skip
    without_coders = PRINTED.assign(
        value=PRINTED["value"].mask(PRINTED["measure"] == "coders", None)
    )
    assert evidence(without_coders)["state"]["software"] == "proxy"


def test_measures_are_counted_by_what_they_are_good_for():
    counts = evidence()[["measures", "left_out", "in_reserve"]]
    assert counts.loc["software"].tolist() == [2, 1, 0]
    assert counts.loc["commerce"].tolist() == [1, 0, 1]
    assert counts.loc["patents"].tolist() == [0, 1, 0]
    assert counts.loc["roads"].tolist() == [0, 0, 0]


def test_what_an_earlier_edition_measured_and_this_one_does_not_is_lost():
    # Sensors had a good measure then; what is left of them is weak, and they are lost all the same.
    table = evidence(late={"software", "roads"}, early={"roads", "sensors"})
    assert table["state"][["software", "roads", "sensors"]].tolist() == ["observed", "lost", "lost"]
    last = table["last_edition"][["software", "roads", "sensors", "cloud"]]
    assert last.tolist() == ["", "late", "early", ""]


def test_the_evidence_stands_in_the_order_of_the_indicators():
    table = indicators.evidence_table(SIX_INDICATORS, GRADED.iloc[::-1], PRINTED, GOOD, {})
    assert list(table["indicator"]) == SIX_INDICATORS
    assert list(table)[:3] == ["indicator", "state", "measures"]
