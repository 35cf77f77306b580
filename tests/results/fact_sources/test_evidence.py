"""What the weight of the index rests on."""

from .recomputing import Says, Tables, Ways, facts_taken_again, one
from .writing import listed, percent, plain, word_names, words


def of_grade(t: Tables, grade: str) -> str:
    table = t("measure_weights", "evidence", "weight").to_numpy()
    return percent(sum(weight for evidence, weight in table if evidence == grade))


def heaviest(t: Tables) -> str:
    table = t("source_weights", "weight", "measures")
    return plain(one(table, weight=max(table["weight"]))["measures"])


def companies(t: Tables) -> Says:
    """Of every company in turn: the share, its name and the measures."""
    measures = t("measure_weights", "measure", "source", "weight").to_numpy()
    parts = []
    for company, source in t("reference/companies", "company", "source").to_numpy():
        mine = {measure: weight for measure, found, weight in measures if found == source}
        if mine:
            parts += [percent(sum(mine.values())), word_names()[company], words(list(mine))]
    return Says(*(parts or ["No source"]))


def company_sources(t: Tables) -> str:
    alone = set(t.column("reference/companies.source"))
    ordered = t("source_weights", "source", "weight").sort_values("weight", ascending=False)
    return listed([source for source in ordered["source"] if source in alone])


WAYS: Ways = {
    "evidence.used_sources": lambda t: plain(len(set(t.column("measure_weights.source")))),
    "evidence.first_source_weight": lambda t: percent(max(t.column("source_weights.weight"))),
    "evidence.first_source_measures": heaviest,
    "evidence.grade_weight.*": of_grade,
    "evidence.companies": companies,
    "evidence.company_sources": company_sources,
}

test_a_fact_is_what_its_source_gives = facts_taken_again(WAYS)
