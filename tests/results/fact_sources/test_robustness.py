"""Intervals, pairs that are told apart, and what each choice does to the ranks."""

import re
from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from .recomputing import EDITIONS, Tables, Ways, facts_taken_again, one, several
from .writing import cities, city, number, percent, plain, whole, word, words

NEARLY_ALL = 0.95


def width(t: Tables, low: str, high: str, places: int | None = None) -> str:
    """Mean width of an interval, of all cities or of the first."""
    table = t("uncertainty", low, high, *(["rank"] if places else []))
    chosen = table[table["rank"].le(places)] if places else table
    return plain(np.subtract(chosen[high], chosen[low]).sum() / len(chosen))


def shares(t: Tables) -> list[float]:
    return list(t.column("uncertainty.p_top100"))


def doubtful(t: Tables) -> str:
    table = t("uncertainty", "rank", "p_top100").itertuples(index=False)
    return plain(sum(rank <= 100 and share < 0.5 for rank, share in table))


def sure_ten(t: Tables) -> str:
    table = t("uncertainty", "rank", "adcode", "p_top10").sort_values("rank")
    return cities(table.loc[table["p_top10"] >= NEARLY_ALL, "adcode"])


def outside(t: Tables) -> str:
    table = t("uncertainty", "rank", "rank_low", "rank_high").itertuples(index=False)
    return plain(sum(not low <= rank <= high for rank, low, high in table))


def widest(t: Tables, column: str) -> object:
    """What stands in a column of the widest interval among the first hundred."""
    columns = list(dict.fromkeys(["rank", "rank_low", "rank_high", column]))
    table = t("uncertainty", *columns).query("rank <= 100")
    return table.loc[(table["rank_high"] - table["rank_low"]).sort_values().index[-1], column]


def first(t: Tables, table: str, column: str) -> object:
    """What stands in a column of the city of place 1."""
    return one(t(table, "rank", column), rank=1)[column]


def level_apart(t: Tables) -> float:
    table = t("reference/method", "parameter", "value")
    return float(one(table, parameter="told_apart_level")["value"])


def apart(t: Tables, ahead: pd.Series) -> str:
    """Share of pairs of which one city is ahead in so many draws; no draw is a tie to speak of."""
    leading = np.maximum(ahead, 1 - ahead)
    return percent(np.mean(leading > level_apart(t) - 1e-9))


def number_apart(t: Tables) -> str:
    ahead = t.column("pairs.ahead")
    return whole(sum(np.maximum(ahead, 1 - ahead) > level_apart(t) - 1e-9))


def jointly(t: Tables) -> list[bool]:
    """Of every pair, whether the joint interval of one city ends before the other's begins."""
    ends = t("told_apart", "joint_low", "joint_high").to_numpy().tolist()
    return [
        max(low, other_low) > min(high, other_high)
        for (low, high), (other_low, other_high) in combinations(ends, 2)
    ]


def first_jointly(t: Tables) -> str:
    table = t("told_apart", "rank", "joint_low", "joint_high").sort_values("rank")
    (_, low, high), *others = table.to_numpy().tolist()
    return plain(sum(other[1] <= high and other[2] >= low for other in others))


def apart_by(t: Tables, places: int) -> str:
    """The same of pairs so many places apart."""
    ranks = dict(t("uncertainty", "adcode", "rank").itertuples(index=False))
    table = t("pairs", "adcode", "other", "ahead")
    between = [ranks[b] - ranks[a] for a, b in zip(table["adcode"], table["other"], strict=True)]
    return apart(t, table.loc[np.array(between) == places, "ahead"])


def choice(t: Tables, quantity: str, place: int, column: str) -> object:
    """What stands in a column of the choice with the largest, second largest … total share."""
    table = t("sensitivity", "quantity", *dict.fromkeys(["total", column]))
    table = several(table, quantity=quantity)
    return table[column].to_numpy()[np.argsort(table["total"].to_numpy())[::-1][place]]


def factor(place: int):
    return lambda t, quantity: word(f"factor_{choice(t, quantity, place, 'factor')}")


def source(place: int, column: str, places: int = 0):
    return lambda t, quantity: percent(choice(t, quantity, place, column), places)


def share_of_factor(column: str):
    def of_factor(t: Tables, quantity: str, name: str) -> str:
        table = t("sensitivity", "quantity", "factor", column)
        return percent(one(table, quantity=quantity, factor=name)[column])

    return of_factor


def imputed_at_the_end(t: Tables, place: int, column: str) -> object:
    """The measure whose intervals hold the fewest (0) or the most (-1) hidden figures."""
    table = t("imputation", *dict.fromkeys(["measure", "share", column]))
    table = table[table["measure"] != "every"]
    return table[column].to_numpy()[np.argsort(table["share"].to_numpy(), kind="stable")[place]]


def held_is_wider(t: Tables) -> str:
    low, high, held_low, held_high = (
        t("uncertainty", "rank_low", "rank_high", "technique_low", "technique_high").to_numpy().T
    )
    return plain(np.count_nonzero(held_high - held_low > high - low))


def scenario(column: str, write):
    """What a scenario does; it is named by its factor and what is done, weights by their level."""

    def of_scenario(t: Tables, name: str) -> str:
        rows = t("scenarios", "factor", "level", "alternative", column).to_dict("records")
        (row,) = (row for row in rows if name == scenario_name(row))
        return write(row[column])

    return of_scenario


def scenario_name(row: dict) -> str:
    said = row["level"] if row["factor"] == "weights" else row["alternative"]
    return "_".join(re.findall(r"\w+", f"{row['factor']} {said}"))


def left_out(t: Tables, place: int, column: str) -> object:
    """The indicator without which ranks shift most (0), second most (1) … or least (-1)."""
    table = several(
        t("leave_one_out", "level", *dict.fromkeys(["mean_shift", column])), level="indicator"
    )
    return table.iloc[np.argsort(-table["mean_shift"].to_numpy())[place]][column]


def imputed(column: str, write):
    return lambda t: write(one(t("imputation", "measure", column), measure="every")[column])


def parts(t: Tables, *columns: str) -> pd.DataFrame:
    """The domains of the leading city, the largest part first."""
    leader = first(t, "scores", "adcode")
    table = t("shapley", "adcode", "level", "score_part", *columns)
    mine = several(table, adcode=leader, level="domain")
    return mine.sort_values("score_part", ascending=False)


def left_aside(t: Tables) -> str:
    """Alternatives of the design that no scenario tries and that are not those of record."""
    tried = set(t("scenarios", "factor", "alternative").itertuples(index=False, name=None))
    chosen = dict(t("reference/method", "parameter", "value").itertuples(index=False))
    seen, aside = set(), []
    for factor, text in t("reference/uncertainty", "factor", "alternative").itertuples(index=False):
        words = {word for word in text.split() if "=" not in word}
        record = set(re.split(r"[ |]", chosen.get(factor, "")))
        of_record = words == record if factor in chosen else factor not in seen
        if not of_record and factor != "weights" and (factor, text) not in tried:
            aside.append(text)
        seen.add(factor)
    assert not aside, "name the alternatives as the report does"
    return "none"


WAYS: Ways = {
    "robustness.nearly_all": "95 %",
    "robustness.intervals.mean_width": lambda t: width(t, "rank_low", "rank_high"),
    "robustness.intervals.mean_width_hundred": lambda t: width(t, "rank_low", "rank_high", 100),
    "robustness.intervals.mean_width_ten": lambda t: width(t, "rank_low", "rank_high", 10),
    "robustness.intervals.mean_width_technique": lambda t: width(
        t, "technique_low", "technique_high"
    ),
    "robustness.intervals.mean_width_technique_hundred": lambda t: width(
        t, "technique_low", "technique_high", 100
    ),
    "robustness.intervals.sure_hundred": lambda t: plain(sum(p >= NEARLY_ALL for p in shares(t))),
    "robustness.intervals.excluded_hundred": lambda t: plain(
        sum(1 - p >= NEARLY_ALL for p in shares(t))
    ),
    "robustness.intervals.open_hundred": lambda t: plain(
        sum(max(p, 1 - p) < NEARLY_ALL for p in shares(t))
    ),
    "robustness.intervals.doubtful_hundred": doubtful,
    "robustness.intervals.sure_ten": lambda t: plain(
        sum(p >= NEARLY_ALL for p in t.column("uncertainty.p_top10"))
    ),
    "robustness.intervals.sure_ten_names": sure_ten,
    "robustness.intervals.outside": outside,
    "robustness.intervals.wider_held": held_is_wider,
    "robustness.intervals.widest_name": lambda t: city(widest(t, "adcode")),
    "robustness.intervals.widest_low": lambda t: plain(widest(t, "rank_low")),
    "robustness.intervals.widest_high": lambda t: plain(widest(t, "rank_high")),
    "robustness.intervals.first_name": lambda t: city(first(t, "uncertainty", "adcode")),
    "robustness.intervals.first_low": lambda t: plain(first(t, "uncertainty", "rank_low")),
    "robustness.intervals.first_high": lambda t: plain(first(t, "uncertainty", "rank_high")),
    "robustness.apart.median": lambda t: plain(np.median(t.column("told_apart.not_told_apart"))),
    "robustness.apart.median_hundred": lambda t: plain(
        np.median(t("told_apart", "rank", "not_told_apart").query("rank <= 100")["not_told_apart"])
    ),
    "robustness.apart.pairs": lambda t: whole(len(t.column("pairs.adcode"))),
    "robustness.apart.pairs_apart": number_apart,
    "robustness.apart.pairs_jointly": lambda t: whole(sum(jointly(t))),
    "robustness.apart.pairs_jointly_share": lambda t: percent(np.mean(jointly(t))),
    "robustness.apart.first_jointly": first_jointly,
    "robustness.apart.first_joint_low": lambda t: plain(first(t, "told_apart", "joint_low")),
    "robustness.apart.first_joint_high": lambda t: plain(first(t, "told_apart", "joint_high")),
    "robustness.apart.pairs_share": lambda t: apart(t, t.column("pairs.ahead")),
    "robustness.apart.pairs_share_held": lambda t: apart(t, t.column("pairs.ahead_held")),
    "robustness.apart.apart_1": lambda t: apart_by(t, 1),
    "robustness.apart.apart_10": lambda t: apart_by(t, 10),
    "robustness.apart.apart_50": lambda t: apart_by(t, 50),
    "robustness.apart.apart_100": lambda t: apart_by(t, 100),
    "robustness.apart.first_name": lambda t: city(first(t, "told_apart", "adcode")),
    "robustness.apart.first_others": lambda t: plain(first(t, "told_apart", "not_told_apart")),
    "robustness.apart.first_worst": lambda t: plain(first(t, "told_apart", "worst_rank")),
    "robustness.sensitivity.*.most": factor(0),
    "robustness.sensitivity.*.most_first": source(0, "first"),
    "robustness.sensitivity.*.most_total": source(0, "total"),
    "robustness.sensitivity.*.second": factor(1),
    "robustness.sensitivity.*.second_first": source(1, "first"),
    "robustness.sensitivity.*.second_total": source(1, "total"),
    "robustness.sensitivity.*.two_first": lambda t, quantity: percent(
        choice(t, quantity, 0, "first") + choice(t, quantity, 1, "first")
    ),
    "robustness.sensitivity.*.third": factor(2),
    "robustness.sensitivity.*.third_total": source(2, "total"),
    "robustness.sensitivity.*.others": lambda t, quantity: plain(
        list(t.column("sensitivity.quantity")).count(quantity) - 2
    ),
    "robustness.sensitivity.*.least": factor(-1),
    "robustness.sensitivity.*.least_total": source(-1, "total", 2),
    "robustness.sensitivity.*.by_factor.*.first": share_of_factor("first"),
    "robustness.sensitivity.*.by_factor.*.total": share_of_factor("total"),
    "robustness.left_aside": left_aside,
    "robustness.scenarios.*.shift": scenario("mean_shift", lambda shift: number(shift, 1)),
    "robustness.scenarios.*.largest": scenario("largest_shift", plain),
    "robustness.scenarios.*.within_ten": scenario("within_ten", percent),
    "robustness.scenarios.*.rho": scenario("spearman", number),
    "robustness.leave_one_out.count": lambda t: plain(
        list(t.column("leave_one_out.level")).count("indicator")
    ),
    "robustness.leave_one_out.most": lambda t: words(
        [left_out(t, place, "left_out") for place in (0, 1)]
    ),
    "robustness.leave_one_out.most_shift": lambda t: number(left_out(t, 0, "mean_shift"), 1),
    "robustness.leave_one_out.second_shift": lambda t: number(left_out(t, 1, "mean_shift"), 1),
    "robustness.leave_one_out.third_shift": lambda t: number(left_out(t, 2, "mean_shift"), 1),
    "robustness.leave_one_out.least": lambda t: word(left_out(t, -1, "left_out")),
    "robustness.leave_one_out.least_shift": lambda t: number(left_out(t, -1, "mean_shift"), 1),
    "robustness.imputation.hidden": imputed("hidden", plain),
    "robustness.imputation.share": imputed("share", lambda share: percent(share, 1)),
    "robustness.imputation.lowest": lambda t: word(imputed_at_the_end(t, 0, "measure")),
    "robustness.imputation.lowest_share": lambda t: percent(imputed_at_the_end(t, 0, "share")),
    "robustness.imputation.highest_share": lambda t: percent(imputed_at_the_end(t, -1, "share")),
    "robustness.shapley.first_name": lambda t: city(first(t, "scores", "adcode")),
    "robustness.shapley.gap": lambda t: number(parts(t)["score_part"].sum(), 1),
    "robustness.shapley.largest": lambda t: word(parts(t, "code")["code"].iloc[0]),
    "robustness.shapley.largest_part": lambda t: number(parts(t)["score_part"].iloc[0], 1),
    "robustness.shapley.smallest": lambda t: word(parts(t, "code")["code"].iloc[-1]),
    "robustness.shapley.smallest_part": lambda t: number(parts(t)["score_part"].iloc[-1], 1),
}

test_a_fact_is_what_its_source_gives = facts_taken_again(WAYS)


@pytest.mark.parametrize("edition", EDITIONS)
def test_pairs_are_told_apart_as_often_as_their_cities_say(edition):
    t = Tables(edition)
    others = t.column("told_apart.not_told_apart")
    share = 1 - others.sum() / (len(others) * (len(others) - 1))
    assert apart(t, t.column("pairs.ahead")) == percent(share)
