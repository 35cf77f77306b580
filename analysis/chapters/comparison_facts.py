"""What the prose says of the moves between two editions."""

import pandas as pd

from analysis.editions import Facts, Tables
from analysis.editions import fact_values as fact

FAR, NAMED = 10, 3


def comparison_facts(tables: Tables, previous: str) -> Facts:
    """Numbers of the moves since the edition `previous`, and the names behind them."""
    moves, changed = tables["comparison"], tables["comparison_changes"]
    clear = moves[moves["exceeds"] == 1].sort_values("move", kind="stable")
    entered, left = (changed[changed["change"] == kind] for kind in ("entered", "left"))
    size = moves["move"].abs()
    followed = tables["comparison_measures"].iloc[0]
    return {
        "previous": previous,
        "cities": len(moves),
        "changes": changes(entered, left),
        "rho": fact.number(moves["rank_before"].corr(moves["rank_after"], "spearman")),
        "median_move": fact.whole(size.median()),
        "far": fact.whole((size >= FAR).sum()),
        "far_share": fact.share((size >= FAR).mean()),
        "clear": clear_moves(clear, len(moves)),
        "followed": fact.words([followed["measure"]]),
        "followed_correlation": fact.number(followed["correlation"]),
        "coverage_median": fact.whole(moves["from_coverage"].abs().median()),
        "data_median": fact.whole(moves["from_data"].abs().median()),
        "method_effect": fact.sentence(
            "comparison_method", places=fact.whole(moves["from_method"].abs().max())
        ),
        "clear_leaders": fact.some((clear["rank_after"] <= FAR).sum()),
    }


def changes(entered: pd.DataFrame, left: pd.DataFrame) -> fact.Value:
    """Which cities only one of the editions ranks."""
    best = [str(code) for code in entered["adcode"].head(NAMED)]
    return fact.sentence("comparison_changes", entered=len(entered), best=best, left=len(left))


def clear_moves(clear: pd.DataFrame, cities: int) -> fact.Value:
    """How many moves exceed the uncertainty, and how many of them up and down."""
    up, down = (int(wanted.sum()) for wanted in (clear["move"] > 0, clear["move"] < 0))
    share = fact.rounded(len(clear) / cities)
    return fact.sentence("comparison_clear", moves=len(clear), share=share, up=up, down=down)
