"""The command line: what each command says, and how a refusal looks."""

import sys

import pytest
from typer.testing import CliRunner

from analysis import cli
from analysis.commands import steps

RUNNER = CliRunner()


@pytest.fixture
def tiny_project(tiny_edition, monkeypatch):
    """The tiny edition in the place of the project's own."""
    monkeypatch.setattr(cli, "ROOT", tiny_edition.root)
    monkeypatch.setattr(cli, "load", lambda _=None: tiny_edition)
    return tiny_edition


def test_help_names_every_command():
    shown = RUNNER.invoke(cli.app, ["--help"]).output
    for command in ("check", "build", "notebooks", "prerender", "render", "report", "new-edition"):
        assert command in shown


def test_check_accepts_a_sound_edition(tiny_project):
    assert RUNNER.invoke(cli.app, ["check"]).exit_code == 0
    assert not tiny_project.results.exists()


def test_build_writes_once_and_then_finds_nothing_changed(tiny_project):
    first, second = (RUNNER.invoke(cli.app, ["build"]) for _ in range(2))
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "files written" in first.output
    assert "unchanged" in second.output
    assert (tiny_project.results / "scores.csv").exists()


def test_the_notebooks_are_told_edition_and_language(tiny_edition):
    assert steps.notebook_parameters(tiny_edition, "zh_hans") == {
        "edition_name": tiny_edition.name,
        "language": "zh_hans",
    }


def test_a_refusal_is_one_message_and_exit_status_one(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["analysis", "build", "no-such-edition"])
    with pytest.raises(SystemExit) as stop:
        cli.main()
    assert stop.value.code == 1
    said = capsys.readouterr().err
    assert "no-such-edition" in said
    assert "Traceback" not in said
