import base64
import re
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont
from matplotlib import font_manager

from analysis.publish import fonts
from analysis.publish.fonts import (
    FACES,
    copy_fonts,
    html_style,
    missing_glyphs,
    register_with_matplotlib,
)


def faces_of(style: str) -> list[TTFont]:
    data = re.findall(r"base64,([^\"]+)", style)
    return [TTFont(BytesIO(base64.b64decode(item))) for item in data]


def test_every_face_is_copied(tmp_path):
    copied = copy_fonts(tmp_path / "fonts")
    assert {path.name for path in copied} == {face.file for face in FACES}
    assert all(TTFont(path, lazy=True)["OS/2"].usWeightClass >= 400 for path in copied)


@pytest.fixture
def style(monkeypatch) -> str:
    """The style of one Latin face and the Chinese one: the others would take as long again."""
    monkeypatch.setattr(fonts, "FACES", (FACES[0], FACES[-1]))
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
