"""What stands on the page of one city, as texts and positions that templates only have to place.

Positions run from 0 to 100. HTML and PDF are written from the same content, so they cannot differ.
"""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from analysis.language.markdown import spelt_out
from analysis.publish.site.city_evidence import evidence
from analysis.publish.site.city_tables import CityTables

Content = dict[str, Any]


def city_contents(tables: CityTables, adcodes: list[str] | None = None) -> Iterator[Content]:
    """Content of the pages of these cities, or of all: ranked ones by rank, then the others."""
    ordered = [*tables.ranked, *tables.unranked]
    for adcode in ordered if adcodes is None else adcodes:
        yield inert(city_content(tables, adcode))


def inert(value: Any) -> Any:
    """The same content with hidden and control characters spelt out in every text."""
    if isinstance(value, dict):
        return {key: inert(item) for key, item in value.items()}
    if isinstance(value, list):
        return [inert(item) for item in value]
    return spelt_out(value) if isinstance(value, str) else value


def city_content(tables: CityTables, adcode: str) -> Content:
    """Content of the page of one city."""
    city, ranked = tables.cities[adcode], adcode in tables.ranked
    say = tables.say
    content: Content = {
        "adcode": adcode,
        "name_zh": city["name_zh_hans"],
        "name_hant": city["name_zh_hant"],
        "name_en": city["name_en"],
        "where": [tables.named(city["province_en"]), tables.named(city["region"])],
        "edition": say("city_edition", edition=tables.edition.name, year=tables.edition.data_year),
        "colophon": say("city_colophon", **tables.project),
        "ranked": ranked,
        "words": page_words(tables),
        "evidence": evidence(tables, adcode),
    }
    return content | (ranked_content if ranked else unranked_content)(tables, adcode)


def page_words(tables: CityTables) -> dict[str, str]:
    """Headings of the page, and what explains them."""
    keys = [
        "profile", "rank_section", "domain_section", "part_section", "strengths",
        "weaknesses", "evidence_section", "alike_section", "peer_section", "unranked_section",
        "figure", "year", "source", "zero_to_hundred",
    ]  # fmt: skip
    named = {key: tables.words[f"city_{key}"] for key in keys}
    named |= {key: tables.say(f"city_{key}") for key in ("rank_key", "unranked_note")}
    return named | {key: tables.words[key] for key in ("rank", "indicator", "measure")}


def unranked_content(tables: CityTables, adcode: str) -> Content:
    """Why a city has no rank, in words."""
    return {"reasons": tables.reasons[adcode], "facts": facts_without_rank(tables, adcode)}


def ranked_content(tables: CityTables, adcode: str) -> Content:
    """Everything that only a ranked city has."""
    return {
        "rank": str(tables.ranked[adcode]["rank"]),
        "of_ranked": tables.say("city_of_ranked", count=len(tables.ranked)),
        "interval": interval(tables, adcode),
        "chances": chances(tables, adcode),
        "facts": facts(tables, adcode),
        "strip": strip(tables, adcode),
        "domains": domains(tables, adcode),
        "domain_key": domain_key(tables, adcode),
        **parts(tables, adcode),
        "strengths": standouts(tables, adcode, 1),
        "weaknesses": standouts(tables, adcode, -1),
        "alike": others(tables, tables.alike.get(adcode, [])),
        "peers": others(tables, tables.peers.get(adcode, [])),
    }


def interval(tables: CityTables, adcode: str) -> str:
    """The interval of the rank in words, or nothing."""
    row = tables.uncertainty.get(adcode)
    if row is None:
        return ""
    return tables.say("city_interval", low=row["rank_low"], high=row["rank_high"])


def chances(tables: CityTables, adcode: str) -> str:
    """How often the city is among the first in a sentence, or nothing."""
    row = tables.uncertainty.get(adcode)
    if row is None:
        return ""
    shares = {name: tables.numbers.share(row[f"p_{name}"]) for name in ("top10", "top50", "top100")}
    return tables.say("city_chances", **shares, median=row["median_rank"])


def facts(tables: CityTables, adcode: str) -> list[Content]:
    """The few numbers at the top of the page, each with its name and what it is a part of."""
    row, words = tables.ranked[adcode], tables.words
    found = [fact(words["score"], tables.numbers.number(row["score"], 1), words[row["tier"]])]
    for group in ("region", "province"):
        place = tables.places[group][adcode]
        if place["cities"] > 1:
            text = tables.say("city_of_group", place=place["place"], count=place["cities"])
            found.append(fact(tables.say("city_in_group", group=tables.named(row[group])), text))
    return found + facts_without_rank(tables, adcode)


def facts_without_rank(tables: CityTables, adcode: str) -> list[Content]:
    """What is known of a city whether it is ranked or not: its published place and its GDP."""
    listed, gdp = tables.published.get(adcode), tables.cells_by_city[adcode]["gdp"]
    place = fact(tables.words["published_place"], str(listed["rank"]) if listed else "–")
    size = fact(tables.words["gdp"], tables.numbers.amount(gdp["value"]), tables.unit(gdp["unit"]))
    return [place, size] if tables.published else [size]


def fact(name: str, value: str, note: str = "") -> Content:
    """One number with its name."""
    return {"name": name, "value": value, "note": note}


def strip(tables: CityTables, adcode: str) -> Content:
    """The rank and its interval on a strip of all places, over the stages."""
    row, count = tables.ranked[adcode], len(tables.ranked)
    doubt = tables.uncertainty.get(adcode, {"rank_low": row["rank"], "rank_high": row["rank"]})
    bands = [
        {
            "tier": band["tier"],
            "name": tables.words[band["tier"]],
            "from": edge(band["min"] - 1, count),
            "to": edge(band["max"], count),
        }
        for band in tables.bands
    ]
    return {
        "bands": bands,
        "last": str(count),
        "rank": edge(row["rank"] - 0.5, count),
        "low": edge(doubt["rank_low"] - 1, count),
        "high": edge(doubt["rank_high"], count),
    }


def edge(place: float, count: int) -> float:
    """Where a place lies on a strip of `count` places."""
    return round(100 * float(place) / count, 2)


def domains(tables: CityTables, adcode: str) -> list[Content]:
    """Value and place in each domain beside the middle half of the peers."""
    found = []
    for code in tables.domains:
        value = tables.ranked[adcode][code]
        beside = tables.peer_values.get(f"{adcode} {code}")
        names = ("low", "median", "high")
        quartiles = {name: round(beside[name], 2) for name in names} if beside else None
        found.append(
            {
                "code": code,
                "name": tables.words[code],
                "value": tables.numbers.number(value, 1),
                "at": None if pd.isna(value) else round(float(value), 2),
                "place": tables.numbers.number(tables.domain_places[adcode][code]),
                "peers": quartiles,
            }
        )
    return found


def domain_key(tables: CityTables, adcode: str) -> str:
    """How to read the profile."""
    if adcode not in tables.peers:
        return tables.say("city_no_peers")
    return tables.say("city_domain_key", count=len(tables.peers[adcode]))


def parts(tables: CityTables, adcode: str) -> Content:
    """Parts of the domains in the distance from the mean city, on a scale common to all."""
    table = tables.shares.get(adcode)
    if table is None:
        return {"parts": [], "part_key": ""}
    total = tables.numbers.signed(table["score_part"].sum())
    key = tables.say("city_part_key", count=len(tables.ranked), total=total)
    rows = [
        {
            "name": tables.words[row["code"]],
            "part": tables.numbers.signed(row["score_part"]),
            "length": round(50 * abs(row["score_part"]) / tables.largest_part, 2),
            "ahead": bool(row["score_part"] >= 0),
        }
        for row in table.to_dict("records")
    ]
    return {"parts": rows, "part_key": key}


def standouts(tables: CityTables, adcode: str, sign: int) -> str:
    """Sub-domains that bring the city forward (`sign` 1) or hold it back (-1), largest first."""
    table = tables.standouts.get(adcode)
    if table is None:
        return ""
    chosen = table[table["score_part"] * sign > 0]
    names = [
        f"{tables.words[row['code']]} {tables.numbers.signed(row['score_part'])}"
        for row in chosen.to_dict("records")
        if round(row["score_part"], 1)
    ]
    return tables.say("city_standouts", names=names) if names else ""


def others(tables: CityTables, adcodes: list[str]) -> list[Content]:
    """Other cities with their ranks."""
    return [
        {"adcode": code, "name": tables.names[code], "rank": str(tables.ranked[code]["rank"])}
        for code in adcodes
    ]
