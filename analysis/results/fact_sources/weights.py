"""Where the facts of `analysis.chapters.weights` come from."""

from analysis.results.fact_sources.declaring import Sources, taken

SOURCES: Sources = {
    "audit.weights.consistency": taken("the largest", "weight_consistency: consistency_ratio"),
    "audit.weights.least": taken("the smallest", "weight_effects: method mean_shift"),
    "audit.weights.most": taken("the largest", "weight_effects: method mean_shift"),
    "audit.weights.least_shift": taken("the smallest", "weight_effects: method mean_shift"),
    "audit.weights.most_shift": taken("the largest", "weight_effects: method mean_shift"),
    "audit.weights.most_top10": taken("the largest", "weight_effects: changed_top10"),
    "audit.weights.most_top100": taken("the largest", "weight_effects: changed_top100"),
    "audit.weights.by_method.*.rho": taken("the method", "weight_effects: method spearman"),
    "audit.weights.by_method.*.mean_shift": taken(
        "the method", "weight_effects: method mean_shift"
    ),
    "audit.weights.by_method.*.largest_shift": taken(
        "the method", "weight_effects: method largest_shift"
    ),
    "audit.weights.by_method.*.top10": taken("the method", "weight_effects: method changed_top10"),
    "audit.weights.by_method.*.top100": taken(
        "the method", "weight_effects: method changed_top100"
    ),
}
