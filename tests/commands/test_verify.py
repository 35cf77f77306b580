"""The command that verifies results."""

import shutil

import pytest
from typer.testing import CliRunner

from analysis import editions
from analysis.commands import cli
from analysis.commands import verify as command
from analysis.results import verification
from analysis.results.verification import Difference

RUNNER = CliRunner()


@pytest.fixture
def project(built_tiny, tmp_path, monkeypatch):
    """A copy of the tiny edition with its results, in the place of the project's own."""
    shutil.copytree(built_tiny.root, tmp_path / "project")
    edition = editions.load("tiny", tmp_path / "project")
    monkeypatch.setattr(command, "load", lambda _=None: edition)
    return edition


def test_verify_says_in_one_line_that_all_is_equal_and_writes_nothing(project):
    before = {path: path.read_bytes() for path in project.root.rglob("*") if path.is_file()}
    done = RUNNER.invoke(cli.app, ["verify"])
    assert done.exit_code == 0
    assert done.output.splitlines()[-1].endswith("are equal to the byte")
    after = {path: path.read_bytes() for path in project.root.rglob("*") if path.is_file()}
    assert after == before


def test_verify_names_a_tampered_figure_and_ends_with_status_one(project, built_tiny, monkeypatch):
    monkeypatch.setattr(verification, "recompute", lambda *_: built_tiny)
    path = project.results / "scores.csv"
    header, first, *rest = path.read_text("utf8").splitlines(keepends=True)
    cells = first.split(",")
    rank = header.split(",").index("rank")
    assert cells[rank] == "1"
    cells[rank] = "9"
    path.write_text("".join([header, ",".join(cells), *rest]), "utf8")
    done = RUNNER.invoke(cli.app, ["verify"])
    assert done.exit_code == 1
    assert "scores.csv, line 2, column rank: committed '9', recomputed '1'" in done.output
    assert "differences: 1, files: 1" in done.output


def test_long_lists_are_cut_with_a_count_unless_everything_is_asked_for():
    found = [Difference("cells.csv", line, "value", "1", "2") for line in range(2, 7)]
    lines = command.difference_lines(found, 2)
    assert len(lines) == 4
    assert lines[-2:] == [
        "cells.csv: 3 more differences (--all shows them)",
        "differences: 5, files: 1",
    ]
    assert len(command.difference_lines(found, 5)) == 6
