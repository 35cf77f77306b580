"""A bold face cut from the variable font: of its own name, heavier, with the same letters."""

from io import BytesIO

import pytest
from fontTools.pens.areaPen import AreaPen
from fontTools.ttLib import TTFont

from analysis.figures import cutting
from analysis.figures.font_files import CHINESE_FACES, COLLECTION, font_path

LETTERS = "深圳數位骨直１，"


@pytest.fixture(scope="module")
def bold() -> TTFont:
    """The bold Heiti of Traditional Chinese with a few letters, which takes no time."""
    patch = pytest.MonkeyPatch()
    with patch.context() as patched:
        patched.setattr(TTFont, "getBestCmap", lambda _: dict.fromkeys(map(ord, LETTERS)))
        content = cutting.cut_out(
            font_path(COLLECTION), 3, 700, font_path(CHINESE_FACES["TC"][0]), "Noto Sans TC"
        )
    return TTFont(BytesIO(content))


def ink(font: TTFont, letter: str) -> float:
    glyphs = font.getGlyphSet()
    pen = AreaPen(glyphs)
    glyphs[font.getBestCmap()[ord(letter)]].draw(pen)
    return abs(pen.value)


def test_the_cut_is_a_font_of_one_weight_with_its_own_name(bold):
    assert bold["name"].getDebugName(1) == "Noto Sans TC"
    assert bold["name"].getDebugName(2) == "Bold"
    assert bold["OS/2"].usWeightClass == 700
    assert bold["head"].macStyle & 1
    assert "fvar" not in bold
    assert "CFF " in bold  # and not CFF2, which Typst and browsers do not draw


def test_it_has_the_letters_and_is_heavier(bold):
    assert set(map(chr, bold.getBestCmap())) == set(LETTERS)
    regular = TTFont(font_path(CHINESE_FACES["TC"][0]))
    for letter in "深骨直":
        assert ink(bold, letter) > 1.2 * ink(regular, letter)


def test_the_name_of_the_file_changes_with_harfbuzz(monkeypatch):
    assert cutting.cut_name("NotoSansSC-Bold.otf").endswith("-NotoSansSC-Bold.otf")
    monkeypatch.setattr(cutting.harfbuzz, "version_string", lambda: "99")
    assert cutting.cut_name("NotoSansSC-Bold.otf") == "99-NotoSansSC-Bold.otf"
