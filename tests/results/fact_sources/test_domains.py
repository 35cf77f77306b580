"""The domains."""

from statistics import mode

from .recomputing import Tables, Ways, facts_taken_again, one, several
from .writing import number, plain, word, words


def by_size(t: Tables, column: str) -> list[str]:
    """Domains of the open hundred, the largest first."""
    table = several(t("domains", "group", "domain", column), group="open")
    pairs = sorted(zip(table[column], table["domain"], strict=True), reverse=True)
    return [code for _, code in pairs]


def domain(t: Tables, column: str, code: str) -> float:
    return one(t("domains", "group", "domain", column), group="open", domain=code)[column]


def by_lead(t: Tables) -> list[str]:
    """Domains by how far the cities of the highest stage are ahead of all, the farthest first."""
    table = t("domains", "kind", "group", "domain", "mean")
    stages = several(table, kind="tier")
    first = several(stages, group=stages["group"].iloc[0]).set_index("domain")["mean"]
    every = several(table, group="ranked").set_index("domain")["mean"]
    return sorted(first.index, key=lambda code: every[code] - first[code])


def groups_of(t: Tables, kind: str) -> dict[str, dict[str, float]]:
    """Means of the groups of one kind, by domain."""
    table = several(t("domains", "kind", "group", "domain", "mean"), kind=kind)
    by_domain: dict[str, dict[str, float]] = {}
    for row in table.to_dict("records"):
        by_domain.setdefault(row["domain"], {})[row["group"]] = row["mean"]
    return by_domain


def leaders(t: Tables) -> list[str]:
    """The region with the highest mean of each domain."""
    return [max(means, key=means.get) for means in groups_of(t, "region").values()]


def first_region(t: Tables) -> str:
    return mode(leaders(t))


def farthest_apart(t: Tables) -> str:
    stages = {
        code: [mean for stage, mean in means.items() if stage != "below_published_range"]
        for code, means in groups_of(t, "tier").items()
    }
    return max(stages, key=lambda code: max(stages[code]) - min(stages[code]))


WAYS: Ways = {
    "domains.highest": lambda t: words(by_size(t, "median")[:2]),
    "domains.lowest": lambda t: words(by_size(t, "median")[-2:]),
    "domains.most_varied": lambda t: words(by_size(t, "variation")[:3]),
    "domains.least_varied": lambda t: word(by_size(t, "variation")[-1]),
    "domains.by_domain.*.median": lambda t, code: number(domain(t, "median", code), 1),
    "domains.mean_highest": lambda t: word(by_size(t, "mean")[0]),
    "domains.mean_lowest": lambda t: word(by_size(t, "mean")[-1]),
    "domains.leaders_ahead_most": lambda t: word(by_lead(t)[0]),
    "domains.leaders_ahead_least": lambda t: word(by_lead(t)[-1]),
    "domains.by_domain.*.variation": lambda t, code: number(domain(t, "variation", code)),
    "domains.first_region": first_region,
    "domains.first_region_domains": lambda t: plain(leaders(t).count(first_region(t))),
    "domains.compared": lambda t: plain(
        several(t("domains", "kind", "domain"), kind="region")["domain"].nunique()
    ),
    "domains.stages_apart": lambda t: word(farthest_apart(t)),
}

test_a_fact_is_what_its_source_gives = facts_taken_again(WAYS)
