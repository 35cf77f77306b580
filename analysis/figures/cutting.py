"""A face of one weight, cut from a variable font by HarfBuzz."""

from io import BytesIO

import uharfbuzz as harfbuzz
from fontTools.ttLib import TTFont

from analysis.figures.font_files import ALL_FACES, COLLECTION, Face, font_path

# What a face of one weight has no use for, and rules of other scripts and directions.
DROPPED = ("GPOS", "GSUB", "BASE", "VORG", "vhea", "vmtx")
# Copyright and licence stay among the names of a face.
KEPT_NAMES = (0, 13, 14)
BOLD = 0x20
REGULAR = 0x40


def cut_name(face: Face) -> str:
    """A file name that changes with the version of HarfBuzz, whose work the file is."""
    return f"{harfbuzz.version_string()}-{face.file}"


def cut_out(face: Face) -> bytes:
    """The font file of a face that has a cut, named as its family and weight."""
    if not face.cut:
        raise ValueError(f"{face.file} is no cut")
    like = next(other for other in ALL_FACES if other.file == face.cut.like)
    with TTFont(font_path(like), lazy=True) as regular:
        letters = list(regular.getBestCmap())
    blob = harfbuzz.Blob.from_file_path(str(font_path(COLLECTION)))
    variable = harfbuzz.Face(blob, face.cut.number)
    wanted = harfbuzz.SubsetInput()
    flags = harfbuzz.SubsetFlags
    # Typst and browsers read no CFF2 of one weight.
    wanted.flags = flags.NO_HINTING | flags.NOTDEF_OUTLINE | flags.DOWNGRADE_CFF2
    wanted.unicode_set.update(letters)
    wanted.drop_table_tag_set.update(int.from_bytes(tag.encode()) for tag in DROPPED)
    wanted.pin_axis_location(variable, "wght", face.cut.weight)
    return named(harfbuzz.subset(variable, wanted).blob.data, face)


def named(content: bytes, face: Face) -> bytes:
    """The font with the names and the marks of a bold face of its family."""
    with TTFont(BytesIO(content), recalcBBoxes=False, recalcTimestamp=False) as font:
        names = font["name"]
        names.names = [name for name in names.names if name.nameID in KEPT_NAMES]
        full = f"{face.family} Bold"
        for number, text in {1: face.family, 2: "Bold", 3: full, 4: full, 6: full}.items():
            names.setName(text.replace(" ", "") if number == 6 else text, number, 3, 1, 0x409)
        font["OS/2"].usWeightClass = face.cut.weight if face.cut else font["OS/2"].usWeightClass
        font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~REGULAR) | BOLD
        font["head"].macStyle |= 1
        del font["STAT"]
        written = BytesIO()
        font.save(written, reorderTables=None)
    return written.getvalue()
