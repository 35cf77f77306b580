"""The inferred weights."""

import numpy as np
import pandas as pd

from .recomputing import Tables, Ways, facts_taken_again, one, several
from .writing import cities, number, percent, plain, signed, words

NEAR = 20


def fit(column: str, write):
    return lambda t, level: write(one(t("inferred_fit", "level", column), level=level)[column])


def gain(t: Tables, level: str) -> str:
    row = one(t("inferred_fit", "level", "out_of_sample_rho", "record_rho"), level=level)
    return signed(row["out_of_sample_rho"] - row["record_rho"])


def weights(t: Tables, level: str, *columns: str) -> pd.DataFrame:
    return several(t("inferred_weights", "level", *columns), level=level)


def beyond_record(t: Tables, level: str, end: str, sign: int) -> str:
    """Nodes whose interval ends on the far side of the weight of record."""
    table = weights(t, level, "code", "record", end)
    return words(table.loc[(table[end] - table["record"]) * sign > 0, "code"])


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


def pair_fit(column: str, write):
    return lambda t, pairs: write(
        one(t("inferred_pairs_fit", "pairs", column), pairs=pairs)[column]
    )


def pair_gain(t: Tables, pairs: str) -> str:
    columns = ("out_of_sample_rho", "record_rho")
    row = one(t("inferred_pairs_fit", "pairs", *columns), pairs=pairs)
    return signed(row[columns[0]] - row[columns[1]])


def pair_weights(t: Tables, pairs: str, *columns: str) -> pd.DataFrame:
    return several(t("inferred_pairs", "pairs", *columns), pairs=pairs)


def pair_beyond_record(t: Tables, pairs: str, end: str, sign: int) -> str:
    table = pair_weights(t, pairs, "code", "record", end)
    return words(table.loc[(table[end] - table["record"]) * sign > 0, "code"])


def pair_weight(column: str):
    return lambda t, pairs, code: percent(
        one(pair_weights(t, pairs, "code", column), code=code)[column]
    )


def changes(t: Tables) -> list[str]:
    """Domains by what the pairs with unlisted cities do to their weight, falling ones first."""
    table = t("inferred_pairs", "pairs", "code", "weight")
    without = several(table, pairs="listed").set_index("code")["weight"]
    beside = several(table, pairs="with_unlisted").set_index("code")["weight"]
    return sorted(without.index, key=lambda code: beside[code] - without[code])


WAYS: Ways = {
    "inferred.with_unlisted.most_raised": lambda t: words(changes(t)[-1:]),
    "inferred.with_unlisted.most_lowered": lambda t: words(changes(t)[:1]),
    "inferred.with_unlisted.*.n": pair_fit("n", plain),
    "inferred.with_unlisted.*.pairs": pair_fit("pairs_in_order", percent),
    "inferred.with_unlisted.*.gain": pair_gain,
    "inferred.with_unlisted.*.record": pair_fit("record_rho", number),
    "inferred.with_unlisted.*.in_sample": pair_fit("in_sample_rho", number),
    "inferred.with_unlisted.*.out_of_sample": pair_fit("out_of_sample_rho", number),
    "inferred.with_unlisted.*.unseen_low": pair_fit("out_of_sample_low", number),
    "inferred.with_unlisted.*.unseen_high": pair_fit("out_of_sample_high", number),
    "inferred.with_unlisted.*.number": lambda t, pairs: plain(len(pair_weights(t, pairs))),
    "inferred.with_unlisted.*.above": lambda t, pairs: pair_beyond_record(t, pairs, "low", 1),
    "inferred.with_unlisted.*.below": lambda t, pairs: pair_beyond_record(t, pairs, "high", -1),
    "inferred.with_unlisted.*.without": lambda t, pairs: plain(
        sum(pair_weights(t, pairs, "weight")["weight"] == 0)
    ),
    "inferred.with_unlisted.*.by_domain.*.weight": pair_weight("weight"),
    "inferred.with_unlisted.*.by_domain.*.low": pair_weight("low"),
    "inferred.with_unlisted.*.by_domain.*.high": pair_weight("high"),
    "inferred.by_level.*.n": fit("n", plain),
    "inferred.by_level.*.pairs": fit("pairs_in_order", percent),
    "inferred.by_level.*.gain": gain,
    "inferred.by_level.*.record": fit("record_rho", number),
    "inferred.by_level.*.in_sample": fit("in_sample_rho", number),
    "inferred.by_level.*.out_of_sample": fit("out_of_sample_rho", number),
    "inferred.by_level.*.number": lambda t, level: plain(len(weights(t, level))),
    "inferred.by_level.*.above": lambda t, level: beyond_record(t, level, "low", 1),
    "inferred.by_level.*.below": lambda t, level: beyond_record(t, level, "high", -1),
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
}

test_a_fact_is_what_its_source_gives = facts_taken_again(WAYS)
