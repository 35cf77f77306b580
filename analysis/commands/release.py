"""Releasing: report, workbook, site, tables and checksums of an edition in one folder."""

from analysis.commands.common import EditionName, Language, console
from analysis.editions import load


def release(edition: EditionName = None, language: Language = "en") -> None:
    """Put everything of an edition into one folder: documents, tables, checksums.

    It is `release` in `_output/<edition>/<language>`. Results come as CSV and as Parquet, described
    by `datapackage.json`; the workbook, the city pages and the audit site are taken along if they
    have been made. Run `report` first, or `make release`, which does.
    """
    from analysis.language.languages import asked_languages
    from analysis.publish.release.bundle import release as put_together

    chosen = load(edition)
    for each in asked_languages(chosen.root, language):
        folder = put_together(chosen, each)
        files = [path for path in folder.rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files) / 1e6
        place = folder.relative_to(chosen.root).as_posix()
        console.print(f"{place}: {len(files)} files, {size:.1f} MB")
