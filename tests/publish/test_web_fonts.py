import base64
import re
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from analysis.figures.font_files import FACES
from analysis.publish import web_fonts
from analysis.publish.report.html import missing_letters
from analysis.publish.web_fonts import html_style, missing_glyphs


def faces_of(style: str) -> list[TTFont]:
    data = re.findall(r"base64,([^\"]+)", style)
    return [TTFont(BytesIO(base64.b64decode(item))) for item in data]


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


def test_a_letter_that_the_fonts_of_the_other_script_alone_have_is_missing():
    assert missing_glyphs("廣東 Xi’an") == missing_glyphs("廣東", "zh_hant") == set()
    assert missing_glyphs("新乡", "zh_hans") == set()
    assert missing_glyphs("新乡", "zh_hant") == {"乡"}
    page = '<html lang="zh-Hant"><p>新鄉<br>{}</p></html>'
    assert missing_letters(page.format("新乡")) == {"乡"}
    assert missing_letters(page.format('<b lang="zh-Hans">新<i>乡</i></b>東')) == set()
    assert missing_letters(page.format('<b lang="zh-Hans">ᚠ</b>乡')) == {"ᚠ", "乡"}
