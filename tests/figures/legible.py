"""Whether the words of a figure can be read: large enough, none over another, none cut."""

from itertools import combinations

from matplotlib.text import Text

from analysis.figures.sheet import SMALL


def shown_texts(figure):
    """Every text that is drawn and not empty."""
    figure.draw_without_rendering()
    texts = set(figure.findobj(Text))
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            texts -= set(axis.findobj(Text)) - axis_texts(axes, axis)
    return [text for text in texts if text.get_visible() and text.get_text().strip()]


def axis_texts(axes, axis):
    """The texts of an axis that are drawn: not those of ticks beyond its limits."""
    if not (axes.axison and axis.get_visible()):
        return set()
    ticks = axis._update_ticks()
    return {axis.label, axis.offsetText} | {
        label for tick in ticks for label in (tick.label1, tick.label2)
    }


def faults(figure, slack=0.5):
    """What cannot be read: texts that are too small, cut, or over each other by over `slack` px."""
    texts = shown_texts(figure)
    boxes = {text: Text.get_window_extent(text) for text in texts}
    frame = figure.bbox
    small = [f"small: {t.get_text()}" for t in texts if t.get_fontsize() < SMALL]
    cut = [
        f"cut: {text.get_text()}"
        for text, box in boxes.items()
        if box.x0 < frame.x0 - slack
        or box.x1 > frame.x1 + slack
        or box.y0 < frame.y0 - slack
        or box.y1 > frame.y1 + slack
    ]
    over = [
        f"over: {a.get_text()} / {b.get_text()}"
        for a, b in combinations(texts, 2)
        if overlap(boxes[a], boxes[b]) > slack
    ]
    return small + cut + over


def overlap(a, b):
    """By how many pixels two boxes overlap, in the direction in which it is less."""
    return min(min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0))
