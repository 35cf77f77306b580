"""The evidence on the page of a city: every figure with its state and its source."""

from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.editions import ROOT
from analysis.language.sentences import PAGES, Sentences
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
        (1200, "10,000 yuan", "12 million yuan"),
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


def cells(**values: float) -> pd.DataFrame:
    """A cell of each measure, NaN where there is no figure."""
    return pd.DataFrame({"measure": list(values), "value": list(values.values())})


def figures_after(*earlier: pd.DataFrame, **values: float) -> city_evidence.CityFigures:
    """The figures of an edition with these cells of the measures asked for, after these others."""
    edition = SimpleNamespace(result=lambda _: cells(**values), earlier=iter(earlier))
    found = city_evidence.CityFigures(edition)
    found.__dict__["measures"] = {"indicator": [{"measure": name} for name in values]}
    return found


GAP = float("nan")


def test_a_measure_is_lost_if_any_earlier_edition_had_it_and_missing_if_none_had(monkeypatch):
    monkeypatch.setattr(city_evidence, "clean", lambda edition: edition)
    found = figures_after(cells(b=1, d=GAP), cells(c=2, z=3), a=1, b=GAP, c=GAP, d=GAP)
    assert found.lost == {"b", "c"}
    states = {
        name: city_evidence.state(found, {"measure": name, "status": "missing"}) for name in "bcd"
    }
    assert states == {"b": "lost", "c": "lost", "d": "missing"}
    assert city_evidence.state(found, {"measure": "a", "status": "carried"}) == "carried"


def test_without_an_earlier_edition_nothing_is_lost():
    assert figures_after(a=1, b=GAP).lost == set()


def test_no_earlier_edition_is_read_where_every_measure_has_a_figure(monkeypatch):
    monkeypatch.setattr(city_evidence, "clean", lambda _: pytest.fail("was read"))
    assert figures_after(cells(a=1), a=1, b=2).lost == set()


def test_a_lost_figure_is_called_so(site):
    cell = {"measure": "it_employment", "status": "missing", "line": GAP, "file": ""}
    shown = city_evidence.figure(site, cell, "observed", "lost")
    assert (shown["figure"], shown["year"]) == ("–", "")
    assert (shown["status"], shown["mark"]) == ("lost", site.words["lost"])


@pytest.mark.parametrize(
    ("language", "word"), [("en", "lost"), ("zh_hant", "失去"), ("zh_hans", "失去")]
)
def test_the_count_names_lost_figures_only_where_there_are_some(language, word):
    counts = dict.fromkeys(city_evidence.STATES, 1)
    said = [
        Sentences(PAGES, language, ROOT).say("city_evidence_count", **counts | {"lost": lost})
        for lost in (0, 3)
    ]
    assert [word in text for text in said] == [False, True]
    assert "3" in said[1]


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (1_230_000, "10,000 yuan", "12.3 billion yuan"),
        (26927.09, "100 million yuan", "2.69 trillion yuan"),
        (9999.9, "100 million yuan", "1,000 billion yuan"), (100, "10,000 yuan", "1 million yuan"),
        (99, "10,000 yuan", "990,000 yuan"), (203489, "yuan", "203,489 yuan"),
        (303677, "persons", "303,677 persons"),
        (2896, "10,000 subscribers", "28.96 million subscribers"),
        (200321, "10,000 passengers", "2 billion passengers"),
        (3.5, "10,000 subscribers", "35,000 subscribers"),
    ],
)  # fmt: skip
def test_money_and_large_counts_are_told_in_units_that_a_person_reads(site, value, unit, text):
    assert city_evidence.with_unit(site, {"value": value, "unit": unit}) == text
