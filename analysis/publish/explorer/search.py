"""What a search compares: every name of a place, folded to letters without marks and signs."""

import unicodedata
from collections.abc import Iterable

import pandas as pd

from analysis.editions import Edition

# The words for what a place is, at the end of its Chinese name.
KINDS = r"(?:省|市|壮族自治区|回族自治区|维吾尔自治区|自治区)$"
# Before the initials of a name, which a search must give from the first one on.
INITIALS = "="


def folded(text: str) -> str:
    """Small letters and figures alone: no accents, apostrophes, spaces or hyphens."""
    plain = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in plain if letter.isalnum())


def city_keys(edition: Edition) -> dict[str, str]:
    """What each city is found by, by adcode: names, readings and printed forms, behind bars."""
    cities, aliases = (edition.reference_table(name) for name in ("cities", "aliases"))
    printed = aliases.groupby("adcode")["alias"].agg(list).to_dict()
    read = readings(edition)
    return {
        row["adcode"]: joined_keys(
            [
                row["name_zh_hans"], row["name_zh_hant"], row["name_en"],
                *str(row["name_en_alt"] or "").split("/"), *printed.get(row["adcode"], []),
            ],
            read.get(row["name_zh_hans"].removesuffix("市"), ""),
        )
        for row in cities.to_dict("records")
    }  # fmt: skip


def province_keys(edition: Edition) -> dict[str, str]:
    """What each province is found by, by its English name."""
    provinces = edition.reference_table("provinces")
    short = provinces["province_zh_hans"].str.replace(KINDS, "", regex=True)
    read = readings(edition)
    named = provinces[["province_en", "province_zh_hans", "province_zh_hant"]].to_numpy()
    return {
        names[0]: joined_keys(names, read.get(key, ""))
        for names, key in zip(named, short, strict=True)
    }


def keys_with_province(edition: Edition) -> dict[str, str]:
    """What each city is found by, by adcode, where a province finds its cities too."""
    provinces = province_keys(edition)
    above = edition.reference_table("cities").set_index("adcode")["province_en"]
    return {
        code: "|".join(filter(None, (keys, provinces.get(above[code]))))
        for code, keys in city_keys(edition).items()
    }


def readings(edition: Edition) -> dict[str, str]:
    """The pinyin of Chinese names, syllables apart; nothing for an edition without that table."""
    if not edition.describes("pinyin.csv"):
        return {}
    table: pd.DataFrame = edition.reference_table("pinyin")
    return dict(zip(table["name_zh_hans"], table["pinyin"], strict=True))


def joined_keys(names: Iterable[str], pinyin: str) -> str:
    """Names and their reading, each once, with bars between; then the initials."""
    keys = dict.fromkeys(filter(None, map(folded, [*names, pinyin])))
    initials = "".join(syllable[0] for syllable in pinyin.split())
    return "|".join([*keys, *([INITIALS + folded(initials)] if initials else [])])
