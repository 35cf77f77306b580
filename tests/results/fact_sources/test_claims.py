"""The ledger of claims."""

import pytest

from .recomputing import Tables, Ways, again, cases, committed, one, several
from .writing import listed, plain, whole

VERDICTS = {
    "holds": "holds",
    "qualified": "holds with a qualification",
    "fails": "does not hold",
    "untestable": "cannot be tested with public data",
}


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
}


@pytest.mark.parametrize(("edition", "path", "pattern"), cases(WAYS))
def test_a_fact_is_what_its_source_gives(edition, path, pattern):
    assert committed(edition)[path] == again(WAYS, edition, path, pattern).fact
