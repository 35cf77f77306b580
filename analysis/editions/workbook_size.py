"""Whether a workbook is small enough to be read: what its parts unpack to, before they are parsed.

A workbook is an archive of XML files, so a file of some kilobytes can hold gigabytes. Time goes
into the tags of its XML; there are about five of them for every figure.
"""

from pathlib import PurePosixPath
from zipfile import ZipFile

from analysis.editions.text_tables import MOST_BYTES

# The parts that grow with the figures, and those that describe a workbook and its styles.
FIGURES = ("xl/worksheets/", "xl/sharedStrings")
DESCRIPTIONS = {"[Content_Types].xml", "workbook.xml", "styles.xml", "core.xml", "app.xml"}
# Tags opened or closed: some four seconds of reading for the one, some two for the other.
MOST_TAGS, MOST_DESCRIBING_TAGS = 800_000, 50_000
TAGS_OF_A_FIGURE = 5
CHUNK = 1 << 20


def excess(archive: ZipFile) -> str:
    """The limit that a workbook exceeds, in words; empty if it can be read."""
    size = sum(part.file_size for part in archive.infolist())
    if size > MOST_BYTES:
        return f"unpacked, the workbook has {size / 1e6:,.0f} MB; {MOST_BYTES / 1e6:.0f} are read"
    names = archive.namelist()
    figures = [name for name in names if name.startswith(FIGURES)]
    describing = [name for name in names if describes(name)]
    if too_many(archive, figures, MOST_TAGS):
        most = MOST_TAGS // TAGS_OF_A_FIGURE
        return f"the workbook has more than about {most:,} figures and texts, which are read"
    if too_many(archive, describing, MOST_DESCRIBING_TAGS):
        return f"the workbook has more styles than the {MOST_DESCRIBING_TAGS:,} tags that are read"
    return ""


def describes(name: str) -> bool:
    """Whether a part of a workbook says how the others are to be read."""
    path = PurePosixPath(name)
    return path.name in DESCRIPTIONS or path.suffix == ".rels"


def too_many(archive: ZipFile, names: list[str], most: int) -> bool:
    """Whether parts of a workbook have more tags than `most`; counting ends where that is clear."""
    tags = 0
    for name in names:
        with archive.open(name) as part:
            while chunk := part.read(CHUNK):
                tags += chunk.count(b"<")
                if tags > most:
                    return True
    return False
