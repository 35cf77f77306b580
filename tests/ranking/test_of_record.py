"""The ranking of record: a method that the figures do not bear is a fault of the edition."""

import pytest

from analysis.editions.validation.input_faults import InputRefusedError
from analysis.editions.validation.schemas import collect, fault
from analysis.ranking import cleaning, of_record


@pytest.fixture
def refusing(monkeypatch):
    """A ranking that is refused."""

    def refuse(*_):
        raise InputRefusedError(collect([fault("method.csv", 6, "value", "x", "does not go")]))

    monkeypatch.setattr(of_record, "ranked_cities", refuse)


@pytest.mark.usefixtures("refusing")
def test_figures_that_do_not_bear_the_method_are_faults_of_the_edition(tiny):
    found = of_record.figure_faults(tiny.choose(normalisation="distance_to_best"))
    assert found["rule"].tolist() == ["does not go"]


@pytest.mark.usefixtures("refusing")
def test_under_a_method_that_any_figures_bear_nothing_is_ranked_to_find_faults(tiny):
    assert of_record.figure_faults(tiny.edition).empty


def test_figures_that_bear_the_method_are_no_fault(tiny):
    assert of_record.figure_faults(tiny.choose(normalisation="distance_to_best")).empty


def test_the_tables_of_the_ranking_are_of_the_cities_ranked(tiny_edition):
    ranking = of_record.ranked_cities(tiny_edition, cleaning.clean(tiny_edition))
    tables = of_record.index_tables(tiny_edition, ranking)
    assert list(tables) == [
        "treatment", "treated_points", "indicators", "subdomains", "anchors", "scores", "unranked",
    ]  # fmt: skip
    assert len(tables["scores"]) == len(tables["indicators"]) == len(ranking.matrix) == 11
    assert list(tables["scores"].columns[-2:]) == of_record.domain_codes(tiny_edition)
    assert len(tables["unranked"]) == 1
