"""What the prose says of the moves between two editions."""

import pandas as pd

from analysis.findings import Facts, Tables
from analysis.wording import decimal, listing, percent

FAR, NAMED = 10, 3


def comparison_facts(tables: Tables, names: pd.Series, previous: str) -> Facts:
    """Numbers and names of the moves; `names` are city names by adcode."""
    moves, changes = tables["comparison"], tables["comparison_changes"]
    clear = moves[moves["exceeds"] == 1].sort_values("move", kind="stable")
    entered, left = (changes[changes["change"] == kind] for kind in ("entered", "left"))
    size = moves["move"].abs()
    return {
        "previous": previous,
        "cities": str(len(moves)),
        "entered": str(len(entered)),
        "entered_names": listing([names[code] for code in entered["adcode"].head(NAMED)]),
        "left": str(len(left)),
        "rho": decimal(moves["rank_before"].corr(moves["rank_after"], "spearman")),
        "median_move": f"{size.median():.0f}",
        "far": str((size >= FAR).sum()),
        "far_share": percent((size >= FAR).mean()),
        "clear": str(len(clear)),
        "clear_share": percent(len(clear) / len(moves)),
        "gained": str((clear["move"] > 0).sum()),
        "lost": str((clear["move"] < 0).sum()),
        "gainers": listing([names[code] for code in clear["adcode"].tail(NAMED)[::-1]]),
        "losers": listing([names[code] for code in clear["adcode"].head(NAMED)]),
        "coverage_median": f"{moves['from_coverage'].abs().median():.0f}",
        "data_median": f"{moves['from_data'].abs().median():.0f}",
        "method_effect": method_effect(int(moves["from_method"].abs().max())),
        "clear_leaders": str((clear["rank_after"] <= FAR).sum() or "none"),
    }


def method_effect(largest: int) -> str:
    """What a change of method does to ranks, as a sentence."""
    if largest == 0:
        return "The method of both editions is the same, or its change moves no city."
    return f"The change of method moves cities by up to {largest} places."
