"""The site: everything behind the report as pages that need no server."""

from analysis.commands.common import EditionName, Language, console
from analysis.editions import load


def site(edition: EditionName = None, language: Language = "en") -> None:
    """Write the audit site: executed notebooks with their code, the checklist, all city pages.

    Open `index.html` in `_output/<edition>/<language>/site`. Notebooks and checklist are also
    written by `report`, whose figures and tables link to them; `cities` writes the pages of cities
    alone.
    """
    from analysis.language.languages import asked_languages
    from analysis.publish.folders import site_folder
    from analysis.publish.site.build import write_site
    from analysis.publish.versions import link_versions

    chosen = load(edition)
    for each in asked_languages(chosen.root, language):
        with console.status("writing the site"):
            cities = write_site(chosen, each)
            link_versions(chosen.root)
        place = site_folder(chosen, each).as_posix()
        console.print(f"{place}/index.html: written, with {len(cities) - 1} city pages")
