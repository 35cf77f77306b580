"""The limits of the three stages: which stage a published place or an open-data score falls in.

The published stages follow from the published places (the first 5, the next 33, the last 62);
the open-data stages follow from the score and the limits of the bands.
"""

import pandas as pd

# What lies below the last of the three stages is none of them.
BELOW = "below_published_range"


def published_tier(rank: pd.Series, tiers: pd.DataFrame) -> pd.Series:
    """Tier of each published place, by the first and last place of the tiers."""
    bands = tiers[tiers["last_place"].notna()]
    edges = [0, *bands["last_place"]]
    return pd.cut(rank, edges, labels=list(bands["tier"])).astype(str)


def score_tier(score: pd.Series, tiers: pd.DataFrame) -> pd.Series:
    """Tier of each score, by the lower limit of the tiers; a score on the limit is inside."""
    bands = tiers.sort_values("minimum", na_position="first")
    edges = [float("-inf"), *bands["minimum"].dropna(), float("inf")]
    return pd.cut(score, edges, right=False, labels=list(bands["tier"])).astype(str)
