"""The command that puts a release together."""

from typer.testing import CliRunner

from analysis.commands import cli, release
from analysis.editions import Edition


def test_it_says_where_the_release_is_how_many_files_and_how_large(tmp_path, monkeypatch):
    folder = tmp_path / "_output" / "tiny" / "en" / "release"
    (folder / "csv").mkdir(parents=True)
    (folder / "report.pdf").write_bytes(b"0" * 1_200_000)
    (folder / "csv" / "scores.csv").write_bytes(b"0" * 300_000)
    monkeypatch.setattr(release, "load", lambda _: Edition("tiny", tmp_path))
    monkeypatch.setattr("analysis.publish.release.bundle.release", lambda *_: folder)
    done = CliRunner().invoke(cli.app, ["release"])
    assert done.exit_code == 0, done.output
    assert done.output == "_output/tiny/en/release: 2 files, 1.5 MB\n"
