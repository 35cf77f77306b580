"""Where the facts of `analysis.chapters.published` come from."""

from analysis.results.fact_sources.declaring import Sources, taken

SOURCES: Sources = {
    "published.count": taken("number of rows", "published: adcode"),
    "published.leaders": taken("places 1 to 5", "published: rank adcode"),
    "published.same_five": taken(
        "number of cities at places 1 to 5 of both", "published: rank adcode", "scores: rank adcode"
    ),
    "published.unranked": taken("number of gaps", "published: open_rank"),
    "published.unranked_names": taken("gaps", "published: adcode open_rank"),
    "agreement.*.rho": taken(
        "spearman of the yardstick", "agreement: yardstick statistic estimate"
    ),
    "agreement.*.interval": taken(
        "spearman of the yardstick", "agreement: yardstick statistic low high"
    ),
    "agreement.*.tau": taken("kendall of the yardstick", "agreement: yardstick statistic estimate"),
    "agreement.*.n": taken("spearman of the yardstick", "agreement: yardstick statistic n"),
    "agreement.*.partial": taken(
        "partial of the yardstick", "agreement: yardstick statistic estimate"
    ),
    "agreement.*.partial_interval": taken(
        "partial of the yardstick", "agreement: yardstick statistic low high"
    ),
    "agreement.*.listed": taken(
        "listed of the yardstick", "agreement: yardstick statistic estimate"
    ),
    "agreement.*.listed_interval": taken(
        "listed of the yardstick", "agreement: yardstick statistic low high"
    ),
    "agreement.*.common": taken(
        "common of the yardstick", "agreement: yardstick statistic estimate"
    ),
    "agreement.largest": taken("the three farthest from 0", "disagreements: adcode difference"),
    "agreement.largest_city": taken("the farthest from 0", "disagreements: adcode difference"),
    "agreement.largest_published": taken("the farthest from 0", "disagreements: rank difference"),
    "agreement.largest_open": taken("the farthest from 0", "disagreements: open_rank difference"),
    "agreement.largest_domain": taken(
        "the farthest from 0", "disagreements: weakest_domain difference"
    ),
    "agreement.median_difference": taken(
        "all: the median regardless of sign", "disagreements: difference"
    ),
    "agreement.within_ten": taken("number from -10 to 10", "disagreements: difference"),
}
