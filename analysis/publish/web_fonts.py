"""The fonts of the report in a page of the web: which characters they have, and a part of them.

The HTML carries a subset of the characters that it shows.
"""

import base64
import html
import re
from collections.abc import Iterable
from functools import cache
from io import BytesIO

from fontTools.ttLib import TTFont

from analysis.figures.font_files import (
    FACES,
    LATIN,
    Face,
    chinese_form,
    faces_in,
    font_path,
)

LATIN_FEATURES = ["ccmp", "kern", "liga", "lnum", "mark", "mkmk", "pnum", "tnum"]
# Marks that Latin and Chinese share: in a Chinese text they are Chinese.
SHARED_MARKS = set("‘’“”…—·")
CHINESE_DROPPED = ["GPOS", "GSUB", "VORG", "vhea", "vmtx"]
# What stands between two tags of a figure.
SVG_TEXT = re.compile(r">([^<>]+)<")


def missing_glyphs(text: str, language: str = "en") -> set[str]:
    """Return the characters of `text` that the fonts of a language cannot show."""
    return {character for character in text if not character.isspace()} - _covered(language)


@cache
def _covered(language: str) -> frozenset[str]:
    """Return the characters that every Latin face has, or every Chinese one of the language.

    A letter that Heiti has and Songti lacks would be set in another font, as if it were its own.
    """
    form = chinese_form(language)
    latin = [_characters(face) for face in FACES if face.family == LATIN]
    chinese = [_characters(face) for face in faces_in(language) if face.family.endswith(form)]
    return frozenset.intersection(*latin) | frozenset.intersection(*chinese)


@cache
def _characters(face: Face) -> frozenset[str]:
    with TTFont(font_path(face), lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def svg_words(svg: str) -> str:
    """All letters that a figure shows, one text behind the other."""
    return html.unescape("".join(SVG_TEXT.findall(svg)))


def html_style(characters: set[str], faces: Iterable[Face] | None = None) -> str:
    """Return a ``<style>`` element that carries the fonts, reduced to `characters`.

    Parameters
    ----------
    characters : set of str
        Single characters that the document shows.
    faces : iterable of Face, optional
        The faces that it uses; all of them if not given.

    Returns
    -------
    str
        ``@font-face`` rules with woff2 data; tabular figures (``tnum``) stay available.
    """
    chosen = [face for face in faces or FACES if face.weights]
    chinese = any(face.family.startswith("Noto Serif") for face in chosen)
    latin = characters - SHARED_MARKS if chinese else characters
    rules = [_font_face(face, latin if face.family == LATIN else characters) for face in chosen]
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
    if face.family != LATIN:  # the substitutions of Chinese bring variants of every letter
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
