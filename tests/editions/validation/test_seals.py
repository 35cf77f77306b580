"""The seals of the raw files: recorded once, and broken by one byte."""

import hashlib

import pytest
from conftest import read

from analysis import editions
from analysis.editions.validation import seals


@pytest.fixture
def open_edition(tiny):
    """The small edition, of whose files one is not sealed."""
    tiny.seal()
    tiny.put("sources.csv", 3, "sha256", "")
    return editions.load("tiny", tiny.edition.root)


def test_the_first_sealing_records_what_is_not_sealed_and_leaves_the_rest(open_edition):
    file = read(open_edition.raw / "sources.csv")["file"].iloc[1]
    before = (open_edition.raw / "sources.csv").read_text("utf8")
    assert seals.unsealed(open_edition) == [file]
    assert seals.seal(open_edition) == [file]
    digest = hashlib.sha256((open_edition.raw / file).read_bytes()).hexdigest()
    after = (open_edition.raw / "sources.csv").read_text("utf8")
    assert after.replace(digest, "") == before
    assert seals.sha256(open_edition.raw / file) == digest


def test_sealed_files_are_not_sealed_again(open_edition):
    seals.seal(open_edition)
    sealed = editions.load("tiny", open_edition.root)
    assert seals.unsealed(sealed) == []
    assert seals.seal(sealed) == []


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("gb18030", ";"), ("utf-8-sig", "\t"), ("utf-16", ",")]
)
def test_sealing_keeps_the_encoding_and_the_delimiter(open_edition, encoding, delimiter):
    path = open_edition.raw / "sources.csv"
    table = read(path).replace({"Invented office": "国家统计局城市社会经济调查司"})
    path.write_bytes(table.to_csv(index=False, sep=delimiter).encode(encoding))
    [file] = seals.seal(open_edition)
    header, *lines = path.read_bytes().decode(encoding).splitlines()
    assert header.split(delimiter) == list(table.columns)
    assert "国家统计局城市社会经济调查司" in lines[0]
    assert seals.sha256(open_edition.raw / file) in lines[1]


def test_a_change_of_line_ends_is_told_from_a_change_of_figures(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n1,2\n")
    recorded = seals.sha256(path)
    path.write_bytes(b"a,b\r\n1,2\r\n")
    assert seals.change(path, recorded).startswith("only its line ends differ")
    path.write_bytes(b"a,b\r\n1,3\r\n")
    assert seals.change(path, recorded).startswith("the file has changed")
