import base64
import re
import shutil
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from matplotlib import font_manager

from analysis.figures import font_files
from analysis.figures.font_files import FACES, SOURCES, copy_fonts, font_path
from analysis.figures.fonts import register_with_matplotlib
from analysis.index.refusal import RefusedValueError
from analysis.publish import web_fonts
from analysis.publish.web_fonts import html_style, missing_glyphs


def faces_of(style: str) -> list[TTFont]:
    data = re.findall(r"base64,([^\"]+)", style)
    return [TTFont(BytesIO(base64.b64decode(item))) for item in data]


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


@pytest.fixture
def style(monkeypatch) -> str:
    """The style of one Latin face and the Chinese one: the others would take as long again."""
    monkeypatch.setattr(web_fonts, "FACES", (FACES[0], FACES[-1]))
    return html_style(set("01Ab深"))


def test_the_html_carries_only_the_characters_used(style):
    latin, chinese = faces_of(style)
    assert set(latin.getBestCmap()) == set(map(ord, "01Ab"))
    assert set(chinese.getBestCmap()) == set(map(ord, "01Ab深"))


def test_tabular_figures_stay_available_and_chinese_substitutions_go(style):
    latin, chinese = faces_of(style)
    features = {record.FeatureTag for record in latin["GSUB"].table.FeatureList.FeatureRecord}
    assert "tnum" in features
    assert "GSUB" not in chinese


def test_the_same_characters_give_the_same_bytes(style):
    assert html_style(set("深b1A0")) == style


def test_both_scripts_of_chinese_and_latin_are_covered():
    assert missing_glyphs("深圳 廣東 Xi’an São × ≥ −1.5 %") == set()


def test_a_character_of_no_font_is_found():
    assert missing_glyphs("Shenzhen ᚠ 深圳 🏙") == {"ᚠ", "🏙"}


def test_figures_are_drawn_in_the_fonts_of_the_report(monkeypatch):
    monkeypatch.setitem(__import__("matplotlib").rcParams, "font.family", ["sans-serif"])
    register_with_matplotlib()
    import matplotlib.pyplot as plt

    assert plt.rcParams["font.family"] == ["Fira Sans", "Noto Sans SC"]
    assert font_manager.findfont("Noto Sans SC").endswith("NotoSansSC-Regular.otf")


def test_a_glyph_that_a_figure_cannot_draw_is_an_error(tmp_path):
    import matplotlib.pyplot as plt

    with plt.rc_context():
        register_with_matplotlib()
        figure = plt.figure()
        figure.text(0, 0, "ᚠ")
        with pytest.raises(UserWarning, match="missing from font"):
            figure.savefig(tmp_path / "x.svg")
        plt.close(figure)
