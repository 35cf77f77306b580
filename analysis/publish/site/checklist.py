"""The methodology as a list that an auditor ticks: each claim, where it is kept, what tests it."""

from collections.abc import Iterable

from analysis.language.texts import texts_there
from analysis.publish.site.city_tables import CityTables
from analysis.publish.site.shell import environment, page_frame


def checklist_pages(tables: CityTables, coming: Iterable[str] = ()) -> dict[str, str]:
    """The page of the checklist, by address; what is ticked stays in the reader's page only."""
    table = texts_there(tables.edition, "checklist", tables.language)
    parts = [
        {"name": part, "items": group.to_dict("records")}
        for part, group in table.groupby("part", sort=False)
    ]
    words = {name: tables.words[f"site_{name}"] for name in ("claim", "file", "test")}
    frame = page_frame(tables, "checklist.html", coming)
    frame["words"] |= words
    frame["words"]["ticked"] = tables.say("site_ticked", done="{done}", total="{total}")
    page = (
        environment()
        .get_template("checklist.html")
        .render(
            frame,
            title=tables.words["site_checklist"],
            lead=tables.say("site_checklist_lead"),
            parts=parts,
            total=len(table),
        )
    )
    return {"checklist.html": page}
