"""Edition, evidence, method, bands, cleaning, treatment and the head of the ranking."""

import numpy as np
import pytest

from .recomputing import (
    EDITIONS,
    Says,
    Tables,
    Ways,
    facts_taken_again,
    in_use,
    leaders,
    one,
    place,
    several,
    stand_ins,
    with_a_value,
)
from .writing import cities, city, number, percent, plain, sentence, whole, word, words


def indicators(t: Tables) -> set[str]:
    table = t("reference/measures", "measure", "indicator")
    return set(table.loc[table["measure"].isin(in_use(t)), "indicator"])


def subdomains(t: Tables) -> set[str]:
    above = dict(t("reference/framework", "code", "parent").itertuples(index=False))
    return {above[code] for code in indicators(t)}


def lost(t: Tables) -> Says:
    """The lost indicators by the edition that had them last."""
    rows = several(t("evidence", "indicator", "state", "last_edition"), state="lost")
    groups = rows.groupby("last_edition", sort=False)["indicator"]
    said = [f"{words(list(codes))} (last measured in edition {name})" for name, codes in groups]
    return Says(*(said or ["No indicator that an earlier edition measured is lost"]))


def nodes(t: Tables, level: str) -> list[str]:
    return list(several(t("reference/framework", "code", "level"), level=level)["code"])


def graded(t: Tables, grade: str) -> str:
    table = t("reference/measures", "measure", "evidence")
    return str(int((table["measure"].isin(in_use(t)) & (table["evidence"] == grade)).sum()))


def counted(column: str, value: str | int):
    """How often a value stands in a column."""
    return lambda t: whole(list(t.column(column)).count(value))


def rows(column: str):
    return lambda t: plain(len(t.column(column)))


def parameter(t: Tables, name: str) -> str:
    row = one(t("reference/method", "parameter", "value", "unit"), parameter=name)
    if row["unit"] == "share":
        return percent(float(row["value"]))
    return f"{int(row['value']):,}" if row["unit"] in ("draws", "runs") else row["value"]


def said(t: Tables, name: str) -> str:
    chosen = one(t("reference/method", "parameter", "value"), parameter=name)["value"]
    return sentence(f"method_{name}_{chosen}")


def files(t: Tables) -> Says:
    """How many of the files that have a line of their own hold a figure of a cell or of a mean."""
    read = set(t.column("cells.file").dropna()) | set(t.column("averaged.file"))
    listed = t("raw/sources", "file", "source")
    mine = listed[listed["file"].isin(read)]
    known = {"yearbook": "Statistical Yearbooks", "pku_dfiic": "Peking University"}
    names = [known[code] for code in dict.fromkeys(mine["source"]) if code in known]
    return Says(f"{len(mine)} file", *names)


def sizes(t: Tables) -> str:
    """The two sizes that weigh most; of equal weights the one that stands first."""
    kind = dict(t("reference/measures", "measure", "kind").itertuples(index=False))
    weights = t("measure_weights", "measure", "weight").to_numpy()
    mine = [
        (-weight, at, name) for at, (name, weight) in enumerate(weights) if kind[name] == "size"
    ]
    return words([name for *_, name in sorted(mine)[:2]])


def normalisation_said(t: Tables) -> Says:
    chosen = one(t("reference/method", "parameter", "value"), parameter="normalisation")["value"]
    assert chosen == "min_max"
    anchor = t.setting("score_anchors")
    of_another = [f"of edition {anchor}"] if anchor != t.edition else []
    return Says("from 0 for the worst ranked city", *of_another, "to 100")


def weights_said(t: Tables) -> str:
    pairs = [
        *t("reference/framework", "parent", "weight").itertuples(index=False),
        *t("reference/measures", "indicator", "weight").itertuples(index=False),
    ]
    weights = {(above, float(weight)) for above, weight in pairs}
    same = len(weights) == len({above for above, _ in weights})
    return sentence("method_weights_equal" if same else "method_weights_uneven")


def band(column: str):
    return lambda t, tier: one(t("reference/tiers", "tier", column), tier=tier)[column]


def draws(t: Tables) -> str:
    table = t("reference/method", "parameter", "value")
    return whole(int(one(table, parameter="uncertainty_draws")["value"]))


def refused_and(t: Tables, status: str) -> str:
    return plain(len(several(t("cells", "rule", "status"), rule="telecom_volume", status=status)))


def carried(t: Tables, measure: str) -> str:
    return plain(len(several(t("cells", "measure", "status"), measure=measure, status="carried")))


def yardsticks(t: Tables) -> Says:
    states = list(t.column("rules.state"))
    lost, older = (states.count(state) for state in ("yardstick_lost", "older_yardstick"))
    said = [f"{lost} rule"] if lost else []
    said += [f"{older} rule"] if older else []
    return Says(*(said or ["Every rule has what it judges by"]))


def failing(t: Tables) -> str:
    return words(several(t("treatment", "measure", "passes"), passes=0)["measure"])


def index(t: Tables, rank: int) -> float:
    return place(t, rank, "index")


def last_index(t: Tables) -> str:
    table = t("scores", "rank", "index").to_numpy()
    return number(table[table[:, 0].argmax(), 1], 1)


def score_steps(t: Tables, first: int, last: int) -> float:
    """Mean step of the score between neighbours from one place to another."""
    return (place(t, first, "score") - place(t, last, "score")) / (last - first)


def domain_by_weight(t: Tables, place: int) -> str:
    """The lightest domain (0), or the heaviest (-1)."""
    parts = several(t("measured_parts", "level", "code", "weight"), level="domain")
    return sorted(zip(parts["weight"], parts["code"], strict=True))[place][1]


def mirrored(t: Tables) -> str:
    number_of = len(several(t("treatment", "method"), method="log_mirrored"))
    return plain(number_of) if number_of else "none"


def rulers(t: Tables) -> Says:
    """Whose rulers the measures have, and those that have one of this edition."""
    anchor, table = t.setting("score_anchors"), t("rulers", "measure", "edition")
    own = table.loc[table["edition"].astype(str) == t.edition, "measure"]
    if anchor == t.edition:
        assert len(own) == len(table)
        return Says("makes all of this from its own figures")
    return Says("taken over from edition", anchor, *([words(list(own))] if len(own) else []))


WAYS: Ways = {
    "edition.name": lambda t: t.setting("edition"),
    "edition.data_year": lambda t: t.setting("data_year"),
    "edition.anchor_edition": lambda t: t.setting("score_anchors"),
    "edition.cities": rows("reference/cities.adcode"),
    "edition.municipalities": counted("reference/cities.level", "municipality"),
    "edition.prefecture_cities": lambda t: plain(
        sum(level != "municipality" for level in t.column("reference/cities.level"))
    ),
    "edition.ranked": rows("scores.adcode"),
    "edition.unranked": rows("unranked.adcode"),
    "edition.provinces": lambda t: plain(len(set(t.column("reference/cities.province_en")))),
    "evidence.domains": counted("reference/framework.level", "domain"),
    "evidence.subdomains": counted("reference/framework.level", "subdomain"),
    "evidence.indicators": counted("reference/framework.level", "indicator"),
    "evidence.measured_weight": lambda t: percent(
        one(t("measured_parts", "level", "measured"), level="index")["measured"]
    ),
    "evidence.weight_of.*": lambda t, code: percent(
        one(t("measured_parts", "code", "weight"), code=code)["weight"]
    ),
    "evidence.heaviest": lambda t: word(domain_by_weight(t, -1)),
    "evidence.lightest": lambda t: word(domain_by_weight(t, 0)),
    "evidence.measured_indicators": lambda t: plain(sum(t.column("evidence.measures") > 0)),
    "evidence.unmeasured_indicators": counted("evidence.measures", 0),
    "evidence.weak_indicators": lambda t: plain(
        len(several(t("evidence", "state", "measures"), state="weak", measures=0))
    ),
    "evidence.empty_indicators": counted("evidence.state", "none"),
    "evidence.lost_indicators": counted("evidence.state", "lost"),
    "evidence.lost": lost,
    "evidence.measured_subdomains": lambda t: plain(len(subdomains(t))),
    "evidence.unmeasured_subdomains": lambda t: plain(
        len(set(nodes(t, "subdomain")) - subdomains(t))
    ),
    "evidence.files": files,
    "evidence.sizes": sizes,
    "evidence.measures": lambda t: plain(len(in_use(t))),
    "evidence.observed_measures": lambda t: graded(t, "observed"),
    "evidence.proxy_measures": lambda t: graded(t, "proxy"),
    "evidence.left_out_measures": lambda t: plain(sum(t.column("evidence.left_out"))),
    "evidence.reserve_measures": lambda t: plain(sum(t.column("evidence.in_reserve"))),
    "method.*": parameter,
    "formula.normalisation": normalisation_said,
    "formula.aggregation": lambda t: said(t, "aggregation"),
    "formula.renormalisation": lambda t: said(t, "renormalisation"),
    "formula.weights": weights_said,
    "bands.*.minimum": band("minimum"),
    "bands.*.maximum": band("maximum"),
    "bands.*.first_place": band("first_place"),
    "bands.*.last_place": band("last_place"),
    "bands.*.cities": band("cities"),
    "cleaning.observed": counted("cells.status", "observed"),
    "cleaning.averaged": counted("cells.status", "averaged"),
    "cleaning.corrected": counted("cells.status", "corrected"),
    "cleaning.carried": counted("cells.status", "carried"),
    "cleaning.missing": counted("cells.status", "missing"),
    "cleaning.cells": lambda t: whole(t.column("cells.status").size),
    "cleaning.observed_share": lambda t: percent(
        sum(status == "observed" for status in t.column("cells.status"))
        / len(t.column("cells.status")),
        1,
    ),
    "cleaning.refused": lambda t: whole(t.column("cells.refused").count()),
    "cleaning.telecom_refused": counted("cells.rule", "telecom_volume"),
    "cleaning.telecom_missing": lambda t: refused_and(t, "missing"),
    "cleaning.yardsticks": yardsticks,
    "cleaning.rd_carried": lambda t: carried(t, "rd_spending"),
    "treatment.untreated": counted("treatment.method", "none"),
    "treatment.winsorised": counted("treatment.method", "winsorised"),
    "treatment.logged": lambda t: plain(t.column("treatment.method").str.startswith("log").sum()),
    "treatment.mirrored": mirrored,
    "treatment.rulers": rulers,
    "treatment.failing": counted("treatment.passes", 0),
    "treatment.failing_names": failing,
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
    "robustness.draws": draws,
}

test_a_fact_is_what_its_source_gives = facts_taken_again(WAYS)


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_committed_states_follow_from_cells_and_measures(edition):
    t = Tables(edition)
    table = t("reference/measures", "measure", "indicator", "evidence")
    rest = table[table["measure"].isin(with_a_value(t)) & ~table["measure"].isin(in_use(t))]
    for row in t("evidence", "indicator", "state", "measures", "left_out", "in_reserve").to_dict(
        "records"
    ):
        mine = table[table["indicator"].eq(row["indicator"]) & table["measure"].isin(in_use(t))]
        beside = rest[rest["indicator"] == row["indicator"]]
        reserve = [measure for measure in beside["measure"] if measure in stand_ins(t)]
        assert row["measures"] == len(mine)
        assert (row["in_reserve"], row["left_out"]) == (len(reserve), len(beside) - len(reserve))
        expected = "weak" if len(beside) else "none"
        for grade in ("proxy", "observed"):
            expected = grade if grade in set(mine["evidence"]) else expected
        assert row["state"] == expected
