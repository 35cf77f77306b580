"""What `check` lists, and in which order."""

from analysis import editions
from analysis.results import checking

YEARBOOK = "yearbook_2019.csv"


def test_a_faultless_edition_without_a_predecessor_has_notes_alone(built_tiny):
    assert {finding.severity for finding in checking.findings(built_tiny)} == {"note"}


def test_a_fault_is_refused_and_hides_nothing_that_is_said_of_sound_figures(tiny):
    tiny.put(YEARBOOK, 2, "gdp_100m", "many")
    tiny.no_longer_print(YEARBOOK, "emp_it")
    tiny.seal()
    refused, lost, *notes = checking.findings(editions.load("tiny", tiny.edition.root))
    assert refused.severity == "refused"
    assert refused.fault[:4] == (YEARBOOK, 2, "gdp_100m", "many")
    assert (lost.severity, lost.fault.value, lost.variable) == ("lost", "emp_it", "emp_it")
    assert {finding.severity for finding in notes} == {"note"}


def test_the_share_of_a_variable_is_the_weight_of_its_measures(tiny_edition):
    # Two domains; below economy two indicators, the first with two measures, the second with none.
    assert checking.index_shares(tiny_edition) == {
        "emp_it": 1 / 8, "telecom_rev_10kyuan": 1 / 8, "broadband_china": 1 / 4,
        "patent_grant_n": 1 / 4,
    }  # fmt: skip
