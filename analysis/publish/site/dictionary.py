"""The data dictionary as a page: every table of results with its columns and what they mean."""

from collections.abc import Iterable

from analysis.editions.storage import write_whole
from analysis.editions.text_tables import read_table
from analysis.language.texts import texts_there
from analysis.publish.site.shell import Site, environment, page_frame

TABLES = "tables"
COLUMNS = ("column", "type", "unit", "gap", "meaning", "origin")


def dictionary_pages(site: Site, coming: Iterable[str] = ()) -> dict[str, str]:
    """The page of the dictionary, by address; each table has a place of its own to link to."""
    table = read_table(site.edition.dictionary_file)
    said = texts_there(site.edition, "dictionary", site.language, table)
    said = said.rename(columns={"missing": "gap"})
    tables = [
        {
            "name": file,
            "id": file.removesuffix(".csv"),
            "address": address_of(site, file),
            "columns": group.to_dict("records"),
        }
        for file, group in said.groupby("file", sort=False)
    ]
    page = (
        environment()
        .get_template("dictionary.html")
        .render(
            page_frame(site, "dictionary.html", coming),
            title=site.words["site_dictionary"],
            lead=site.say("site_dictionary_lead"),
            skip=site.say("site_skip_list"),
            heads={name: site.words[f"site_{name}"] for name in COLUMNS},
            tables=tables,
        )
    )
    return {"dictionary.html": page}


def address_of(site: Site, name: str) -> str:
    """Where a table of results lies in the site; nowhere if the edition has none of that name."""
    return f"{TABLES}/{name}" if (site.edition.results / name).is_file() else ""


def offer_tables(site: Site) -> None:
    """Write all tables of results into the site."""
    for source in site.edition.results.glob("*.csv"):
        write_whole(site.folder / TABLES / source.name, source.read_bytes())
