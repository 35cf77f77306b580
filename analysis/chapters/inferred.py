"""The inferred weights: how stable they are, how well they fit, and the ranking they give."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import spearmanr
from threadpoolctl import threadpool_limits

from analysis.editions import Facts, Tables
from analysis.editions import fact_values as fact
from analysis.editions.fact_keys import joined, keyed
from analysis.index import inference
from analysis.index.ranking import rank

# Parts of a cross-validation, and parts inside each of them.
FOLDS, INNER_FOLDS = 10, 5
# Scores run from 0 to 100; divided by ten, a unit of difference is a plausible step of the odds.
SCALE = 10.0
# Places around the end of the list that count as close to it.
NEAR = 20


class Tries(NamedTuple):
    """Ways to part the cities, bootstrap samples of them, and the seed of both."""

    splits: int
    draws: int
    seed: int


class Inferred(NamedTuple):
    """Weights of one level, how well they fit, and the scores that they give to all cities."""

    weights: pd.DataFrame
    fit: pd.DataFrame
    score: pd.Series


def infer(nodes: pd.DataFrame, record: pd.Series, places: pd.Series, tries: Tries) -> Inferred:
    """Infer the weights of the columns of `nodes` (index adcode, 0–100) from the published order.

    `record` holds the weights that the columns have in the index of record; its name is the level.
    Columns that have none are left out. The fit looks for what each weight is to be multiplied by,
    so that its penalty pulls towards the weights of record. Gaps take the mean of the column, which
    gives them no say in the order. `places` holds the published places by city; cities without one
    stand behind all that have one, in no order among themselves (see `published_places`).
    `weights` holds `level, code, record, weight, low, high` (95 percent of the bootstrap
    samples of cities); `fit` holds `level, penalty, n, record_rho, in_sample_rho,
    out_of_sample_rho`, with its `_low` and `_high` over the ways to part the cities, and
    `pairs_in_order`. All correlations are those among the cities that have a place.
    """
    with threadpool_limits(1, user_api="blas"):  # many small products: more threads only wait
        return _infer(nodes[record.index], record / record.sum(), places, tries)


def published_places(
    cities: pd.Index, published: pd.DataFrame, *, unlisted: bool = False
) -> pd.Series:
    """Published place by city of those `cities` that are on the list, by place.

    With `unlisted`, the others follow with a gap for a place.
    """
    places = published[published["adcode"].isin(cities)].set_index("adcode")["rank"]
    others = cities.difference(places.index) if unlisted else cities[:0]
    return places.astype(float).reindex(places.index.append(others))


def _infer(nodes: pd.DataFrame, record: pd.Series, places: pd.Series, tries: Tries) -> Inferred:
    listed = places.notna().to_numpy()
    filled = nodes.fillna(nodes.mean())
    usual, order = record.to_numpy(), order_of(places)
    values = weighed_values(filled.loc[places.index], record)
    parts = inference.folds(len(order), min(FOLDS, len(order)), tries.seed)
    chosen = inference.choose_penalty(values, order, parts).iloc[0]
    times = inference.fit_weights(values, order, chosen["penalty"])
    weights = in_sum_one(times * usual)
    redrawn = inference.bootstrap_weights(values, order, chosen["penalty"], tries.draws, tries.seed)
    low, high = np.quantile(in_sum_one(redrawn * usual), [0.025, 0.975], axis=0)
    fit = {
        "level": record.name,
        "penalty": chosen["penalty"],
        "n": len(order),
        "record_rho": listed_rho(values.mean(axis=1), order, listed),
        "in_sample_rho": listed_rho(values @ times, order, listed),
        **unseen_fit(values, order, listed, tries),
        "pairs_in_order": chosen["agreement"],
    }
    table = pd.DataFrame(
        {"level": record.name, "code": record.index, "record": usual, "weight": weights}
    ).assign(low=low, high=high)
    return Inferred(table, pd.DataFrame([fit]), (filled * weights).sum(axis=1))


def order_of(places: pd.Series) -> np.ndarray:
    """Places as whole numbers, a gap being the place after the last."""
    return places.fillna(places.max() + 1).to_numpy(dtype=int)


def weighed_values(nodes: pd.DataFrame, record: pd.Series) -> np.ndarray:
    """Values times weights of record, in units of `SCALE` points of a column of mean weight."""
    return nodes.to_numpy() * record.to_numpy() / record.mean() / SCALE


def in_sum_one(weights: np.ndarray) -> np.ndarray:
    """Weights, or rows of them, scaled to the sum 1."""
    return weights / weights.sum(axis=-1, keepdims=True)


def listed_rho(score: np.ndarray, order: np.ndarray, listed: np.ndarray) -> float:
    """Rank correlation of a score with the published order, over the listed cities."""
    return float(spearmanr(-order[listed], score[listed]).statistic)


def unseen_fit(
    values: np.ndarray, order: np.ndarray, listed: np.ndarray, tries: Tries
) -> dict[str, float]:
    """Rank correlation on unseen cities: mean, least and largest over ways to part them."""
    count = min(FOLDS, len(order))
    # There is but one way to make every city a part of its own.
    splits = tries.splits if len(order) > count else 1
    found = [
        inference.out_of_sample_rho(
            values, order, inference.folds(len(order), count, split), INNER_FOLDS, listed
        )
        for split in range(tries.seed, tries.seed + splits)
    ]
    names = ("out_of_sample_rho", "out_of_sample_low", "out_of_sample_high")
    return dict(zip(names, (float(np.mean(found)), min(found), max(found)), strict=True))


def pair_tables(without: Inferred, beside: Inferred) -> Tables:
    """The weights from pairs of listed cities and from all pairs, as tables side by side.

    `without` are the weights inferred from pairs of listed cities alone, `beside` those inferred
    from the pairs with unlisted cities too. Returns `inferred_pairs`: `pairs` (``listed`` or
    ``with_unlisted``), `code, record, weight, low, high`; and `inferred_pairs_fit`: `pairs,
    penalty, n, record_rho, in_sample_rho, out_of_sample_rho`, with its `_low` and `_high`, and
    `pairs_in_order`.
    """
    both = {"listed": without, "with_unlisted": beside}
    tables = {
        "inferred_pairs": [each.weights.assign(pairs=name) for name, each in both.items()],
        "inferred_pairs_fit": [each.fit.assign(pairs=name) for name, each in both.items()],
    }
    found = {}
    for name, parts in tables.items():
        table = pd.concat(parts, ignore_index=True).drop(columns="level")
        found[name] = table[["pairs", *table.columns.drop("pairs")]]
    return found


def beyond_table(
    score: pd.Series, scores: pd.DataFrame, published: pd.DataFrame, places: int
) -> pd.DataFrame:
    """Cities that the inferred model would have admitted to the list, or not kept on it.

    Returns `change` (admitted or left_out), `adcode, city, province, inferred_rank, open_rank,
    rank` (published place, empty for the admitted), by inferred rank.
    """
    table = scores[["adcode", "city", "province", "rank"]].rename(columns={"rank": "open_rank"})
    table["inferred_rank"] = table["adcode"].map(rank(score)).astype(int)
    table["rank"] = table["adcode"].map(published.set_index("adcode")["rank"])
    inside, listed = table["inferred_rank"] <= places, table["rank"].notna()
    table["change"] = np.select([inside & ~listed, ~inside & listed], ["admitted", "left_out"], "")
    changed = table[table["change"] != ""].sort_values("inferred_rank", ignore_index=True)
    columns = ["change", "adcode", "city", "province", "inferred_rank", "open_rank", "rank"]
    return changed[columns]


def unexplained_table(nodes: dict[str, pd.DataFrame], published: pd.DataFrame) -> pd.DataFrame:
    """How many worse-placed cities beat each published city, so that no weights put it ahead.

    `nodes` holds, by level, the values (index adcode) of all its nodes. Returns `level, adcode,
    city, rank, dominated_by`: of the published cities that have a value in every node of the
    level, the number with a worse place that are at least as good in every node and better in one.
    Largest first within a level; a city with gaps is left out, since weights could make use of
    them.
    """
    tables = [
        dominated_table(values.dropna(axis="columns", how="all"), published).assign(level=level)
        for level, values in nodes.items()
    ]
    columns = ["level", "adcode", "city", "rank", "dominated_by"]
    return pd.concat(tables, ignore_index=True)[columns]


def dominated_table(nodes: pd.DataFrame, published: pd.DataFrame) -> pd.DataFrame:
    """`unexplained_table` of one level."""
    listed = published[published["adcode"].isin(nodes.index)].set_index("adcode")
    complete = nodes.loc[listed.index].dropna()
    number = inference.dominated_pairs(complete, listed.loc[complete.index, "rank"])
    table = listed.loc[complete.index, ["city", "rank"]].assign(dominated_by=number).reset_index()
    return table.sort_values(["dominated_by", "rank"], ascending=[False, True], ignore_index=True)


def inferred_facts(tables: Tables) -> Facts:
    """Fit and weights by level, the cities no weights explain, and those beyond the hundred."""
    fits, weights = tables["inferred_fit"], tables["inferred_weights"].groupby("level")
    described = (
        joined(fit_facts(fit), weight_facts(weights.get_group(fit["level"])))
        for fit in fits.to_dict("records")
    )
    beaten = tables["unexplained"].groupby("level")
    levels = list(beaten.groups)
    unexplained = (unexplained_facts(beaten.get_group(level)) for level in levels)
    return {
        "by_level": keyed("level", fits["level"], described),
        "unexplained": keyed("level", levels, unexplained),
        "beyond": beyond_facts(tables["beyond"], len(tables["published"])),
        "with_unlisted": pair_facts(tables),
    }


def pair_facts(tables: Tables) -> Facts:
    """Weights of the domains without and with the pairs of listed and unlisted cities."""
    fits = tables["inferred_pairs_fit"]
    weights = tables["inferred_pairs"].groupby("pairs")
    described = (
        joined(fit_facts(fit), pair_weight_facts(weights.get_group(fit["pairs"])))
        for fit in fits.to_dict("records")
    )
    wide = tables["inferred_pairs"].pivot(index="code", columns="pairs", values="weight")
    change = (wide["with_unlisted"] - wide["listed"]).reindex(
        weights.get_group("listed")["code"].to_list()
    )
    return joined(
        keyed("pairs", fits["pairs"], described),
        {
            "most_raised": fact.words([change.idxmax()]),
            "most_lowered": fact.words([change.idxmin()]),
        },
    )


def pair_weight_facts(weights: pd.DataFrame) -> Facts:
    """Each weight of the domains with its interval, and those whose interval leaves out record."""
    shares = (
        {
            "weight": fact.share(row["weight"]),
            "low": fact.share(row["low"]),
            "high": fact.share(row["high"]),
        }
        for row in weights.to_dict("records")
    )
    by_domain = keyed("domain", weights["code"], shares)
    return joined(weight_facts(weights), {"by_domain": by_domain})


def fit_facts(fit: fact.Row) -> Facts:
    """Agreement of one level with the published order, on seen and on unseen cities."""
    return {
        "n": fact.whole(fit["n"]),
        "pairs": fact.share(fit["pairs_in_order"]),
        "gain": fact.signed(fit["out_of_sample_rho"] - fit["record_rho"]),
        "unseen_low": fact.number(fit["out_of_sample_low"]),
        "unseen_high": fact.number(fit["out_of_sample_high"]),
        "record": fact.number(fit["record_rho"]),
        "in_sample": fact.number(fit["in_sample_rho"]),
        "out_of_sample": fact.number(fit["out_of_sample_rho"]),
    }


def weight_facts(weights: pd.DataFrame) -> Facts:
    """Nodes of one level whose interval lies wholly above or below the weight of record."""
    code = weights["code"]
    return {
        "number": len(weights),
        "above": fact.words(code[weights["low"] > weights["record"]]),
        "below": fact.words(code[weights["high"] < weights["record"]]),
        "without": fact.whole((weights["weight"] == 0).sum()),
    }


def unexplained_facts(unexplained: pd.DataFrame) -> Facts:
    """Number of cities that no weights of one level explain, and the ones least explained."""
    beaten = unexplained[unexplained["dominated_by"] > 0]
    return {
        "count": len(beaten),
        "cities": len(unexplained),
        "first": fact.cities(beaten["adcode"].head(3)),
        "most": fact.whole(unexplained["dominated_by"].max()),
    }


def beyond_facts(beyond: pd.DataFrame, places: int) -> Facts:
    """Cities that the inferred weights would admit or leave out, and how close they are."""
    admitted, left_out = (
        beyond.loc[beyond["change"] == change, "adcode"] for change in ("admitted", "left_out")
    )
    near = beyond["inferred_rank"].between(places - NEAR + 1, places + NEAR)
    return {
        "near": fact.whole(near.sum()),
        "near_places": fact.whole(NEAR),
        "changes": len(beyond),
        "admitted": len(admitted),
        "left_out": len(left_out),
        "first_admitted": fact.cities(admitted.head(3)),
        "last_left_out": fact.cities(left_out.tail(3)),
    }
