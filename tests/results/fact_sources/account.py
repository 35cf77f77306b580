"""The ledger of claims, the reconstructed scores, the inferred weights, cases and yardsticks."""

import numpy as np
import pandas as pd

from .recomputing import Tables, Ways, one, several
from .writing import (
    cities,
    listed,
    number,
    percent,
    plain,
    ranking_names,
    signed,
    small,
    whole,
    words,
)

VERDICTS = {
    "holds": "holds",
    "qualified": "holds with a qualification",
    "fails": "does not hold",
    "untestable": "cannot be tested with public data",
}
NEAR, LEADING = 20, 5


def verdicts(name: str):
    return lambda t: plain(list(t.column("claims.verdict")).count(VERDICTS[name]))


def failing(t: Tables) -> str:
    table = several(t("claims", "verdict", "statement"), verdict=VERDICTS["fails"])
    return listed([f"“{text.rstrip('.')}”" for text in table["statement"]])


def median_gdp(t: Tables) -> str:
    return listed(
        map(whole, several(t("tiers", "basis", "median_gdp"), basis="published")["median_gdp"])
    )


def claim(column: str):
    return lambda t, name: one(t("claims", "claim", column), claim=name)[column]


def blocks(t: Tables) -> list[int]:
    """How many cities share each score."""
    scores = list(t.column("reconstructed.score"))
    return [scores.count(score) for score in set(scores)]


def at_limit(t: Tables) -> str:
    score, low, high = t("reconstructed", "score", "low", "high").to_numpy().T
    return plain(np.isin(score - low, 0).sum() + np.isin(score - high, 0).sum())


def pulls(t: Tables) -> list[tuple[float, str]]:
    """Distance of the reconstructed from the open-data score and the city, the farthest first."""
    scores = dict(t("published", "adcode", "score").dropna().itertuples(index=False))
    table = t("reconstructed", "adcode", "score").itertuples(index=False)
    return sorted(((abs(score - scores[c]), c) for c, score in table if c in scores), reverse=True)


def fit(column: str, write):
    return lambda t, level: write(one(t("inferred_fit", "level", column), level=level)[column])


def gain(t: Tables, level: str) -> str:
    row = one(t("inferred_fit", "level", "out_of_sample_rho", "equal_rho"), level=level)
    return signed(row["out_of_sample_rho"] - row["equal_rho"])


def weights(t: Tables, level: str, *columns: str) -> pd.DataFrame:
    return several(t("inferred_weights", "level", *columns), level=level)


def equal_weight(t: Tables, level: str) -> str:
    (share,) = set(weights(t, level, "equal")["equal"])
    return percent(share)


def beyond_equal(t: Tables, level: str, end: str, sign: int) -> str:
    """Nodes whose interval ends on the far side of the equal weight."""
    table = weights(t, level, "code", "equal", end)
    return words(table.loc[(table[end] - table["equal"]) * sign > 0, "code"])


def beaten(t: Tables, level: str, *columns: str) -> pd.DataFrame:
    """Cities of a level, those that stand ahead of the most better ones first."""
    table = several(t("unexplained", "level", "dominated_by", *columns), level=level)
    return table.sort_values("dominated_by", ascending=False, kind="stable")


def unexplained(t: Tables, level: str) -> str:
    table = beaten(t, level, "adcode")
    return cities(table.loc[table["dominated_by"] != 0, "adcode"][:3])


def near(t: Tables) -> str:
    last = len(t.column("published.adcode"))
    return plain(sum(-NEAR < rank - last <= NEAR for rank in t.column("beyond.inferred_rank")))


def changing(t: Tables, change: str) -> list[str]:
    """Cities by place in the inferred model."""
    table = several(t("beyond", "change", "adcode", "inferred_rank"), change=change)
    return [code for _, code in sorted(zip(table["inferred_rank"], table["adcode"], strict=True))]


def above_median(t: Tables) -> str:
    domains = t("domains", "kind", "group", "domain", "median")
    medians = several(domains, kind="set", group="published").set_index("domain")["median"]
    table = t("cases", "domain", "domain_value").itertuples(index=False)
    return plain(sum(value > medians[domain] for domain, value in table))


def standing_out(t: Tables) -> str:
    return cities(several(t("cases", "adcode", "stands_out"), stands_out=1)["adcode"])


def outside(t: Tables) -> str:
    table = t("cases", "adcode", "rank")
    return cities(table.loc[table["rank"].isna(), "adcode"])


def closer(first: str, second: str):
    """Number of partial lists that agree better with the first order than with the second."""

    def counted(t: Tables) -> str:
        table = t("yardsticks", first, second)
        return plain((table[first] > table[second]).sum())

    return counted


def longest(column: str, write):
    def of_longest(t: Tables) -> str:
        table = t("yardsticks", "cities", column)
        return write(one(table, cities=table["cities"].max())[column])

    return of_longest


WAYS: Ways = {
    "claims.count": lambda t: plain(t.column("claims.claim").nunique()),
    "claims.tested": lambda t: plain(
        sum(verdict != VERDICTS["untestable"] for verdict in t.column("claims.verdict"))
    ),
    "claims.holds": verdicts("holds"),
    "claims.qualified": verdicts("qualified"),
    "claims.fails": verdicts("fails"),
    "claims.untestable": verdicts("untestable"),
    "claims.ours": lambda t: plain(list(t.column("claims.origin")).count("ours")),
    "claims.own_words": lambda t: plain(
        len(several(t("claims", "verdict", "evidence"), verdict="holds", evidence="published"))
    ),
    "claims.failing_statements": failing,
    "claims.strong": "0.7",
    "claims.median_gdp": median_gdp,
    "claims.by_claim.*.verdict": claim("verdict"),
    "claims.by_claim.*.found": claim("found"),
    "reconstructed.distinct": lambda t: plain(len(blocks(t))),
    "reconstructed.largest_block": lambda t: plain(max(blocks(t))),
    "reconstructed.at_limit": at_limit,
    "reconstructed.median_pull": lambda t: number(np.median([pull for pull, _ in pulls(t)]), 1),
    "reconstructed.largest_pull": lambda t: number(pulls(t)[0][0], 1),
    "reconstructed.farthest": lambda t: cities([code for _, code in pulls(t)[:3]]),
    "inferred.by_level.*.n": fit("n", plain),
    "inferred.by_level.*.pairs": fit("pairs_in_order", percent),
    "inferred.by_level.*.gain": gain,
    "inferred.by_level.*.equal": fit("equal_rho", number),
    "inferred.by_level.*.in_sample": fit("in_sample_rho", number),
    "inferred.by_level.*.out_of_sample": fit("out_of_sample_rho", number),
    "inferred.by_level.*.number": lambda t, level: plain(len(weights(t, level))),
    "inferred.by_level.*.equal_weight": equal_weight,
    "inferred.by_level.*.above": lambda t, level: beyond_equal(t, level, "low", 1),
    "inferred.by_level.*.below": lambda t, level: beyond_equal(t, level, "high", -1),
    "inferred.by_level.*.without": lambda t, level: plain(
        list(weights(t, level, "weight")["weight"]).count(0)
    ),
    "inferred.by_level.*.unseen_low": fit("out_of_sample_low", number),
    "inferred.by_level.*.unseen_high": fit("out_of_sample_high", number),
    "inferred.unexplained.*.count": lambda t, level: plain(
        np.count_nonzero(beaten(t, level)["dominated_by"])
    ),
    "inferred.unexplained.*.cities": lambda t, level: plain(
        list(t.column("unexplained.level")).count(level)
    ),
    "inferred.unexplained.*.first": unexplained,
    "inferred.unexplained.*.most": lambda t, level: plain(beaten(t, level)["dominated_by"].max()),
    "inferred.beyond.near": near,
    "inferred.beyond.near_places": str(NEAR),
    "inferred.beyond.changes": lambda t: plain(len(t.column("beyond.change"))),
    "inferred.beyond.admitted": lambda t: plain(list(t.column("beyond.change")).count("admitted")),
    "inferred.beyond.left_out": lambda t: plain(list(t.column("beyond.change")).count("left_out")),
    "inferred.beyond.first_admitted": lambda t: cities(changing(t, "admitted")[:3]),
    "inferred.beyond.last_left_out": lambda t: cities(changing(t, "left_out")[-3:]),
    "cases.count": lambda t: plain(len(t.column("cases.adcode"))),
    "cases.ranked": lambda t: plain(t.column("cases.open_rank").count()),
    "cases.stand_out": lambda t: plain(t.column("cases.stands_out").sum()),
    "cases.stand_out_names": standing_out,
    "cases.above_median": above_median,
    "cases.leading": lambda t: plain(sum(t.column("cases.open_rank").isin(range(1, LEADING + 1)))),
    "cases.leading_places": str(LEADING),
    "cases.outside_names": outside,
    "yardsticks.count": lambda t: plain(len(t.column("yardsticks.ranking"))),
    "yardsticks.fewest": lambda t: plain(min(t.column("yardsticks.cities"))),
    "yardsticks.most": lambda t: plain(max(t.column("yardsticks.cities"))),
    "yardsticks.first_year": lambda t: plain(min(t.column("yardsticks.data_year"))),
    "yardsticks.last_year": lambda t: plain(max(t.column("yardsticks.data_year"))),
    "yardsticks.open_closer": closer("open_rho", "published_rho"),
    "yardsticks.published_closer": closer("published_rho", "open_rho"),
    "yardsticks.longest": longest("ranking", lambda name: small(ranking_names()[name])),
    "yardsticks.longest_published": longest("published_rho", number),
    "yardsticks.longest_published_n": longest("published_n", plain),
    "yardsticks.longest_open": longest("open_rho", number),
    "yardsticks.longest_open_n": longest("open_n", plain),
}
