"""The report of somebody's own figures is made in a project of its own."""

import os
import stat
import subprocess
from pathlib import Path

import pytest

from analysis.commands import own
from analysis.editions import ROOT, Edition
from analysis.editions.storage import copy_tree
from analysis.index.refusal import RefusalError
from analysis.ranking import own_figures


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


def test_the_report_can_be_put_elsewhere(made, tmp_path):
    root, _ = made
    own.own_report(Edition("2020", ROOT), Path("my.csv"), None, "", "auto", tmp_path / "mine")
    assert (tmp_path / "mine" / "report.pdf").read_text("utf8") == "made"
    assert not (root / "_output").exists()


def test_a_file_in_the_place_of_the_folder_is_refused_before_any_work(made, tmp_path):
    (tmp_path / "mine").write_text("something else", "utf8")
    with pytest.raises(RefusalError, match="is a file: name a folder"):
        own.own_report(Edition("2020", ROOT), Path("my.csv"), None, "", "auto", tmp_path / "mine")
    assert made[1] == []


@pytest.fixture
def read_only(made, monkeypatch):
    """A project that cannot be written; nothing is so for the superuser, who may run the tests."""
    root, _ = made
    access = os.access
    monkeypatch.setattr(
        os, "access", lambda path, mode: not Path(path).is_relative_to(root) and access(path, mode)
    )
    return made


def test_in_a_read_only_project_the_report_is_made_elsewhere(read_only, tmp_path_factory):
    root, calls = read_only
    target = tmp_path_factory.mktemp("mine")
    own.own_report(Edition("2020", ROOT), Path("my.csv"), None, "", "auto", target)
    assert (target / "report.html").is_file()
    [(_, place)] = calls
    assert not place.is_relative_to(root)
    assert not place.exists()


def test_in_a_read_only_project_nothing_is_begun_that_could_not_be_kept(read_only):
    with pytest.raises(PermissionError) as failure:
        own.own_report(Edition("2020", ROOT), Path("my.csv"), None, "", "auto")
    assert failure.value.filename == str(read_only[0] / "_output" / "own" / "my")
    assert read_only[1] == []


def test_a_copy_of_what_is_read_only_can_be_written(tmp_path):
    source = tmp_path / "source"
    (source / "deep").mkdir(parents=True)
    (source / "deep" / "a.csv").write_text("a", "utf8")
    for path in (source / "deep" / "a.csv", source / "deep"):
        path.chmod(path.stat().st_mode & ~0o222)
    for _ in range(2):
        copy_tree(source, tmp_path / "copy")
    for name in ("deep", "deep/a.csv"):
        assert (tmp_path / "copy" / name).stat().st_mode & stat.S_IWUSR
