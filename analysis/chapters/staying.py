"""What stays under other choices: cities near their rank of record, and stages as a whole.

The tables are those of the draws: see `analysis.chapters.robustness`.
"""

import pandas as pd

from analysis.editions import Facts, Tables
from analysis.editions import fact_values as fact
from analysis.editions.fact_keys import keyed
from analysis.index.robustness.scenarios import FEW_PLACES


def staying_facts(tables: Tables) -> Facts:
    """Facts of `uncertainty.csv` and `tier_draws.csv`, among those of the robustness."""
    return {
        "near": near_facts(tables["uncertainty"]),
        "stages": stage_facts(tables["tier_draws"]),
    }


def near_facts(table: pd.DataFrame) -> Facts:
    """How many cities stay near their rank of record: in a draw on average, and by their median."""
    moved = (table["median_rank"] - table["rank"]).abs()
    return {
        "places": fact.whole(FEW_PLACES),
        "share": fact.share(table["p_within_ten"].mean()),
        "share_held": fact.share(table["technique_within_ten"].mean()),
        "median": fact.whole((moved <= FEW_PLACES).sum()),
    }


def stage_facts(stages: pd.DataFrame) -> Facts:
    """How often the cities of each stage stay on its places, and how often all of them at once."""
    described = (
        {
            "stage": fact.words([row["tier"]]),
            "kept": fact.share(row["kept"]),
            "kept_held": fact.share(row["kept_held"]),
            "kept_all": fact.share(row["kept_all"]),
            "kept_all_held": fact.share(row["kept_all_held"]),
        }
        for row in stages.to_dict("records")
    )
    return keyed("stage", stages["tier"], described)
