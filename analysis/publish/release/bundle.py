"""A release: everything that a reader, an auditor or another program may want, in one folder.

The same inputs give the same bytes; no time of day enters any file.
"""

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.editions import Edition
from analysis.editions.storage import aside, copy_tree, recover, swap
from analysis.editions.text_tables import read_table
from analysis.language.sentences import ORIGINAL
from analysis.publish.documents import report_in
from analysis.publish.errors import PublishError
from analysis.publish.folders import output_folder, report_files, site_folder
from analysis.publish.release.datapackage import PROFILE, parquet, resource, resource_name
from analysis.publish.report.source import Report, read_report
from analysis.publish.site.front import AROUND, front_page
from analysis.publish.site.shell import PLACES, Site
from analysis.publish.versions import unlinked

# The report must be there; the rest is released if it is there: a file or folder a line.
OFFERED = (
    "audit.xlsx",
    "cities-{edition}.pdf",
    "site",
)
TEXTS = ("CITATION.cff", "CHANGELOG.md", "LICENSE", "LICENSE-DATA.md")
CHECKSUMS = "SHA256SUMS"
FRONT = "site/index.html"
LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}


def release(edition: Edition, language: str = ORIGINAL) -> Path:
    """Put report, workbook, site, raw files, tables and checksums into one folder; returns it.

    An earlier release of the edition is replaced, whole or not at all.

    Raises
    ------
    PublishError
        If the report is missing, or it or a page of the site is that of another edition.
    """
    report = read_report(edition.root, report_in(edition, language))
    output = edition.root / output_folder(edition, language)
    refuse_other_report(edition, language)
    folder = output / "release"
    recover(folder)
    new, old = aside(folder)
    new.mkdir(parents=True)
    for path in report_files(edition, language):
        copy(edition.root / path, new)
    for name in OFFERED:
        copy(output / name.format(edition=edition.name), new)
    stand_alone(edition, language, new)
    for name in TEXTS:
        copy(edition.root / name, new)
    copy_tree(edition.raw, new / "raw")
    write_data(edition, report, new)
    (new / CHECKSUMS).write_text(checksums(new), "utf8", newline="\n")
    swap(folder, new, old)
    shutil.rmtree(old, ignore_errors=True)
    return folder


def refuse_other_report(edition: Edition, language: str) -> None:
    """Refuse to release without a report, or with pages of another edition."""
    for path in report_files(edition, language):
        if not (edition.root / path).is_file():
            raise PublishError(f"there is no {path.as_posix()}: run report {edition.name} first")
    own = f'<meta name="edition" content="{edition.name}">'
    for page in sorted((edition.root / site_folder(edition, language)).rglob("*.html")):
        if own not in page.read_text("utf8"):
            place = page.relative_to(edition.root).as_posix()
            raise PublishError(f"{place} is a page of another edition: run site {edition.name}")


def copy(source: Path, folder: Path) -> None:
    """Copy a file or a folder into `folder`, if it is there."""
    if source.is_dir():
        copy_tree(source, folder / source.name)
    elif source.is_file():
        shutil.copyfile(source, folder / source.name)


def stand_alone(edition: Edition, language: str, folder: Path) -> None:
    """Make the pages in `folder` lead to nothing but what is released with them."""
    for page in sorted(folder.rglob("*.html")):
        page.write_text(unlinked(page.read_text("utf8")), "utf8", newline="\n")
    if (folder / FRONT).is_file():
        front = front_page(Site(edition, language), PLACES, AROUND)
        (folder / FRONT).write_text(front, "utf8", newline="\n")


def write_data(edition: Edition, report: Report, folder: Path) -> None:
    """Write results as CSV and Parquet, the reference tables, and the file that describes them."""
    described = dict(described_tables(edition))
    known = {resource_name(path) for path in described}
    resources = []
    for path, (source, columns) in described.items():
        content = source.read_bytes()
        place(folder / path, content)
        resources.append(resource(path, content, columns, known))
        if path.startswith("csv/"):
            table = edition.result(source.stem)
            place(folder / "parquet" / f"{source.stem}.parquet", parquet(table, columns))
    place(folder / "facts.yml", (edition.results / "facts.yml").read_bytes())
    described_package = package(edition, report, resources)
    text = json.dumps(described_package, ensure_ascii=False, indent=2) + "\n"
    place(folder / "datapackage.json", text.encode())


def described_tables(edition: Edition) -> Iterator[tuple[str, tuple[Path, pd.DataFrame]]]:
    """Place in the release, file and description of every table: results, then reference."""
    for path in sorted(edition.results.glob("*.csv")):
        yield f"csv/{path.name}", (path, edition.dictionary(path.stem))
    columns = read_table(edition.reference / "columns.csv")
    for name, described in columns.groupby("file"):
        yield f"reference/{name}", (edition.reference / str(name), described)


def package(edition: Edition, report: Report, resources: list[dict[str, Any]]) -> dict[str, Any]:
    """The Data Package: who made it, from what, under which licence, and its tables."""
    front = report.front
    sources = edition.raw_table("sources.csv").drop_duplicates("citation")
    return {
        "profile": PROFILE,
        "name": f"digital-city-top100-{edition.name}".lower(),
        "title": f"{front['title']}: edition {edition.name}",
        "description": (
            f"Results and reference tables of edition {edition.name}, figures of "
            f"{edition.data_year}. {front.get('subtitle', '')}. The folder parquet holds the "
            "results once more, typed."
        ),
        "version": str(front.get("version", "")),
        "created": f"{front['date']}T00:00:00Z",
        "licenses": [LICENCE],
        "contributors": [
            {"title": author["name"], "role": "author"} for author in front.get("author", [])
        ],
        "keywords": front.get("keywords", []),
        "sources": [
            {"title": row["citation"], "terms": row["terms"]} for row in sources.to_dict("records")
        ],
        "resources": resources,
    }


def place(path: Path, content: bytes) -> None:
    """Write one file of the release."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def checksums(folder: Path) -> str:
    """SHA-256 of every file below `folder`, in the form that `sha256sum --check` reads."""
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))
    return "".join(
        f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n"
        for name in files
        if (folder / name).is_file() and name != CHECKSUMS
    )
