"""City pages as PDF: one sheet of paper for each city, set by Typst."""

import json
from pathlib import Path

from analysis.editions.storage import write_whole
from analysis.figures.font_files import faces_in, families_in, font_path
from analysis.publish.errors import PublishError
from analysis.publish.report.source import read_report
from analysis.publish.site.city_content import Content
from analysis.publish.site.shell import TEMPLATES, Site
from analysis.publish.typesetting import Document, typeset
from analysis.publish.web_fonts import missing_glyphs

TEMPLATE = TEMPLATES / "city.typ"


def write_city_sheets(site: Site, contents: list[Content], target: Path) -> Path:
    """Write the sheets of these cities into one tagged PDF; returns it.

    Raises
    ------
    PublishError
        For any warning of Typst, for a character that the fonts lack, and if a city does not fit
        on one page.
    """
    data = json.dumps(contents, ensure_ascii=False)
    missing = missing_glyphs(data)
    if missing:
        listed = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in sorted(missing))
        raise PublishError(f"city pages: the fonts of the report have no glyph for {listed}")
    title = site.words["city_profiles"]
    if len(contents) == 1:
        title = f"{contents[0]['name_zh']} {contents[0]['name_en']}"
    inputs = {
        "cities": data,
        "title": title,
        "lang": site.words["html_language"],
    }
    timestamp = read_report(site.edition.root, site.document).timestamp
    content = compiled(inputs, timestamp, site.language)
    write_whole(target, content)
    return target


def compiled(inputs: dict[str, str], timestamp: int, language: str = "en") -> bytes:
    """The PDF of the template with these inputs: text that is shown and never run."""
    fonts = sorted({font_path(face).parent for face in faces_in(language)})
    inputs = inputs | {"fonts": "|".join(families_in(language))}
    return typeset(Document(TEMPLATE, TEMPLATE.parent, fonts, timestamp, ["ua-1"], inputs))
