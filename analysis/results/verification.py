"""Whether the committed results follow from the raw files: computed again and compared by byte."""

import csv
import shutil
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

from analysis.editions import Edition
from analysis.editions.storage import copy_tree
from analysis.results.building import build


class Difference(NamedTuple):
    """One place in which recomputed results differ; `line` is 0 where a whole file is meant."""

    file: str
    line: int
    column: str
    committed: str
    recomputed: str


def recompute(edition: Edition, scratch: Path) -> Edition:
    """Build an edition in the folder `scratch` from its raw files and the reference tables alone.

    An edition that is scored by the anchors of another has that one built there first.
    """
    data, copied = edition.reference.parent, Edition(edition.name, scratch)
    for name in {edition.name, edition.settings["score_anchors"], edition.previous} - {None}:
        other = Edition(name, edition.root)
        copy_tree(other.raw, Edition(name, scratch).raw)
    copy_tree(edition.reference, copied.reference)
    shutil.copyfile(data / "dictionary.csv", copied.reference.parent / "dictionary.csv")
    if edition.settings["score_anchors"] != edition.name:
        recompute(Edition(edition.settings["score_anchors"], edition.root), scratch)
    build(copied)
    return copied


def folder_differences(committed: Path, recomputed: Path) -> list[Difference]:
    """Every difference between the files of two folders, by file, line and column."""
    names = {path.name for folder in (committed, recomputed) for path in folder.glob("*")}
    return [
        difference
        for name in sorted(names)
        for difference in file_differences(committed / name, recomputed / name)
    ]


def file_differences(committed: Path, recomputed: Path) -> list[Difference]:
    """Differences between two files of one name, of which one may be absent."""
    name = committed.name
    if not (committed.is_file() and recomputed.is_file()):
        there = ["a file" if path.is_file() else "no file" for path in (committed, recomputed)]
        return [Difference(name, 0, "", *there)]
    one, other = committed.read_bytes(), recomputed.read_bytes()
    if one == other:
        return []
    lines = [content.split(b"\n") for content in (one, other)]
    columns = cells(shown(lines[0][0])) if name.endswith(".csv") else []
    return [
        Difference(name, number, *place)
        for number, before, after in unequal_lines(*lines)
        for place in line_differences(before, after, columns if number > 1 else [])
    ]


def unequal_lines(
    committed: list[bytes], recomputed: list[bytes]
) -> Iterator[tuple[int, bytes | None, bytes | None]]:
    """Number, committed and recomputed bytes of unequal lines; None where a line is absent.

    Lines are matched, so that one line too many does not make all that follow differ. The number
    is that of the committed line, or of the one before which a line is missing.
    """
    matcher = SequenceMatcher(None, committed, recomputed, autojunk=False)
    for kind, start, end, begin, stop in matcher.get_opcodes():
        if kind == "equal":
            continue
        for step in range(max(end - start, stop - begin)):
            before = committed[start + step] if start + step < end else None
            after = recomputed[begin + step] if begin + step < stop else None
            yield min(start + step, end) + 1, before, after


def line_differences(
    committed: bytes | None, recomputed: bytes | None, columns: list[str]
) -> list[tuple[str, str, str]]:
    """Column, committed and recomputed text of what differs in a line; no column: the whole line.

    A difference that the cells do not show, such as a quotation mark or the end of the line, is
    written out.
    """
    if committed is None or recomputed is None:
        here, there = (
            "no such line" if line is None else shown(line) for line in (committed, recomputed)
        )
        return [("", here, there)]
    one, other = shown(committed), shown(recomputed)
    before, after = cells(one), cells(other)
    if not len(columns) == len(before) == len(after) or before == after:
        return [("", one, other)]
    rows = zip(columns, before, after, strict=True)
    return [(column, here, there) for column, here, there in rows if here != there]


def shown(line: bytes) -> str:
    """A line as text in which every byte that cannot be seen is spelt out."""
    text = line.decode("utf8", "backslashreplace")
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode()
        for letter in text
    )


def cells(line: str) -> list[str]:
    """The cells of one line of CSV; a line that is none is one cell."""
    try:
        return next(csv.reader([line], strict=True), [""])
    except csv.Error:
        return [line]
