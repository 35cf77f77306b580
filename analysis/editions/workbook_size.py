"""Whether a workbook is small enough to be read: what its parts unpack to, before they are parsed.

A workbook is an archive of XML files, so a file of some kilobytes can hold gigabytes, and one
figure in the last row of a sheet asks for a million rows. Only the sheet that is wanted counts.
"""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from zipfile import ZipFile

from xlsxwriter.utility import xl_cell_to_rowcol

from analysis.editions.text_tables import MOST_CELLS, MOST_COLUMNS, limit_reached

# A sheet of 2,000,000 figures unpacks to some 120 MB; workbooks have many sheets.
MOST_UNPACKED = 600_000_000
# The parts that describe a workbook and its styles, and the texts that its cells share.
DESCRIPTIONS = {"[Content_Types].xml", "workbook.xml", "styles.xml", "core.xml", "app.xml"}
TEXTS = "xl/sharedStrings.xml"
# Tags opened or closed: a second of reading for the one, some three for the other.
MOST_DESCRIBING_TAGS, TAGS_OF_A_TEXT = 50_000, 4
CHUNK, LONGEST_TAG = 1 << 20, 200
# A cell that holds something; one that is but coloured ends in /> or at once in </c>.
CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]+)(\d+)"[^>/]*>(?=<[^/]|[^<])')


def excess(archive: ZipFile) -> str:
    """The limit that a workbook exceeds as a whole, in words; empty if it can be read."""
    size = sum(part.file_size for part in archive.infolist())
    if size > MOST_UNPACKED:
        return (
            f"unpacked, the workbook has {size / 1e6:,.0f} MB; {MOST_UNPACKED / 1e6:.0f} are read"
        )
    names = archive.namelist()
    if too_many(archive, [name for name in names if name == TEXTS], MOST_CELLS * TAGS_OF_A_TEXT):
        return f"the workbook has more than {MOST_CELLS:,} texts, which is the most that is read"
    if too_many(archive, [name for name in names if describes(name)], MOST_DESCRIBING_TAGS):
        return f"the workbook has more styles than the {MOST_DESCRIBING_TAGS:,} tags that are read"
    return ""


def sheet_excess(archive: ZipFile, part: str) -> tuple[int, str]:
    """The last line of a sheet and the limit that it exceeds; the limit is empty if none is."""
    cells, lines, columns = 0, 0, 0
    for names in cell_names(archive, part):
        cells += len(names)
        lines = max([lines, *map(int, {digits for _, digits in names})])
        columns = max([columns, *map(column_number, {letters for letters, _ in names})])
        if columns > MOST_COLUMNS or lines * columns > MOST_CELLS or cells > MOST_CELLS:
            rule = f"the table has more than {limit_reached(columns, lines)}, which is the most"
            return lines, f"{rule} that is read"
    return lines, ""


def column_number(letters: bytes) -> int:
    """The number of a column; of one with more than three letters one that no sheet has."""
    return (
        xl_cell_to_rowcol(f"{letters.decode()}1")[1] + 1 if len(letters) < 4 else MOST_COLUMNS + 1
    )


def cell_names(archive: ZipFile, part: str) -> Iterator[list[tuple[bytes, bytes]]]:
    """Letters and numbers of the cells of a sheet that hold something, some of them twice."""
    kept = b""
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            yield CELL.findall(kept + chunk)
            kept = chunk[-LONGEST_TAG:]


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
