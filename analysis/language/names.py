"""How a city and the other named things appear to a reader in each language."""

import pandas as pd

from analysis.editions import Edition

# Tables of names with their columns, one for each language; and of those that provinces have
# beside their labels, which are printed in both scripts.
NAMES = {
    "labels": "{}",
    "framework": "name_{}",
    "tiers": "name_{}",
    "measures": "name_{}",
    "context_measures": "name_{}",
    "companies": "name_{}",
}
PROVINCES = {"cities": "province_{}"}
# How HTML calls the scripts of Chinese.
SIMPLIFIED, TRADITIONAL = "zh-Hans", "zh-Hant"


def city_names(cities: pd.DataFrame, language: str = "en") -> pd.Series:
    """Name of each city by adcode: 深圳 in Chinese editions, 深圳 Shenzhen in all others."""
    chinese = chinese_names(cities, language)
    names = chinese if is_chinese(language) else chinese + " " + cities["name_en"]
    return pd.Series(names.to_numpy(), index=cities["adcode"], name="city")


def town_names(cities: pd.DataFrame, language: str = "en") -> pd.Series:
    """Name of each city by adcode in one script alone: 深圳 in Chinese, Shenzhen in all others."""
    names = chinese_names(cities, language) if is_chinese(language) else cities["name_en"]
    return pd.Series(names.to_numpy(), index=cities["adcode"], name="city")


def name_columns(cities: pd.DataFrame, language: str = "en") -> pd.DataFrame:
    """Columns `chinese` and `latin` by adcode; Chinese editions have nothing in the second."""
    latin = "" if is_chinese(language) else cities["name_en"]
    columns = pd.DataFrame({"chinese": chinese_names(cities, language), "latin": latin})
    return columns.set_axis(pd.Index(cities["adcode"]), axis="index")


def chinese_names(cities: pd.DataFrame, language: str) -> pd.Series:
    """Names in the script of a language, without the word for city."""
    return cities[name_column(language)].str.removesuffix("市")


def script(language: str) -> str:
    """The script in which a language has Chinese names: Simplified, as the sources print them."""
    return TRADITIONAL if language == "zh_hant" else SIMPLIFIED


def name_column(language: str) -> str:
    """The column of Chinese names in the script of a language."""
    return f"name_{script(language).lower().replace('-', '_')}"


def is_chinese(language: str) -> bool:
    """Whether a language is written in Chinese, in either script."""
    return language.startswith("zh")


def words(edition: Edition, language: str = "en") -> pd.Series:
    """Every word a figure or table shows, by key: labels, and names of nodes, tiers, measures."""
    tables = {
        "framework": "code",
        "tiers": "tier",
        "measures": "measure",
        "context_measures": "measure",
    }
    if edition.describes("companies.csv"):
        tables["companies"] = "company"
    labels = edition.labels(language)
    named = [
        edition.reference_table(table).set_index(key)[NAMES[table].format(language)]
        for table, key in tables.items()
    ]
    found = pd.concat([labels, *named])
    repeated = found.index[found.index.duplicated()]
    if len(repeated):
        raise ValueError(f"labels: the keys {list(repeated)} are named twice")
    return found


def ranking_names(rankings: pd.DataFrame) -> pd.Series:
    """Names of other rankings, by the name under which they were published."""
    return rankings.drop_duplicates("ranking").set_index("ranking")["ranking_en"]


def choice_names(choices: pd.DataFrame, labels: pd.Series) -> pd.Series:
    """Words for the alternatives of a design: `choices` has `factor, level, alternative`.

    The weights are named by their level; an alternative without a label is named by its text.
    """
    of_weights = choices["factor"] == "weights"
    text = choices["alternative"].where(~of_weights, choices["level"])
    keys = "choice_" + choices["factor"] + "_" + text.str.replace(r"\W+", "_", regex=True)
    return keys.map(labels).fillna(text)
