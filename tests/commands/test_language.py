"""The commands for writers: what a language lacks, and Simplified Chinese from Traditional."""

import pytest
from typer.testing import CliRunner

from analysis.commands import language
from analysis.commands.cli import app

LACKING = ["sections/fr/a.qmd: the file is lacking", "sections/fr/b.jinja: lacks the macro x"]


@pytest.mark.parametrize(
    ("found", "options", "shown", "status"),
    [
        (LACKING, [], LACKING, 1),
        (LACKING, ["--file", "a.qmd"], LACKING[:1], 1),
        (LACKING, ["--file", "c.qmd"], [], 0),
        ([], [], [], 0),
    ],
)
def test_what_a_language_lacks_is_listed_and_whole_is_success(
    monkeypatch, found, options, shown, status
):
    monkeypatch.setattr("analysis.language.completeness.lacking", lambda *_: found)
    done = CliRunner().invoke(app, ["language", "fr", *options])
    assert done.exit_code == status
    assert done.stdout.splitlines() == shown


def test_simplified_files_are_written_and_those_without_a_source_go(monkeypatch, tmp_path):
    folder = tmp_path / "sections" / "zh_hans"
    folder.mkdir(parents=True)
    (folder / "old.qmd").write_text("old")
    made = {folder.relative_to(tmp_path) / "new.qmd": "新"}
    monkeypatch.setattr(language, "ROOT", tmp_path)
    monkeypatch.setattr("analysis.language.simplified.simplified_files", lambda _: made)
    done = CliRunner().invoke(app, ["simplify"])
    assert done.exit_code == 0
    assert [path.name for path in folder.iterdir()] == ["new.qmd"]
    assert (folder / "new.qmd").read_text("utf8") == "新"
