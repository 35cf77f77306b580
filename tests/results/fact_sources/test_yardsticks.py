"""Partial lists of other rankings."""

from .recomputing import Tables, Ways, facts_taken_again, one
from .writing import number, plain, ranking_names, small


def closer(first: str, second: str):
    """Number of partial lists that agree better with the first order than with the second."""

    def counted(t: Tables) -> str:
        table = t("yardsticks", first, second)
        return plain((table[first] > table[second]).sum())

    return counted


def longest(column: str, write):
    def of_longest(t: Tables) -> str:
        table = t("yardsticks", "cities", column)
        return write(one(table, cities=table["cities"].max())[column])

    return of_longest


WAYS: Ways = {
    "yardsticks.count": lambda t: plain(len(t.column("yardsticks.ranking"))),
    "yardsticks.fewest": lambda t: plain(min(t.column("yardsticks.cities"))),
    "yardsticks.most": lambda t: plain(max(t.column("yardsticks.cities"))),
    "yardsticks.first_year": lambda t: plain(min(t.column("yardsticks.data_year"))),
    "yardsticks.last_year": lambda t: plain(max(t.column("yardsticks.data_year"))),
    "yardsticks.open_closer": closer("open_rho", "published_rho"),
    "yardsticks.published_closer": closer("published_rho", "open_rho"),
    "yardsticks.longest": longest("ranking", lambda name: small(ranking_names()[name])),
    "yardsticks.longest_published": longest("published_rho", number),
    "yardsticks.longest_published_n": longest("published_n", plain),
    "yardsticks.longest_open": longest("open_rho", number),
    "yardsticks.longest_open_n": longest("open_n", plain),
}

test_a_fact_is_what_its_source_gives = facts_taken_again(WAYS)
