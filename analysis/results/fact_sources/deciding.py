"""Where the facts of `analysis.chapters.deciding` come from."""

from analysis.results.fact_sources.declaring import Sources, limit, taken

SOURCES: Sources = {
    "deciding.cities": taken("number of rows", "deciding_figures: adcode"),
    "deciding.median": taken("distances from 0: the median", "deciding_figures: moved"),
    "deciding.median_hundred": taken(
        "places 1 to 100, distances from 0: the median", "deciding_figures: rank moved"
    ),
    "deciding.far_places": limit(
        "places by which one figure moves a city far", "deciding_figures: moved"
    ),
    "deciding.far": taken("number of at least far_places from 0", "deciding_figures: moved"),
    "deciding.most_often": taken("the most frequent", "deciding_figures: measure"),
    "deciding.most_often_cities": taken("number of the most frequent", "deciding_figures: measure"),
    "deciding.farthest": taken("the farthest from 0", "deciding_figures: adcode moved"),
    "deciding.farthest_measure": taken("the farthest from 0", "deciding_figures: measure moved"),
    "deciding.farthest_rank": taken("the farthest from 0", "deciding_figures: rank moved"),
    "deciding.farthest_without": taken(
        "the farthest from 0", "deciding_figures: rank_without moved"
    ),
}
