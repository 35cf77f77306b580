"""The ledger of claims."""

import json

from .recomputing import Says, Tables, Ways, facts_taken_again, one, several
from .writing import listed, number, percent, plain, records, whole, word_names, words


def verdicts(name: str):
    return lambda t: plain(list(t.column("claims.verdict")).count(name))


def failing(t: Tables) -> str:
    statements = {row["claim"]: row["statement"] for row in records("claims")}
    failed = several(t("claims", "claim", "verdict"), verdict="fails")["claim"]
    return listed([f"“{statements[claim].rstrip('.')}”" for claim in failed])


def median_gdp(t: Tables) -> str:
    return listed(
        map(whole, several(t("tiers", "basis", "median_gdp"), basis="published")["median_gdp"])
    )


def verdict(t: Tables, name: str) -> str:
    return word_names()["verdict_" + one(t("claims", "claim", "verdict"), claim=name)["verdict"]]


def found(t: Tables, name: str) -> object:
    """What a value of the ledger must say: itself, or its numbers in their order."""
    value = json.loads(one(t("claims", "claim", "found"), claim=name)["found"])
    if "share" in value:
        return percent(value["share"])
    if "number" in value:
        return whole(value["number"])
    if value.get("say") == "claim_shares":
        return Says(*(f"{percent(value[side])} of" for side in ("listed", "open")))
    if "words" in value:
        return words(value["words"])
    places = value.pop("places", 2)
    parts = [part if isinstance(part, list) else [part] for part in value.values()]
    numbers = [each for part in parts for each in part if isinstance(each, int | float)]
    return Says(*(number(each, 0 if isinstance(each, int) else places) for each in numbers))


def passes(t: Tables, name: str, basis: str) -> str:
    row = one(t("claim_draws", "claim", "basis", "holds", "qualified"), claim=name, basis=basis)
    return percent(row["holds"] + row["qualified"])


def undecided(t: Tables) -> str:
    verdicts = t("claims", "claim", "verdict").set_index("claim")["verdict"]
    return plain(list(verdicts[list(set(t.column("claim_draws.claim")))]).count("untestable"))


def limit(t: Tables) -> str:
    first = several(t("claims", "kind", "expected"), kind="correlation").iloc[0]
    return number(json.loads(first["expected"])["limit"], 1)


WAYS: Ways = {
    "claims.count": lambda t: plain(t.column("claims.claim").nunique()),
    "claims.tested": lambda t: plain(
        sum(verdict != "untestable" for verdict in t.column("claims.verdict"))
    ),
    "claims.holds": verdicts("holds"),
    "claims.qualified": verdicts("qualified"),
    "claims.fails": verdicts("fails"),
    "claims.untestable": verdicts("untestable"),
    "claims.ours": lambda t: plain(list(t.column("claims.origin")).count("ours")),
    "claims.own_words": lambda t: plain(
        len(several(t("claims", "verdict", "evidence"), verdict="holds", evidence="published"))
    ),
    "claims.drawn": lambda t: plain(len(set(t.column("claim_draws.claim")))),
    "claims.undecided": undecided,
    "claims.failing_statements": failing,
    "claims.strong": limit,
    "claims.median_gdp": median_gdp,
    "claims.by_claim.*.verdict": verdict,
    "claims.by_claim.*.found": found,
    "claims.by_claim.*.passes.*": passes,
}

test_a_fact_is_what_its_source_gives = facts_taken_again(WAYS)
