"""What `check` lists, and in which order."""

import pandas as pd

from analysis import editions
from analysis.editions.validation.faults import Fault
from analysis.editions.validation.findings import Finding
from analysis.editions.validation.input_faults import Judged
from analysis.results import checking

YEARBOOK = "yearbook_2019.csv"


def test_a_faultless_edition_without_a_predecessor_has_notes_alone(built_tiny):
    assert {finding.severity for finding in checking.findings(built_tiny)} == {"note"}


def test_a_fault_is_refused_and_hides_nothing_that_is_said_of_sound_figures(tiny):
    tiny.put(YEARBOOK, 2, "gdp_100m", "many")
    tiny.no_longer_print(YEARBOOK, "emp_it")
    tiny.seal()
    refused, lacking, *notes = checking.findings(editions.load("tiny", tiny.edition.root))
    assert refused.severity == "refused"
    assert refused.fault[:4] == (YEARBOOK, 2, "gdp_100m", "many")
    assert (lacking.fault.value, lacking.variable) == ("emp_it", "emp_it")
    assert {finding.severity for finding in [lacking, *notes]} == {"note"}


def test_the_share_of_a_variable_is_the_weight_of_its_measures(tiny_edition):
    # Two domains; below economy two indicators, the first with two measures, the second with none.
    assert checking.index_shares(tiny_edition) == {
        "emp_it": 1 / 8, "telecom_rev_10kyuan": 1 / 8, "broadband_china": 1 / 4,
        "patent_grant_n": 1 / 4,
    }  # fmt: skip


def it_employment(by_city: dict[str, tuple[int, int]]) -> pd.DataFrame:
    """Figures of 2018 and 2019 of people in IT, among a hundred employed in every city."""
    figures = [
        (variable, city, str(year), str(figure), float(figure))
        for city, in_it in by_city.items()
        for variable, both in (("emp_it", in_it), ("emp_urban_units", (100, 100)))
        for year, figure in zip((2018, 2019), both, strict=True)
    ]
    return pd.DataFrame(figures, columns=["variable", "adcode", "year", "printed", "number"])


def test_whether_a_rule_settles_a_figure_is_judged_among_all_cities(tiny_edition):
    # Of one city alone neither year is the odd one: each is as far from their median.
    figures = it_employment({"110000": (10, 100), "120000": (100, 100), "130100": (100, 100)})
    jumped = Finding("suspicious", Fault("f", 2, "c", "100", "r"), "emp_it", "110000")
    for known, settled in ((figures, {("emp_it", "110000")}), (figures[:4], set())):
        now = Judged([], tiny_edition, known)
        assert checking.settled_cells(now, {2018, 2019}, [jumped]) == settled


def test_what_is_judged_together_follows_the_rules_from_one_variable_to_the_next(real):
    assert checking.judged_together({"inv_patent_grant_n"}, real) == {
        "inv_patent_grant_n", "patent_grant_n", "patent_app_n", "gdp_100m",
        "gdp_second_series_100m",
    }  # fmt: skip
    assert checking.judged_together({"gdp_pc_yuan"}, real) == {"gdp_pc_yuan"}
