"""Other ways to weigh."""

from .recomputing import Tables, Ways, facts_taken_again, one
from .writing import number, plain, word


def weighing(t: Tables, place: int, column: str) -> object:
    """The way of weighing that moves ranks least (0) or most (-1), but for equal weights."""
    table = t("weight_effects", *dict.fromkeys(["method", "mean_shift", column]))
    return table[table["method"] != "equal"].sort_values("mean_shift")[column].iloc[place]


def effect(column: str, write):
    return lambda t, method: write(
        one(t("weight_effects", "method", column), method=method)[column]
    )


WAYS: Ways = {
    "audit.weights.consistency": lambda t: number(
        max(t.column("weight_consistency.consistency_ratio")), 3
    ),
    "audit.weights.least": lambda t: word(f"weights_{weighing(t, 0, 'method')}"),
    "audit.weights.most": lambda t: word(f"weights_{weighing(t, -1, 'method')}"),
    "audit.weights.least_shift": lambda t: number(weighing(t, 0, "mean_shift"), 1),
    "audit.weights.most_shift": lambda t: number(weighing(t, -1, "mean_shift"), 1),
    "audit.weights.most_top10": lambda t: plain(max(t.column("weight_effects.changed_top10"))),
    "audit.weights.most_top100": lambda t: plain(max(t.column("weight_effects.changed_top100"))),
    "audit.weights.by_method.*.rho": effect("spearman", number),
    "audit.weights.by_method.*.mean_shift": effect("mean_shift", lambda shift: number(shift, 1)),
    "audit.weights.by_method.*.largest_shift": effect("largest_shift", plain),
    "audit.weights.by_method.*.top10": effect("changed_top10", plain),
    "audit.weights.by_method.*.top100": effect("changed_top100", plain),
}

test_a_fact_is_what_its_source_gives = facts_taken_again(WAYS)
