"""Words of a figure are text, in the fonts of their script and at the place of matplotlib."""

import re
from itertools import pairwise

import pytest
from fontTools.ttLib import TTFont
from matplotlib.patheffects import withStroke

from analysis.figures import style
from analysis.figures.font_files import FACES, font_path
from analysis.figures.svg_text import NARROW, with_narrow


def drawn(*texts: str, **keywords: object) -> str:
    with style.canvas(1) as (figure, axes):
        axes.set_axis_off()
        for text in texts:
            axes.text(0.5, 0.5, text, **keywords)
        return style.svg(figure).data


def test_words_are_text_that_can_be_searched():
    assert ">Shenzhen &amp; others</text>" in drawn("Shenzhen & others")


def test_a_text_with_a_halo_is_text_above_its_halo():
    svg = drawn("Xi'an", path_effects=[withStroke(linewidth=2, foreground="#ffffff")])
    style_of_text = re.search(r'<text style="([^"]*)"[^>]*>Xi\'an</text>', svg)[1]
    assert "stroke: #ffffff; stroke-width: 2px" in style_of_text
    assert "paint-order: stroke" in style_of_text


def test_a_text_without_a_halo_has_none():
    assert "paint-order" not in drawn("Xi'an")


def spans(svg: str) -> list[tuple[float, bool, str]]:
    """Place of each run of letters, whether it is in the Chinese font, and its letters."""
    found = re.findall(r'<tspan x="([\d.-]+)"([^>]*)>([^<]*)</tspan>', svg)
    return [(float(x), "'Noto Sans SC'" in rest, run) for x, rest, run in found]


def test_each_run_of_letters_has_the_font_of_its_script():
    found = spans(drawn("1 深圳 Shenzhen"))
    assert [(chinese, run) for _, chinese, run in found] == [
        (False, "1 "), (True, "深圳 "), (False, "Shenzhen"),
    ]  # fmt: skip
    assert all(before < after for (before, *_), (after, *_) in pairwise(found))


def test_chinese_is_marked_as_such():
    assert 'lang="zh"' in drawn("深圳")


@pytest.mark.parametrize(("anchor", "share"), [("left", 0), ("center", 0.5), ("right", 1)])
def test_a_mixed_text_begins_where_its_anchor_puts_it(anchor, share):
    # Two Chinese letters of 10 points in a text of nothing else are 20 points wide.
    left = spans(drawn("深圳", ha="left", fontsize=10))[0][0]
    assert spans(drawn("深圳", ha=anchor, fontsize=10))[0][0] == pytest.approx(
        left - share * 20, abs=0.01
    )


def test_a_turned_text_begins_at_its_own_origin():
    assert spans(drawn("深圳 Shenzhen", rotation=90))[0][0] == 0


@pytest.mark.parametrize(("weight", "name"), [(400, "Regular"), (600, "SemiBold")])
def test_latin_is_measured_in_the_face_of_its_weight(weight, name):
    face = next(face for face in FACES if face.file == f"FiraSans-{name}.ttf")
    with TTFont(font_path(face)) as font:
        letter = font["hmtx"]["m"][0] / font["head"].unitsPerEm
    (start, *_), (end, *_) = spans(drawn("mmm深", weight=weight, fontsize=10))
    assert end - start == pytest.approx(3 * 10 * letter, abs=0.05)


def test_a_drawing_for_a_phone_lies_hidden_in_the_wide_one():
    found = with_narrow('<svg a="1"><g/></svg>\n', '<?xml?>\n<svg b="2"><path/></svg>\n')
    assert found == f'<svg a="1"><g/><svg {NARROW} b="2"><path/></svg>\n</svg>\n'
