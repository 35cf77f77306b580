"""What all figures share."""

import re
from colorsys import rgb_to_hls
from itertools import pairwise
from pathlib import Path

import pytest
from matplotlib import rcParams

from analysis.editions import ROOT
from analysis.figures import style
from analysis.figures.colours import channels, contrast, luminance

MODULES = sorted(Path(style.__file__).parent.glob("*.py"))
TEXTS = {"INK": style.INK, "MUTED": style.MUTED}
GROUPS = {
    "evidence": style.EVIDENCE_COLOURS, "region": style.REGION_COLOURS,
    "stage": style.TIER_COLOURS, "status": style.STATUS_COLOURS, "grade": style.GRADE_COLOURS,
    "verdict": {name: colour for name, (*_, colour) in style.VERDICTS.items()},
    "open": dict(enumerate(style.OPEN_RAMP)),
    "other": {"light": style.LIGHT, "neutral": style.NEUTRAL, "against": style.AGAINST},
}  # fmt: skip
MARKS = [
    pytest.param(colour, id=f"{group} {name}")
    for group, colours in GROUPS.items()
    for name, colour in colours.items()
    if colour != style.PALE["absent"]  # which has an edge wherever it is drawn
]
# Everything that says how a page looks.
SHEETS = sorted(
    path
    for folder in ("theme", "analysis/publish/templates", "analysis/publish/explorer")
    for path in (ROOT / folder).iterdir()
    if path.suffix in {".css", ".typ", ".html"}
)
# Points at which type of print is still read.
SMALLEST = 7


def test_a_figure_does_not_depend_on_settings_of_matplotlib(monkeypatch):
    def drawn() -> str:
        with style.canvas(1) as (figure, axes):
            axes.plot([0, 1], [1, 0])
            axes.scatter([0.5], [0.5], rasterized=True)
            axes.set_title("深圳 Shenzhen")
            return style.svg(figure).data

    usual = drawn()
    for name, value in {"savefig.dpi": 20, "axes.titlepad": 30, "path.simplify": False}.items():
        monkeypatch.setitem(rcParams, name, value)
    assert drawn() == usual


@pytest.mark.parametrize(
    ("values", "limits"),
    [
        ([20, 80], (0, 100)),
        ([0, 100], (0, 100)),
        ([-40, 80], (-41.5, 100)),
        ([20, 130], (0, 131.5)),
        ([float("nan")], (0, 100)),
    ],
)
def test_an_axis_of_a_scale_widens_for_values_beyond_it(values, limits):
    assert style.scale_limits(values, 0, 100) == limits


@pytest.mark.parametrize("colour", TEXTS.values(), ids=TEXTS)
def test_text_can_be_read_on_paper_and_on_pale_ground(colour):
    assert contrast(colour, style.PAPER) >= 4.5
    assert contrast(colour, style.PALE["plain"]) >= 4.5


@pytest.mark.parametrize("colour", MARKS)
def test_marks_can_be_seen_on_paper_and_text_read_on_them(colour):
    assert contrast(colour, style.PAPER) >= 3
    assert contrast(colour, style.ink_on(colour)) >= 3.8


def test_orange_is_the_published_list_alone():
    published = style.EVIDENCE_COLOURS["published"]
    used = [(group, name) for group, colours in GROUPS.items() for name, colour in colours.items()
            if colour == published]  # fmt: skip
    assert used == [("evidence", "published")]
    assert len(set(style.EVIDENCE_COLOURS.values())) == 3


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_no_page_uses_orange_for_anything_but_what_was_published(sheet):
    for line in sheet.read_text("utf8").splitlines():
        named = re.findall(r"([\w-]+):[^;:]*?(#[0-9a-f]{6})\b", line)
        orange = {name for name, colour in named if is_orange(colour)}
        assert orange <= {"--published", "--x-published"} or "let published" in line, line


@pytest.mark.parametrize(
    ("colour", "orange"), [("#d55e00", True), ("#e8d44d", False), ("#a3153a", False)]
)
def test_what_is_orange(colour, orange):
    assert is_orange(colour) is orange


def is_orange(colour):
    hue, _, saturation = rgb_to_hls(*channels(colour))
    return 12 <= hue * 360 <= 42 and saturation > 0.4


def test_stages_are_one_ramp_from_dark_to_light():
    lights = [luminance(colour) for colour in style.TIER_COLOURS.values()]
    assert lights == sorted(lights)
    steps = [1.6 * contrast(c, style.PAPER) for c in list(style.TIER_COLOURS.values())[1:3]]
    darker = [contrast(c, style.PAPER) for c in list(style.TIER_COLOURS.values())[:2]]
    assert all(step <= dark for step, dark in zip(steps, darker, strict=True))


def test_open_data_that_are_nested_are_one_ramp_from_dark_to_light():
    steps = [contrast(colour, style.PAPER) for colour in style.OPEN_RAMP]
    assert all(darker >= 1.5 * lighter for darker, lighter in pairwise(steps))


def test_the_cover_goes_from_dark_to_light():
    lights = [luminance(colour) for colour in style.COVER.values()]
    assert lights == sorted(lights)
    assert contrast(style.COVER["dusk"], style.COVER["night"]) >= 3


def test_text_on_a_mark_is_white_on_dark_and_dark_on_light():
    assert style.ink_on("#0b3c5d") == style.PAPER
    assert style.ink_on("#dcebf5") == style.INK


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_no_figure_has_a_colour_of_its_own_or_type_too_small_to_read(module):
    text = module.read_text("utf8")
    assert module.stem == "style" or not re.search(r"#[0-9a-fA-F]{6}\b", text)
    sizes = re.findall(
        r"(?:fontsize|labelsize|titlesize|(?<!major\.)\bsize)\"?[=:]\s*([\d.]+)", text
    )
    assert all(float(size) >= SMALLEST for size in sizes)


def test_words_stand_on_as_many_lines_as_they_need():
    assert style.lines(["one two three", "unbreakable"], 7) == ["one two\nthree", "unbreakable"]


def test_chinese_is_parted_behind_its_marks_alone():
    # Six narrow letters are three wide ones, the mark among them.
    assert style.lines(["甲、乙；丙", "甲乙丙丁，戊"], 6) == ["甲、\n乙；\n丙", "甲乙丙丁，\n戊"]
    assert style.lines(["甲、乙；丙"], 20) == ["甲、乙；丙"]
    assert style.lines(["甲乙丙丁"], 2) == ["甲乙丙丁"]
