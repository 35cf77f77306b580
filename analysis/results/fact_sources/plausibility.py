"""Where the facts of `analysis.chapters.plausibility` come from."""

from analysis.results.fact_sources.declaring import Sources, taken

SOURCES: Sources = {
    "plausibility.cities": taken("number of rows", "published_places: adcode"),
    "plausibility.outside": taken(
        "number of ranks beyond rank_low or rank_high", "published_places: rank rank_low rank_high"
    ),
    "plausibility.by_chance": taken(
        "for each city the share of all ranks from rank_low to rank_high: the sum",
        "published_places: rank rank_low rank_high",
    ),
    "plausibility.farthest_better": taken(
        "the three ranks farthest before rank_low", "published_places: adcode rank rank_low"
    ),
    "plausibility.farthest_worse": taken(
        "the three ranks farthest behind rank_high", "published_places: adcode rank rank_high"
    ),
    "plausibility.all.inside": taken(
        "number of ranks from rank_low to rank_high", "published_places: rank rank_low rank_high"
    ),
    "plausibility.all.inside_share": taken(
        "share of ranks from rank_low to rank_high", "published_places: rank rank_low rank_high"
    ),
    "plausibility.all.better": taken(
        "number of ranks before rank_low", "published_places: rank rank_low"
    ),
    "plausibility.all.worse": taken(
        "number of ranks behind rank_high", "published_places: rank rank_high"
    ),
    "plausibility.technique.inside": taken(
        "number of ranks from technique_low to technique_high",
        "published_places: rank technique_low technique_high",
    ),
    "plausibility.technique.inside_share": taken(
        "share of ranks from technique_low to technique_high",
        "published_places: rank technique_low technique_high",
    ),
    "plausibility.technique.better": taken(
        "number of ranks before technique_low", "published_places: rank technique_low"
    ),
    "plausibility.technique.worse": taken(
        "number of ranks behind technique_high", "published_places: rank technique_high"
    ),
}
