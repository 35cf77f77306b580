"""Other yardsticks: partial lists of other rankings, beside the published and the open-data order.

A partial list holds the cities that its publisher chose to name, mostly the leading ones. Within
so narrow a field a correlation is low by nature and its interval wide; with few cities it says
little.
"""

import pandas as pd
from scipy import stats

from analysis.editions import Facts
from analysis.editions import fact_values as fact
from analysis.editions.fact_keys import joined


def yardstick_table(
    rankings: pd.DataFrame, published: pd.DataFrame, scores: pd.DataFrame
) -> pd.DataFrame:
    """Spearman's rho of each partial list with both orders: `yardsticks.csv`, one row per list.

    Rho is empty for fewer than four common cities, and for a list that names a class of cities
    without an order, of which the numbers of common cities alone are told.

    Parameters
    ----------
    rankings
        `other_rankings.csv`: ``ranking, data_year, position, adcode``.
    published
        The published list, `published.csv`: ``adcode, rank``.
    scores
        The open-data ranking, `scores.csv`: ``adcode, rank``.
    """
    orders = {
        "published": published.set_index("adcode")["rank"],
        "open": scores.set_index("adcode")["rank"],
    }
    rows = [
        {"ranking": name, "data_year": group["data_year"].iloc[0], "cities": len(group)}
        | {
            key: value
            for order, places in orders.items()
            for key, value in agreement(group, places, order).items()
        }
        for name, group in rankings.groupby("ranking", sort=False)
    ]
    return pd.DataFrame(rows)


def agreement(group: pd.DataFrame, places: pd.Series, order: str) -> dict[str, float]:
    """Rho and number of common cities of one list with one order."""
    common = group[group["adcode"].isin(places.index)]
    rho = float("nan")
    if len(common) >= 4 and common["position"].min() < common["position"].max():
        rho = float(stats.spearmanr(common["position"], places[common["adcode"]]).statistic)
    return {f"{order}_rho": rho, f"{order}_n": len(common)}


def yardstick_facts(yardsticks: pd.DataFrame) -> Facts:
    """The partial lists in numbers, the longest one, and which order each agrees with better."""
    difference = yardsticks["open_rho"] - yardsticks["published_rho"]
    years = yardsticks["data_year"]
    found: Facts = {
        "count": len(yardsticks),
        "fewest": fact.whole(yardsticks["cities"].min()),
        "most": fact.whole(yardsticks["cities"].max()),
        "first_year": fact.whole(years.min()),
        "last_year": fact.whole(years.max()),
        "open_closer": fact.whole((difference > 0).sum()),
        "published_closer": fact.whole((difference < 0).sum()),
    }
    return joined(found, longest_facts(yardsticks.dropna(subset=["published_rho", "open_rho"])))


def longest_facts(yardsticks: pd.DataFrame) -> Facts:
    """The longest of the partial lists that can be set beside both orders."""
    if yardsticks.empty:
        return {}
    longest = yardsticks.loc[yardsticks["cities"].idxmax()]
    return {
        "longest": fact.ranking(longest["ranking"]),
        "longest_published": fact.number(longest["published_rho"]),
        "longest_published_n": fact.whole(longest["published_n"]),
        "longest_open": fact.number(longest["open_rho"]),
        "longest_open_n": fact.whole(longest["open_n"]),
    }
