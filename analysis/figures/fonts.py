"""The fonts of the report: pinned packages, never those of the machine.

Fira Sans sets Latin text and figures, Noto Sans SC everything Chinese; both are under the Open Font
License. The PDF and the figures use the files, the HTML a subset of the characters it shows.
"""

import base64
import warnings
from functools import cache
from io import BytesIO
from pathlib import Path

from fontTools.ttLib import TTFont

from analysis.figures.font_files import CHINESE, FACES, FAMILIES, LATIN, Face, font_path

LATIN_FEATURES = ["ccmp", "kern", "liga", "lnum", "mark", "mkmk", "pnum", "tnum"]
CHINESE_DROPPED = ["GPOS", "GSUB", "VORG", "vhea", "vmtx"]


def register_with_matplotlib() -> None:
    """Give figures the fonts of the report, and make an unknown glyph an error.

    Sets ``font.family``; call it before a figure is drawn.
    """
    from matplotlib import rcParams

    _add_to_matplotlib()
    rcParams["font.family"] = FAMILIES
    warnings.filterwarnings("error", message=r"Glyph .* missing from font")


@cache
def _add_to_matplotlib() -> None:
    """Let matplotlib know the font files and its own, once: it forgets what it found with each.

    Fonts of the machine go, for one of the same name would be preferred.
    """
    import matplotlib as mpl
    from matplotlib.font_manager import fontManager

    own = Path(mpl.get_data_path())
    fontManager.ttflist = [font for font in fontManager.ttflist if own in Path(font.fname).parents]
    for face in FACES:
        fontManager.addfont(font_path(face))


def missing_glyphs(text: str) -> set[str]:
    """Return the characters of `text` that no font of the report can show."""
    return {character for character in text if not character.isspace()} - _covered()


@cache
def _covered() -> frozenset[str]:
    """Return the characters that every Latin face, or the Chinese one, has."""
    latin = [_characters(face) for face in FACES if face.family == LATIN]
    chinese = [_characters(face) for face in FACES if face.family == CHINESE]
    return frozenset.intersection(*latin) | chinese[0]


def _characters(face: Face) -> frozenset[str]:
    with TTFont(font_path(face), lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def html_style(characters: set[str]) -> str:
    """Return a ``<style>`` element that carries the fonts, reduced to `characters`.

    Parameters
    ----------
    characters : set of str
        Single characters that the document shows.

    Returns
    -------
    str
        ``@font-face`` rules with woff2 data; tabular figures (``tnum``) stay available.
    """
    rules = [_font_face(face, characters) for face in FACES if face.weights]
    return "<style>\n" + "".join(rules) + "</style>\n"


def _font_face(face: Face, characters: set[str]) -> str:
    data = base64.b64encode(_subset(face, characters)).decode()
    return (
        f'@font-face{{font-family:"{face.family}";font-style:{face.style};'
        f"font-weight:{face.weights};font-display:swap;"
        f'src:url("data:font/woff2;base64,{data}") format("woff2")}}\n'
    )


def _subset(face: Face, characters: set[str]) -> bytes:
    """Reduce a font by HarfBuzz, a tenth of the time of fontTools, which then compresses it."""
    import uharfbuzz as harfbuzz

    wanted = harfbuzz.SubsetInput()
    wanted.flags = harfbuzz.SubsetFlags.NO_HINTING | harfbuzz.SubsetFlags.NOTDEF_OUTLINE
    wanted.unicode_set.update(map(ord, characters & _characters(face)))
    wanted.layout_feature_tag_set.clear()
    wanted.layout_feature_tag_set.update(map(_tag, LATIN_FEATURES))
    if face.family == CHINESE:  # its substitutions bring variants of every character with them
        wanted.drop_table_tag_set.update(map(_tag, CHINESE_DROPPED))
    source = harfbuzz.Face(harfbuzz.Blob.from_file_path(str(font_path(face))))
    reduced = BytesIO(harfbuzz.subset(source, wanted).blob.data)
    with TTFont(reduced, recalcTimestamp=False) as font:
        font.flavor = "woff2"
        buffer = BytesIO()
        font.save(buffer, reorderTables=None)
    return buffer.getvalue()


def _tag(name: str) -> int:
    """The number by which HarfBuzz knows a table or a feature of a font."""
    return int.from_bytes(name.encode())
