"""The font files: where they come from, and what is said if they are lacking."""

import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from analysis.figures import cutting, font_files
from analysis.figures.font_files import (
    ALL_FACES,
    COLLECTION,
    FACES,
    SOURCES,
    copy_fonts,
    font_path,
)
from analysis.index.refusal import RefusedValueError


def test_every_face_is_copied(tmp_path):
    copied = copy_fonts(tmp_path / "fonts")
    assert {path.name for path in copied} == {face.file for face in FACES}
    assert all(TTFont(path, lazy=True)["OS/2"].usWeightClass >= 400 for path in copied)


def test_the_packages_bring_the_very_files_that_are_named_elsewhere():
    given = [face for face in (*ALL_FACES, COLLECTION) if not face.cut]
    assert [face.file for face in given if font_files.sha256(font_path(face)) != face.sha256] == []
    assert {face.family for face in given} == set(SOURCES)


@pytest.mark.parametrize(
    ("language", "families", "text", "bold"),
    [
        ("en", ["Fira Sans", "Noto Sans SC"], None, None),
        ("zh_hans", ["Fira Sans", "Noto Sans SC"], "Noto Serif SC", "NotoSansSC-Bold.otf"),
        ("zh_hant", ["Fira Sans", "Noto Sans TC", "Noto Sans SC"], "Noto Serif TC",
         "NotoSansTC-Bold.otf"),
    ],
)  # fmt: skip
def test_a_chinese_language_has_the_forms_of_its_script_and_a_bold(language, families, text, bold):
    assert font_files.families_in(language) == families
    added = [face for face in font_files.faces_in(language) if face not in FACES]
    assert [face.family for face in added if "Serif" in face.family] == ([text] if text else [])
    assert [face.file for face in added if face.cut] == ([bold] if bold else [])


def test_a_cut_is_made_once_and_kept_where_it_can_be_written(monkeypatch, tmp_path):
    face = font_files.CHINESE_FACES["TC"][-1]
    made = []
    monkeypatch.setattr(cutting, "cut_out", lambda *cut: made.append(cut[-1]) or b"bold")
    monkeypatch.setattr(font_files.sys, "prefix", str(tmp_path / "environment"))
    monkeypatch.setattr(font_files.tempfile, "gettempdir", lambda: str(tmp_path / "passing"))
    assert font_path(face) == font_path(face)
    assert font_path(face).parent == tmp_path / "environment" / "share" / "fonts"
    assert font_path(face).read_bytes() == b"bold"
    assert made == ["Noto Sans TC"]
    monkeypatch.setattr(font_files, "can_be_made", lambda folder: "passing" in str(folder))
    font_path(face).unlink()
    assert font_path(face).parent == tmp_path / "passing" / "digital-city-fonts"


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
