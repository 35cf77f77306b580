"""Colours of figures for the dark: the same contrast to the paper, whatever colour it was.

The contrast is that of WCAG 2.2, (L1 + 0.05) / (L2 + 0.05) with L the relative luminance. Since
each colour keeps its contrast to the paper, any two keep theirs to each other: what can be told
apart and read on white can be so on the dark paper as well. Hue and saturation stay (those of HLS).
"""

import colorsys
from functools import cache

# The paper of both modes: that of the page in `theme/page.css`.
PAPER, DARK_PAPER = "#ffffff", "#14191f"
STEPS = 20


@cache
def dark_colour(colour: str) -> str:
    """The colour ``#rrggbb`` for dark mode, as ``#rrggbb``; paper becomes dark paper."""
    hue, _, saturation = colorsys.rgb_to_hls(*_channels(colour))
    wanted = contrast(PAPER, colour) * (luminance(DARK_PAPER) + 0.05) - 0.05
    if colour == PAPER:
        return DARK_PAPER
    low, high = 0.0, 1.0
    for _ in range(STEPS):
        middle = (low + high) / 2
        if _luminance(colorsys.hls_to_rgb(hue, middle, saturation)) < wanted:
            low = middle
        else:
            high = middle
    return "#" + "".join(
        f"{round(c * 255):02x}" for c in colorsys.hls_to_rgb(hue, high, saturation)
    )


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, from 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance of a colour, from 0 (black) to 1 (white)."""
    return _luminance(_channels(colour))


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def _luminance(channels: tuple[float, float, float]) -> float:
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return sum(share * c for share, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
