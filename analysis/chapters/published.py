"""The published ranking, and how far the open-data ranking agrees with it.

The published list gives places, not scores. Agreement is measured on the cities that both rank;
where the two differ most, the domains show what the open data know about the city.
"""

import numpy as np
import pandas as pd

from analysis.editions import Facts, Tables
from analysis.editions import fact_values as fact
from analysis.index.correlation import (
    area_under_curve,
    bootstrap_table,
    comparable,
    partial_spearman,
    rank_correlations,
)
from analysis.ranking.bands import published_tier


def published_table(
    published: pd.DataFrame, cities: pd.DataFrame, scores: pd.DataFrame, tiers: pd.DataFrame
) -> pd.DataFrame:
    """The published list with the open-data ranking beside it: the table `published.csv`.

    Parameters
    ----------
    published
        The list as printed, like `published_2020_top100.csv`: ``rank, adcode``.
    cities
        `cities.csv`: ``adcode, name_en, province_en, region``.
    scores
        The open-data ranking, `scores.csv`: ``adcode, score, rank``.
    tiers
        `tiers.csv`: ``tier, last_place``.

    Returns
    -------
    pd.DataFrame
        ``rank, adcode, city, province, region, tier, score, open_rank``, by rank; ``score`` and
        ``open_rank`` are those of the open-data index, empty for unranked cities.

    Raises
    ------
    pandas.errors.MergeError
        If a city is printed twice.
    """
    names = cities.rename(columns={"name_en": "city", "province_en": "province"})
    table = published[["rank", "adcode"]].merge(
        names[["adcode", "city", "province", "region"]], on="adcode", validate="1:1"
    )
    table["tier"] = published_tier(table["rank"], tiers)
    found = scores.rename(columns={"rank": "open_rank"})[["adcode", "score", "open_rank"]]
    return table.merge(found, on="adcode", how="left").sort_values("rank", ignore_index=True)


def agreement_table(
    published: pd.DataFrame, scores: pd.DataFrame, gdp: pd.Series, draws: int, seed: int
) -> pd.DataFrame:
    """How well two yardsticks, the open-data index and GDP alone, reproduce the published order.

    Returns `yardstick, statistic, estimate, low, high, n`, where the statistic is one of the rank
    correlations over the published cities, `partial`, Spearman's correlation with the other
    yardstick held, `listed`, the chance that a city on the list lies above one that is not
    (area under the curve, over the ranked cities), or `common`, the cities of the list among as
    many leading cities of the yardstick. A yardstick of which too few of the published cities
    have a figure has no rows, and nothing is held where the other is lacking or has the same order.
    """
    yardsticks = {"index": scores.set_index("adcode")["index"], "gdp": gdp}
    place, ranked = -published.set_index("adcode")["rank"], yardsticks["index"].index
    known = {name: values for name, values in yardsticks.items() if comparable(place, values)}
    tables = []
    for name, values in known.items():
        parts = [
            rank_correlations(place, values.reindex(place.index), draws, seed),
            *(
                partial_table(place, values, held, draws, seed)
                for other, held in known.items()
                if other != name
            ),
            listed_table(published, values.reindex(ranked), draws, seed),
            common_cities(published, values),
        ]
        tables.append(pd.concat(parts, ignore_index=True).assign(yardstick=name))
    columns = ["yardstick", "statistic", "estimate", "low", "high", "n"]
    empty = pd.DataFrame(columns=columns)
    return pd.concat(tables, ignore_index=True)[columns] if tables else empty


def partial_table(
    place: pd.Series, values: pd.Series, held: pd.Series, draws: int, seed: int
) -> pd.DataFrame:
    """Rank correlation of `place` (by adcode) and `values`, with the ranks of `held` held."""
    table = pd.DataFrame({"place": place, "values": values, "held": held}).loc[place.index].dropna()
    columns = table.to_numpy(dtype=float).T
    if np.isnan(partial_spearman(*columns)).all():
        return pd.DataFrame()
    return bootstrap_table({"partial": partial_spearman}, columns, draws, seed)


def listed_table(published: pd.DataFrame, values: pd.Series, draws: int, seed: int) -> pd.DataFrame:
    """How well `values` (by adcode) part the cities on the list from the others."""
    known = values.dropna()
    columns = (known.to_numpy(), known.index.isin(published["adcode"]))
    return bootstrap_table({"listed": area_under_curve}, columns, draws, seed)


def common_cities(published: pd.DataFrame, values: pd.Series) -> pd.DataFrame:
    """Number of published cities among as many cities with the highest values."""
    leading = values.nlargest(len(published)).index
    common = published["adcode"].isin(leading).sum()
    return pd.DataFrame(
        {"statistic": ["common"], "estimate": [float(common)], "n": [len(published)]}
    )


def disagreement_table(
    published: pd.DataFrame, scores: pd.DataFrame, domains: list[str], neighbours: int = 10
) -> pd.DataFrame:
    """Published cities by how far the open-data place lies from the published one.

    Returns `adcode, city, rank, open_rank, difference` (open-data place minus published place)
    and, from the domain scores, `strongest_domain, strongest_gap, weakest_domain, weakest_gap`:
    where the city stands most above and most below the median of the published cities within
    `neighbours` places of it. Largest difference first.
    """
    both = published[["adcode", "city", "rank", "open_rank"]].dropna()
    both = both.join(scores.set_index("adcode")[domains], on="adcode").reset_index(drop=True)
    gaps = both[domains] - _neighbour_medians(both, domains, neighbours)
    table = both[["adcode", "city", "rank", "open_rank"]].assign(
        difference=both["open_rank"] - both["rank"],
        strongest_domain=gaps.idxmax(axis=1),
        strongest_gap=gaps.max(axis=1),
        weakest_domain=gaps.idxmin(axis=1),
        weakest_gap=gaps.min(axis=1),
    )
    order = table["difference"].abs().sort_values(ascending=False, kind="stable").index
    return table.loc[order].reset_index(drop=True)


def _neighbour_medians(both: pd.DataFrame, domains: list[str], neighbours: int) -> pd.DataFrame:
    medians = [
        both.loc[both["rank"].sub(rank).abs().between(1, neighbours), domains].median()
        for rank in both["rank"]
    ]
    return pd.DataFrame(medians, index=both.index)


def published_facts(tables: Tables) -> Facts:
    """The published list in numbers."""
    listed = tables["published"]
    leaders, open_leaders = (
        set(tables[name]["adcode"].head(5)) for name in ("published", "scores")
    )
    without = listed.loc[listed["open_rank"].isna(), "adcode"]
    return {
        "count": len(listed),
        "leaders": fact.cities(listed["adcode"].head(5)),
        "same_five": len(leaders & open_leaders),
        "unranked": len(without),
        "unranked_names": fact.cities(without),
    }


def agreement_facts(tables: Tables) -> Facts:
    """How far the two rankings agree, and where they differ most."""
    agreement = tables["agreement"].set_index(["yardstick", "statistic"])
    off = tables["disagreements"]
    found: Facts = {}
    for yardstick in tables["agreement"]["yardstick"].unique():
        rho = agreement.loc[(yardstick, "spearman")]
        facts: Facts = {
            "rho": fact.number(rho["estimate"]),
            "interval": fact.interval(rho),
            "tau": fact.number(agreement.loc[(yardstick, "kendall"), "estimate"]),
            "n": fact.whole(rho["n"]),
            "common": fact.whole(agreement.loc[(yardstick, "common"), "estimate"]),
            "listed": fact.number(agreement.loc[(yardstick, "listed"), "estimate"], 3),
            "listed_interval": fact.interval(agreement.loc[(yardstick, "listed")]),
        }
        if (yardstick, "partial") in agreement.index:
            partial = agreement.loc[(yardstick, "partial")]
            facts["partial"] = fact.number(partial["estimate"])
            facts["partial_interval"] = fact.interval(partial)
        found[yardstick] = facts
    worst = off.iloc[0]
    found["largest"] = fact.cities(off["adcode"].head(3))
    found["largest_city"] = fact.cities([worst["adcode"]])
    found["largest_published"] = fact.whole(worst["rank"])
    found["largest_open"] = fact.whole(worst["open_rank"])
    found["largest_domain"] = fact.words([worst["weakest_domain"]])
    found["median_difference"] = fact.whole(off["difference"].abs().median())
    found["within_ten"] = fact.whole((off["difference"].abs() <= 10).sum())
    return found
