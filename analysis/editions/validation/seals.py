"""The seals of the raw files: the sha256 that `sources.csv` records for each.

A file without a recorded sha256 is not sealed yet: the first build that accepts it seals it.
"""

import csv
import hashlib
import io
from pathlib import Path

from analysis.editions import Edition
from analysis.editions.incoming import file_and_sheet, place_name
from analysis.editions.storage import write_whole
from analysis.editions.text_tables import file_content, own_text
from analysis.editions.validation.faults import Fault

CHANGED = "the file has changed since sources.csv recorded its sha256: if it is meant, empty that"
AS_IT_WAS = "else put the file back as it was"


def sha256(path: Path) -> str:
    """SHA-256 of the bytes of a file, in hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def path_of(edition: Edition, table: str) -> Path:
    """The file of a raw table, which may be one of its sheets."""
    return file_and_sheet(edition, table)[0]


def checksum_faults(edition: Edition) -> list[Fault]:
    """Raw files whose bytes differ from the sha256 in `sources.csv`."""
    sources = edition.raw_table("sources.csv")
    rows = zip(sources.index, sources["file"], sources["sha256"], strict=True)
    return [
        changed_fault(place_name(file), line, change(path_of(edition, file), recorded))
        for line, file, recorded in rows
        if recorded and recorded != sha256(path_of(edition, file))
    ]


def changed_fault(file: str, line: object, rule: str) -> Fault:
    """A file that is not as it was sealed, with the `line` of `sources.csv` that says so."""
    if rule != CHANGED:
        return Fault(file, "", "", "", rule)
    return Fault(file, "", "", "", f"{rule} of line {line}; {AS_IT_WAS}", f"{rule}; {AS_IT_WAS}")


def change(path: Path, recorded: str) -> str:
    """What the rule is that a file breaks whose sha256 is not the one that was `recorded`."""
    unix = path.read_bytes().replace(b"\r\n", b"\n")
    if hashlib.sha256(unix).hexdigest() == recorded:
        return "only its line ends differ from the sealed file, as in an old clone: clone again"
    return CHANGED


def unsealed(edition: Edition) -> list[str]:
    """Raw files of which `sources.csv` records no sha256."""
    sources = edition.raw_table("sources.csv")
    return list(sources.loc[sources["sha256"] == "", "file"])


def seal(edition: Edition) -> list[str]:
    """Record the sha256 of every file that has none, and return these files.

    `sources.csv` keeps its encoding and its delimiter, as a spreadsheet program has saved it; its
    line ends become plain.
    """
    files = unsealed(edition)
    if files:
        path = edition.raw / "sources.csv"
        sources, form = edition.raw_table("sources.csv"), own_text(path, file_content(path))
        empty = sources["sha256"] == ""
        hashes = sources["file"].map(lambda file: sha256(path_of(edition, file)))
        written = io.StringIO(newline="")
        writer = csv.writer(written, lineterminator="\n", delimiter=form.delimiter)
        writer.writerow(sources.columns)
        writer.writerows(sources.assign(sha256=sources["sha256"].mask(empty, hashes)).to_numpy())
        write_whole(path, written.getvalue().encode(form.encoding))
    return files
