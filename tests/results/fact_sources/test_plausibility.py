"""Published places inside the open intervals."""

import pandas as pd

from .recomputing import Tables, Ways, facts_taken_again
from .writing import cities, percent, plain

ENDS = {"all": ("rank_low", "rank_high"), "technique": ("technique_low", "technique_high")}


def places(t: Tables, *columns: str) -> pd.DataFrame:
    return t("published_places", "rank", *columns)


def inside(t: Tables, kind: str) -> list[bool]:
    low, high = ENDS[kind]
    table = places(t, low, high)
    return [row[low] <= row["rank"] <= row[high] for row in table.to_dict("records")]


def better(t: Tables, kind: str) -> str:
    low, _ = ENDS[kind]
    return plain(sum(places(t, low)["rank"] < places(t, low)[low]))


def worse(t: Tables, kind: str) -> str:
    _, high = ENDS[kind]
    return plain(sum(places(t, high)["rank"] > places(t, high)[high]))


def farthest(t: Tables, end: str, sign: int) -> str:
    """The three cities that lie farthest beyond an end."""
    table = places(t, "adcode", end).assign(gap=lambda row: (row["rank"] - row[end]) * sign)
    beyond = table[table["gap"] > 0].sort_values("gap", ascending=False, kind="stable")
    return cities(beyond["adcode"][:3])


def by_chance(t: Tables) -> str:
    table = places(t, "rank_low", "rank_high")
    every = sorted(table["rank"])
    held = [
        sum(low <= place <= high for place in every)
        for low, high in zip(table["rank_low"], table["rank_high"], strict=True)
    ]
    return plain(sum(held) / len(every))


def counted(kind: str) -> Ways:
    return {
        f"plausibility.{kind}.inside": lambda t: plain(sum(inside(t, kind))),
        f"plausibility.{kind}.inside_share": lambda t: percent(
            sum(inside(t, kind)) / len(inside(t, kind))
        ),
        f"plausibility.{kind}.better": lambda t: better(t, kind),
        f"plausibility.{kind}.worse": lambda t: worse(t, kind),
    }


WAYS: Ways = {
    "plausibility.cities": lambda t: plain(len(t.column("published_places.adcode"))),
    "plausibility.outside": lambda t: plain(len(inside(t, "all")) - sum(inside(t, "all"))),
    "plausibility.by_chance": by_chance,
    "plausibility.farthest_better": lambda t: farthest(t, "rank_low", -1),
    "plausibility.farthest_worse": lambda t: farthest(t, "rank_high", 1),
    **counted("all"),
    **counted("technique"),
}

test_a_fact_is_what_its_source_gives = facts_taken_again(WAYS)
