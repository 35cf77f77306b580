"""Where the facts of `analysis.chapters.regions` come from."""

from analysis.results.fact_sources.declaring import Sources, taken

SOURCES: Sources = {
    "regions.by_region.*.cities": taken("the region", "regions: region cities"),
    "regions.by_region.*.cities_share": taken("the region", "regions: region cities_share"),
    "regions.by_region.*.published": taken("the region", "regions: region published_cities"),
    "regions.by_region.*.published_share": taken("the region", "regions: region published_share"),
    "regions.by_region.*.published_representation": taken(
        "the region", "regions: region published_representation"
    ),
    "regions.by_region.*.open": taken("the region", "regions: region open_cities"),
    "regions.by_region.*.open_share": taken("the region", "regions: region open_share"),
    "regions.by_region.*.open_representation": taken(
        "the region", "regions: region open_representation"
    ),
    "regions.leading_provinces": taken("the first three rows", "provinces: province"),
    "regions.leading_open_share": taken("the first three rows: the sum", "provinces: open_share"),
    "regions.leading_numbers": taken("the first three rows", "provinces: published_cities"),
    "regions.leading_share": taken("the first three rows: the sum", "provinces: published_share"),
    "regions.published_provinces": taken("number above 0", "provinces: published_cities"),
    "regions.absent_provinces": taken("those with 0", "provinces: province published_cities"),
    "regions.fullest": taken(
        "the largest share of more cities than one", "provinces: province cities published_cities"
    ),
    "regions.fullest_share": taken("the same share", "provinces: province cities published_cities"),
    "regions.open_fullest": taken(
        "the largest share of more cities than one", "provinces: province cities open_cities"
    ),
    "regions.open_fullest_share": taken("the same share", "provinces: province cities open_cities"),
    "regions.stages.*.*": taken("number of the region and the stage", "published: region tier"),
}
