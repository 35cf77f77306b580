"""What the prose says of the moves between two editions."""

import pandas as pd

from analysis.editions import Facts, Tables

FAR, NAMED = 10, 3


def comparison_facts(tables: Tables, names: pd.Series, labels: pd.Series, previous: str) -> Facts:
    """Numbers and names of the moves; `names` are city names by adcode, `labels` words by key."""
    moves, changes = tables["comparison"], tables["comparison_changes"]
    clear = moves[moves["exceeds"] == 1].sort_values("move", kind="stable")
    entered, left = (changes[changes["change"] == kind] for kind in ("entered", "left"))
    size = moves["move"].abs()
    followed = tables["comparison_measures"].iloc[0]
    return {
        "previous": previous,
        "cities": whole(len(moves)),
        "changes": changes_said(entered, left, names),
        "rho": number(moves["rank_before"].corr(moves["rank_after"], "spearman")),
        "median_move": whole(size.median()),
        "far": whole((size >= FAR).sum()),
        "far_share": share((size >= FAR).mean()),
        "clear": clear_said(clear, len(moves)),
        "followed": words([followed["measure"]]),
        "followed_correlation": number(followed["correlation"]),
        "coverage_median": whole(moves['from_coverage'].abs().median()),
        "data_median": whole(moves['from_data'].abs().median()),
        "method_effect": method_effect(int(moves["from_method"].abs().max())),
        "clear_leaders": {"some": whole((clear["rank_after"] <= FAR).sum())},
    }


def changes_said(entered: pd.DataFrame, left: pd.DataFrame, names: pd.Series) -> str:
    """Which cities only one of the editions ranks, as a sentence."""
    if entered.empty and left.empty:
        return "Neither edition ranks a city that the other does not."
    best = cities(entered["adcode"].head(NAMED))
    new = f"{counted(len(entered), 'is', 'are')} new (best placed {best})" if len(entered) else ""
    gone = f"{counted(len(left), 'has', 'have')} dropped out" if len(left) else ""
    both = listed([part for part in (new, gone) if part])
    return f"Of the others, {both}."


def clear_said(clear: pd.DataFrame, cities: int) -> str:
    """How many moves exceed the uncertainty, as a sentence."""
    if clear.empty:
        return "No city moves beyond the uncertainty."
    up, down = ((clear["move"] > 0).sum(), (clear["move"] < 0).sum())
    number = counted(len(clear), "city moves", "cities move")
    share = share(len(clear) / cities)
    return f"{number} beyond the uncertainty ({share}), {up} upwards and {down} downwards."


def method_effect(largest: int) -> str:
    """What a change of method does to ranks, as a sentence."""
    if largest == 0:
        return "The method of both editions is the same, or its change moves no city."
    return f"The change of method moves cities by up to {largest} places."
