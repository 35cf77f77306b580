"""The numbers of the prose."""

import re
from collections.abc import Iterator

from analysis.editions import ROOT, Edition
from analysis.editions.text_tables import read_table
from analysis.language.facts import Speaker
from analysis.ranking import cleaning
from analysis.results import building, facts


def leaves(found: dict) -> Iterator[object]:
    for value in found.values():
        yield from leaves(value) if isinstance(value, dict) else [value]


def read_facts(edition: Edition) -> dict:
    return Speaker(edition).facts()


def test_every_fact_is_text_without_gaps(real, built_tiny):
    for edition in (real, built_tiny):
        texts = list(leaves(read_facts(edition)))
        assert len(texts) > 80
        for text in texts:
            assert isinstance(text, str)
            assert text.strip() != ""
            assert not {"nan", "nan,", "inf", "NaT", "<NA>"} & set(text.split())


def test_the_chapter_of_the_audit_quotes_only_facts_that_there_are(real):
    prose = (ROOT / "sections" / "en" / "audit.qmd").read_text("utf8")
    quoted = re.findall(r"\{\{< var (audit\.[\w.]+) >\}\}", prose)
    assert len(quoted) > 50
    found = read_facts(real)
    for name in quoted:
        value = found
        for part in name.split("."):
            value = value[part]
        assert isinstance(value, str), name


def test_the_cleaning_is_counted_as_worked_by_hand(built_tiny):
    found = read_facts(built_tiny)["cleaning"]
    # 12 cities x 8 measures. Missing: six cells of Larch, and one each of Dogwood (telecom), Hazel
    # (GDP per head) and Gum (sewage). Carried: telecom of Cedar, IT of Elm, patents of Kapok.
    assert found["cells"] == "96"
    assert (found["missing"], found["carried"], found["corrected"]) == ("9", "3", "1")
    assert found["observed"] == str(96 - 9 - 3 - 1)
    assert found["observed_share"] == "86.5 %"
    # Refused: two telecom figures, IT of Elm, GDP per head of Hazel, sewage of Gum.
    assert found["refused"] == "5"
    assert (found["telecom_refused"], found["telecom_missing"]) == ("2", "1")


def test_the_evidence_is_counted_as_it_stands_in_the_framework(built_tiny):
    found = read_facts(built_tiny)["evidence"]
    assert (found["domains"], found["subdomains"], found["indicators"]) == ("2", "3", "4")
    assert (found["measured_indicators"], found["unmeasured_indicators"]) == ("3", "1")
    assert (found["observed_measures"], found["proxy_measures"]) == ("3", "1")


def test_measures_of_a_grade_that_the_method_leaves_out_are_not_counted_as_used(tiny):
    cells = cleaning.clean(tiny.edition)
    method = read_table(tiny.path("method.csv"))
    line = int(method.index[method["parameter"] == "evidence"][0])
    tiny.put("method.csv", line, "value", "observed")
    found = facts.evidence_facts(tiny.edition, cells)
    names = ("measures", "observed_measures", "proxy_measures")
    assert [found[name] for name in names] == [3, 3, 0]


def test_regions_are_described_with_their_shares(built_tiny):
    found = read_facts(built_tiny)["regions"]
    # Three of the eight published cities lie in the East, which has three of all twelve.
    assert found["by_region"]["east"]["published_share"] == "38 %"
    assert found["by_region"]["east"]["cities_share"] == "25 %"
    assert found["by_region"]["east"]["published_representation"] == "1.50"
    assert found["absent_provinces"] == "none"
    assert found["published_provinces"] == "4"


def test_the_real_facts_hold_what_the_white_paper_says(real):
    found = read_facts(real)
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
    found = read_facts(edition)
    assert {"published", "agreement"}.isdisjoint(found)
    assert "published" not in found["regions"]["by_region"]["east"]
    assert not [text for text in leaves(found) if "nan" in str(text).split()]
