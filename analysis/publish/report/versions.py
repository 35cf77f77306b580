"""Links between the reports of one project: to the other languages and the other editions."""

import html
import re
from pathlib import Path

from analysis.editions import Edition, edition_names
from analysis.editions.storage import write_whole
from analysis.language.languages import offered_languages
from analysis.publish.folders import report_files
from analysis.publish.stamps import renew_output

PLACE = re.compile(r'(<p class="byline versions">).*?(</p>)', re.DOTALL)


def link_reports(root: Path) -> list[Path]:
    """Write links into every report that is there, to those that are; returns what has changed.

    A report leads to the same edition in every language that is offered, and to the other editions
    in its own language.
    """
    languages = offered_languages(root)
    there = [
        (Edition(name, root), language)
        for name in edition_names(root)
        for language in languages
        if (root / report_files(Edition(name, root), language)[0]).is_file()
    ]
    changed = []
    for edition, language in there:
        file = report_files(edition, language)[0]
        page = (root / file).read_text("utf8")
        linked = PLACE.sub(rf"\g<1>{versions(edition, language, there)}\g<2>", page, count=1)
        if linked != page:
            write_whole(root / file, linked)
            renew_output(root, file)
            changed.append(file)
    return changed


def versions(edition: Edition, language: str, there: list[tuple[Edition, str]]) -> str:
    """The links of one report, as HTML."""
    tongues = [other for one, other in there if one.name == edition.name]
    years = [one.name for one, other in there if other == language]
    parts = [tongue(edition, language, other) for other in tongues if len(tongues) > 1]
    parts += [year(edition.name, language, other) for other in years if len(years) > 1]
    return " · ".join(parts)


def tongue(edition: Edition, language: str, other: str) -> str:
    """The name of a language in itself, as a link unless it is that of the page."""
    labels = edition.labels(other)
    name, code = html.escape(labels["language_name"]), html.escape(labels["html_language"])
    if other == language:
        return f'<span aria-current="true">{name}</span>'
    address = f"../{other}/{report_files(edition, other)[0].name}"
    return f'<a href="{address}" lang="{code}" hreflang="{code}">{name}</a>'


def year(name: str, language: str, other: str) -> str:
    """The name of an edition, as a link unless it is that of the page."""
    if other == name:
        return f'<span aria-current="true">{html.escape(other)}</span>'
    return f'<a href="../../{html.escape(other)}/{language}/report.html">{html.escape(other)}</a>'
