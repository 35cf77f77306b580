"""The first page of the site: search, map, the hundred, downloads, and how to cite."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from analysis.publish.explorer.build import inert, search_script
from analysis.publish.explorer.search import keys_with_province
from analysis.publish.site.city_tables import CityList, optional, records
from analysis.publish.site.locator import WIDTH, positions
from analysis.publish.site.shell import PLACES, Site, environment, page_frame, places

# How many cities the list has, and the map shows dark.
FIRST = 100
# What may be downloaded, seen from the site: word, address, and whether `report` makes it.
DOWNLOADS = (
    ("site_report", "../report.html", True),
    ("site_report_pdf", "../report.pdf", True),
    ("site_workbook", "../audit.xlsx", False),
    ("site_sheets", "../cities-{edition}.pdf", False),
)
# The same of a release, which lies beside the site, or around it.
BESIDE, AROUND = "../release/", "../"
RELEASED = (("site_package", "datapackage.json"), ("site_checksums", "SHA256SUMS"))


def front_page(site: Site, coming: Iterable[str] = (), release: str = BESIDE) -> str:
    """The page; names lead to the pages of cities where these are there, or about to be.

    `release` is where the release lies, seen from the site.
    """
    listed = CityList(site.edition, site.language)
    there = {part["key"] for part in places(site, coming)}
    count = min(FIRST, len(listed.ranked))
    rows = hundred(site, listed)
    return (
        environment()
        .get_template("site_index.html")
        .render(
            page_frame(site, "index.html", coming),
            lead=lead(site, listed),
            parts=[
                part | {"about": site.say(f"{part['key']}_lead")} for part in places(site, coming)
            ],
            linked="site_cities" in there,
            cities=finder(site, listed) if "site_cities" in there else "",
            script=search_script(),
            dots=dots(site, listed),
            size={"width": WIDTH, "height": site.map_height},
            halves=[rows[: (count + 1) // 2], rows[(count + 1) // 2 :]],
            downloads=downloads(site, release),
            citation=citation(site),
            said=sentences(site, count),
            named={
                name: site.words[f"site_{name}"] for name in ("map", "hundred", "downloads", "cite")
            }
            | {name: site.words[name] for name in ("rank", "city", "interval")}
            | {"find": site.words["city_find"], "score": site.words["score"]},
        )
    )


def lead(site: Site, listed: CityList) -> str:
    """How many cities are ranked by which figures, and who leads."""
    return site.say(
        "site_index_lead",
        cities=len(listed.cities),
        ranked=len(listed.ranked),
        first=listed.names[next(iter(listed.ranked))],
        edition=site.edition.name,
        year=site.edition.data_year,
    )


def sentences(site: Site, count: int) -> dict[str, str]:
    """What explains the parts of the page."""
    return {
        "map_alt": site.say("site_map_alt", count=count),
        "map_key": site.say("site_map_key", count=count),
        "hundred_key": site.say("site_hundred_key", published=bool(site.edition.published_list)),
        "skip_hundred": site.say("site_skip_hundred"),
        "licence": site.say("site_licence"),
        "found": site.say("city_found", count="{count}"),
    }


def hundred(site: Site, listed: CityList) -> list[dict[str, Any]]:
    """The first hundred: place, name, score, interval with its bar, published place."""
    published = records(optional(site.edition, "published"))
    last = len(listed.ranked)
    rows = []
    for adcode in list(listed.ranked)[:FIRST]:
        row, doubt = listed.ranked[adcode], listed.uncertainty.get(adcode)
        rows.append(
            {
                "adcode": adcode,
                "name": listed.names[adcode],
                "rank": row["rank"],
                "score": site.numbers.number(row["score"], 1),
                "published": published.get(adcode, {}).get("rank"),
                "low": doubt["rank_low"] if doubt else None,
                "high": doubt["rank_high"] if doubt else None,
                "from": round(100 * (doubt["rank_low"] - 1) / last, 1) if doubt else 0,
                "to": round(100 * doubt["rank_high"] / last, 1) if doubt else 0,
                "at": round(100 * (row["rank"] - 0.5) / last, 1),
            }
        )
    return rows


def finder(site: Site, listed: CityList) -> str:
    """Code, name, place and keys of every city, as inert JSON for the search."""
    keys = keys_with_province(site.edition)
    every = [
        [adcode, listed.names[adcode], listed.ranked.get(adcode, {}).get("rank"), keys[adcode]]
        for adcode in (*listed.ranked, *listed.unranked)
    ]
    return inert(every)


def dots(site: Site, listed: CityList) -> list[dict[str, Any]]:
    """All cities on the map, the first ones last, so that they lie on top."""
    where = positions(site.edition.reference_table("cities")).to_dict("index")
    first = set(list(listed.ranked)[:FIRST])
    order = [*listed.unranked, *reversed(listed.ranked)]
    return [
        where[adcode] | {"adcode": adcode, "name": listed.names[adcode], "first": adcode in first}
        for adcode in order
    ]


def downloads(site: Site, release: str = BESIDE) -> list[dict[str, str]]:
    """The files that are there, with their sizes, and those that are made after this page."""
    offered = [(word, address.format(edition=site.edition.name), made)
               for word, address, made in DOWNLOADS]  # fmt: skip
    offered += [(word, f"{release}{name}", release == AROUND) for word, name in RELEASED]
    tables = {"name": site.say("site_tables"), "address": PLACES["site_dictionary"], "size": ""}
    return [
        {
            "name": site.words[word],
            "address": address,
            "size": "" if made else size_of(site, (site.folder / address).resolve()),
        }
        for word, address, made in offered
        if made or (site.folder / address).resolve().is_file()
    ] + [tables]


def size_of(site: Site, path: Path) -> str:
    """How large a file is, or nothing if it is not there yet or small."""
    megabytes = path.stat().st_size / 1e6 if path.is_file() else 0
    return (
        site.say("site_size", megabytes=site.numbers.number(megabytes, 1))
        if megabytes >= 0.1
        else ""
    )


def citation(site: Site) -> str:
    """How the report is cited."""
    front = site.front
    return site.say(
        "site_citation",
        authors=[author["name"] for author in front.get("author", [])],
        title=front["title"],
        edition=site.edition.name,
        version=front.get("version", ""),
        year=str(front["date"])[:4],
    )
