"""Regions and provinces: how many of the hundred each holds, beside its share of all cities.

Representation is a region's share of the hundred divided by its share of all cities: above one,
the region holds more places than its number of cities would give it.
"""

import pandas as pd

from analysis.editions import Facts, Tables
from analysis.editions import fact_values as fact
from analysis.editions.fact_keys import joined, keyed


def region_table(
    cities: pd.DataFrame,
    published: pd.DataFrame | None,
    scores: pd.DataFrame,
    regions: pd.DataFrame,
    places: int,
) -> pd.DataFrame:
    """One row per region, with cities, places, shares, representation, mean: `regions.csv`.

    Parameters
    ----------
    cities
        All cities, named as in `scores.csv`: ``region``.
    published
        The published list, `published.csv`: ``region``; None without one.
    scores
        The open-data ranking, `scores.csv`: ``region, index, rank``.
    regions
        All regions and their order, reference table `regions.csv`: ``region, order``.
    places
        How many of its first places count.
    """
    order = regions.sort_values("order")["region"]
    table = place_table("region", cities, published, scores, places).reindex(order)
    table["mean_index"] = scores.groupby("region")["index"].mean()
    return table.reset_index()


def province_table(
    cities: pd.DataFrame, published: pd.DataFrame | None, scores: pd.DataFrame, places: int
) -> pd.DataFrame:
    """One row per province, by published then open-data places: `provinces.csv`.

    Parameters
    ----------
    cities
        All cities, named as in `scores.csv`: ``province, region``.
    published
        The published list, `published.csv`: ``province``; None without one.
    scores
        The open-data ranking, `scores.csv`: ``province, rank``.
    places
        How many of its first places count.
    """
    table = place_table("province", cities, published, scores, places)
    table.insert(0, "region", cities.groupby("province")["region"].first())
    order = ["published_cities", "open_cities", "cities"]
    return table.reset_index().sort_values([*order, "province"], ascending=[False] * 3 + [True])


def place_table(
    group: str,
    cities: pd.DataFrame,
    published: pd.DataFrame | None,
    scores: pd.DataFrame,
    places: int,
) -> pd.DataFrame:
    """Places per `group`, their shares and representation, indexed by group.

    Parameters
    ----------
    group
        A column of all three frames.
    cities
        All cities: the column `group` alone.
    published
        The published list: the column `group` alone; None without one.
    scores
        The open-data ranking, `scores.csv`: ``rank``, and the column `group`.
    places
        How many of its first places count.
    """
    leading = scores[scores["rank"] <= places]
    table = pd.DataFrame({"cities": cities[group].value_counts(sort=False)})
    table["cities_share"] = table["cities"] / len(cities)
    for basis, chosen in (("published", published), ("open", leading)):
        table[f"{basis}_cities"] = count_places(chosen, group).reindex(table.index, fill_value=0)
        table[f"{basis}_share"] = table[f"{basis}_cities"] / table[f"{basis}_cities"].sum()
        table[f"{basis}_representation"] = table[f"{basis}_share"] / table["cities_share"]
    return table if published is not None else without_published(table)


def count_places(chosen: pd.DataFrame | None, group: str) -> pd.Series:
    """Number of cities of each group; none where there is no list."""
    return pd.Series(dtype=int) if chosen is None else chosen[group].value_counts()


def without_published(table: pd.DataFrame) -> pd.DataFrame:
    """Blank the published columns of an edition without a published list."""
    columns = [name for name in table.columns if name.startswith("published_")]
    return table.assign(**{name: float("nan") for name in columns})


def region_facts(tables: Tables) -> Facts:
    """Places and shares of regions and leading provinces, by each body of evidence there is."""
    bases = ["published", "open"] if "published" in tables else ["open"]
    regions, provinces = tables["regions"], tables["provinces"]
    places = (place_facts(row, bases) for row in regions.to_dict("records"))
    found: Facts = {
        "by_region": keyed("region", regions["region"].str.lower(), places),
        "leading_provinces": fact.provinces(provinces["province"].head(3)),
        "leading_open_share": fact.share(provinces["open_share"].head(3).sum()),
    }
    fullest = fullest_facts(provinces, "open_cities").items()
    found = joined(found, {f"open_{name}": value for name, value in fullest})
    if "published" not in tables:
        return found
    stages = stage_facts(tables["published"], regions)
    return joined(found, published_province_facts(provinces), stages)


def place_facts(region: fact.Row, bases: list[str]) -> Facts:
    """Cities of one region, and its places by each body of evidence."""
    cities, share = fact.whole(region["cities"]), fact.share(region["cities_share"])
    found: Facts = {"cities": cities, "cities_share": share}
    for basis in bases:
        found[basis] = fact.whole(region[f"{basis}_cities"])
        found[f"{basis}_share"] = fact.share(region[f"{basis}_share"])
        found[f"{basis}_representation"] = fact.number(region[f"{basis}_representation"])
    return found


def published_province_facts(provinces: pd.DataFrame) -> Facts:
    """Published places of the leading provinces, and the provinces without any."""
    places, province = provinces["published_cities"], provinces["province"]
    counted: Facts = {
        "leading_numbers": fact.listed([fact.whole(number) for number in places.head(3)]),
        "leading_share": fact.share(provinces["published_share"].head(3).sum()),
        "published_provinces": fact.whole((places > 0).sum()),
        "absent_provinces": fact.provinces(province[places == 0]),
    }
    return joined(counted, fullest_facts(provinces, "published_cities"))


def fullest_facts(provinces: pd.DataFrame, places: str) -> Facts:
    """The provinces of several cities that have the largest share of them in a hundred.

    `places` is the column that counts them there.
    """
    several = provinces[provinces["cities"] > 1]
    if several.empty:
        return {}
    share = several[places] / several["cities"]
    fullest = several[share == share.max()]
    return {
        "fullest": fact.provinces(fullest["province"]),
        "fullest_share": fact.share(share.max()),
    }


def stage_facts(published: pd.DataFrame, regions: pd.DataFrame) -> Facts:
    """Published cities of every stage by region: `published` holds ``region, tier``."""
    counts = stage_counts(published, list(regions["region"]))
    rows = [keyed("tier", counts, map(fact.whole, numbers)) for numbers in counts.to_numpy()]
    return {"stages": keyed("region", regions["region"].str.lower(), rows)}


def stage_counts(published: pd.DataFrame, regions: list[str]) -> pd.DataFrame:
    """Cities of the list: a row per region in this order, a column per stage, the highest first.

    `published` holds ``region, tier``, best first.
    """
    counts = pd.crosstab(published["region"], published["tier"])
    stages = list(published["tier"].drop_duplicates())
    return counts.reindex(index=regions, columns=stages, fill_value=0)
