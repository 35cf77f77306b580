"""The command writes its tables whole into a folder of its own, or says why not."""

import os

import pytest
from any_units import FLAT, SOME, lay_out
from typer.testing import CliRunner

from analysis.commands import cli, index
from analysis.index.refusal import RefusalError
from analysis.ranking.any_units import TABLES


@pytest.fixture
def run(tmp_path):
    """The command on a sound case, with the output and other words given."""
    files = lay_out(tmp_path, FLAT, SOME)

    def command(output, *words: str, data=files.data):
        options = ["--output", str(output), *words] if output else list(words)
        return CliRunner().invoke(cli.app, ["index", str(files.framework), str(data), *options])

    return command


def names(folder) -> set[str]:
    return {path.name for path in folder.iterdir()}


OWN = {f"{name}.csv" for name in TABLES}


def test_all_tables_are_written_and_a_second_run_replaces_the_first(run, tmp_path):
    assert run(tmp_path / "out" / "below").exit_code == 0
    assert names(tmp_path / "out" / "below") == OWN
    first = (tmp_path / "out" / "below" / "ranking.csv").read_bytes()
    assert run(tmp_path / "out" / "below").exit_code == 0
    assert (tmp_path / "out" / "below" / "ranking.csv").read_bytes() == first
    assert names(tmp_path / "out") == {"below"}


def test_tables_show_figures_and_not_the_rounding_of_sums(run, tmp_path):
    data = tmp_path / "data.csv"
    data.write_text("unit,a,b,c\nE,0.1234567890123,100,100\nD,0,0,0\nA,0.05,20,70\n", "utf8")
    assert run(tmp_path / "out").exit_code == 0
    lines = (tmp_path / "out" / "ranking.csv").read_text("utf8").splitlines()
    assert lines[1].startswith("E,,100,1,1")
    assert "99999" not in lines[1]


def test_the_folder_below_output_is_taken_without_one(run, tmp_path, monkeypatch):
    monkeypatch.setattr(index, "ROOT", tmp_path / "project")
    assert run(None).exit_code == 0
    assert names(tmp_path / "project" / "_output" / "index") == OWN


def refused(done) -> str:
    assert isinstance(done.exception, RefusalError)
    assert "\n" not in str(done.exception)
    return str(done.exception)


@pytest.mark.parametrize("below", [".", "deeper/still"])
def test_a_file_in_the_place_of_the_folder_is_left_alone(run, tmp_path, below):
    data = tmp_path / "data.csv"
    before = data.read_bytes()
    for _ in range(2):
        message = refused(run(data / below))
        assert message == f"--output: {data} is a file: name a folder"
    assert data.read_bytes() == before
    assert names(tmp_path) == {"data.csv", "tree.csv"}


def test_a_link_to_a_file_is_left_alone(run, tmp_path):
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "data.csv")
    assert "data.csv is a file" in refused(run(link))
    assert link.is_symlink()


@pytest.mark.parametrize("there", [True, False])
def test_a_link_to_a_folder_stays_and_the_folder_is_written(run, tmp_path, there):
    target, link = tmp_path / "target", tmp_path / "link"
    if there:
        target.mkdir()
    link.symlink_to(target, target_is_directory=True)
    for _ in range(2):
        assert run(link).exit_code == 0
        assert link.is_symlink()
        assert names(target) == OWN
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("foreign", ["letter.txt", ".hidden", "Ranking.csv"])
def test_a_folder_with_other_files_is_left_alone(run, tmp_path, foreign):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / foreign).write_text("mine", "utf8")
    assert f"out holds other files ({foreign}): name a folder" in refused(run(tmp_path / "out"))
    assert names(tmp_path / "out") == {foreign}


def test_a_folder_that_bears_the_name_of_a_table_is_left_alone(run, tmp_path):
    (tmp_path / "out" / "ranking.csv").mkdir(parents=True)
    assert "holds other files (ranking.csv)" in refused(run(tmp_path / "out"))


def test_a_table_that_is_read_is_not_replaced(run, tmp_path):
    (tmp_path / "out").mkdir()
    data = tmp_path / "out" / "leaves.csv"
    data.write_text(SOME, "utf8")
    assert "out holds leaves.csv, which is read: name another" in refused(
        run(data.parent, data=data)
    )
    assert data.read_text("utf8") == SOME


@pytest.mark.parametrize("output", [".", "", "..", "here/.."])
def test_the_place_where_one_is_stays(run, tmp_path, monkeypatch, output):
    here = tmp_path / "empty" / "here"
    here.mkdir(parents=True)
    monkeypatch.chdir(here if output == ".." else here.parent if output == "here/.." else here)
    words = ["--output", output]
    assert "is where you are, and would be replaced" in refused(run(None, *words))
    assert here.is_dir()


def test_the_encoding_and_the_marks_are_taken_and_named(run, tmp_path):
    data = tmp_path / "data.csv"
    data.write_bytes("unit,a,b,c\nTürkiye,1,..,3\nPerú,2,1,NA\nX,5,5,1\n".encode("cp1252"))
    words = ["--encoding", "cp1252", "--missing", "..", "--missing", "NA"]
    done = run(tmp_path / "out", *words)
    assert done.exit_code == 0, done.exception
    assert "data.csv: read as cp1252, such as Türkiye" in done.output
    assert "Türkiye" in (tmp_path / "out" / "ranking.csv").read_text("utf8")


def test_what_is_refused_leaves_the_earlier_tables(run, tmp_path):
    assert run(tmp_path / "out").exit_code == 0
    (tmp_path / "data.csv").write_text(SOME.replace("A,1", "A,one"), "utf8")
    assert "must be a number" in refused(run(tmp_path / "out"))
    assert names(tmp_path / "out") == OWN


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() == 0, reason="the superuser may write anywhere"
)
def test_a_place_that_cannot_be_written_is_named(run, tmp_path):
    (tmp_path / "closed").mkdir(mode=0o500)
    assert "permission is denied" in refused(run(tmp_path / "closed" / "out"))
