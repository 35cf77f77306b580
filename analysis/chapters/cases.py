"""The cities that the white paper singles out by domain, beside what the open data show of them."""

import pandas as pd

from analysis.editions import Facts, Tables
from analysis.editions import fact_values as fact
from analysis.editions.fact_keys import keyed
from analysis.index.ranking import rank

# Places at the head of the ranking that count as leading.
LEADING = 5


def case_table(
    cases: pd.DataFrame, scores: pd.DataFrame, published: pd.DataFrame, cities: pd.DataFrame
) -> pd.DataFrame:
    """Each singled-out city in its domain, in the order of `cases`: the results table `cases.csv`.

    Parameters
    ----------
    cases
        The reference table `cases.csv`: ``adcode, domain``.
    scores
        The open-data ranking, `scores.csv`: ``adcode, rank``, and the domains of `cases`.
    published
        The published list, `published.csv`: ``adcode, rank``.
    cities
        `cities.csv`: ``adcode, name_en``.

    Returns
    -------
    pd.DataFrame
        ``adcode, city, domain, rank`` (published place), ``open_rank, domain_value, domain_rank``
        and ``stands_out``: 1 if its place in that very domain is better than its place in the
        index. Places are empty where a city is not listed or not ranked.
    """
    open_data = scores.set_index("adcode")
    table = cases[["adcode", "domain"]].reset_index(drop=True)
    table["city"] = table["adcode"].map(cities.set_index("adcode")["name_en"])
    table["rank"] = table["adcode"].map(published.set_index("adcode")["rank"])
    table["open_rank"] = table["adcode"].map(open_data["rank"])
    places = rank(open_data[list(table["domain"].unique())])
    pairs = list(zip(table["adcode"], table["domain"], strict=True))
    for name, values in (("domain_value", open_data), ("domain_rank", places)):
        table[name] = [values[domain].get(adcode) for adcode, domain in pairs]
    better = table["domain_rank"] < table["open_rank"]
    table["stands_out"] = better.astype("Int64").where(table["domain_rank"].notna())
    columns = ["adcode", "city", "domain", "rank", "open_rank", "domain_value", "domain_rank"]
    return table[[*columns, "stands_out"]]


def case_facts(tables: Tables) -> Facts:
    """How the singled-out cities do in the domain they are singled out for."""
    cases, domains = tables["cases"], tables["domains"]
    hundred = domains[(domains["kind"] == "set") & (domains["group"] == "published")]
    median = cases["domain"].map(hundred.set_index("domain")["median"])
    better = cases.loc[cases["stands_out"].eq(1).fillna(False), "adcode"]
    return {
        "count": len(cases),
        "ranked": fact.whole(cases["open_rank"].notna().sum()),
        "stand_out": len(better),
        "stand_out_names": fact.cities(better),
        "above_median": fact.whole((cases["domain_value"] > median).sum()),
        "leading": fact.whole((cases["open_rank"] <= LEADING).sum()),
        "leading_places": fact.whole(LEADING),
        "outside_names": fact.cities(cases.loc[cases["rank"].isna(), "adcode"]),
        "by_domain": by_domain(cases),
    }


def by_domain(cases: pd.DataFrame) -> Facts:
    """What is said of the cities of each domain: rows of `cases.csv`."""
    groups = dict(list(cases.groupby("domain")))
    said = [{"standing": standing(rows)} for rows in groups.values()]
    return keyed("domain", map(str, groups), said)


def standing(cases: pd.DataFrame) -> fact.Value:
    """The places that cities have in a domain: rows of `cases.csv` with ``adcode, domain_rank``."""
    places = [None if pd.isna(place) else int(place) for place in cases["domain_rank"]]
    return fact.sentence("case_places", cities=list(cases["adcode"]), places=places)
