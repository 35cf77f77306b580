"""The statistical audit."""

from collections import Counter

import numpy as np
import pandas as pd
import pytest

from .recomputing import Tables, Ways, facts_taken_again, one, several
from .writing import cities, city, listed, number, percent, plain, whole, word, words

SKEWED, LEAST_ALPHA, LEAST_ADEQUACY, SIGNIFICANT, FLOOR, FAR, BIASED = (
    2,
    0.7,
    0.5,
    0.05,
    0.01,
    10,
    0.6,
)
CONFLICTING, UNDER_REPRESENTED, DOMINATING = -0.3, 0.3, 0.95


def of_index(t: Tables, column: str) -> float:
    return one(t("audit_coverage", "level", column), level="index")[column]


def measures(t: Tables, table: str, *columns: str) -> pd.DataFrame:
    return several(t(table, "level", *columns), level="measure")


def emptiest(t: Tables) -> str:
    table = measures(t, "audit_coverage", "code", "share")
    return word(one(table, share=table["share"].min())["code"])


def cities_with_least(t: Tables, column: str) -> str:
    values = list(t.column(f"audit_coverage_cities.{column}"))
    return plain(values.count(np.nanmin(values)))


def least_domains(t: Tables) -> str:
    table = t("audit_coverage_cities", "least_domains", "least_domain_share")
    named = [
        codes
        for codes, share in table.itertuples(index=False)
        if share == min(table["least_domain_share"]) < 1
    ]
    return words(list(dict.fromkeys("|".join(named).split("|"))) if named else [])


def oldest(t: Tables) -> str:
    table = measures(t, "audit_coverage", "code", "oldest_year")
    return words(
        table.loc[table["oldest_year"] == np.nanmin(t.column("audit_coverage.oldest_year")), "code"]
    )


def crowded(t: Tables, *columns: str) -> pd.DataFrame:
    table = t("audit_distribution", "different", "most_common", *columns)
    return table[(table["different"] != 2) & (table["most_common"] > 1 / 2)]


def skewed(t: Tables, when: str) -> str:
    return plain(
        sum(abs(skew) >= SKEWED for skew in t.column(f"audit_distribution.skewness_{when}"))
    )


def worse(t: Tables) -> str:
    table = t("audit_distribution", "measure", "skewness_before", "skewness_after")
    return words(
        [name for name, before, after in table.itertuples(index=False) if abs(after) > abs(before)]
    )


def flagged(t: Tables, flag: str, column: str) -> list:
    return list(several(measures(t, "audit_coherence", "flag", column), flag=flag)[column])


def flag_limit(t: Tables, limit: float, flags: list[str]) -> float:
    """The limit, once it is seen to divide the measures with these flags from those without."""
    table = measures(t, "audit_coherence", "flag", "correlation").query("flag != 'sole'")
    below = table["correlation"].lt(limit)
    assert (below == table["flag"].isin(flags)).all()
    return limit


def astray(t: Tables, *columns: str) -> pd.DataFrame:
    table = measures(t, "audit_coherence", "rest", "other_correlation", *columns)
    return table[table["other_correlation"] - table["rest"] > 0]


def attracting(t: Tables) -> tuple[str, int]:
    """The domain that most of these lie closer to, and how many do."""
    found = sorted(
        Counter(astray(t, "other")["other"]).items(), key=lambda item: (-item[1], item[0])
    )
    return found[0]


def domains(t: Tables, *columns: str) -> pd.DataFrame:
    return several(t("audit_coherence", "level", "rest", *columns), level="domain").sort_values(
        "rest"
    )


def groups(t: Tables, column: str, holds) -> str:
    table = t("audit_reliability", "code", column)
    return words([code for code, value in table.itertuples(index=False) if holds(value)])


def group(column: str, write):
    return lambda t, code: write(one(t("audit_reliability", "code", column), code=code)[column])


def p_value(p: float) -> str:
    return number(p) if p >= 0.001 else "below 0.001"


def importance(t: Tables, level: str, order: str, *columns: str) -> pd.DataFrame:
    """Nodes of a level, the least first."""
    table = t("audit_importance", "level", *dict.fromkeys([order, *columns]))
    return several(table, level=level).sort_values(order)


def extreme(t: Tables, place: int, column: str) -> object:
    return importance(t, "domain", "importance", column)[column].iloc[place]


def idle(t: Tables, column: str) -> list:
    return list(importance(t, "measure", "ratio", column)[column])[:2]


def nominal(t: Tables) -> list[float]:
    return list(several(t("audit_importance", "level", "nominal"), level="domain")["nominal"])


def floor(t: Tables) -> str:
    assert min(t.column("audit_balance.balanced")) == pytest.approx(FLOOR, abs=1e-6)
    return percent(FLOOR)


def at_floor(t: Tables) -> str:
    table = t("audit_balance", "code", "balanced")
    return words(table.loc[np.isclose(table["balanced"], FLOOR, rtol=1e-4), "code"])


def largest_weights(t: Tables, *columns: str) -> pd.DataFrame:
    return t("audit_balance", "balanced", *columns).nlargest(2, "balanced")


def ends(column: str, end) -> object:
    return lambda t: number(end(t.column(f"audit_balance.{column}")))


def far_ranks(t: Tables) -> list[tuple[float, str]]:
    """Share of the cities whose two ranks are far apart, and the domain, the smallest first."""
    far: Counter = Counter()
    for code, places, share in t("audit_added_value", "code", "difference", "share").itertuples(
        index=False
    ):
        far[code] += share if int(places.rstrip("+").split("-")[0]) >= FAR else 0
    return sorted((share, code) for code, share in far.items())


def far(t: Tables) -> str:
    starts = {text.rstrip("+").split("-")[0] for text in t.column("audit_added_value.difference")}
    assert str(FAR) in starts
    return str(FAR)


def size_limit(t: Tables) -> str:
    table = t("audit_size", "spearman", "biased")
    assert (table["spearman"].abs().gt(BIASED) == table["biased"].eq(1)).all()
    return number(BIASED, 1)


def free_of_size(t: Tables) -> str:
    table = t("audit_size", "code", "biased")
    return words(
        [
            code
            for code in dict.fromkeys(table["code"])
            if not several(table, code=code)["biased"].any()
        ]
    )


def sizes(t: Tables) -> list[tuple[str, float]]:
    table = several(t("audit_size", "code", "size", "spearman"), code="index")
    return list(zip(table["size"], table["spearman"], strict=True))


def leaders(t: Tables) -> str:
    table = t("audit_frontier", "rank", "adcode", "on_frontier").sort_values("rank")
    return cities(several(table, on_frontier=1)["adcode"])


def relative(t: Tables) -> str:
    index = np.sort(t.column("audit_frontier.index"))
    return percent(np.median(index) / index[-1])


def rank_correlation(t: Tables) -> float:
    """Spearman's, as Pearson's correlation of mid-ranks."""
    table = t("audit_frontier", "rank", "frontier_rank")
    return np.corrcoef(table["rank"].rank(), table["frontier_rank"].rank())[0, 1]


def lifted(t: Tables, most: bool, column: str) -> object:
    """What stands in a column of the city that weights of its own move most."""
    table = t("audit_frontier", *dict.fromkeys(["rank", "frontier_rank", column]))
    places = table["frontier_rank"] - table["rank"]
    return one(table[places == (places.min() if most else places.max())])[column]


def index_holds(t: Tables) -> str:
    alpha = one(t("audit_reliability", "code", "alpha"), code="index")["alpha"]
    return "no" if alpha < LEAST_ALPHA else "yes"


WAYS: Ways = {
    "audit.coverage.share": lambda t: percent(of_index(t, "share"), 1),
    "audit.coverage.cells": lambda t: whole(of_index(t, "cells")),
    "audit.coverage.complete_cities": lambda t: plain(
        list(t.column("audit_coverage_cities.share")).count(1)
    ),
    "audit.coverage.complete_measures": lambda t: plain(
        list(measures(t, "audit_coverage", "share")["share"]).count(1)
    ),
    "audit.coverage.emptiest": emptiest,
    "audit.coverage.emptiest_share": lambda t: percent(
        min(measures(t, "audit_coverage", "share")["share"])
    ),
    "audit.coverage.least_city_share": lambda t: percent(
        min(t.column("audit_coverage_cities.share"))
    ),
    "audit.coverage.least_cities": lambda t: cities_with_least(t, "share"),
    "audit.coverage.oldest_year": lambda t: plain(
        np.nanmin(t.column("audit_coverage.oldest_year"))
    ),
    "audit.coverage.oldest_measures": oldest,
    "audit.coverage.oldest_cities": lambda t: cities_with_least(t, "oldest_year"),
    "audit.coverage.least_domain_share": lambda t: percent(
        min(t.column("audit_coverage_cities.least_domain_share"))
    ),
    "audit.coverage.least_domain_cities": lambda t: cities_with_least(t, "least_domain_share"),
    "audit.coverage.least_domains": least_domains,
    "audit.distribution.binary": lambda t: plain(
        list(t.column("audit_distribution.different")).count(2)
    ),
    "audit.distribution.crowded": lambda t: words(crowded(t, "measure")["measure"]),
    "audit.distribution.crowded_share": lambda t: listed(map(percent, crowded(t)["most_common"])),
    "audit.distribution.skewed_before": lambda t: skewed(t, "before"),
    "audit.distribution.skewed_after": lambda t: skewed(t, "after"),
    "audit.distribution.worse": worse,
    "audit.distribution.failing": lambda t: plain(
        list(t.column("audit_distribution.passes")).count(0)
    ),
    "audit.coherence.measures": lambda t: plain(
        list(t.column("audit_coherence.level")).count("measure")
    ),
    "audit.coherence.low_limit": lambda t: number(flag_limit(t, CONFLICTING, ["conflicting"]), 1),
    "audit.coherence.high_limit": lambda t: number(
        flag_limit(t, UNDER_REPRESENTED, ["conflicting", "under_represented"]), 1
    ),
    "audit.coherence.dominating_limit": lambda t: number(
        flag_limit(t, DOMINATING, ["conflicting", "under_represented", "none"])
    ),
    "audit.coherence.conflicting": lambda t: words(flagged(t, "conflicting", "code")),
    "audit.coherence.under_represented": lambda t: words(flagged(t, "under_represented", "code")),
    "audit.coherence.dominating": lambda t: words(flagged(t, "dominating", "code")),
    "audit.coherence.sole": lambda t: words(flagged(t, "sole", "code")),
    "audit.coherence.conflicting_count": lambda t: plain(
        list(measures(t, "audit_coherence", "flag")["flag"]).count("conflicting")
    ),
    "audit.coherence.dominated": lambda t: words(flagged(t, "dominating", "above")),
    "audit.coherence.dominating_correlation": lambda t: listed(
        map(number, flagged(t, "dominating", "correlation"))
    ),
    "audit.coherence.astray": lambda t: plain(len(astray(t))),
    "audit.coherence.comparable": lambda t: plain(
        measures(t, "audit_coherence", "rest")["rest"].count()
    ),
    "audit.coherence.astray_to": lambda t: word(attracting(t)[0]),
    "audit.coherence.astray_to_count": lambda t: plain(attracting(t)[1]),
    "audit.coherence.weakest": lambda t: words(domains(t, "code")["code"].iloc[:2]),
    "audit.coherence.weakest_rest": lambda t: listed(map(number, domains(t)["rest"].iloc[:2])),
    "audit.coherence.others_low": lambda t: number(domains(t)["rest"].iloc[2]),
    "audit.coherence.others_high": lambda t: number(domains(t)["rest"].iloc[-1]),
    "audit.reliability.least_alpha": "0.7",
    "audit.reliability.least_adequacy": "0.5",
    "audit.reliability.tested": lambda t: plain(t.column("audit_reliability.alpha").count()),
    "audit.reliability.shaky": lambda t: groups(t, "alpha", lambda alpha: alpha < LEAST_ALPHA),
    "audit.reliability.shaky_alphas": lambda t: listed(
        [number(alpha) for alpha in t.column("audit_reliability.alpha") if alpha < LEAST_ALPHA]
    ),
    "audit.reliability.index_holds": index_holds,
    "audit.reliability.inadequate": lambda t: groups(t, "kmo", lambda kmo: kmo < LEAST_ADEQUACY),
    "audit.reliability.unrelated": lambda t: groups(t, "bartlett_p", lambda p: p > SIGNIFICANT),
    "audit.reliability.divided": lambda t: groups(t, "above_one", lambda count: count > 1),
    "audit.reliability.single": lambda t: groups(t, "items", lambda items: items == 1),
    "audit.reliability.by_group.*.alpha": group("alpha", number),
    "audit.reliability.by_group.*.kmo": group("kmo", number),
    "audit.reliability.by_group.*.bartlett_p": group("bartlett_p", p_value),
    "audit.reliability.by_group.*.first_share": group("first_share", percent),
    "audit.reliability.by_group.*.first_eigenvalue": group("first_eigenvalue", number),
    "audit.reliability.by_group.*.second_eigenvalue": group("second_eigenvalue", number),
    "audit.importance.least_weight": lambda t: percent(min(nominal(t))),
    "audit.importance.most_weight": lambda t: percent(max(nominal(t))),
    "audit.importance.highest": lambda t: word(extreme(t, -1, "code")),
    "audit.importance.highest_importance": lambda t: percent(extreme(t, -1, "importance")),
    "audit.importance.lowest": lambda t: word(extreme(t, 0, "code")),
    "audit.importance.lowest_importance": lambda t: percent(extreme(t, 0, "importance")),
    "audit.importance.times": lambda t: number(
        extreme(t, -1, "importance") / extreme(t, 0, "importance"), 1
    ),
    "audit.importance.by_domain.*": lambda t, code: percent(
        one(importance(t, "domain", "importance", "code"), code=code)["importance"]
    ),
    "audit.importance.idle": lambda t: words(idle(t, "code")),
    "audit.importance.idle_importance": lambda t: listed(map(percent, idle(t, "importance"))),
    "audit.importance.idle_weight": lambda t: listed(map(percent, idle(t, "nominal"))),
    "audit.balance.floor": floor,
    "audit.balance.at_floor": at_floor,
    "audit.balance.reached": lambda t: (
        "no" if np.isclose(t.column("audit_balance.balanced"), FLOOR, rtol=1e-4).any() else "yes"
    ),
    "audit.balance.largest": lambda t: words(largest_weights(t, "code")["code"]),
    "audit.balance.largest_weights": lambda t: listed(map(percent, largest_weights(t)["balanced"])),
    "audit.balance.low": ends("correlation", min),
    "audit.balance.high": ends("correlation", max),
    "audit.balance.balanced_low": ends("balanced_correlation", min),
    "audit.balance.balanced_high": ends("balanced_correlation", max),
    "audit.balance.importance_low": lambda t: percent(
        min(t.column("audit_balance.balanced_importance"))
    ),
    "audit.balance.importance_high": lambda t: percent(
        max(t.column("audit_balance.balanced_importance"))
    ),
    "audit.added_value.places": far,
    "audit.added_value.nearest": lambda t: word(far_ranks(t)[0][1]),
    "audit.added_value.nearest_share": lambda t: percent(far_ranks(t)[0][0]),
    "audit.added_value.farthest": lambda t: word(far_ranks(t)[-1][1]),
    "audit.added_value.farthest_share": lambda t: percent(far_ranks(t)[-1][0]),
    "audit.size.limit": size_limit,
    "audit.size.free": free_of_size,
    "audit.size.biased_sizes": lambda t: words([size for size, r in sizes(t) if abs(r) > BIASED]),
    "audit.size.by_size.*": lambda t, size: number(dict(sizes(t))[size]),
    "audit.frontier.least": "half",
    "audit.frontier.most": "twice",
    "audit.frontier.leaders": lambda t: plain(sum(t.column("audit_frontier.on_frontier"))),
    "audit.frontier.leader_names": leaders,
    "audit.frontier.median": lambda t: percent(np.median(t.column("audit_frontier.frontier"))),
    "audit.frontier.median_relative": relative,
    "audit.frontier.rank_correlation": lambda t: number(rank_correlation(t)),
    "audit.frontier.up_name": lambda t: city(lifted(t, True, "adcode")),
    "audit.frontier.up_from": lambda t: plain(lifted(t, True, "rank")),
    "audit.frontier.up_to": lambda t: plain(lifted(t, True, "frontier_rank")),
    "audit.frontier.down_name": lambda t: city(lifted(t, False, "adcode")),
    "audit.frontier.down_from": lambda t: plain(lifted(t, False, "rank")),
    "audit.frontier.down_to": lambda t: plain(lifted(t, False, "frontier_rank")),
}

test_a_fact_is_what_its_source_gives = facts_taken_again(WAYS)
