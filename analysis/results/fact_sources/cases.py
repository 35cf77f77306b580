"""Where the facts of `analysis.chapters.cases` come from."""

from analysis.results.fact_sources.declaring import Sources, limit, taken

SOURCES: Sources = {
    "cases.count": taken("number of rows", "cases: adcode"),
    "cases.ranked": taken("number that is no gap", "cases: open_rank"),
    "cases.stand_out": taken("number of 1", "cases: stands_out"),
    "cases.stand_out_names": taken("those with 1", "cases: adcode stands_out"),
    "cases.above_median": taken(
        "number above the median of the domain in the published hundred",
        "cases: domain domain_value",
        "domains: kind group domain median",
    ),
    "cases.leading": taken("number up to leading_places", "cases: open_rank"),
    "cases.leading_places": limit("places that are leading", "cases: open_rank"),
    "cases.by_domain.*.standing": taken("the domain", "cases: adcode domain domain_rank"),
    "cases.outside_names": taken("those with a gap", "cases: adcode rank"),
}
