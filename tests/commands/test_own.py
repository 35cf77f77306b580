"""The report of somebody's own figures is made in a project of its own."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.commands import own, steps
from analysis.editions import ROOT, Edition
from analysis.editions.storage import copy_tree
from analysis.index.refusal import RefusalError, RefusedValueError
from analysis.publish.errors import PublishError
from analysis.publish.notebooks.forks import kernel_environment
from analysis.publish.report.render import RenderReport
from analysis.ranking import own_figures


@pytest.fixture
def made(tmp_path, monkeypatch):
    """The command with a report that is only pretended; returns of which projects it was made."""
    calls = []

    def pretend(root, renderer, _, wanted):
        calls.append((root, renderer, wanted.document, wanted.told))
        outputs = [root / path for path in wanted.outputs]
        for path in (*outputs, outputs[0].parent / "site" / "index.html"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("made", "utf8")
        return RenderReport(renderer, outputs, "as asked", skipped=False)

    def lay_out(*places):
        root = places[2]
        edition = Edition("own", root)
        edition.results.mkdir(parents=True)
        (edition.results / "scores.csv").write_text("a", "utf8")
        edition.raw.mkdir(parents=True)
        (edition.raw / "edition.toml").write_text('document = "report-own.qmd"', "utf8")
        return edition

    for name in ("analysis", "data", "notebooks", "sections", "theme"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "part.txt").write_text(name, "utf8")
    for name in ("report-own.qmd", "_quarto.yml", "requirements.lock", "pyproject.toml"):
        (tmp_path / name).write_text("text", "utf8")
    monkeypatch.setattr(own, "ROOT", tmp_path)
    monkeypatch.setattr(own, "prepare", lambda *_: None)
    monkeypatch.setattr(own, "render", pretend)
    monkeypatch.setattr(own_figures, "lay_out", lay_out)
    return tmp_path, calls


def test_the_report_is_made_apart_and_put_below_the_output(made):
    root, calls = made
    own.own_report(Edition("2020", ROOT), Path("my.csv"), None, "", "embedded")
    [(place, renderer, document, told)] = calls
    assert (place, renderer, document) == (
        root / "_build" / "own" / "my", "embedded", "report-own.qmd"
    )  # fmt: skip
    assert told == {"DIGITAL_CITY_EDITION": "own", "DIGITAL_CITY_LANGUAGE": "en"}
    target = root / "_output" / "own" / "my"
    found = sorted(path.relative_to(target).as_posix() for path in target.rglob("*.*"))
    assert found == ["report.html", "report.pdf", "results/scores.csv", "site/index.html"]


def test_of_figures_that_are_refused_no_folder_is_left(made, monkeypatch):
    root, [*_] = made
    kept = root / "_build" / "own" / "my"

    def refused(*_):
        raise RefusedValueError("mine.csv: is no table")

    monkeypatch.setattr(own_figures, "lay_out", refused)
    for was_there in (False, True):
        if was_there:
            kept.mkdir()
        with pytest.raises(RefusedValueError, match="no table"):
            own.own_report(Edition("2020", ROOT), Path("my.csv"), None, "", "embedded")
        assert kept.exists() is was_there


def test_documents_are_copied_and_nothing_of_the_program(made):
    root, [*_] = made
    own.own_report(Edition("2020", ROOT), Path("my.csv"), None, "", "embedded")
    project = root / "_build" / "own" / "my"
    assert (project / "sections" / "part.txt").read_text("utf8") == "sections"
    assert {path.name for path in project.iterdir()} == {
        "_quarto.yml", "report-own.qmd", "requirements.lock", "notebooks", "sections", "theme",
        "data", "_output",
    }  # fmt: skip
    assert not (project / "data" / "part.txt").exists()


def test_a_report_that_is_refused_puts_nothing_below_the_output(made, monkeypatch):
    root, _ = made

    def refusing(*_):
        raise PublishError("report-own.qmd: a figure is missing")

    monkeypatch.setattr(own, "prepare", refusing)
    with pytest.raises(PublishError, match="a figure is missing"):
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
    [(place, *_)] = calls
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


def test_files_of_the_program_are_named_within_its_project_and_found_from_any_other(tmp_path):
    assert steps.code_files(ROOT, ["index/*.py"]) == ["analysis/index/*.py"]
    [elsewhere] = steps.code_files(tmp_path, ["index/*.py"])
    assert elsewhere == (ROOT / "analysis" / "index" / "*.py").as_posix()


def test_kernels_load_the_editions_of_the_project_that_they_work_for(tmp_path):
    code = "from analysis.editions import Edition; print(Edition('own').raw)"
    environment = kernel_environment(tmp_path)
    told = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    ).stdout
    assert Path(told.strip()) == tmp_path / "data" / "raw" / "own"
