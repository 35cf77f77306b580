"""The ranking of record of an edition: who is ranked, and what the score is anchored to."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis import editions
from analysis.editions.validation.faults import Fault, InputRefusedError
from analysis.index.ranking import rank
from analysis.index.refusal import RefusedValueError
from analysis.ranking import cleaning, of_record
from analysis.ranking import method as methods


def test_domains_come_in_the_order_of_the_framework(built_tiny):
    framework = built_tiny.reference_table("framework")
    domains = [row["code"] for row in framework.to_dict("records") if row["parent"] == "index"]
    assert of_record.domain_codes(built_tiny) == domains
    assert len(domains) > 1


def test_the_tables_of_the_ranking_are_those_that_were_built(built_tiny):
    cells = cleaning.clean(built_tiny)
    ranking = of_record.ranked_cities(built_tiny, cells)
    tables = of_record.index_tables(built_tiny, ranking)
    assert {
        "measured_parts", "rulers", "treatment", "treated_points", "indicators", "subdomains",
        "anchors", "scores", "unranked", "shortfalls",
    } == set(tables)  # fmt: skip
    places = tables["scores"].set_index("adcode")["rank"]
    assert places.sort_index().to_dict() == rank(ranking.composite.index).sort_index().to_dict()
    cities = set(built_tiny.reference_table("cities")["adcode"])
    assert set(places.index) | set(tables["unranked"]["adcode"]) == cities
    assert not set(places.index) & set(tables["unranked"]["adcode"])


def test_cells_that_are_given_are_taken_and_else_they_are_cleaned(built_tiny):
    cells = cleaning.clean(built_tiny)
    pd.testing.assert_frame_equal(of_record.ranked_edition(built_tiny).cells, cells)
    given = of_record.ranked_edition(built_tiny, cells)
    assert given.cells is cells
    assert given.method.parameters == methods.load(built_tiny).parameters


def test_what_is_cleaned_does_not_depend_on_method_weights_and_directions(tiny):
    """Tests of other methods may therefore share the cells."""
    cells = cleaning.clean(tiny.edition)
    pd.testing.assert_frame_equal(cleaning.clean(tiny.choose_class("harmonic")), cells)


def test_a_city_that_is_covered_has_the_shares_that_the_method_asks_for(built_tiny):
    cells = cleaning.clean(built_tiny)
    covered = of_record.covered_cities(built_tiny, cells)
    needed = float(built_tiny.reference_table("method").set_index("parameter")["value"][
        "coverage_all"
    ])  # fmt: skip
    shares = covered.matrix.notna().mean(axis=1)
    assert (shares >= needed).all()
    assert 0 < len(covered.matrix) < len(built_tiny.reference_table("cities"))


def test_an_edition_of_its_own_anchors_needs_none_from_another(built_tiny):
    bands = built_tiny.reference_table("tiers")
    index = of_record.ranked_cities(built_tiny, cleaning.clean(built_tiny)).composite.index
    own = of_record.score_anchors(built_tiny, index, bands)
    pd.testing.assert_frame_equal(own, built_tiny.result("anchors"), check_dtype=False)


def test_frozen_anchors_are_read_and_not_computed(built_tiny):
    later = editions.load("tiny", built_tiny.root)
    later.settings["score_anchors"] = "tiny"
    vars(later)["name"] = "later"
    found = of_record.score_anchors(later, pd.Series(dtype=float), pd.DataFrame())
    pd.testing.assert_frame_equal(found, built_tiny.result("anchors"))


def test_an_edition_in_which_no_city_has_enough_figures_is_refused(tiny):
    cells = cleaning.clean(tiny.edition)
    with pytest.raises(InputRefusedError):
        of_record.ranked_cities(tiny.edition, cells.assign(value=float("nan")))


def test_what_the_engine_refuses_is_told_as_a_fault_of_the_choice(tiny, monkeypatch):
    def refused(*_):
        raise RefusedValueError("column 'a' has no best value")

    monkeypatch.setattr(of_record.scores, "indexed", refused)
    edition = tiny.choose(normalisation="distance_to_best")
    with pytest.raises(InputRefusedError) as told:
        of_record.ranked_cities(edition, cleaning.clean(edition))
    (fault,) = told.value.faults
    assert (fault.file, fault.value) == ("method.csv", "distance_to_best")
    assert "column 'a' has no best value" in fault.rule


def test_what_is_no_fault_of_a_choice_is_told_in_the_words_of_the_engine(tiny, monkeypatch):
    def refused(*_):
        raise RefusedValueError("nothing to compare")

    monkeypatch.setattr(of_record.scores, "indexed", refused)
    with pytest.raises(RefusedValueError, match=r"^nothing to compare$"):
        of_record.ranked_cities(tiny.edition, cleaning.clean(tiny.edition))


@pytest.fixture
def refusing(monkeypatch):
    """A ranking that is refused."""

    def refuse(*_):
        raise InputRefusedError([Fault("method.csv", 6, "value", "x", "does not go")])

    monkeypatch.setattr(of_record, "ranked_cities", refuse)


@pytest.mark.usefixtures("refusing")
def test_figures_that_do_not_bear_the_method_are_faults_of_the_edition(tiny):
    found = of_record.figure_faults(tiny.choose(normalisation="distance_to_best"))
    assert [fault.rule for fault in found] == ["does not go"]


@pytest.mark.usefixtures("refusing")
def test_under_a_method_that_any_figures_bear_nothing_is_ranked_to_find_faults(tiny):
    assert of_record.figure_faults(tiny.edition) == []


def test_figures_that_bear_the_method_are_no_fault(tiny):
    assert of_record.figure_faults(tiny.choose(normalisation="distance_to_best")) == []


def test_an_edition_has_the_rulers_of_the_one_that_its_settings_name(cells_2019):
    later, earlier = editions.load("2020"), editions.load("2019")
    ranking = of_record.ranked_edition(earlier, cells_2019).ranking
    table = of_record.ruler_table(earlier, ranking).set_index("measure")
    theirs = later.result("rulers").set_index("measure")
    shared = table.index.intersection(theirs.index)
    pd.testing.assert_frame_equal(
        table.loc[shared], theirs.loc[shared], check_dtype=False, check_like=True
    )
    assert set(table["edition"]) == ({"2020"} if len(shared) == len(table) else {"2019", "2020"})


def test_an_edition_that_names_itself_makes_its_own_rulers(built_tiny):
    assert of_record.frozen_rulers(built_tiny) is None
    ranking = of_record.ranked_edition(built_tiny).ranking
    assert ranking.frozen is None
    table = of_record.ruler_table(built_tiny, ranking)
    assert set(table["edition"]) == {built_tiny.name}
    assert table["lowest"].tolist() == ranking.matrix.min().tolist()
    assert table["highest"].tolist() == ranking.matrix.max().tolist()


def test_rulers_made_anew_are_those_on_disk(real, real_cells, cells_2019):
    earlier, anchor = editions.load("2019"), of_record.ranked_edition(real, real_cells)
    anew = of_record.ranked_edition(earlier, cells_2019, anchor).ranking
    read = of_record.ranked_edition(earlier, cells_2019).ranking
    pd.testing.assert_frame_equal(anew.frozen, read.frozen, check_dtype=False)
    pd.testing.assert_frame_equal(anew.composite.nodes, read.composite.nodes)


def test_an_edition_that_sets_no_anchors_lends_no_rulers(built_tiny):
    once = of_record.ranked_edition(built_tiny)
    again = of_record.ranked_edition(
        built_tiny, anchor=replace(once, edition=editions.load("2019"))
    )
    assert again.ranking.frozen is None
