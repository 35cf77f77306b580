"""How far the stages lie apart in size."""

from .recomputing import Tables, Ways, facts_taken_again, several
from .writing import number

LAST = "unit_digitalisation"


def times(t: Tables, column: str) -> str:
    open_stages = several(t("tiers", "basis", "tier", column), basis="open")
    sizes = dict(zip(open_stages["tier"], open_stages[column], strict=True))
    return number(sizes["ecosystem_innovation"] / sizes[LAST], 1)


WAYS: Ways = {
    "tiers.gdp": lambda t: times(t, "median_gdp"),
    "tiers.gdp_per_head": lambda t: times(t, "median_gdp_per_head"),
}

test_a_fact_is_what_its_source_gives = facts_taken_again(WAYS)
