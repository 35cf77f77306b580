"""The command writes the audit workbook, and only when something has changed."""

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from analysis.commands import cli, workbook
from analysis.index.refusal import RefusalError


@pytest.fixture
def run(built_tiny, monkeypatch):
    monkeypatch.setattr(workbook, "load", lambda _=None: built_tiny)
    return lambda *options: CliRunner().invoke(cli.app, ["workbook", *options])


def test_the_workbook_is_written_once(run, built_tiny):
    first, again = run(), run()
    assert first.exit_code == again.exit_code == 0
    assert "_output/tiny/en/audit.xlsx: written" in first.output
    assert "_output/tiny/en/audit.xlsx: unchanged" in again.output
    assert (built_tiny.root / "_output" / "tiny" / "en" / "audit.xlsx").is_file()


def test_the_workbook_is_written_anew_in_another_language(run, built_tiny):
    assert run().exit_code == 0
    done = run("--language", "zh_hans")
    assert "_output/tiny/zh_hans/audit.xlsx: written" in done.output
    book = built_tiny.root / "_output" / "tiny" / "zh_hans" / "audit.xlsx"
    assert load_workbook(book).sheetnames[0] == "说明"


def test_the_workbook_can_be_written_elsewhere(run, built_tiny, tmp_path):
    usual = built_tiny.root / "_output" / "tiny" / "en" / "audit.xlsx"
    usual.unlink(missing_ok=True)
    elsewhere = tmp_path / "mine" / "book.xlsx"
    done = run("--output", str(elsewhere))
    assert f"{elsewhere}: written" in done.output
    assert elsewhere.is_file()
    assert not usual.exists()


def test_a_folder_in_the_place_of_a_file_is_refused(run, tmp_path):
    with pytest.raises(RefusalError, match="is a folder: name a file"):
        raise run("--output", str(tmp_path)).exception


def test_one_file_is_not_for_several_languages(run, tmp_path):
    done = run("--language", "all", "--output", str(tmp_path / "book.xlsx"))
    assert done.exit_code != 0
    assert not (tmp_path / "book.xlsx").exists()
