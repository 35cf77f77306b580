"""Digital level and economic size: how strong the relation is, and of which shape.

Correlations are of ranks, with bootstrap intervals; shapes are compared by how well each
predicts the index of cities it has not seen.
"""

import numpy as np
import pandas as pd
from scipy import stats

from analysis.editions import Facts, Tables
from analysis.editions import fact_values as fact
from analysis.editions.fact_keys import joined, keyed
from analysis.index.correlation import comparable, rank_correlations
from analysis.index.shapes import SHAPES, prediction_error

RELATION_COLUMNS = ["evidence", "level", "size", "statistic", "estimate", "low", "high", "n"]
FIT_COLUMNS = [
    "shape", "n", "intercept", "slope", "r_squared", "prediction_error", "misfit_p", "best",
]  # fmt: skip
# A line has two parameters, and the test for its misfit a third.
LEAST_CITIES = 4


def relation_table(
    scores: pd.DataFrame,
    published: pd.DataFrame | None,
    economy: pd.DataFrame,
    draws: int,
    seed: int,
) -> pd.DataFrame:
    """Rank correlations of index and published place with GDP and GDP per head: `economy.csv`.

    Published places are turned round, so that a positive figure always means: larger, better
    placed. A size of which too few cities have a figure has no rows.

    Parameters
    ----------
    scores
        The open-data ranking, `scores.csv`: ``adcode, index``.
    published
        The published list, `published.csv`: ``adcode, rank``; None without one.
    economy
        GDP (100 million yuan) and GDP per head (yuan) by adcode: ``gdp, gdp_per_head``.
    draws, seed
        Bootstrap samples of cities for the intervals, and their seed.
    """
    levels = {("open", "index"): scores.set_index("adcode")["index"]}
    if published is not None:
        levels = {("published", "place"): -published.set_index("adcode")["rank"], **levels}
    tables = [
        rank_correlations(level, economy[size].reindex(level.index), draws, seed).assign(
            evidence=evidence, level=name, size=size
        )
        for (evidence, name), level in levels.items()
        for size in ("gdp", "gdp_per_head")
        if comparable(level, economy[size])
    ]
    empty = pd.DataFrame(columns=RELATION_COLUMNS)
    return pd.concat(tables, ignore_index=True)[RELATION_COLUMNS] if tables else empty


def fit_tables(index: pd.Series, economy: pd.DataFrame) -> pd.DataFrame:
    """`fit_table` for each column of `economy`, which `size` names."""
    tables = [fit_table(index, economy[size]).assign(size=size) for size in economy]
    table = pd.concat(tables, ignore_index=True)
    return table[["size", *table.columns.drop("size")]]


def fit_table(index: pd.Series, size: pd.Series) -> pd.DataFrame:
    """Shapes compared: `shape, n, intercept, slope, r_squared, prediction_error, misfit_p, best`.

    `r_squared` and `prediction_error` are on the scale of the index for every shape; the error
    is the root mean square of leave-one-out predictions. `misfit_p` is the p-value of Ramsey's
    RESET test with the squared fit (Ramsey 1969): small means that the shape bends away. A city
    with an index of zero, which has no logarithm, takes no part in any shape. Without enough cities
    that have both figures there are no rows.
    """
    positive = index[index > 0]
    if not comparable(positive, size, LEAST_CITIES):
        return pd.DataFrame(columns=FIT_COLUMNS)
    pairs = pd.DataFrame({"index": positive, "size": size}).dropna()
    table = pd.DataFrame([_fit_row(pairs, shape) for shape in SHAPES])
    table["best"] = table["prediction_error"].eq(table["prediction_error"].min()).astype(int)
    return table


def _fit_row(pairs: pd.DataFrame, shape: str) -> dict:
    to_x, to_y, from_y = SHAPES[shape]
    x, y = to_x(pairs["size"].to_numpy()), to_y(pairs["index"].to_numpy())
    line = stats.linregress(x, y)
    fitted = line.intercept + line.slope * x
    observed = pairs["index"].to_numpy()
    unexplained = ((observed - from_y(fitted)) ** 2).sum()
    return {
        "shape": shape,
        "n": len(pairs),
        "intercept": line.intercept,
        "slope": line.slope,
        "r_squared": 1 - unexplained / ((observed - observed.mean()) ** 2).sum(),
        "prediction_error": float(prediction_error(shape, pairs["size"].to_numpy(), observed)),
        "misfit_p": reset_p(x, y, fitted),
    }


def reset_p(x: np.ndarray, y: np.ndarray, fitted: np.ndarray) -> float:
    """p-value of the squared fit as a further regressor (Ramsey's RESET, one power)."""
    narrow = np.column_stack([np.ones_like(x), x])
    wide = np.column_stack([narrow, fitted**2])
    short, full = (_squared_error(design, y) for design in (narrow, wide))
    freedom = len(x) - 3
    return float(stats.f.sf((short - full) / (full / freedom), 1, freedom))


def _squared_error(design: np.ndarray, y: np.ndarray) -> float:
    solution = np.linalg.lstsq(design, y, rcond=None)[0]
    return float(((y - design @ solution) ** 2).sum())


def expected_table(scores: pd.DataFrame, economy: pd.DataFrame, fits: pd.DataFrame) -> pd.DataFrame:
    """Each city beside what its GDP predicts by the best shape: `economy_cities.csv`.

    The largest difference comes first; cities without GDP are left out. Without any fit there are
    no rows.

    Parameters
    ----------
    scores
        The open-data ranking, `scores.csv`: ``adcode, city, index``.
    economy
        GDP (100 million yuan) and GDP per head (yuan) by adcode: ``gdp, gdp_per_head``.
    fits
        The shapes fitted to GDP, `economy_fits.csv`: ``shape, intercept, slope, best``.
    """
    columns = ["adcode", "city", "gdp", "gdp_per_head", "index", "expected", "difference"]
    if fits.empty:
        return pd.DataFrame(columns=columns)
    best = fits[fits["best"] == 1].iloc[0]
    to_x, _, from_y = SHAPES[best["shape"]]
    table = scores[["adcode", "city", "index"]].join(economy, on="adcode").dropna(subset="gdp")
    table["expected"] = from_y(best["intercept"] + best["slope"] * to_x(table["gdp"]))
    table["difference"] = table["index"] - table["expected"]
    return table[columns].sort_values("difference", ascending=False, ignore_index=True)


def economy_facts(tables: Tables) -> Facts:
    """Correlations with economic size, the best shapes, and the cities off the curve.

    A size without figures has no correlations and no shape.
    """
    shapes = tables["economy_fits"].set_index("shape")
    fits, by_head = (shapes[shapes["size"] == size] for size in ("gdp", "gdp_per_head"))
    return joined(
        {"by_relation": relation_facts(tables["economy"])},
        {} if fits.empty else shape_facts(fits, tables["economy_cities"]),
        {} if by_head.empty else head_facts(by_head),
    )


def head_facts(fits: pd.DataFrame) -> Facts:
    """The shapes against GDP per head (`fits`, by shape): the best, and a straight line."""
    best = fits.index[fits["best"] == 1][0]
    return {
        "head_shape": fact.words([f"said_shape_{best}"]),
        "head_error": fact.number(fits.loc[best, "prediction_error"], 1),
        "head_linear_error": fact.number(fits.loc["linear", "prediction_error"], 1),
    }


def shape_facts(fits: pd.DataFrame, off: pd.DataFrame) -> Facts:
    """The shapes (`fits`, by shape), and the cities farthest `off` the best one."""
    best = fits.index[fits["best"] == 1][0]
    return {
        "by_shape": keyed("shape", fits.index, map(fit_facts, fits.to_dict("records"))),
        "best_shape": fact.words([f"said_shape_{best}"]),
        "linearity": fact.sentence(
            "economy_linearity", best=best, exponent=fact.rounded(fits.loc["power", "slope"])
        ),
        "exponent": fact.number(fits.loc["power", "slope"]),
        "doubling": doubling_facts(fits.loc["power"], off["gdp"].median()),
        "above": fact.cities(off["adcode"].head(3)),
        "below": fact.cities(off["adcode"].tail(3)[::-1]),
    }


def relation_facts(economy: pd.DataFrame) -> Facts:
    """Both rank correlations of every level with every size, by level and size."""
    spearman, kendall = (economy[economy["statistic"] == name] for name in ("spearman", "kendall"))
    tau = kendall.set_index(["level", "size"])["estimate"]
    described = (
        {
            "rho": fact.number(row["estimate"]),
            "interval": fact.interval(row),
            "tau": fact.number(tau[row["level"], row["size"]]),
            "n": fact.whole(row["n"]),
        }
        for _, row in spearman.iterrows()
    )
    return keyed("relation", spearman["level"] + "_" + spearman["size"], described)


def fit_facts(fit: fact.Row) -> Facts:
    """How well one shape describes the index by GDP."""
    return {
        "r_squared": fact.number(fit["r_squared"]),
        "error": fact.number(fit["prediction_error"], 1),
    }


def doubling_facts(power: pd.Series, gdp: float) -> Facts:
    """Index points between a city of the median GDP and one of twice as much, along the power."""
    once, twice = (np.exp(power["intercept"]) * (k * gdp) ** power["slope"] for k in (1, 2))
    return {
        "median_gdp": fact.number(gdp, 0),
        "median_expected": fact.number(once, 1),
        "points": fact.number(twice - once, 1),
    }
