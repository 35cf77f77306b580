"""The cities and provinces that the explorer shows, column by column, best city first."""

from typing import Any

import pandas as pd

from analysis.editions import Edition
from analysis.language.facts import Speaker
from analysis.language.names import chinese_names, is_chinese
from analysis.publish.explorer.search import city_keys, province_keys

Columns = dict[str, list[Any]]
# Decimals of a longitude or latitude: a hundredth of a degree is a kilometre.
PLACE_DECIMALS = 2


def ranked_cities(edition: Edition, language: str) -> Columns:
    """The ranked cities: codes, names, keys of a search, places, scores and intervals.

    ``province`` and ``tier`` are positions in what `province_list` and `tier_list` give; a city
    without an interval or a published place has None there.
    """
    scores = edition.result("scores")
    order = scores["adcode"]
    cities = edition.reference_table("cities").set_index("adcode").loc[order].reset_index()
    intervals, published = (optional(edition, name) for name in ("uncertainty", "published"))
    keys = city_keys(edition)
    return names_of(cities, language) | {
        "id": list(order),
        "keys": [keys[adcode] for adcode in order],
        "province": positions(cities["province_en"], known_provinces(edition)),
        "tier": positions(scores["tier"], known_tiers(edition)),
        "lon": cities["lon"].round(PLACE_DECIMALS).tolist(),
        "lat": cities["lat"].round(PLACE_DECIMALS).tolist(),
        "rank": scores["rank"].astype(int).tolist(),
        "score": scores["score"].round(1).tolist(),
        "low": column_of(intervals, "rank_low", order),
        "high": column_of(intervals, "rank_high", order),
        "published": column_of(published, "rank", order),
    }


def unranked_cities(edition: Edition, language: str) -> list[dict[str, Any]]:
    """The cities without a rank: names, keys, province, place on the map, and the reason."""
    listed = edition.result("unranked")["adcode"]
    cities = edition.reference_table("cities").set_index("adcode").loc[listed].reset_index()
    reasons = Speaker(edition, language).shortfalls(edition.result("shortfalls"))
    keys, provinces = city_keys(edition), known_provinces(edition)
    names = names_of(cities, language)
    return [
        {
            "id": city["adcode"],
            "zh": names["zh"][at],
            "en": names["en"][at],
            "keys": keys[city["adcode"]],
            "province": provinces.index(city["province_en"]),
            "why": reasons[city["adcode"]],
        }
        for at, city in enumerate(cities.to_dict("records"))
    ]


def names_of(cities: pd.DataFrame, language: str) -> Columns:
    """Chinese names in the script of the language, and English ones, which Chinese does not show.

    Named ``zh`` and ``en``; English names are empty in a Chinese edition.
    """
    english = [""] * len(cities) if is_chinese(language) else cities["name_en"].tolist()
    return {"zh": chinese_names(cities, language).tolist(), "en": english}


def province_list(edition: Edition, labels: pd.Series) -> list[dict[str, Any]]:
    """Name, region and keys of every province that has a city."""
    keys = province_keys(edition)
    cities = edition.reference_table("cities").drop_duplicates("province_en")
    regions = cities.set_index("province_en")["region"]
    return [
        {
            "name": str(labels.get(name, name)),
            "region": str(labels[regions[name]]),
            "keys": keys.get(name, ""),
        }
        for name in known_provinces(edition)
    ]


def tier_list(edition: Edition, labels: pd.Series) -> list[str]:
    """Names of the stages, the highest first."""
    return [str(labels[tier]) for tier in known_tiers(edition)]


def known_provinces(edition: Edition) -> list[str]:
    """English names of the provinces, in the order of the reference table of cities."""
    return list(edition.reference_table("cities")["province_en"].drop_duplicates())


def known_tiers(edition: Edition) -> list[str]:
    """Codes of the stages that any city has, the highest first."""
    return list(edition.result("scores")["tier"].drop_duplicates())


def positions(values: pd.Series, known: list[str]) -> list[int]:
    """Where each value stands among the known ones."""
    return [known.index(value) for value in values]


def optional(edition: Edition, name: str) -> pd.DataFrame:
    """A results table by adcode; an empty frame if the edition does not have it."""
    if not edition.has_result(name):
        return pd.DataFrame()
    return edition.result(name).set_index("adcode")


def column_of(table: pd.DataFrame, name: str, order: pd.Series) -> list[int | None]:
    """A column of whole numbers for these cities; None where there is none."""
    if name not in table:
        return [None] * len(order)
    found = table[name].reindex(order)
    return [None if pd.isna(value) else int(value) for value in found]
