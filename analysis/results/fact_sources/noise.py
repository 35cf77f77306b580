"""Where the facts of `analysis.chapters.noise` come from."""

from analysis.results.fact_sources.declaring import Sources, taken

SOURCES: Sources = {
    "noise.account": taken(
        "measures with years before or after: the years that enter, those of the window that do "
        "not, the correlations of every two years and, with three, the reliability of one (the "
        "first two correlations of neighbours multiplied, by that two years apart) and of the mean",
        "reference/measures: measure years_before years_after",
        "averaged: measure year",
        "repeats: measure first_year second_year pearson",
        "raw/edition: data_year",
    ),
    "noise.repeats": taken(
        "measures with a pair of neighbouring years, and those of them with a pair of 0.9 or less",
        "repeats: measure first_year second_year pearson",
    ),
}
