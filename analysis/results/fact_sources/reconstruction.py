"""Where the facts of `analysis.chapters.reconstruction` come from."""

from analysis.results.fact_sources.declaring import Sources, taken

SOURCES: Sources = {
    "reconstructed.distinct": taken("number of different ones", "reconstructed: score"),
    "reconstructed.largest_block": taken("the most that are equal", "reconstructed: score"),
    "reconstructed.at_limit": taken(
        "number that equal either limit", "reconstructed: score low high"
    ),
    "reconstructed.median_pull": taken(
        "distance of the two scores: the median",
        "reconstructed: adcode score",
        "published: adcode score",
    ),
    "reconstructed.largest_pull": taken(
        "distance of the two scores: the largest",
        "reconstructed: adcode score",
        "published: adcode score",
    ),
    "reconstructed.farthest": taken(
        "distance of the two scores: the three largest",
        "reconstructed: adcode score",
        "published: adcode score",
    ),
}
