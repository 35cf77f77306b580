"""What the prose says of the moves between two editions."""

import pandas as pd

from analysis.editions import Facts, Tables
from analysis.language.numbers import counted, decimal, listing, lower, percent

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
        "cities": str(len(moves)),
        "changes": changes_said(entered, left, names),
        "rho": decimal(moves["rank_before"].corr(moves["rank_after"], "spearman")),
        "median_move": f"{size.median():.0f}",
        "far": str((size >= FAR).sum()),
        "far_share": percent((size >= FAR).mean()),
        "clear": clear_said(clear, len(moves)),
        "followed": lower(labels[followed["measure"]]),
        "followed_correlation": decimal(followed["correlation"]),
        "coverage_median": f"{moves['from_coverage'].abs().median():.0f}",
        "data_median": f"{moves['from_data'].abs().median():.0f}",
        "method_effect": method_effect(int(moves["from_method"].abs().max())),
        "clear_leaders": str((clear["rank_after"] <= FAR).sum() or "none"),
    }


def changes_said(entered: pd.DataFrame, left: pd.DataFrame, names: pd.Series) -> str:
    """Which cities only one of the editions ranks, as a sentence."""
    if entered.empty and left.empty:
        return "Neither edition ranks a city that the other does not."
    best = listing([names[code] for code in entered["adcode"].head(NAMED)])
    new = f"{counted(len(entered), 'is', 'are')} new (best placed {best})" if len(entered) else ""
    gone = f"{counted(len(left), 'has', 'have')} dropped out" if len(left) else ""
    both = listing([part for part in (new, gone) if part])
    return f"Of the others, {both}."


def clear_said(clear: pd.DataFrame, cities: int) -> str:
    """How many moves exceed the uncertainty, as a sentence."""
    if clear.empty:
        return "No city moves beyond the uncertainty."
    up, down = ((clear["move"] > 0).sum(), (clear["move"] < 0).sum())
    number = counted(len(clear), "city moves", "cities move")
    share = percent(len(clear) / cities)
    return f"{number} beyond the uncertainty ({share}), {up} upwards and {down} downwards."


def method_effect(largest: int) -> str:
    """What a change of method does to ranks, as a sentence."""
    if largest == 0:
        return "The method of both editions is the same, or its change moves no city."
    return f"The change of method moves cities by up to {largest} places."
