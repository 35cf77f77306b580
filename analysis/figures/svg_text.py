"""Words of a figure as words: real text in SVG, which is selected, searched and read aloud.

Matplotlib draws the outlines of a text as soon as it has a halo, and writes one list of fonts for
all letters of a text, of which Typst takes one font for the whole. Both are settled here.
"""

import re
from html import unescape
from itertools import accumulate

from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text
from matplotlib.textpath import text_to_path

from analysis.figures.font_files import CHINESE, FAMILIES

# What marks the drawing for a phone within another.
NARROW = 'class="narrow" display="none"'
HALO = "halo"
# The line around the letters lies below them, as wide as matplotlib draws it.
HALO_STYLE = "stroke: {}; stroke-width: 2px; stroke-linejoin: round; paint-order: stroke; "
HALO_TEXT = re.compile(rf'(<g id="{HALO}">\s*(?:<!--.*?-->\s*)?<text style=")', re.DOTALL)
TEXT = re.compile(r'<text style="([^"]*)"(?: x="([^"]*)")?([^>]*)>([^<>]+)</text>')
STYLE = re.compile(r"([\w-]+): ([^;]+)")
LETTERS = r"\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
CHINESE_LETTERS = re.compile(f"[{LETTERS}]")
# A run of Chinese or of anything else, with the spaces behind it.
RUN = re.compile(rf"[{LETTERS}]+\s*|[^{LETTERS}]+")
# How far left of its place a text begins, in parts of its width.
ANCHORS = {"start": 0.0, "middle": 0.5, "end": 1.0}


def mark_halos(figure: Figure) -> None:
    """Name the texts that have a halo, and leave drawing it to the SVG."""
    for text in figure.findobj(Text):
        if text.get_path_effects():
            text.set_path_effects([])
            text.set_gid(HALO)


def settle_text(svg: str, paper: str) -> str:
    """The SVG of matplotlib with halos around marked texts and Chinese in its own font.

    `paper` is the colour of a halo, as ``#rrggbb``.
    The fonts of the figures must be known to matplotlib, with which texts are measured.
    """
    return TEXT.sub(_by_script, HALO_TEXT.sub(rf"\1{HALO_STYLE.format(paper)}", svg))


def with_narrow(wide: str, narrow: str) -> str:
    """The SVG `wide` with another one inside that is not shown: the same for a phone."""
    inner = narrow[narrow.index("<svg") :].replace("<svg", f"<svg {NARROW}", 1)
    end = wide.rindex("</svg>")
    return wide[:end] + inner.strip() + "\n" + wide[end:]


def _by_script(text: re.Match[str]) -> str:
    """A text in which each run of letters has its font and its place, if there is Chinese in it."""
    style, x, rest, words = text.groups()
    if not CHINESE_LETTERS.search(words):
        return text[0]
    known = dict(STYLE.findall(style))
    runs = RUN.findall(words)
    widths = [_width(run, known) for run in runs]
    left = float(x or 0) - ANCHORS[known.get("text-anchor", "start")] * sum(widths)
    places = accumulate(widths[:-1], initial=left)
    spans = "".join(_span(run, place) for run, place in zip(runs, places, strict=True))
    plain = style.replace(f"text-anchor: {known.get('text-anchor')}", "text-anchor: start")
    return f'<text style="{plain}"{rest}>{spans}</text>'


def _span(run: str, x: float) -> str:
    chinese = CHINESE_LETTERS.match(run)
    font = f' lang="zh" style="font-family: \'{CHINESE}\'"' if chinese else ""
    return f'<tspan x="{x:.3f}"{font}>{run}</tspan>'


def _width(run: str, style: dict[str, str]) -> float:
    size = float(style["font-size"].removesuffix("px"))
    if CHINESE_LETTERS.match(run):  # which has one face alone
        font = FontProperties(family=CHINESE, size=size)
    else:
        font = FontProperties(family=FAMILIES, weight=style.get("font-weight", "normal"), size=size)
        if "font-style" in style:
            font.set_style("italic")
    return text_to_path.get_text_width_height_descent(unescape(run), font, ismath=False)[0]
