"""What is averaged over years, and how well single years repeat."""

import numpy as np

from .recomputing import Says, Tables, Ways, facts_taken_again, several
from .writing import listed, number, plain, word

STEADY = 0.9


def averaged_measures(t: Tables) -> list[tuple[str, list[int]]]:
    """The measures that are means, each with the years of its window."""
    year = int(t.setting("data_year"))
    rows = t("reference/measures", "measure", "years_before", "years_after").to_numpy()
    return [
        (measure, list(range(year - int(before), year + int(after) + 1)))
        for measure, before, after in rows
        if (before, after) != ("0", "0")
    ]


def account(t: Tables) -> Says:
    said: list[str] = []
    for measure, window in averaged_measures(t):
        entered = set(several(t("averaged", "measure", "year"), measure=measure)["year"])
        years = [year for year in window if year in entered]
        said += [word(measure), f"mean of {listed(map(str, years))}"]
        lacking = [str(year) for year in window if year not in entered]
        said += [f"{listed(lacking)} is lacking"] if lacking else []
        said += correlations(t, measure, len(years))
    return Says(*said)


def correlations(t: Tables, measure: str, years: int) -> list[str]:
    """The correlations of the years, and what they say of one year and of the mean."""
    columns = ("measure", "first_year", "second_year", "pearson")
    mine = several(t("repeats", *columns), measure=measure)
    found = {(first, second): value for _, first, second, value in mine.to_numpy()}
    first, second, third = sorted({year for pair in found for year in pair})
    one = found[first, second] * found[second, third] / found[first, third]
    mean = 1 / (1 + (1 - one) / one / years)  # true variance against itself plus error by years
    return [
        f"{', '.join(number(value) for value in found.values())} (Pearson)",
        f"put at {number(one)}",
        f"mean at {number(mean)}",
    ]


def repeats(t: Tables) -> Says:
    table = t("repeats", "measure", "first_year", "second_year", "pearson")
    near = table[np.diff(table[["first_year", "second_year"]], axis=1)[:, 0] == 1]
    least = near.groupby("measure")["pearson"].min().sort_values()
    shaky = list(least.index[least <= STEADY])
    names = listed([word(measure) for measure in shaky])
    return Says(f"{plain(len(least))} measure", f"{plain(len(least) - len(shaky))} ", names)


WAYS: Ways = {"noise.account": account, "noise.repeats": repeats}

test_a_fact_is_what_its_source_gives = facts_taken_again(WAYS)
