"""Tables of the inferred weights: weights with their stability, fit, and the ranking they give."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import spearmanr
from threadpoolctl import threadpool_limits

from analysis import inference
from analysis.index.ranking import rank

FOLDS, DRAWS = 10, 100
# Scores run from 0 to 100; divided by ten, a unit of difference is a plausible step of the odds.
SCALE = 10.0


class Inferred(NamedTuple):
    """Weights of one level, how well they fit, and the scores that they give to all cities."""

    weights: pd.DataFrame
    fit: pd.DataFrame
    score: pd.Series


def infer(level: str, nodes: pd.DataFrame, published: pd.DataFrame, seed: int) -> Inferred:
    """Infer the weights of the columns of `nodes` (index adcode, 0–100) from the published order.

    Gaps take the mean of the column, which gives them no say in the order. `weights` holds `level,
    code, equal, weight, low, high` (95 percent of the bootstrap); `fit` holds `level, penalty, n,
    equal_rho, in_sample_rho, out_of_sample_rho, pairs_in_order`.
    """
    with threadpool_limits(1, user_api="blas"):  # many small products: more threads only wait
        return _infer(level, nodes, published, seed)


def _infer(level: str, nodes: pd.DataFrame, published: pd.DataFrame, seed: int) -> Inferred:
    filled = nodes.fillna(nodes.mean())
    listed = published[published["adcode"].isin(nodes.index)]
    values = filled.loc[listed["adcode"]].to_numpy() / SCALE
    order = listed["rank"].to_numpy()
    parts = inference.folds(len(order), min(FOLDS, len(order)), seed)
    chosen = inference.choose_penalty(values, order, parts).iloc[0]
    weights = inference.fit_weights(values, order, chosen["penalty"])
    draws = inference.bootstrap_weights(values, order, chosen["penalty"], DRAWS, seed)
    low, high = np.quantile(draws, [0.025, 0.975], axis=0)
    fit = {
        "level": level,
        "penalty": chosen["penalty"],
        "n": len(order),
        "equal_rho": float(spearmanr(-order, values.mean(axis=1)).statistic),
        "in_sample_rho": float(spearmanr(-order, values @ weights).statistic),
        "out_of_sample_rho": inference.out_of_sample_rho(values, order, chosen["penalty"], parts),
        "pairs_in_order": chosen["agreement"],
    }
    table = pd.DataFrame(
        {"level": level, "code": nodes.columns, "equal": 1 / len(weights), "weight": weights}
    ).assign(low=low, high=high)
    return Inferred(table, pd.DataFrame([fit]), (filled * weights).sum(axis=1))


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


def unexplained_table(nodes: pd.DataFrame, published: pd.DataFrame) -> pd.DataFrame:
    """Published cities that no weights can put ahead of some worse-placed cities.

    Returns `adcode, city, rank, dominated_by`: the number of published cities with a worse place
    that are at least as good in every column of `nodes` and better in one. Largest first.
    """
    listed = published[published["adcode"].isin(nodes.index)].set_index("adcode")
    complete = nodes.loc[listed.index].dropna()
    number = inference.dominated_pairs(complete, listed.loc[complete.index, "rank"])
    table = listed.loc[complete.index, ["city", "rank"]].assign(dominated_by=number).reset_index()
    found = table[table["dominated_by"] > 0]
    return found.sort_values(["dominated_by", "rank"], ascending=[False, True], ignore_index=True)
