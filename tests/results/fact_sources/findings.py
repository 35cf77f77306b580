"""Ranking, regions, domains, economy, the published list and the agreement with it."""

import numpy as np

from .recomputing import Says, Tables, Ways, one, several
from .writing import cities, city, interval, listed, number, percent, plain, whole, word, words

# What the report calls the shapes.
SHAPES = {"linear": "a straight line", "log_linear": "logarithm of GDP", "power": "power of GDP"}


def place(t: Tables, rank: int, column: str) -> object:
    return one(t("scores", "rank", column), rank=rank)[column]


def index(t: Tables, rank: int) -> float:
    return place(t, rank, "index")


def last_index(t: Tables) -> str:
    table = t("scores", "rank", "index").to_numpy()
    return number(table[table[:, 0].argmax(), 1], 1)


def leaders(t: Tables, table: str) -> list[str]:
    ranked = t(table, "rank", "adcode")
    return list(ranked[ranked["rank"] <= 5].sort_values("rank")["adcode"])


def region(column: str, write):
    def of_region(t: Tables, name: str) -> str:
        table = t("regions", "region", column)
        return write(one(table[table["region"].str.lower() == name])[column])

    return of_region


def first_three(column: str) -> list:
    return lambda t: list(t.column(f"provinces.{column}"))[:3]


def absent(t: Tables) -> str:
    table = t("provinces", "province", "published_cities")
    return listed(several(table, published_cities=0)["province"])


def by_size(t: Tables, column: str) -> list[str]:
    """Domains of the open hundred, the largest first."""
    table = several(t("domains", "group", "domain", column), group="open")
    pairs = sorted(zip(table[column], table["domain"], strict=True), reverse=True)
    return [code for _, code in pairs]


def domain(t: Tables, column: str, code: str) -> float:
    return one(t("domains", "group", "domain", column), group="open", domain=code)[column]


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


def score_steps(t: Tables, first: int, last: int) -> float:
    """Mean step of the score between neighbours from one place to another."""
    return (place(t, first, "score") - place(t, last, "score")) / (last - first)


def verdict_on_linearity(t: Tables) -> Says:
    return Says("may be called linear") if best(t) == "linear" else Says("not linear")


def off_the_curve(t: Tables) -> list[str]:
    """Cities from the farthest above to the farthest below what GDP lets one expect."""
    table = t("economy_cities", "adcode", "difference")
    return list(table["adcode"].to_numpy()[np.argsort(-table["difference"].to_numpy())])


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
    "ranking.first": lambda t: city(place(t, 1, "adcode")),
    "ranking.leaders": lambda t: cities(leaders(t, "scores")),
    "ranking.fifth_index": lambda t: number(index(t, 5), 1),
    "ranking.sixth_index": lambda t: number(index(t, 6), 1),
    "ranking.gap": lambda t: number(index(t, 5) - index(t, 6), 1),
    "ranking.usual_gap": lambda t: number((index(t, 6) - index(t, 38)) / 32, 1),
    "ranking.first_index": lambda t: number(index(t, 1), 1),
    "ranking.last_index": last_index,
    "ranking.median_index": lambda t: number(np.median(t.column("scores.index")), 1),
    "ranking.by_tier.*": lambda t, tier: plain(list(t.column("scores.tier")).count(tier)),
    "ranking.score_gap": lambda t: number(score_steps(t, 5, 6), 1),
    "ranking.usual_score_gap": lambda t: number(score_steps(t, 6, 38), 1),
    "regions.by_region.*.cities": region("cities", plain),
    "regions.by_region.*.cities_share": region("cities_share", percent),
    "regions.by_region.*.published": region("published_cities", plain),
    "regions.by_region.*.published_share": region("published_share", percent),
    "regions.by_region.*.published_representation": region("published_representation", number),
    "regions.by_region.*.open": region("open_cities", plain),
    "regions.by_region.*.open_share": region("open_share", percent),
    "regions.by_region.*.open_representation": region("open_representation", number),
    "regions.leading_provinces": lambda t: listed(first_three("province")(t)),
    "regions.leading_open_share": lambda t: percent(sum(first_three("open_share")(t))),
    "regions.leading_numbers": lambda t: listed(map(plain, first_three("published_cities")(t))),
    "regions.leading_share": lambda t: percent(sum(first_three("published_share")(t))),
    "regions.published_provinces": lambda t: plain(
        np.count_nonzero(t.column("provinces.published_cities"))
    ),
    "regions.absent_provinces": absent,
    "domains.highest": lambda t: words(by_size(t, "median")[:2]),
    "domains.lowest": lambda t: words(by_size(t, "median")[-2:]),
    "domains.most_varied": lambda t: words(by_size(t, "variation")[:3]),
    "domains.least_varied": lambda t: word(by_size(t, "variation")[-1]),
    "domains.by_domain.*.median": lambda t, code: number(domain(t, "median", code), 1),
    "domains.by_domain.*.variation": lambda t, code: number(domain(t, "variation", code)),
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
