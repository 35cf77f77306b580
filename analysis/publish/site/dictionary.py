"""The data dictionary as a page: every table of results with its columns and what they mean."""

from collections.abc import Iterable

from analysis.editions.text_tables import read_table
from analysis.language.texts import texts_there
from analysis.publish.site.shell import Site, environment, page_frame

COLUMNS = ("column", "type", "unit", "gap", "meaning", "origin")


def dictionary_pages(site: Site, coming: Iterable[str] = ()) -> dict[str, str]:
    """The page of the dictionary, by address; each table has a place of its own to link to."""
    table = read_table(site.edition.dictionary_file)
    said = texts_there(site.edition, "dictionary", site.language, table)
    said = said.rename(columns={"missing": "gap"})
    tables = [
        {"name": file, "id": file.removesuffix(".csv"), "columns": group.to_dict("records")}
        for file, group in said.groupby("file", sort=False)
    ]
    page = (
        environment()
        .get_template("dictionary.html")
        .render(
            page_frame(site, "dictionary.html", coming),
            title=site.words["site_dictionary"],
            lead=site.say("site_dictionary_lead"),
            heads={name: site.words[f"site_{name}"] for name in COLUMNS},
            tables=tables,
        )
    )
    return {"dictionary.html": page}
