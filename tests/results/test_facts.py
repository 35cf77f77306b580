"""The numbers of the prose."""

import re

import pytest
from speech import said, texts

from analysis.chapters import losses
from analysis.editions import ROOT
from analysis.editions.text_tables import read_table
from analysis.language.facts import Speaker
from analysis.ranking import cleaning
from analysis.results import building, facts
from benchmarks.trial import NO_NUMBER


def test_every_fact_is_text_without_gaps(real, built_tiny):
    for edition in (real, built_tiny):
        said = list(texts(Speaker(edition).facts()))
        assert len(said) > 80
        for text in said:
            assert isinstance(text, str)
            assert text.strip() != ""
            assert not NO_NUMBER.search(text)


@pytest.mark.parametrize(
    ("method", "record"),
    [
        ({}, {"min_max lower=1 upper=100", "observed proxy"}),
        ({"evidence": "observed"}, {"min_max lower=1 upper=100", "observed"}),
        ({"normalisation": "percentile_rank"}, {"observed proxy"}),
    ],
)
def test_only_what_was_not_tried_is_left_aside_and_never_the_choice_of_record(
    real_copy, method, record
):
    edition = real_copy.choose(**method)
    design = edition.reference_table("uncertainty")
    others = design[~design["alternative"].isin(record)]
    assert facts.left_aside(edition, others) == {"choices": []}
    lost = others[others["alternative"] != "per_head"]
    (aside,) = facts.left_aside(edition, lost)["choices"]
    assert (aside["factor"], aside["alternative"]) == ("measures", "per_head")


def test_the_chapter_of_the_audit_quotes_only_facts_that_there_are(real):
    prose = (ROOT / "sections" / "en" / "audit.qmd").read_text("utf8")
    quoted = re.findall(r"\{\{< var (audit\.[\w.]+) >\}\}", prose)
    assert len(quoted) == prose.count("var audit.") > 0
    found = Speaker(real).facts()
    for name in quoted:
        value = found
        for part in name.split("."):
            value = value[part]
        assert isinstance(value, str), name


def test_the_cleaning_is_counted_as_worked_by_hand(built_tiny):
    found = Speaker(built_tiny).facts()["cleaning"]
    # 12 cities x 8 measures. Missing: six cells of Larch, and one each of Dogwood (telecom), Hazel
    # (GDP per head) and Gum (sewage). Carried: telecom of Cedar, IT of Elm, patents of Kapok.
    assert found["cells"] == "96"
    assert (found["missing"], found["carried"], found["corrected"]) == ("9", "3", "1")
    assert found["observed"] == str(96 - 9 - 3 - 1)
    assert found["observed_share"] == "86.5 %"
    # Refused: two telecom figures, IT of Elm, GDP per head of Hazel, sewage of Gum.
    assert found["refused"] == "5"
    assert (found["telecom_refused"], found["telecom_missing"]) == ("2", "1")


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        ("10000", "draws", "10,000"),
        ("999", "draws", "999"),
        ("2048", "runs", "2,048"),
        ("0.9", "share", "90 %"),
        ("20201218", "", "20201218"),
        ("3.5", "", "3.5"),
    ],
)
def test_counts_of_the_method_are_said_with_their_thousands_and_seeds_as_they_stand(
    value, unit, text
):
    assert said({"it": facts.parameter_fact({"value": value, "unit": unit})}) == {"it": text}


def test_the_evidence_is_counted_as_it_stands_in_the_framework(built_tiny):
    found = Speaker(built_tiny).facts()["evidence"]
    assert (found["domains"], found["subdomains"], found["indicators"]) == ("2", "3", "4")
    assert (found["measured_indicators"], found["unmeasured_indicators"]) == ("3", "1")
    assert (found["observed_measures"], found["proxy_measures"]) == ("3", "1")


def test_measures_of_a_grade_that_the_method_leaves_out_are_not_counted_as_used(tiny):
    cells = cleaning.clean(tiny.edition)
    method = read_table(tiny.path("method.csv"))
    line = int(method.index[method["parameter"] == "evidence"][0])
    tiny.put("method.csv", line, "value", "observed")
    tables = {"cells": cells, "evidence": losses.state_table(tiny.edition, cells, {})}
    found = facts.evidence_facts(tiny.edition, tables)
    names = ("measures", "observed_measures", "proxy_measures")
    assert [found[name] for name in names] == [3, 3, 0]


def test_regions_are_described_with_their_shares(built_tiny):
    found = Speaker(built_tiny).facts()["regions"]
    # Three of the eight published cities lie in the East, which has three of all twelve.
    assert found["by_region"]["east"]["published_share"] == "38 %"
    assert found["by_region"]["east"]["cities_share"] == "25 %"
    assert found["by_region"]["east"]["published_representation"] == "1.50"
    assert found["absent_provinces"] == "none"
    assert found["published_provinces"] == "4"


def test_the_real_facts_hold_what_the_white_paper_says(real):
    found = Speaker(real).facts()
    assert found["published"]["count"] == "100"
    assert found["regions"]["leading_provinces"] == "Jiangsu, Guangdong and Shandong"
    assert found["regions"]["leading_numbers"] == "13, 12 and 11"
    assert found["regions"]["leading_share"] == "36 %"
    assert found["regions"]["absent_provinces"] in {"Tibet and Xinjiang", "Xinjiang and Tibet"}


def test_without_a_published_list_nothing_is_said_about_one(tiny):
    edition = tiny.without_published_list()
    building.build(edition)
    written = {path.stem for path in edition.results.glob("*.csv")}
    assert {"published", "agreement", "disagreements"}.isdisjoint(written)
    assert edition.result("regions")["published_cities"].isna().all()
    found = Speaker(edition).facts()
    assert {"published", "agreement"}.isdisjoint(found)
    assert "published" not in found["regions"]["by_region"]["east"]
    assert not [text for text in texts(found) if NO_NUMBER.search(str(text))]
