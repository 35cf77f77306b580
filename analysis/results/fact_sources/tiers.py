"""Where the facts of `analysis.chapters.tiers` come from."""

from analysis.results.fact_sources.declaring import Sources, taken

ROWS = "the first open-data stage, by the last one of the three"
SOURCES: Sources = {
    "tiers.gdp": taken(ROWS, "tiers: basis tier median_gdp"),
    "tiers.gdp_per_head": taken(ROWS, "tiers: basis tier median_gdp_per_head"),
}
