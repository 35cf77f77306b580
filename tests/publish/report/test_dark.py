"""Colours for the dark keep their contrast to the paper."""

import pytest

from analysis.editions import ROOT
from analysis.figures.colours import contrast
from analysis.publish.report.dark import DARK_PAPER, PAPER, dark_colour


def test_paper_becomes_dark_paper():
    assert dark_colour(PAPER) == DARK_PAPER


@pytest.mark.parametrize("colour", ["#5c6773", "#1f5a7a", "#d55e00", "#a9cfe5", "#dfe4ea"])
def test_a_colour_keeps_its_contrast_to_the_paper(colour):
    dark = contrast(DARK_PAPER, dark_colour(colour))
    assert dark == pytest.approx(contrast(PAPER, colour), rel=0.03)


def test_what_is_darker_than_the_dark_paper_becomes_white():
    assert dark_colour("#000000") == "#ffffff"


def test_orange_stays_orange():
    red, green, blue = (int(dark_colour("#d55e00")[i : i + 2], 16) for i in (1, 3, 5))
    assert red > green > blue


def test_the_paper_of_the_figures_is_that_of_the_page():
    assert f"--paper: {DARK_PAPER};" in (ROOT / "theme" / "page.css").read_text("utf8")
