"""What a figure shows, read back from its artists, and labels that show where each word is from."""

import pandas as pd
from matplotlib.text import Text

from analysis.figures import style


def words(*keys):
    """Labels whose every word is its key in angle brackets, and a sign for percent."""
    return pd.Series({key: f"<{key}>" for key in keys} | {"percent_sign": " %"})


def say(name, **values):
    """A sentence that shows its name and its values."""
    return f"<{name}: {' '.join(map(str, values.values()))}>"


def texts(figure):
    """All texts that the figure shows."""
    figure.draw_without_rendering()
    found = figure.findobj(lambda artist: isinstance(artist, Text) and artist.get_visible())
    return [text.get_text() for text in found if text.get_text()]


def dots(axes):
    """Positions of all dots of scatter plots."""
    return [tuple(map(float, point)) for marks in axes.collections for point in offsets(marks)]


def offsets(marks):
    """Positions of the dots of one scatter plot; lines have none."""
    return marks.get_offsets() if hasattr(marks, "get_sizes") and len(marks.get_sizes()) else []


def is_reproducible(draw):
    """Whether drawing twice gives the same bytes, even if `draw` keeps what it has drawn once."""
    anew = getattr(draw, "__wrapped__", draw)
    return style.svg(anew()).data == style.svg(anew()).data
