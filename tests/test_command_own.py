"""The report of somebody's own figures is made in a project of its own."""

import subprocess
from pathlib import Path

import pytest

from analysis import own_figures
from analysis.commands import own
from analysis.editions import ROOT, Edition


@pytest.fixture
def made(tmp_path, monkeypatch):
    """The command with a report that is only pretended; returns what it would have run."""
    calls = []

    def pretend(command, cwd, **_):
        calls.append((command, cwd))
        for ending in ("html", "pdf"):
            (cwd / "_output").mkdir(exist_ok=True)
            (cwd / "_output" / f"report-own.{ending}").write_text("made", "utf8")
        return subprocess.CompletedProcess(command, 0)

    def lay_out(*places):
        root = places[2]
        edition = Edition("own", root)
        edition.results.mkdir(parents=True)
        (edition.results / "scores.csv").write_text("a", "utf8")
        edition.raw.mkdir(parents=True)
        (edition.raw / "edition.toml").write_text('document = "report-own.qmd"', "utf8")
        return edition

    for name in (*own.PARTS, "data"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "part.txt").write_text(name, "utf8")
    (tmp_path / "report-own.qmd").write_text("text", "utf8")
    monkeypatch.setattr(own, "ROOT", tmp_path)
    monkeypatch.setattr(own.subprocess, "run", pretend)
    monkeypatch.setattr(own_figures, "lay_out", lay_out)
    return tmp_path, calls


def test_the_report_is_made_apart_and_put_below_the_output(made):
    root, calls = made
    own.own_report(Edition("2020", ROOT), Path("my.csv"), None, "", "embedded")
    [(command, place)] = calls
    assert place == root / "_build" / "own" / "my"
    assert command[-4:] == ["report", "own", "--renderer", "embedded"]
    assert (place / "sections" / "part.txt").read_text("utf8") == "sections"
    assert not (place / "data" / "part.txt").exists()
    target = root / "_output" / "own" / "my"
    found = sorted(path.relative_to(target).as_posix() for path in target.rglob("*.*"))
    assert found == ["report.html", "report.pdf", "results/scores.csv"]


def test_a_report_that_fails_ends_the_command_with_its_status(made, monkeypatch):
    root, _ = made
    failed = subprocess.CompletedProcess([], 3)
    monkeypatch.setattr(own.subprocess, "run", lambda *_, **__: failed)
    with pytest.raises(SystemExit, match="3"):
        own.own_report(Edition("2020", ROOT), Path("my.csv"), None, "", "auto")
    assert not (root / "_output").exists()
