"""City pages in HTML: one for each city, and an index."""

from collections.abc import Iterable
from pathlib import Path

from analysis.editions.storage import write_whole
from analysis.publish.explorer.build import search_script
from analysis.publish.explorer.search import keys_with_province
from analysis.publish.site.city_content import Content
from analysis.publish.site.city_tables import CityList
from analysis.publish.site.locator import MAP, WIDTH, map_drawing, positions
from analysis.publish.site.shell import (
    Site,
    environment,
    page_frame,
    write_pages,
    write_style,
)

SHEETS = "cities-{edition}.pdf"


def write_city_pages(
    site: Site,
    contents: Iterable[Content],
    coming: Iterable[str] = ("site_cities",),
    *,
    whole: bool = True,
    beside: Iterable[str] = (),
) -> list[Path]:
    """Write the pages of these cities into the site, of the whole with an index; returns them.

    `coming` are the parts of the site that their bar may lead to already; pages `beside` them have
    letters that the style must bring, too.
    """
    pages = {
        f"cities/{content['adcode']}.html": city_page(site, content, coming) for content in contents
    }
    if whole:
        listed = CityList(site.edition, site.language)
        pages["cities/index.html"] = index_page(site, listed, coming)
    write_pages(site.folder, pages, clear="cities/*.html" if whole else "")
    write_style(site, [*beside, *pages.values()])
    write_map(site)
    return [site.folder / address for address in pages]


def write_map(site: Site) -> None:
    """Write the map on which every page shows its city."""
    drawing = map_drawing(positions(site.edition.reference_table("cities")))
    write_whole(site.folder / MAP, drawing)


def city_page(site: Site, content: Content, coming: Iterable[str] = ()) -> str:
    """The page of one city."""
    frame = page_frame(site, f"cities/{content['adcode']}.html", coming)
    size = {"width": WIDTH, "height": site.map_height}
    return environment().get_template("city.html").render(frame, city=content, map=size)


def index_page(site: Site, listed: CityList, coming: Iterable[str] = ()) -> str:
    """The list of all cities: the ranked ones, then the others."""
    heads = ("rank", "interval", "city", "province", "region", "tier")
    frame = page_frame(site, "cities/index.html", coming)
    frame["words"] |= {key: site.words[key] for key in heads}
    frame["words"] |= {
        "find": site.words["city_find"],
        "skip_list": site.say("site_skip_list"),
        "found": site.say("city_found", count="{count}"),
    }
    keys = keys_with_province(site.edition)
    sheets = SHEETS.format(edition=site.edition.name)
    lead = site.say(
        "city_index_lead",
        cities=len(listed.cities),
        ranked=len(listed.ranked),
        unranked=len(listed.unranked),
    )
    return (
        environment()
        .get_template("city_index.html")
        .render(
            frame,
            title=site.words["city_profiles"],
            lead=lead,
            cities=[
                index_row(site, listed, adcode) | {"found_by": keys[adcode]}
                for adcode in (*listed.ranked, *listed.unranked)
            ],
            script=search_script(),
            sheets=sheets if (site.folder.parent / sheets).is_file() else "",
        )
    )


def index_row(site: Site, listed: CityList, adcode: str) -> dict[str, object]:
    """One line of the index."""
    city = listed.cities[adcode]
    ranked = listed.ranked.get(adcode)
    doubt = listed.uncertainty.get(adcode, {})
    return {
        "adcode": adcode,
        "name": listed.names[adcode],
        "rank": ranked["rank"] if ranked else "–",
        "low": doubt.get("rank_low"),
        "high": doubt.get("rank_high"),
        "province": site.named(city["province_en"]),
        "region": site.named(city["region"]),
        "tier": site.words[ranked["tier"]] if ranked else site.words["unranked"],
    }
