"""Where the facts of `analysis.chapters.comparison` come from."""

from analysis.results.fact_sources.declaring import Sources, taken

SOURCES: Sources = {
    "comparison.previous": taken("the edition that is named", "raw/edition: previous"),
    "comparison.cities": taken("number of rows", "comparison: adcode"),
    "comparison.changes": taken(
        "number that entered, the three best placed of them, number that left",
        "comparison_changes: change adcode rank",
    ),
    "comparison.bands": taken(
        "all rows, and the measures that only one edition has",
        "comparison_bands: tier before after before_common after_common",
        "comparison_sides: measure edition",
        "raw/edition: previous",
    ),
    "comparison.rho": taken(
        "all: Spearman's correlation of both", "comparison: rank_before rank_after"
    ),
    "comparison.median_move": taken("all: the median regardless of sign", "comparison: move"),
    "comparison.far": taken("number of 10 and more, or -10 and less", "comparison: move"),
    "comparison.far_share": taken("share of the same", "comparison: move"),
    "comparison.clear": taken(
        "number and share of 1, and of how many the interval lies above and below 0",
        "comparison: exceeds move_low move_high",
    ),
    "comparison.followed": taken(
        "the correlation farthest from 0", "comparison_measures: measure correlation"
    ),
    "comparison.coverage_median": taken(
        "all: the median regardless of sign", "comparison: from_coverage"
    ),
    "comparison.data_median": taken("all: the median regardless of sign", "comparison: from_data"),
    "comparison.method_effect": taken("the farthest from 0", "comparison: from_method"),
    "comparison.shared": taken(
        "measures of which a year lies in the window of the earlier edition",
        "averaged: measure year",
        "reference/measures: measure years_before years_after",
        "raw/edition: previous",
    ),
    "comparison.clear_leaders": taken(
        "number of 1 at places 1 to 10", "comparison: exceeds rank_after"
    ),
}
