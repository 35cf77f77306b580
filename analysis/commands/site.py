"""The site: everything behind the report as pages that need no server."""

from analysis.commands.common import EditionName, Language, console
from analysis.editions import load


def site(edition: EditionName = None, language: Language = "en") -> None:
    """Write the audit site: executed notebooks with their code, the checklist, all city pages.

    Open `_output/site/index.html`. Notebooks and checklist are also written by `report`, whose
    figures and tables link to them; `cities` writes the city pages alone.
    """
    from analysis.publish.site.build import write_site

    chosen = load(edition)
    with console.status("writing the site"):
        cities = write_site(chosen, language)
    console.print(f"_output/site/index.html: written, with {len(cities) - 1} city pages")
