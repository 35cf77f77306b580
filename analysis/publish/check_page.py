"""A page of what `check` found: one file that opens anywhere, cause by cause, gravest first."""

from pathlib import Path

from analysis.editions import Edition
from analysis.editions.storage import write_whole
from analysis.editions.validation.findings import SEVERITIES, Cause
from analysis.publish.site.shell import environment
from analysis.publish.web_fonts import html_style

# What each severity asks of whoever reads the page.
ASKED = {
    "refused": "keeps the edition from being built",
    "lost": "was there before and is gone",
    "suspicious": "may be right, but somebody should look",
    "new": "was not there before",
    "note": "good to know",
}
# So many findings of a cause are shown at once; longer tables are folded.
OPEN = 20


def write_page(edition: Edition, found: list[Cause], path: Path) -> None:
    """Write the page of an edition to `path`, whole or not at all."""
    write_whole(path, page(edition, found))


def page(edition: Edition, found: list[Cause]) -> str:
    """The page as HTML that needs no other file: it carries its style and its fonts."""
    sections = [
        {
            "severity": severity,
            "asked": ASKED[severity],
            "causes": [cause for cause in found if cause.severity == severity],
        }
        for severity in SEVERITIES
    ]
    values = {
        "edition": edition.name,
        "sections": [section for section in sections if section["causes"]],
        "open": OPEN,
    }
    template = environment().get_template("check.html")
    bare = template.render(values, fonts="")
    return template.render(values, fonts=html_style(set(bare)))
