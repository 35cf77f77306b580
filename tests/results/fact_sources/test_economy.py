"""Digital level and economic size."""

import numpy as np

from .recomputing import Says, Tables, Ways, facts_taken_again, one
from .writing import cities, interval, number, plain, whole

SHAPES = {"linear": "a straight line", "log_linear": "logarithm of GDP", "power": "power of GDP"}


def relation(t: Tables, name: str, statistic: str, *columns: str) -> list[float]:
    level, _, size = name.partition("_")
    table = t("economy", "level", "size", "statistic", *columns)
    return list(one(table, level=level, size=size, statistic=statistic)[list(columns)])


def fit(t: Tables, shape: str, column: str, size: str = "gdp") -> float:
    return one(t("economy_fits", "size", "shape", column), size=size, shape=shape)[column]


def best(t: Tables, size: str = "gdp") -> str:
    return one(t("economy_fits", "size", "shape", "best"), size=size, best=1)["shape"]


def best_error(t: Tables, size: str) -> float:
    table = t("economy_fits", "size", "best", "prediction_error")
    return one(table, size=size, best=1)["prediction_error"]


def along_the_power(t: Tables, times: float) -> float:
    """The index that the power gives to so many times the median GDP."""
    gdp = np.median(t.column("economy_cities.gdp"))
    line = fit(t, "power", "intercept") + fit(t, "power", "slope") * np.log(times * gdp)
    return np.e**line


def verdict_on_linearity(t: Tables) -> Says:
    shape, exponent = best(t), fit(t, "power", "slope")
    if shape == "linear":
        return Says("may be called linear")
    slower = shape == "log_linear" or exponent < 1
    return Says("not linear", "ever more slowly" if slower else "ever faster")


def off_the_curve(t: Tables) -> list[str]:
    """Cities from the farthest above to the farthest below what GDP lets one expect."""
    table = t("economy_cities", "adcode", "difference")
    return list(table["adcode"].to_numpy()[np.argsort(-table["difference"].to_numpy())])


WAYS: Ways = {
    "economy.by_relation.*.rho": lambda t, name: number(*relation(t, name, "spearman", "estimate")),
    "economy.by_relation.*.interval": lambda t, name: interval(
        *relation(t, name, "spearman", "low", "high")
    ),
    "economy.by_relation.*.tau": lambda t, name: number(*relation(t, name, "kendall", "estimate")),
    "economy.by_relation.*.n": lambda t, name: plain(*relation(t, name, "spearman", "n")),
    "economy.by_shape.*.r_squared": lambda t, shape: number(fit(t, shape, "r_squared")),
    "economy.by_shape.*.error": lambda t, shape: number(fit(t, shape, "prediction_error"), 1),
    "economy.best_shape": lambda t: Says(SHAPES[best(t)]),
    "economy.linearity": verdict_on_linearity,
    "economy.exponent": lambda t: number(fit(t, "power", "slope")),
    "economy.doubling.median_gdp": lambda t: whole(np.median(t.column("economy_cities.gdp"))),
    "economy.doubling.median_expected": lambda t: number(along_the_power(t, 1), 1),
    "economy.doubling.points": lambda t: number(along_the_power(t, 2) - along_the_power(t, 1), 1),
    "economy.head_shape": lambda t: Says(SHAPES[best(t, "gdp_per_head")]),
    "economy.head_error": lambda t: number(best_error(t, "gdp_per_head"), 1),
    "economy.head_linear_error": lambda t: number(
        fit(t, "linear", "prediction_error", "gdp_per_head"), 1
    ),
    "economy.above": lambda t: cities(off_the_curve(t)[:3]),
    "economy.below": lambda t: cities(off_the_curve(t)[:-4:-1]),
}

test_a_fact_is_what_its_source_gives = facts_taken_again(WAYS)
