"""The singled-out cities."""

from .recomputing import Says, Tables, Ways, facts_taken_again, several
from .writing import cities, plain

LEADING = 5


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


def places(t: Tables, name: str) -> Says:
    rows = several(t("cases", "adcode", "domain", "domain_rank"), domain=name)
    told = [(cities([row.adcode]), plain(row.domain_rank)) for row in rows.itertuples()]
    return Says(*(part for pair in told for part in pair))


WAYS: Ways = {
    "cases.count": lambda t: plain(len(t.column("cases.adcode"))),
    "cases.ranked": lambda t: plain(t.column("cases.open_rank").count()),
    "cases.stand_out": lambda t: plain(t.column("cases.stands_out").sum()),
    "cases.stand_out_names": standing_out,
    "cases.above_median": above_median,
    "cases.leading": lambda t: plain(sum(t.column("cases.open_rank").isin(range(1, LEADING + 1)))),
    "cases.leading_places": str(LEADING),
    "cases.by_domain.*.standing": places,
    "cases.outside_names": outside,
}

test_a_fact_is_what_its_source_gives = facts_taken_again(WAYS)
