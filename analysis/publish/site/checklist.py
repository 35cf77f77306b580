"""The methodology as a list that an auditor ticks: each claim, where it is kept, what tests it."""

from collections.abc import Iterable

from analysis.language.texts import texts_there
from analysis.publish.site.shell import Site, environment, page_frame


def checklist_pages(site: Site, coming: Iterable[str] = ()) -> dict[str, str]:
    """The page of the checklist, by address; what is ticked stays in the reader's page only."""
    table = texts_there(site.edition, "checklist", site.language)
    parts = [
        {"name": part, "items": group.to_dict("records")}
        for part, group in table.groupby("part", sort=False)
    ]
    words = {name: site.heading(site.words[f"site_{name}"]) for name in ("file", "test")}
    frame = page_frame(site, "checklist.html", coming)
    frame["words"] |= words
    frame["words"]["ticked"] = site.say("site_ticked", done="{done}", total="{total}")
    page = (
        environment()
        .get_template("checklist.html")
        .render(
            frame,
            title=site.words["site_checklist"],
            lead=site.say("site_checklist_lead"),
            parts=parts,
            total=len(table),
        )
    )
    return {"checklist.html": page}
