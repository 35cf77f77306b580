"""Where the facts of `analysis.chapters.audit_overlap` come from."""

from analysis.results.fact_sources.declaring import Sources, limit, taken

SOURCES: Sources = {
    "audit.redundancy.limit": limit(
        "size of a correlation from which two measures tell nearly the same",
        "audit_redundancy: correlation",
    ),
    "audit.redundancy.pairs": taken("number of pairs", "audit_redundancy: first"),
    "audit.redundancy.measures": taken(
        "number of different measures", "audit_redundancy: first second"
    ),
    "audit.redundancy.weight": taken(
        "sum of the weights of the measures of any pair",
        "audit_redundancy: first second",
        "measure_weights: measure weight",
    ),
    "audit.redundancy.closest": taken(
        "the pair of the largest correlation", "audit_redundancy: first second correlation"
    ),
    "audit.redundancy.closest_correlation": taken("the largest", "audit_redundancy: correlation"),
    "audit.redundancy.closest_weight": taken(
        "sum of the weights of the pair of the largest correlation",
        "audit_redundancy: first second correlation",
        "measure_weights: measure weight",
    ),
    "audit.size_free.shaky": taken(
        "those at or above 0.7 with size and below it without",
        "audit_size_free: code alpha alpha_rest",
    ),
    "audit.size_free.by_group.*.alpha": taken("the group", "audit_size_free: code alpha"),
    "audit.size_free.by_group.*.rest": taken("the group", "audit_size_free: code alpha_rest"),
    "audit.size_free.by_group.*.cities": taken("the group", "audit_size_free: code n"),
}
