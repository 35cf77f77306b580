"""Releasing: report, workbook, site, tables and checksums of an edition in one folder."""

from analysis.commands.common import EditionName, console
from analysis.editions import load


def release(edition: EditionName = None) -> None:
    """Put everything of an edition into _output/release/<edition>: documents, tables, checksums.

    Results come as CSV and as Parquet, described by `datapackage.json`; the workbook, the city
    pages and the audit site are taken along if they have been made. Run `report` first, or
    `make release`, which does.
    """
    from analysis.publish.release.bundle import release as put_together

    chosen = load(edition)
    folder = put_together(chosen)
    files = [path for path in folder.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files) / 1e6
    place = folder.relative_to(chosen.root).as_posix()
    console.print(f"{place}: {len(files)} files, {size:.1f} MB")
