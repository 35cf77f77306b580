"""Regions and provinces."""

import numpy as np

from .recomputing import Tables, Ways, facts_taken_again, one, several
from .writing import listed, number, percent, plain


def region(column: str, write):
    def of_region(t: Tables, name: str) -> str:
        table = t("regions", "region", column)
        return write(one(table[table["region"].str.lower() == name])[column])

    return of_region


def first_three(column: str) -> list:
    return lambda t: list(t.column(f"provinces.{column}"))[:3]


def absent(t: Tables) -> str:
    table = t("provinces", "province", "published_cities")
    return listed(several(table, published_cities=0)["province"])


def shares(t: Tables, hundred: str = "published") -> dict[str, float]:
    """Share of each province of several cities that is in one of the hundreds."""
    table = t("provinces", "province", "cities", f"{hundred}_cities")
    rows = zip(table["province"], table["cities"], table[f"{hundred}_cities"], strict=True)
    return {name: listed / cities for name, cities, listed in rows if cities > 1}


def fullest(t: Tables, hundred: str = "published") -> str:
    found = shares(t, hundred)
    return listed(name for name, share in found.items() if share == max(found.values()))


def stage(t: Tables, name: str, tier: str) -> str:
    table = t("published", "region", "tier")
    return plain(sum((table["region"].str.lower() == name) & (table["tier"] == tier)))


WAYS: Ways = {
    "regions.by_region.*.cities": region("cities", plain),
    "regions.by_region.*.cities_share": region("cities_share", percent),
    "regions.by_region.*.published": region("published_cities", plain),
    "regions.by_region.*.published_share": region("published_share", percent),
    "regions.by_region.*.published_representation": region("published_representation", number),
    "regions.by_region.*.open": region("open_cities", plain),
    "regions.by_region.*.open_share": region("open_share", percent),
    "regions.by_region.*.open_representation": region("open_representation", number),
    "regions.leading_provinces": lambda t: listed(first_three("province")(t)),
    "regions.leading_open_share": lambda t: percent(sum(first_three("open_share")(t))),
    "regions.leading_numbers": lambda t: listed(map(plain, first_three("published_cities")(t))),
    "regions.leading_share": lambda t: percent(sum(first_three("published_share")(t))),
    "regions.published_provinces": lambda t: plain(
        np.count_nonzero(t.column("provinces.published_cities"))
    ),
    "regions.absent_provinces": absent,
    "regions.fullest": fullest,
    "regions.fullest_share": lambda t: percent(max(shares(t).values())),
    "regions.open_fullest": lambda t: fullest(t, "open"),
    "regions.open_fullest_share": lambda t: percent(max(shares(t, "open").values())),
    "regions.stages.*.*": stage,
}

test_a_fact_is_what_its_source_gives = facts_taken_again(WAYS)
