"""Luminance and contrast as the guidelines define them."""

import pytest

from analysis.figures.colours import channels, contrast, luminance


def test_the_channels_of_a_colour_run_from_0_to_1():
    assert channels("#ff0033") == (1, 0, 0.2)


def test_contrast_is_that_of_the_guidelines():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#ffffff") == 1
    # Grey of 50 %: 0.2140 of the light of white, so 1.05 / 0.2640.
    assert contrast("#ffffff", (0.5, 0.5, 0.5)) == pytest.approx(3.977, abs=0.002)


def test_the_luminance_of_a_primary_is_its_share():
    assert luminance("#00ff00") == pytest.approx(0.7152)
