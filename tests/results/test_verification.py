"""Recomputing elsewhere and finding every byte that differs."""

import shutil

import pytest

from analysis import editions
from analysis.results import verification
from analysis.results.verification import Difference, file_differences, folder_differences


@pytest.fixture
def pair(tmp_path):
    """Writes a committed and a recomputed file and returns their differences."""

    def compare(committed: bytes, recomputed: bytes, name: str = "scores.csv") -> list[tuple]:
        paths = [tmp_path / folder / name for folder in ("committed", "recomputed")]
        for path, content in zip(paths, (committed, recomputed), strict=True):
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
        return [tuple(found)[1:] for found in file_differences(*paths)]

    return compare


def test_a_changed_cell_is_named_by_line_and_column(pair):
    committed = b"city,index,rank\nYi,80,1\nBing,60,2\n"
    assert pair(committed, committed.replace(b"60", b"61")) == [(3, "index", "60", "61")]


def test_two_changed_cells_of_a_line_are_two_differences(pair):
    found = pair(b"city,index,rank\nYi,80,1\n", b"city,index,rank\nYi,81,2\n")
    assert found == [(2, "index", "80", "81"), (2, "rank", "1", "2")]


def test_a_line_too_many_does_not_make_all_that_follow_differ(pair):
    found = pair(b"city,rank\nYi,1\nBing,2\nDing,3\n", b"city,rank\nYi,1\nDing,3\n")
    assert found == [(3, "", "Bing,2", "no such line")]


def test_a_missing_line_is_placed_where_it_belongs(pair):
    found = pair(b"city,rank\nYi,1\nDing,3\n", b"city,rank\nYi,1\nBing,2\nDing,3\n")
    assert found == [(3, "", "no such line", "Bing,2")]


def test_bytes_that_no_cell_shows_are_spelt_out(pair):
    found = pair(b"city\nYi\n", b"city\r\nYi\n")
    assert found == [(1, "", "city", "city\\r")]
    assert pair(b'city\n"Yi"\n', b"city\nYi\n") == [(2, "", '"Yi"', "Yi")]


def test_a_missing_last_line_end_is_a_difference(pair):
    assert pair(b"city\nYi\n", b"city\nYi") == [(3, "", "", "no such line")]


def test_bytes_that_are_no_text_and_lines_that_are_no_table_are_still_compared(pair):
    assert pair(b"city\nY\xff\n", b"city\nYi\n") == [(2, "city", "Y\\xff", "Yi")]
    assert pair(b'city\n"Yi\n', b"city\nYi\n") == [(2, "city", '"Yi', "Yi")]


def test_facts_are_compared_by_line(pair):
    found = pair(b"a: '1'\nb: 2, 3\n", b"a: '1'\nb: 2, 4\n", "facts.yml")
    assert found == [(2, "", "b: 2, 3", "b: 2, 4")]


def test_a_file_on_one_side_only_is_a_difference(tmp_path):
    for folder, name in (("one", "scores.csv"), ("other", "tiers.csv")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_bytes(b"")
    assert folder_differences(tmp_path / "one", tmp_path / "other") == [
        Difference("scores.csv", 0, "", "a file", "no file"),
        Difference("tiers.csv", 0, "", "no file", "a file"),
    ]


@pytest.fixture
def project(built_tiny, tmp_path):
    """A copy of the tiny edition with its results."""
    shutil.copytree(built_tiny.root, tmp_path / "project")
    return editions.load("tiny", tmp_path / "project")


def test_an_edition_scored_by_another_has_that_one_recomputed_first(project, tmp_path):
    later = project.raw.with_name("later")
    shutil.copytree(project.raw, later)
    settings = (later / "edition.toml").read_text("utf8")
    (later / "edition.toml").write_text(settings.replace('edition = "tiny"', 'edition = "later"'))
    scratch = tmp_path / "scratch"
    made = verification.recompute(editions.load("later", project.root), scratch)
    assert made.results == scratch / "data" / "results" / "later"
    assert (scratch / "data" / "results" / "tiny" / "anchors.csv").is_file()
