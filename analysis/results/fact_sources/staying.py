"""Where the facts of `analysis.chapters.staying` come from."""

from analysis.results.fact_sources.declaring import Sources, limit, taken

SOURCES: Sources = {
    "robustness.near.places": limit(
        "places up to which a city has hardly moved",
        "uncertainty: p_within_ten technique_within_ten",
    ),
    "robustness.near.share": taken("all: the mean", "uncertainty: p_within_ten"),
    "robustness.near.share_held": taken("all: the mean", "uncertainty: technique_within_ten"),
    "robustness.near.median": taken(
        "number of medians up to near.places from the rank", "uncertainty: rank median_rank"
    ),
    "robustness.stages.*.stage": taken("the stage", "tier_draws: tier"),
    "robustness.stages.*.kept": taken("the stage", "tier_draws: tier kept"),
    "robustness.stages.*.kept_held": taken("the stage", "tier_draws: tier kept_held"),
    "robustness.stages.*.kept_all": taken("the stage", "tier_draws: tier kept_all"),
    "robustness.stages.*.kept_all_held": taken("the stage", "tier_draws: tier kept_all_held"),
}
