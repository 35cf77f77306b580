"""What the weight of the index rests on: grades, sources and single companies."""

import pandas as pd
import pytest
from speech import said

from analysis.chapters import evidence

FRAMEWORK = pd.DataFrame(
    [
        ("index", "", "index", 1.0),
        ("economy", "index", "domain", 3.0),
        ("life", "index", "domain", 1.0),
        ("parcels", "economy", "measure", 1.0),
        ("payments", "economy", "measure", 2.0),
        ("care", "life", "measure", 1.0),
    ],
    columns=["code", "parent", "level", "weight"],
)
# `nurses` is not in the index.
MEASURES = pd.DataFrame(
    [
        ("parcels", "book", "observed"),
        ("payments", "platform", "proxy"),
        ("care", "book", "proxy"),
        ("nurses", "book", "weak"),
    ],
    columns=["measure", "source", "evidence"],
)
SOURCES = pd.DataFrame(
    [
        ("book", "Office", ""),
        ("book", "Ministry", ""),
        ("book", "Office", ""),
        ("platform", "University", "wallet"),
    ],
    columns=["source", "authority", "company"],
)
NO_COMPANIES = SOURCES.assign(company="")
# Parcels 3/4 × 1/3, payments 3/4 × 2/3, care 1/4.
WEIGHED = pd.DataFrame(
    {
        "measure": ["parcels", "payments", "care"],
        "source": ["book", "platform", "book"],
        "evidence": ["observed", "proxy", "proxy"],
        "weight": [0.25, 0.5, 0.25],
    }
)


def tables(sources: pd.DataFrame = SOURCES, weighed: pd.DataFrame = WEIGHED) -> dict:
    return evidence.weight_tables(weighed, sources)


def test_a_measure_weighs_the_product_of_the_shares_above_it():
    found = evidence.weighed_measures(FRAMEWORK, MEASURES)
    pd.testing.assert_frame_equal(found, WEIGHED)


def test_grades_are_summed_the_best_first():
    found = evidence.grade_table(WEIGHED.iloc[::-1])
    assert found.to_numpy().tolist() == [["observed", 1, 0.25], ["proxy", 2, 0.75]]


def test_sources_are_summed_the_heaviest_first_with_every_publisher_once():
    light = WEIGHED.assign(weight=[0.2, 0.6, 0.2])
    found = evidence.source_table(light, SOURCES)
    assert found.to_numpy().tolist() == [
        ["platform", "University", "wallet", 1, 0.6],
        ["book", "Office; Ministry", "", 2, 0.4],
    ]


def test_a_company_is_named_with_its_measures_and_its_share():
    words = pd.Series({"wallet": "Wallet Ltd", "payments": "Mobile payments"})
    found = said(evidence.weight_facts(tables()), labels=words)
    assert found["companies"].endswith("50 % rests on those of Wallet Ltd, by mobile payments.")
    assert found["used_sources"] == "2"
    assert (found["first_source_weight"], found["first_source_measures"]) == ("50 %", "2")
    assert found["grade_weight"] == {"observed": "25 %", "proxy": "75 %"}


def test_without_a_company_none_is_named():
    found = said(evidence.weight_facts(tables(NO_COMPANIES)))
    assert found["companies"].startswith("No source of the index is known to rest on")


def test_a_grade_without_measures_weighs_nothing():
    found = evidence.weight_facts(tables(NO_COMPANIES, WEIGHED.assign(evidence="proxy")))
    assert said(found)["grade_weight"] == {"observed": "0 %", "proxy": "100 %"}


def test_the_weights_of_an_edition_sum_to_one_in_every_table(built_tiny):
    for name in ("measure_weights", "grade_weights", "source_weights"):
        assert built_tiny.result(name)["weight"].sum() == pytest.approx(1)


@pytest.mark.parametrize(
    ("column", "value", "rule"),
    [
        (
            "source",
            "pilot",
            "is not known in variables.csv, column source: correct it, or add it there",
        ),
        ("source", "", "must not be empty"),
        ("known_from", "", "must not be empty"),
        ("name_zh_hant", "", "must not be empty"),
    ],
)
def test_a_company_needs_a_known_source_names_and_a_document(tiny, column, value, rule):
    tiny.put("companies.csv", 2, column, value)
    assert ("companies.csv", "2", column, value, rule) in tiny.faults()


def test_a_source_rests_on_one_company_or_on_none(tiny):
    tiny.add_line("companies.csv", "other,Other,他,他,pilots,Invented.")
    found = [fault[:4] for fault in tiny.faults()]
    assert ("companies.csv", "3", "source", "pilots") in found
