"""The steps that several commands take: what each depends on."""

import pytest

from analysis import editions
from analysis.commands import steps


def test_notebooks_are_told_the_edition_and_the_language(built_tiny):
    told = steps.notebook_parameters(built_tiny, "zh_hant")
    assert told == {"edition_name": "tiny", "language": "zh_hant"}


def test_an_edition_scored_by_itself_depends_on_no_other_results(built_tiny):
    assert steps.anchor_results(built_tiny) == ()


def test_an_edition_scored_by_another_depends_on_the_results_of_that_one():
    assert steps.anchor_results(editions.load("2019")) == ("data/results/2020/*",)


def test_results_that_are_current_are_not_built(built_tiny, monkeypatch):
    monkeypatch.setattr(steps, "is_current", lambda *_: True)
    monkeypatch.setattr("analysis.results.building.build", lambda *_: pytest.fail("it was built"))
    assert steps.build_results(built_tiny, lambda *_: None) == "unchanged"


def test_input_is_checked_unless_the_results_that_it_was_checked_for_are_current(
    tiny_edition, monkeypatch
):
    asked = []
    monkeypatch.setattr("analysis.editions.validation.input_faults.validate", asked.append)
    monkeypatch.setattr(steps, "is_current", lambda *_: True)
    steps.refuse_faulty_input(tiny_edition)
    assert asked == []
    monkeypatch.setattr(steps, "is_current", lambda *_: False)
    steps.refuse_faulty_input(tiny_edition)
    assert asked == [tiny_edition]
