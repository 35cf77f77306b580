"""What stands on the page of one city, as texts and positions that templates only have to place.

Positions run from 0 to 100; a value beyond is placed at the end, its number stands beside it.
HTML and PDF are written from the same content, so they cannot differ.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from analysis.language.markdown import spelt_out
from analysis.language.names import SIMPLIFIED, TRADITIONAL, script
from analysis.publish.site.city_evidence import CityFigures, evidence, position, with_unit
from analysis.publish.site.city_tables import CityProfiles, Row
from analysis.publish.site.shell import Site

Content = dict[str, Any]


def city_contents(site: Site, adcodes: list[str] | None = None) -> Iterator[Content]:
    """Content of the pages of these cities, or of all: ranked ones by rank, then the others."""
    profiles = CityProfiles(site.edition, site.language)
    figures = CityFigures(site.edition, site.language)
    ordered = [*profiles.ranked, *profiles.unranked]
    for adcode in ordered if adcodes is None else adcodes:
        yield inert(city_content(site, profiles, figures, adcode))


def inert(value: Any) -> Any:
    """The same content with hidden and control characters spelt out in every text."""
    if isinstance(value, dict):
        return {key: inert(item) for key, item in value.items()}
    if isinstance(value, list):
        return [inert(item) for item in value]
    return spelt_out(value) if isinstance(value, str) else value


def city_content(site: Site, profiles: CityProfiles, figures: CityFigures, adcode: str) -> Content:
    """Content of the page of one city."""
    city, ranked = profiles.cities[adcode], adcode in profiles.ranked
    say = site.say
    content: Content = {
        "adcode": adcode,
        **chinese_names(city, site.language),
        "name_en": city["name_en"],
        "where": [site.named(city["province_en"]), site.named(city["region"])],
        "edition": say("city_edition", edition=site.edition.name, year=site.edition.data_year),
        "colophon": say("city_colophon", **site.project, published=site.edition.published_list),
        "ranked": ranked,
        "words": page_words(site),
        "locator": profiles.map_places[adcode],
        "evidence": evidence(site, figures, adcode),
    }
    return content | (ranked_content if ranked else unranked_content)(site, profiles, adcode)


def chinese_names(city: Mapping[str, str], language: str) -> dict[str, str]:
    """Name of a city in the script of the page and in the other one, and what these are called.

    A page in neither script has the Simplified first, in which the sources print it.
    """
    scripts = {SIMPLIFIED: city["name_zh_hans"], TRADITIONAL: city["name_zh_hant"]}
    own = script(language)
    (other,) = scripts.keys() - {own}
    return {
        "name_zh": scripts[own], "script": own,
        "name_other": scripts[other], "other_script": other,
    }  # fmt: skip


def page_words(site: Site) -> dict[str, str]:
    """Headings of the page, and what explains them."""
    keys = [
        "profile", "rank_section", "domain_section", "part_section", "strengths",
        "weaknesses", "evidence_section", "alike_section", "peer_section", "unranked_section",
        "before", "after", "figure", "year", "source", "zero_to_hundred",
    ]  # fmt: skip
    named = {key: site.words[f"city_{key}"] for key in keys}
    named |= {key: site.say(f"city_{key}") for key in ("rank_key", "unranked_note")}
    return named | {key: site.words[key] for key in ("rank", "indicator", "measure")}


def unranked_content(site: Site, profiles: CityProfiles, adcode: str) -> Content:
    """Why a city has no rank, in words."""
    return {
        "reasons": profiles.reasons[adcode],
        "facts": facts_without_rank(site, profiles, adcode),
    }


def ranked_content(site: Site, profiles: CityProfiles, adcode: str) -> Content:
    """Everything that only a ranked city has."""
    return {
        "rank": str(profiles.ranked[adcode]["rank"]),
        "of_ranked": site.say("city_of_ranked", count=len(profiles.ranked)),
        "interval": interval(site, profiles.uncertainty.get(adcode)),
        "chances": chances(site, profiles.uncertainty.get(adcode)),
        "facts": facts(site, profiles, adcode),
        "strip": strip(site, profiles, adcode),
        "domains": domains(site, profiles, adcode),
        "domain_key": domain_key(site, profiles.peers.get(adcode, [])),
        **parts(site, profiles, adcode),
        "deciding": deciding(site, profiles.deciding.get(adcode)),
        "strengths": standouts(site, profiles.standouts.get(adcode), 1),
        "weaknesses": standouts(site, profiles.standouts.get(adcode), -1),
        "alike": others(profiles, profiles.alike.get(adcode, [])),
        "peers": others(profiles, profiles.peers.get(adcode, [])),
        "beside": {
            side: others(profiles, [other] if other else [])
            for side, other in profiles.neighbours[adcode].items()
        },
    }


def interval(site: Site, row: Row | None) -> str:
    """The interval of the rank in words, or nothing."""
    if row is None:
        return ""
    return site.say("city_interval", low=row["rank_low"], high=row["rank_high"])


def chances(site: Site, row: Row | None) -> str:
    """How often the city is among the first in a sentence, or nothing."""
    if row is None:
        return ""
    shares = {name: site.numbers.share(row[f"p_{name}"]) for name in ("top10", "top50", "top100")}
    return site.say("city_chances", **shares, median=row["median_rank"])


def facts(site: Site, profiles: CityProfiles, adcode: str) -> list[Content]:
    """The few numbers at the top of the page, each with its name and what it is a part of."""
    row, words = profiles.ranked[adcode], site.words
    found = [fact(words["score"], site.numbers.number(row["score"], 1), words[row["tier"]])]
    for group in ("region", "province"):
        place = profiles.places[group][adcode]
        if place["cities"] > 1:
            text = site.say("city_of_group", place=place["place"], count=place["cities"])
            found.append(fact(site.say("city_in_group", group=site.named(row[group])), text))
    return (
        found + moved(site, profiles.moves.get(adcode)) + facts_without_rank(site, profiles, adcode)
    )


def moved(site: Site, row: Row | None) -> list[Content]:
    """How many places the city has moved since the edition before, or nothing."""
    if row is None:
        return []
    name = site.say("city_move", edition=site.edition.previous)
    note = site.say(
        "city_move_sure" if row["exceeds"] else "city_move_unsure",
        before=row["rank_before"],
        after=row["rank_after"],
    )
    move = site.numbers.signed_whole(row["move"])
    return [fact(name, move, note)]


def facts_without_rank(site: Site, profiles: CityProfiles, adcode: str) -> list[Content]:
    """What is known of a city whether it is ranked or not: its published place and its GDP."""
    listed, gdp = profiles.published.get(adcode), profiles.gdp_cells[adcode]
    shown = str(listed["rank"]) if listed else "–"
    place = fact(site.words["published_place"], shown) | {"kind": "published"}
    size = fact(site.words["gdp"], "–" if pd.isna(gdp["value"]) else with_unit(site, gdp))
    return [place, size] if profiles.published else [size]


def fact(name: str, value: str, note: str = "") -> Content:
    """One number with its name."""
    return {"name": name, "value": value, "note": note, "kind": ""}


def strip(site: Site, profiles: CityProfiles, adcode: str) -> Content:
    """The rank and its interval on a strip of all places, over the stages."""
    row, count = profiles.ranked[adcode], len(profiles.ranked)
    listed = profiles.published.get(adcode)
    doubt = profiles.uncertainty.get(adcode, {"rank_low": row["rank"], "rank_high": row["rank"]})
    bands = [
        {
            "tier": band["tier"],
            "name": site.words[band["tier"]],
            "from": edge(band["min"] - 1, count),
            "to": edge(band["max"], count),
        }
        for band in profiles.bands
    ]
    return {
        "bands": bands,
        "last": str(count),
        "rank": edge(row["rank"] - 0.5, count),
        "published": edge(listed["rank"] - 0.5, count) if listed else None,
        "low": edge(doubt["rank_low"] - 1, count),
        "high": edge(doubt["rank_high"], count),
    }


def edge(place: float, count: int) -> float:
    """Where a place lies on a strip of `count` places."""
    return round(100 * float(place) / count, 2)


def domains(site: Site, profiles: CityProfiles, adcode: str) -> list[Content]:
    """Value and place in each domain beside the middle half of the peers."""
    found = []
    for code in profiles.domains:
        value = profiles.ranked[adcode][code]
        beside = profiles.peer_values.get(f"{adcode} {code}")
        names = ("low", "median", "high")
        quartiles = {name: position(beside[name]) for name in names} if beside else None
        found.append(
            {
                "code": code,
                "name": site.words[code],
                "value": site.numbers.number(value, 1),
                "at": None if pd.isna(value) else position(value),
                "place": site.numbers.number(profiles.domain_places[adcode][code]),
                "peers": quartiles,
            }
        )
    return found


def domain_key(site: Site, peers: list[str]) -> str:
    """How to read the profile."""
    return site.say("city_domain_key", count=len(peers)) if peers else site.say("city_no_peers")


def parts(site: Site, profiles: CityProfiles, adcode: str) -> Content:
    """Parts of the domains in the distance from the mean city, on a scale common to all."""
    table = profiles.shares.get(adcode)
    if table is None:
        return {"parts": [], "part_key": ""}
    total = site.numbers.signed(table["score_part"].sum())
    key = site.say("city_part_key", count=len(profiles.ranked), total=total)
    rows = [
        {
            "name": site.words[row["code"]],
            "part": site.numbers.signed(row["score_part"]),
            "length": round(50 * abs(row["score_part"]) / profiles.largest_part, 2),
            "ahead": bool(row["score_part"] >= 0),
        }
        for row in table.to_dict("records")
    ]
    return {"parts": rows, "part_key": key}


def standouts(site: Site, table: pd.DataFrame | None, sign: int) -> str:
    """Sub-domains that bring the city forward (`sign` 1) or hold it back (-1), largest first."""
    if table is None:
        return ""
    chosen = table[table["score_part"] * sign > 0]
    names = [
        f"{site.words[row['code']]} {site.numbers.signed(row['score_part'])}"
        for row in chosen.to_dict("records")
        if round(row["score_part"], 1)
    ]
    return site.say("city_standouts", names=names) if names else ""


def deciding(site: Site, row: Row | None) -> str:
    """The printed figure that the place of the city hangs on most in a sentence, or nothing."""
    if row is None:
        return ""
    if row["moved"] == 0:
        return site.say("city_nothing_decides")
    return site.say(
        "city_deciding",
        measure=site.words[row["measure"]],
        file=row["file"],
        line=int(row["line"]),
        column=row["column"],
        place=row["rank_without"],
    )


def others(profiles: CityProfiles, adcodes: list[str]) -> list[Content]:
    """Other cities with their ranks."""
    return [
        {"adcode": code, "name": profiles.names[code], "rank": str(profiles.ranked[code]["rank"])}
        for code in adcodes
    ]
