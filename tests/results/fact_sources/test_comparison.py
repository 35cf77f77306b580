"""The moves between two editions."""

import numpy as np

from .recomputing import Says, Tables, Ways, facts_taken_again, several
from .writing import cities, listed, number, percent, plain, whole, word, words

FAR, NAMED = 10, 3


def changes(t: Tables) -> Says:
    table = t("comparison_changes", "change", "adcode", "rank").sort_values("rank")
    entered, left = (list(several(table, change=kind)["adcode"]) for kind in ("entered", "left"))
    if not entered and not left:
        return Says("Neither edition")
    new = [f"{whole(len(entered))} ", "new", cities(entered[:NAMED])] if entered else []
    return Says(*new, *([f"{whole(len(left))} ", "dropped out"] if left else []))


def sizes(t: Tables, column: str = "move") -> np.ndarray:
    return np.abs(t.column(f"comparison.{column}").to_numpy())


def clear_moves(t: Tables) -> Says:
    table = t("comparison", "exceeds", "move_low", "move_high")
    number_of_all, moves = len(table), several(table, exceeds=1)
    if moves.empty:
        return Says("No city")
    up, down = (moves["move_low"] > 0).sum(), (moves["move_high"] < 0).sum()
    assert up + down == len(moves)
    return Says(
        f"{whole(len(moves))} cit", percent(len(moves) / number_of_all), f"{up} up", f"{down} down"
    )


def followed(t: Tables) -> Says:
    """The measure whose change the moves follow most closely, in either direction."""
    table = t("comparison_measures", "measure", "correlation")
    closest = table.iloc[np.argmax(np.abs(table["correlation"].to_numpy()))]
    return Says(word(closest["measure"]), number(closest["correlation"]))


def correlation(t: Tables) -> float:
    """Spearman's, as Pearson's correlation of mid-ranks."""
    table = t("comparison", "rank_before", "rank_after").rank()
    return np.corrcoef(table["rank_before"], table["rank_after"])[0, 1]


def method_effect(t: Tables) -> Says:
    largest = max(sizes(t, "from_method"))
    return Says(f"up to {whole(largest)} places") if largest else Says("moves no city")


def clear_leaders(t: Tables) -> str:
    table = several(t("comparison", "exceeds", "rank_after"), exceeds=1)
    number_of = sum(table["rank_after"].isin(range(1, FAR + 1)))
    return plain(number_of) if number_of else "none"


def bands(t: Tables) -> Says:
    """Numbers of cities in the bands of both editions, by all and by common measures."""
    names = ("before", "after", "before_common", "after_common")
    table = t("comparison_bands", "tier", *names)
    sides, earlier = t("comparison_sides", "measure", "edition"), t.setting("previous")
    lacking = [
        words(list(mine))
        for name in (earlier, t.edition)
        if len(mine := several(sides, edition=name)["measure"])
    ]
    counts = {name: listed([plain(number) for number in table[name]]) for name in names}
    if not len(table):
        return Says("do not compare")
    common = [*lacking, counts["before_common"], counts["after_common"]]
    of_all = [earlier, counts["before"], t.edition, counts["after"]]
    return Says(*of_all, *(common if lacking else ["Both have"]))


def shared(t: Tables) -> Says:
    """Measures that both editions average over years that overlap."""
    earlier = int(Tables(t.setting("previous")).setting("data_year"))
    found = []
    rows = t("reference/measures", "measure", "years_before", "years_after").to_numpy()
    for measure, before, after in rows:
        years = set(several(t("averaged", "measure", "year"), measure=measure)["year"])
        if any(earlier - int(before) <= year <= earlier + int(after) for year in years):
            found.append(measure)
    return Says("no measure of reliability", words(found)) if found else Says("Neither this")


WAYS: Ways = {
    "comparison.bands": bands,
    "comparison.previous": lambda t: t.setting("previous"),
    "comparison.cities": lambda t: plain(t.column("comparison.adcode").nunique()),
    "comparison.changes": changes,
    "comparison.rho": lambda t: number(correlation(t)),
    "comparison.median_move": lambda t: plain(np.median(sizes(t))),
    "comparison.far": lambda t: plain(sum(sizes(t) > FAR - 1)),
    "comparison.far_share": lambda t: percent(np.mean(sizes(t) > FAR - 1)),
    "comparison.clear": clear_moves,
    "comparison.followed": followed,
    "comparison.coverage_median": lambda t: plain(np.median(sizes(t, "from_coverage"))),
    "comparison.data_median": lambda t: plain(np.median(sizes(t, "from_data"))),
    "comparison.method_effect": method_effect,
    "comparison.shared": shared,
    "comparison.clear_leaders": clear_leaders,
}

test_a_fact_is_what_its_source_gives = facts_taken_again(WAYS)
