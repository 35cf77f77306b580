"""The font files: where they come from, and what is said if they are lacking."""

import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from analysis.figures import font_files
from analysis.figures.font_files import FACES, SOURCES, copy_fonts, font_path
from analysis.index.refusal import RefusedValueError


def test_every_face_is_copied(tmp_path):
    copied = copy_fonts(tmp_path / "fonts")
    assert {path.name for path in copied} == {face.file for face in FACES}
    assert all(TTFont(path, lazy=True)["OS/2"].usWeightClass >= 400 for path in copied)


def test_the_packages_bring_the_very_files_that_are_named_elsewhere():
    assert [face.file for face in FACES if font_files.sha256(font_path(face)) != face.sha256] == []
    assert {face.family for face in FACES} == set(SOURCES)


@pytest.fixture
def withdrawn(monkeypatch, tmp_path):
    """The Latin font's package is not installed; returns the folder for files brought by hand."""
    there = font_files.find_spec
    monkeypatch.setattr(
        font_files, "find_spec", lambda name: None if name.startswith("fontpkg") else there(name)
    )
    monkeypatch.setattr(font_files.sys, "prefix", str(tmp_path))
    folder = tmp_path / "share" / "fonts"
    folder.mkdir(parents=True)
    return folder


def test_a_font_that_is_lacking_is_named_with_a_place_where_it_can_be_had(withdrawn, tmp_path):
    with pytest.raises(RefusedValueError) as refusal:
        copy_fonts(tmp_path / "copies")
    (line,) = str(refusal.value).splitlines()
    assert "the font Fira Sans is lacking: the package fontpkg-fira-sans is not installed" in line
    assert "https://github.com/google/fonts" in line
    assert all((face.file in line) == (face.family == "Fira Sans") for face in FACES)
    assert str(withdrawn) in line


def test_the_same_files_may_be_brought_by_hand(withdrawn, tmp_path):
    folder = Path(find_spec("fontpkg_fira_sans").origin).parent / "files"
    for face in FACES[:-1]:
        shutil.copy(folder / face.file, withdrawn)
    copied = copy_fonts(tmp_path / "copies")
    assert [font_files.sha256(path) for path in copied] == [face.sha256 for face in FACES]


def test_another_version_of_a_font_is_not_taken_for_it(withdrawn):
    (withdrawn / FACES[0].file).write_bytes(b"another font")
    with pytest.raises(RefusedValueError, match="Fira Sans is lacking"):
        font_path(FACES[0])
