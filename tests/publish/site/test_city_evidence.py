"""The evidence on the page of a city: every figure with its state and its source."""

import pytest

from analysis.publish.site import city_evidence

XUCHANG = "411000"


@pytest.fixture(scope="module")
def figures(real) -> city_evidence.CityFigures:
    """The figures of every city of edition 2020."""
    return city_evidence.CityFigures(real)


def test_the_evidence_names_every_measure_of_the_index_once_and_marks_what_was_done(
    contents, real, figures
):
    included = [row["measure"] for rows in figures.measures.values() for row in rows]
    cells = real.result("cells")
    own = cells[(cells["adcode"] == XUCHANG) & cells["measure"].isin(included)]
    shown = [
        figure
        for indicator in contents[XUCHANG]["evidence"]["indicators"]
        for figure in indicator["measures"]
    ]
    assert len(shown) == len(own) == len(included)
    statuses = sorted(figure["status"] for figure in shown)
    assert statuses == sorted(own["status"])
    carried = next(figure for figure in shown if figure["name"] == "IT employment")
    assert (carried["figure"], carried["year"], carried["mark"]) == (
        "3,047 persons", "2018", "carried",
    )  # fmt: skip
    assert carried["source"] == "yearbook_2018, 155"
    remark = contents[XUCHANG]["evidence"]["remarks"][0]
    assert remark.startswith("IT employment: the printed 11949 is not used.")


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (1, "1 = designated", "yes"),
        (0, "1 = designated", "no"),
        (1234.5, "patents", "1,234.5 patents"),
        (1200, "10,000 yuan", "1,200 × 10,000 yuan"),
        (0, "stations", "0 stations"),
    ],
)
def test_a_figure_reads_as_a_reader_expects(site, value, unit, text):
    assert city_evidence.shown_value(site, {"value": value, "unit": unit}) == text


def test_only_figures_that_were_refused_or_corrected_are_remarked_on(site):
    cell = {"measure": "it_employment", "rule": "", "refused": "", "printed": "5"}
    assert city_evidence.remark(site, {}, cell) == ""
    refused = city_evidence.remark(site, {"r": "Too many."}, cell | {"rule": "r", "refused": "9"})
    replaced = city_evidence.remark(site, {"r": "Too many."}, cell | {"rule": "r"})
    assert [number in refused for number in "95"] == [True, False]
    assert [number in replaced for number in "95"] == [False, True]
    assert "Too many." in refused
    assert "Too many." in replaced


def test_indicators_that_nothing_measures_are_named_in_one_sentence_or_not_at_all(site):
    assert city_evidence.without_measure(site, []) == ""
    assert site.words["it_development"] in city_evidence.without_measure(site, ["it_development"])


@pytest.mark.parametrize(
    ("value", "place"), [(-44, 0), (0, 0), (33.336, 33.34), (100, 100), (124, 100)]
)
def test_a_value_beyond_the_strip_stands_at_its_end(value, place):
    assert city_evidence.position(value) == place


def test_a_mean_over_years_names_the_figures_that_enter_it_with_their_lines(site, figures):
    cell = figures.cells["540100"]["fiscal_transparency"]
    said = city_evidence.mean_remark(site, figures, cell)
    # 53.15 less the mean of 18.15, 22.85 and 10.42 below the means of the years.
    assert "36.01 is 53.15, the mean of all cities in the data year, plus −17.14" in said
    for part in (
        "2018 (29.32 less 47.47: −18.15; fiscal_transparency_2018_2020, 257)",
        "2019 (30.30 less 53.15: −22.85; fiscal_transparency_2018_2020, 549)",
        "2020 (51.29 less 61.71: −10.42; fiscal_transparency_2018_2020, 842)",
    ):
        assert part in said
    assert city_evidence.shown_years(cell) == "2018–2020"
    plain = {"averaged": "", "year": 2019}
    assert city_evidence.shown_years(plain) == "2019"
    assert city_evidence.mean_remark(site, figures, plain) == ""
