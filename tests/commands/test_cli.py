"""The command line: what each command says, and how a refusal looks."""

import errno
import os
import shutil
import sys

import pandas as pd
import pytest
from typer.testing import CliRunner

from analysis.commands import cli, steps
from analysis.editions.validation.faults import Fault, InputRefusedError
from analysis.index.refusal import RefusalError, RefusedValueError
from analysis.publish.errors import PublishError
from analysis.publish.memory import MemoryShortageError

RUNNER = CliRunner()


@pytest.fixture
def tiny_project(tiny_edition, monkeypatch):
    """The tiny edition in the place of the project's own."""
    monkeypatch.setattr(cli, "load", lambda _=None: tiny_edition)
    return tiny_edition


def test_help_names_every_command():
    shown = RUNNER.invoke(cli.app, ["--help"]).output
    for command in ("check", "build", "notebooks", "prerender", "render", "report", "new-edition"):
        assert command in shown


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


def test_no_notebook_is_executed_of_faulty_input(tiny_project):
    path = tiny_project.raw / "census.csv"
    path.write_text(path.read_text("utf8").replace("9900000", "many"), "utf8")
    refusal = RUNNER.invoke(cli.app, ["notebooks"]).exception
    assert isinstance(refusal, InputRefusedError)
    assert "census.csv, line 2, column popu_2020, value 'many'" in str(refusal)


def test_a_refusal_is_one_message_and_exit_status_one(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["analysis", "build", "no-such-edition"])
    with pytest.raises(SystemExit) as stop:
        cli.main()
    assert stop.value.code == 1
    said = capsys.readouterr().err
    assert "no-such-edition" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    "refusal",
    [
        RefusalError("too few cities"),
        RefusedValueError("too few cities"),
        InputRefusedError([Fault("own.csv", "", "", "", "too few cities")]),
        PublishError("too few cities"),
        MemoryShortageError("too few cities"),
    ],
    ids=lambda refusal: type(refusal).__name__,
)
def test_every_refusal_is_its_message_alone(monkeypatch, capsys, refusal):
    with pytest.raises(SystemExit) as stop:
        main_when_a_command_raises(monkeypatch, refusal)
    assert stop.value.code == 1
    assert capsys.readouterr().err == f"{refusal}\n"


def main_when_a_command_raises(monkeypatch, error: BaseException) -> None:
    def failing() -> None:
        raise error

    monkeypatch.setattr(cli, "app", failing)
    cli.main()


@pytest.mark.parametrize(
    "mistake",
    [
        ValueError("shapes do not fit"),
        KeyError("adcode"),
        FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), "scores.csv"),
        OSError("no number"),
    ],
)
def test_a_mistake_of_the_program_keeps_its_traceback(monkeypatch, capsys, mistake):
    with pytest.raises(type(mistake)) as raised:
        main_when_a_command_raises(monkeypatch, mistake)
    assert raised.value is mistake
    assert capsys.readouterr().err == ""


ELSEWHERE = "; work in a copy of the project that is yours, or name another place with --output"


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (OSError(errno.ENOSPC, "…", "audit.xlsx"), "audit.xlsx: the disk is full"),
        (
            OSError(errno.EROFS, "…", "report.html"),
            "report.html: the disk is read-only" + ELSEWHERE,
        ),
        (
            PermissionError(errno.EACCES, "…", "own.csv"),
            "own.csv: permission is denied" + ELSEWHERE,
        ),
        (
            shutil.Error([("a.csv", "b.csv", "No space left on device")]),
            "a.csv cannot be copied to b.csv: No space left on device",
        ),
    ],
)
def test_what_the_disk_does_not_allow_is_one_line(monkeypatch, capsys, failure, said):
    with pytest.raises(SystemExit):
        main_when_a_command_raises(monkeypatch, failure)
    assert capsys.readouterr().err == said + "\n"


def test_a_command_leaves_the_settings_of_pandas_as_they_were(monkeypatch):
    before = pd.get_option("mode.string_storage")
    seen = []
    monkeypatch.setattr(cli, "app", lambda: seen.append(pd.get_option("mode.string_storage")))
    cli.main()
    assert seen == ["python"]
    assert pd.get_option("mode.string_storage") == before != "python"


@pytest.mark.usefixtures("tiny_project")
def test_a_renderer_that_is_none_is_refused_before_any_work(monkeypatch):
    monkeypatch.setattr(cli, "prepare", lambda *_: pytest.fail("work was begun"))
    done = RUNNER.invoke(cli.app, ["report", "--renderer", "word"])
    assert isinstance(done.exception, PublishError)
    assert "renderer 'word' is not one of" in str(done.exception)
