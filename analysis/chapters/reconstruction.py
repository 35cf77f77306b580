"""Reconstructed scores: what scores the published list could have had.

The order of the list and the limits of the bands bound every score. Within these bounds the
estimate is as close as possible, in squares, to the open-data score. It is an estimate from both
bodies of evidence and always labelled as reconstructed.
"""

import numpy as np
import pandas as pd
from scipy.optimize import isotonic_regression

from analysis.editions import Facts, Tables
from analysis.editions import fact_values as fact

# The scale of the white paper ends at 100: the upper band is "85 and over" of 100.
HIGHEST = 100.0


def reconstructed_scores(published: pd.DataFrame, tiers: pd.DataFrame) -> pd.DataFrame:
    """Estimate the score of every published city: `rank, adcode, city, score, low, high`.

    `published` holds `rank, adcode, city, tier, score` (open data), `tiers` the limits of the
    bands. `low` and `high` are the bounds that the published facts alone put on the score. A city
    without an open-data score lies midway between its neighbours.
    """
    ordered = published.sort_values("rank", ignore_index=True)
    limits = tiers.set_index("tier")
    low = ordered["tier"].map(limits["minimum"])
    high = ordered["tier"].map(limits["maximum"]).fillna(HIGHEST)
    fitted = pd.concat(
        [bounded_decreasing(band, low[band.index], high[band.index]) for _, band in _bands(ordered)]
    )
    score = fitted.reindex(ordered.index).interpolate(limit_direction="both").clip(low, high)
    return ordered[["rank", "adcode", "city"]].assign(score=score, low=low, high=high)


def _bands(ordered: pd.DataFrame) -> list[tuple[str, pd.Series]]:
    return [(tier, band["score"]) for tier, band in ordered.groupby("tier", sort=False)]


def bounded_decreasing(values: pd.Series, low: pd.Series, high: pd.Series) -> pd.Series:
    """The non-increasing values between `low` and `high` that lie closest to `values` in squares.

    Isotonic regression (`scipy.optimize.isotonic_regression`), then clipped: with bounds that are
    the same for all values, clipping the unbounded solution gives the
    bounded one (Barlow, Bartholomew, Bremner and Brunk 1972). Gaps are left out.
    """
    present = values.dropna()
    fitted = isotonic_regression(present.to_numpy(), increasing=False).x
    clipped = np.clip(fitted, low[present.index], high[present.index])
    return pd.Series(clipped, index=present.index)


def reconstructed_facts(tables: Tables) -> Facts:
    """How many scores are shared or stand on a limit, and how far the order pulls them."""
    table = tables["reconstructed"]
    at_limit = (table["score"] == table["low"]) | (table["score"] == table["high"])
    open_score = table["adcode"].map(tables["published"].set_index("adcode")["score"])
    pull = (table["score"] - open_score).abs().sort_values(ascending=False).dropna()
    blocks = table["score"].value_counts()
    return {
        "distinct": len(blocks),
        "largest_block": fact.whole(blocks.max()),
        "at_limit": fact.whole(at_limit.sum()),
        "median_pull": fact.number(pull.median(), 1),
        "largest_pull": fact.number(pull.iloc[0], 1),
        "farthest": fact.cities(table.loc[pull.index[:3], "adcode"]),
    }
