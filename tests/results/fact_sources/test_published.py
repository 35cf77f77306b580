"""The published list, and how far the open data agree with it."""

import numpy as np

from .recomputing import Tables, Ways, facts_taken_again, leaders, one
from .writing import cities, city, interval, number, plain, word


def without_open_rank(t: Tables) -> str:
    table = t("published", "adcode", "open_rank")
    return cities(table.loc[table["open_rank"].isna(), "adcode"]) if len(table) else "none"


def agreement(t: Tables, yardstick: str, statistic: str, *columns: str) -> list[float]:
    table = t("agreement", "yardstick", "statistic", *columns)
    return list(one(table, yardstick=yardstick, statistic=statistic)[list(columns)])


def farthest(t: Tables, column: str, number_of: int = 1) -> list:
    """The rows with the largest differences between both places, in either direction."""
    table = t("disagreements", column, "difference")
    order = np.argsort(-table["difference"].abs().to_numpy(), kind="stable")
    return list(table[column].to_numpy()[order[:number_of]])


def differences(t: Tables) -> np.ndarray:
    return np.abs(t.column("disagreements.difference").to_numpy())


WAYS: Ways = {
    "published.count": lambda t: plain(len(t.column("published.adcode"))),
    "published.leaders": lambda t: cities(leaders(t, "published")),
    "published.same_five": lambda t: plain(
        sum(code in leaders(t, "published") for code in leaders(t, "scores"))
    ),
    "published.unranked": lambda t: plain(t.column("published.open_rank").isna().sum()),
    "published.unranked_names": without_open_rank,
    "agreement.*.rho": lambda t, name: number(*agreement(t, name, "spearman", "estimate")),
    "agreement.*.interval": lambda t, name: interval(
        *agreement(t, name, "spearman", "low", "high")
    ),
    "agreement.*.tau": lambda t, name: number(*agreement(t, name, "kendall", "estimate")),
    "agreement.*.n": lambda t, name: plain(*agreement(t, name, "spearman", "n")),
    "agreement.*.partial": lambda t, name: number(*agreement(t, name, "partial", "estimate")),
    "agreement.*.partial_interval": lambda t, name: interval(
        *agreement(t, name, "partial", "low", "high")
    ),
    "agreement.*.listed": lambda t, name: number(*agreement(t, name, "listed", "estimate"), 3),
    "agreement.*.listed_interval": lambda t, name: interval(
        *agreement(t, name, "listed", "low", "high")
    ),
    "agreement.*.common": lambda t, name: plain(*agreement(t, name, "common", "estimate")),
    "agreement.largest": lambda t: cities(farthest(t, "adcode", 3)),
    "agreement.largest_city": lambda t: city(*farthest(t, "adcode")),
    "agreement.largest_published": lambda t: plain(*farthest(t, "rank")),
    "agreement.largest_open": lambda t: plain(*farthest(t, "open_rank")),
    "agreement.largest_domain": lambda t: word(*farthest(t, "weakest_domain")),
    "agreement.median_difference": lambda t: plain(np.median(differences(t))),
    "agreement.within_ten": lambda t: plain((differences(t) < 11).sum()),
}

test_a_fact_is_what_its_source_gives = facts_taken_again(WAYS)
