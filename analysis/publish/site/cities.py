"""City pages in HTML: one for each city, and an index."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from analysis.publish.site.city_content import city_contents
from analysis.publish.site.city_tables import CityTables
from analysis.publish.site.shell import FOLDER, environment, page_frame, write_pages, write_style

SHEETS = "cities-{edition}.pdf"


def write_city_pages(
    tables: CityTables, adcodes: list[str] | None = None, coming: Iterable[str] = ("site_cities",)
) -> list[Path]:
    """Write the pages of these cities, or of all with an index, into the site; returns them.

    `coming` are the parts of the site that their bar may lead to already.
    """
    root = tables.edition.root
    contents = city_contents(tables, adcodes)
    pages = {
        f"cities/{content['adcode']}.html": city_page(tables, content, coming)
        for content in contents
    }
    if adcodes is None:
        pages["cities/index.html"] = index_page(tables, coming)
    write_pages(root, FOLDER, pages, clear="cities/*.html" if adcodes is None else "")
    write_style(root, FOLDER, pages.values())
    return [root / FOLDER / address for address in pages]


def city_page(tables: CityTables, content: Mapping[str, Any], coming: Iterable[str] = ()) -> str:
    """The page of one city."""
    frame = page_frame(tables, f"cities/{content['adcode']}.html", coming)
    return environment().get_template("city.html").render(frame, city=content)


def index_page(tables: CityTables, coming: Iterable[str] = ()) -> str:
    """The list of all cities: the ranked ones, then the others."""
    keys = ("rank", "interval", "city", "province", "region", "tier")
    frame = page_frame(tables, "cities/index.html", coming)
    frame["words"] |= {key: tables.words[key] for key in keys}
    frame["words"] |= {
        "find": tables.words["city_find"],
        "found": tables.say("city_found", count="{count}"),
    }
    sheets = SHEETS.format(edition=tables.edition.name)
    lead = tables.say(
        "city_index_lead",
        cities=len(tables.cities),
        ranked=len(tables.ranked),
        unranked=len(tables.unranked),
    )
    return (
        environment()
        .get_template("city_index.html")
        .render(
            frame,
            title=tables.words["city_profiles"],
            lead=lead,
            cities=[index_row(tables, adcode) for adcode in (*tables.ranked, *tables.unranked)],
            sheets=sheets if (tables.edition.root / FOLDER.parent / sheets).is_file() else "",
        )
    )


def index_row(tables: CityTables, adcode: str) -> dict[str, object]:
    """One line of the index."""
    city = tables.cities[adcode]
    ranked = tables.ranked.get(adcode)
    doubt = tables.uncertainty.get(adcode, {})
    return {
        "adcode": adcode,
        "name": tables.names[adcode],
        "rank": ranked["rank"] if ranked else "–",
        "low": doubt.get("rank_low"),
        "high": doubt.get("rank_high"),
        "province": tables.named(city["province_en"]),
        "region": tables.named(city["region"]),
        "tier": tables.words[ranked["tier"]] if ranked else tables.words["unranked"],
    }
