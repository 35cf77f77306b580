"""Arithmetic of colours, without the library that draws: luminance and contrast (WCAG 2.2)."""

Channels = tuple[float, float, float]


def channels(colour: str) -> Channels:
    """Red, green and blue from 0 to 1 of a colour ``#rrggbb``."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def luminance(colour: str | Channels) -> float:
    """Relative luminance of a colour, from 0 for black to 1 for white."""
    parts = channels(colour) if isinstance(colour, str) else colour
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return sum(share * c for share, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str | Channels, other: str | Channels) -> float:
    """Contrast of two colours, (L1 + 0.05) / (L2 + 0.05) with the luminances: from 1 to 21."""
    darker, lighter = sorted(luminance(colour) for colour in (one, other))
    return (lighter + 0.05) / (darker + 0.05)
