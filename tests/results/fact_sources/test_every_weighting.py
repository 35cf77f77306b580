"""Places under every weighting of the domains."""

import pandas as pd

from .recomputing import Tables, Ways, facts_taken_again
from .writing import cities, city, percent, plain


def first(t: Tables) -> pd.DataFrame:
    table = t("every_weighting", "adcode", "p_top1")
    return table[table["p_top1"] > 0].sort_values("p_top1", ascending=False, kind="stable")


def hundred(t: Tables) -> list[float]:
    return list(t.column("every_weighting.p_top100"))


def of_the_hundred(t: Tables) -> str:
    table = t("every_weighting", "rank", "p_top100").itertuples(index=False)
    return plain(sum(rank <= 100 and share == 1 for rank, share in table))


WAYS: Ways = {
    "weighting.first_cities": lambda t: plain(sum(t.column("every_weighting.p_top1") > 0)),
    "weighting.first_names": lambda t: cities(first(t)["adcode"]),
    "weighting.leader": lambda t: city(first(t)["adcode"].iloc[0]),
    "weighting.leader_share": lambda t: percent(max(t.column("every_weighting.p_top1"))),
    "weighting.always_hundred": lambda t: plain(hundred(t).count(1)),
    "weighting.sometimes_hundred": lambda t: plain(sum(0 < share < 1 for share in hundred(t))),
    "weighting.never_hundred": lambda t: plain(hundred(t).count(0)),
    "weighting.of_the_hundred": of_the_hundred,
}

test_a_fact_is_what_its_source_gives = facts_taken_again(WAYS)
