"""Where the facts of `analysis.chapters.evidence` come from."""

from analysis.results.fact_sources.declaring import Sources, taken

SOURCES: Sources = {
    "evidence.used_sources": taken("number of different ones", "measure_weights: source"),
    "evidence.first_source_weight": taken("the largest", "source_weights: weight"),
    "evidence.first_source_measures": taken(
        "that of the largest", "source_weights: weight measures"
    ),
    "evidence.grade_weight.*": taken(
        "sum of the measures of the grade, 0 without any", "measure_weights: evidence weight"
    ),
    "evidence.company_sources": taken(
        "the sources of the index that rest on one company, the heaviest first",
        "source_weights: source weight",
        "reference/companies: source",
    ),
    "evidence.companies": taken(
        "companies on whose records alone a source of the index rests, with its measures and the "
        "sum of their weights",
        "measure_weights: measure source weight",
        "reference/companies: company source",
    ),
}
