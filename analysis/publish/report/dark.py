"""Colours of figures for the dark: the same contrast to the paper, whatever colour it was.

The contrast is that of WCAG 2.2, (L1 + 0.05) / (L2 + 0.05) with L the relative luminance. Since
each colour keeps its contrast to the paper, any two keep theirs to each other: what can be told
apart and read on white can be so on the dark paper as well. Hue and saturation stay (those of HLS).
"""

import colorsys
from functools import cache

from analysis.figures.colours import channels, contrast, luminance

# The paper of both modes: that of the page in `theme/page.css`.
PAPER, DARK_PAPER = "#ffffff", "#14191f"
STEPS = 20


@cache
def dark_colour(colour: str) -> str:
    """The colour ``#rrggbb`` for dark mode, as ``#rrggbb``; paper becomes dark paper."""
    hue, _, saturation = colorsys.rgb_to_hls(*channels(colour))
    wanted = contrast(PAPER, colour) * (luminance(DARK_PAPER) + 0.05) - 0.05
    if colour == PAPER:
        return DARK_PAPER
    low, high = 0.0, 1.0
    for _ in range(STEPS):
        middle = (low + high) / 2
        if luminance(colorsys.hls_to_rgb(hue, middle, saturation)) < wanted:
            low = middle
        else:
            high = middle
    return "#" + "".join(
        f"{round(c * 255):02x}" for c in colorsys.hls_to_rgb(hue, high, saturation)
    )
