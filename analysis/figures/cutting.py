"""A face of one weight, cut from a variable font by HarfBuzz."""

from io import BytesIO
from pathlib import Path

import uharfbuzz as harfbuzz
from fontTools.ttLib import TTFont

# What a face of one weight has no use for, and rules of other scripts and directions.
DROPPED = ("GPOS", "GSUB", "BASE", "VORG", "vhea", "vmtx")
# Copyright and licence stay among the names of a face.
KEPT_NAMES = (0, 13, 14)
BOLD = 0x20
REGULAR = 0x40


def cut_name(file: str) -> str:
    """A file name that changes with the version of HarfBuzz, whose work the file is."""
    return f"{harfbuzz.version_string()}-{file}"


def cut_out(collection: Path, number: int, weight: int, like: Path, family: str) -> bytes:
    """The font file of one weight of a variable font, with the letters of another font.

    Parameters
    ----------
    collection : Path
        File of variable fonts, of which the one with this `number` is taken.
    number, weight : int
        Place in the collection, and weight of the face, such as 700.
    like : Path
        The font whose letters it gets.
    family : str
        How it is called, with Bold behind it.
    """
    with TTFont(like, lazy=True) as regular:
        letters = list(regular.getBestCmap())
    variable = harfbuzz.Face(harfbuzz.Blob.from_file_path(str(collection)), number)
    wanted = harfbuzz.SubsetInput()
    flags = harfbuzz.SubsetFlags
    # Typst and browsers read no CFF2 of one weight.
    wanted.flags = flags.NO_HINTING | flags.NOTDEF_OUTLINE | flags.DOWNGRADE_CFF2
    wanted.unicode_set.update(letters)
    wanted.drop_table_tag_set.update(int.from_bytes(tag.encode()) for tag in DROPPED)
    wanted.pin_axis_location(variable, "wght", weight)
    return named(harfbuzz.subset(variable, wanted).blob.data, family, weight)


def named(content: bytes, family: str, weight: int) -> bytes:
    """The font with the names and the marks of a bold face of its family."""
    with TTFont(BytesIO(content), recalcBBoxes=False, recalcTimestamp=False) as font:
        names = font["name"]
        names.names = [name for name in names.names if name.nameID in KEPT_NAMES]
        full = f"{family} Bold"
        for number, text in {1: family, 2: "Bold", 3: full, 4: full, 6: full}.items():
            names.setName(text.replace(" ", "") if number == 6 else text, number, 3, 1, 0x409)
        font["OS/2"].usWeightClass = weight
        font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~REGULAR) | BOLD
        font["head"].macStyle |= 1
        del font["STAT"]
        written = BytesIO()
        font.save(written, reorderTables=None)
    return written.getvalue()
