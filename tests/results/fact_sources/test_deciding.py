"""The figures that decide."""

from collections import Counter

import numpy as np

from .recomputing import Tables, Ways, facts_taken_again
from .writing import city, plain, word

FAR = 10


def size(t: Tables) -> np.ndarray:
    return np.abs(t.column("deciding_figures.moved").to_numpy())


def most_often(t: Tables) -> tuple[str, int]:
    """The most frequent measure, the first in the alphabet of several, and how often."""
    counts = Counter(t.column("deciding_figures.measure"))
    return min(counts.items(), key=lambda item: (-item[1], item[0]))


def farthest(t: Tables, column: str) -> object:
    table = t("deciding_figures", column, "moved").to_dict("records")
    return max(table, key=lambda row: abs(row["moved"]))[column]


def median_hundred(t: Tables) -> str:
    table = t("deciding_figures", "rank", "moved")
    return plain(np.median(np.abs(table.loc[table["rank"] < 101, "moved"])))


WAYS: Ways = {
    "deciding.cities": lambda t: plain(t.column("deciding_figures.adcode").nunique()),
    "deciding.median": lambda t: plain(np.median(size(t))),
    "deciding.median_hundred": median_hundred,
    "deciding.far_places": "10",
    "deciding.far": lambda t: plain(sum(size(t) > FAR - 1)),
    "deciding.most_often": lambda t: word(most_often(t)[0]),
    "deciding.most_often_cities": lambda t: plain(most_often(t)[1]),
    "deciding.farthest": lambda t: city(farthest(t, "adcode")),
    "deciding.farthest_measure": lambda t: word(farthest(t, "measure")),
    "deciding.farthest_rank": lambda t: plain(farthest(t, "rank")),
    "deciding.farthest_without": lambda t: plain(farthest(t, "rank_without")),
}

test_a_fact_is_what_its_source_gives = facts_taken_again(WAYS)
