"""Every weighting of the domains: which places each city can have, and what puts a city first."""

import pandas as pd

from analysis.chapters.city_study import with_city
from analysis.editions import Facts, Tables
from analysis.editions import fact_values as fact
from analysis.index.composite import CompositeIndex
from analysis.index.framework import children, root
from analysis.index.robustness import simplex

# Numbers of first places that are looked at.
TOPS = (1, 10, 50, 100)
# Decimals of a central weight: the last bits of a sum differ from processor to processor.
WEIGHT_DECIMALS = 9


def weighting_tables(
    composite: CompositeIndex, places: pd.Series, cities: pd.DataFrame, draws: int, seed: int
) -> Tables:
    """Places under weights of the domains that are drawn evenly from all there are.

    Parameters
    ----------
    composite
        The index of record; below its domains everything stays as it is.
    places
        Rank of record by adcode.
    cities
        `cities.csv`: ``adcode, name_en``.
    draws, seed
        Number of weightings, and their seed.

    Returns
    -------
    Tables
        `every_weighting`: ``adcode, city, rank`` and the share of the weightings that put the city
        first (``p_top1``) or among the first 10, 50 and 100, best first; `central_weights`:
        ``adcode, city, top, code, weight``, the mean of the weightings that put a city among the
        first `top`, for each city that any does.
    """
    top = root(composite.framework)
    nodes = pd.concat([composite.nodes, composite.normalised], axis=1)
    values = nodes[children(composite.framework, top)]
    weights = simplex.even_weights(values.shape[1], draws, seed)
    ranks = simplex.ranks_under(values, weights, composite.means[top])
    shares = simplex.acceptability(ranks, values.index, TOPS)
    shares.insert(1, "rank", places[values.index].to_numpy())
    central = simplex.central_weights(ranks, weights, values, TOPS)
    order = central.assign(
        weight=central["weight"].round(WEIGHT_DECIMALS), rank=central["unit"].map(places)
    ).sort_values(["top", "rank", "unit"], kind="stable", ignore_index=True)
    return {
        "every_weighting": with_city(shares, cities).sort_values(
            ["rank", "adcode"], ignore_index=True
        ),
        "central_weights": with_city(order.drop(columns="rank"), cities),
    }


def weighting_facts(tables: Tables) -> Facts:
    """Who can be first, and who is always, sometimes or never among the first hundred."""
    shares = tables["every_weighting"]
    first = shares[shares["p_top1"] > 0].sort_values("p_top1", ascending=False, kind="stable")
    hundred = shares["p_top100"]
    leader = first.iloc[0]
    record = shares["rank"] <= TOPS[-1]
    return {
        "first_cities": len(first),
        "first_names": fact.cities(first["adcode"]),
        "leader": fact.cities([leader["adcode"]]),
        "leader_share": fact.share(leader["p_top1"]),
        "always_hundred": fact.whole((hundred == 1).sum()),
        "sometimes_hundred": fact.whole(((hundred > 0) & (hundred < 1)).sum()),
        "never_hundred": fact.whole((hundred == 0).sum()),
        "of_the_hundred": fact.whole((record & (hundred == 1)).sum()),
    }
