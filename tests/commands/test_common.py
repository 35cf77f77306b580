"""What all commands share: the line that shows how far something is."""

from io import StringIO

import pytest
from rich.console import Console

from analysis.commands import common


@pytest.fixture
def shown(monkeypatch):
    text = StringIO()
    console = Console(file=text, force_terminal=True, width=100)
    monkeypatch.setattr(common, "console", console)
    return text


def test_a_task_of_several_parts_says_how_many_are_done(shown):
    with common.shown_progress() as progress:
        progress("executing notebooks", 2, 12)
    assert "executing notebooks (2 of 12)" in shown.getvalue()


def test_a_task_of_one_part_has_no_count(shown):
    with common.shown_progress() as progress:
        progress("results: scores")
    assert "results: scores" in shown.getvalue()
    assert " of " not in shown.getvalue()


def test_what_is_piped_into_another_program_is_not_folded():
    assert common.console.soft_wrap
    assert common.console.stderr
