"""The outcome does not depend on the machine: its speed, its folders, its settings, its user."""

import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import settings

from analysis.editions import ROOT

TESTS = Path(__file__).parent


def test_no_slow_machine_fails_a_test_of_properties():
    assert settings().deadline is None
    assert settings().derandomize


def test_no_test_has_settings_of_its_own():
    own = [
        path.name
        for path in sorted(TESTS.rglob("test_*.py"))
        if path != Path(__file__)
        and re.search(r"hypothesis import.*\bsettings\b", path.read_text("utf8"))
    ]
    assert own == []


def git(folder: Path, *words: str) -> str:
    command = ["git", "-c", "user.name=x", "-c", "user.email=x", "-C", str(folder), *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def checked_out(source: Path, target: Path) -> Path:
    """A clone of `source` as Git for Windows makes it unless it is told otherwise."""
    git(
        ROOT,
        "clone",
        "-q",
        "-c",
        "core.autocrlf=true",
        "-c",
        "core.eol=crlf",
        str(source),
        str(target),
    )
    return target


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with our attributes and files of both kinds of line ends."""
    source = tmp_path / "source"
    source.mkdir()
    (source / ".gitattributes").write_bytes((ROOT / ".gitattributes").read_bytes())
    for name, content in {
        "Makefile": b"a:\n\techo\n",
        "data/raw/2020/unix.csv": b"a,b\n1,2\n",
        "data/raw/2020/dos.csv": b"a,b\r\n1,2\r\n",
        "tests/fixtures/dos.csv": b"a\r\n",
    }.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_bytes(content)
    git(source, "init", "-q")
    git(source, "add", "-A")
    git(source, "commit", "-qm", "files")
    return source


def test_a_clone_on_windows_has_the_same_bytes(repository, tmp_path):
    clone = checked_out(repository, tmp_path / "clone")
    names = git(clone, "ls-files").split()
    assert len(names) == 5
    for name in names:
        assert (clone / name).read_bytes() == (repository / name).read_bytes(), name


def test_every_text_file_of_the_project_has_unix_line_ends_in_git():
    listed = git(ROOT, "ls-files", "--eol") if (ROOT / ".git").exists() else pytest.skip("no git")
    lines = [line.split("\t") for line in listed.splitlines()]
    unlike = [name for ends, name in lines if ends.startswith(("i/crlf", "i/mixed"))]
    as_received = ("data/", "tests/fixtures/")
    assert [name for name in unlike if not name.startswith(as_received)] == []


def test_every_file_can_be_checked_out_on_every_system():
    names = (
        git(ROOT, "ls-files").splitlines() if (ROOT / ".git").exists() else pytest.skip("no git")
    )
    assert [name for name in names if re.search(r'[<>:"|?*\\]|[. ](/|$)', name)] == []
    assert len({name.casefold() for name in names}) == len(names)


def test_files_are_written_with_the_same_line_ends_on_every_system():
    """Python and pandas end lines as the system does unless they are told how."""
    writing = re.compile(r"\.(?:to_csv|write_text)\((?:[^()]|\([^()]*\))*\)")
    careless = [
        f"{path.name}: {call}"
        for path in sorted((ROOT / "analysis").rglob("*.py"))
        for call in writing.findall(path.read_text("utf8"))
        if "newline=" not in call and "lineterminator=" not in call
    ]
    assert careless == []
