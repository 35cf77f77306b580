"""The command writes the audit workbook, and only when something has changed."""

import pytest
from typer.testing import CliRunner

from analysis import cli
from analysis.commands import workbook


@pytest.fixture
def run(built_tiny, monkeypatch):
    monkeypatch.setattr(workbook, "load", lambda _=None: built_tiny)
    return lambda: CliRunner().invoke(cli.app, ["workbook"])


def test_the_workbook_is_written_once(run, built_tiny):
    first, again = run(), run()
    assert first.exit_code == again.exit_code == 0
    assert "_output/audit.xlsx: written" in first.output
    assert "_output/audit.xlsx: unchanged" in again.output
    assert (built_tiny.root / "_output" / "audit.xlsx").is_file()
