"""Where the facts of `analysis.chapters.findings` come from."""

from analysis.results.fact_sources.declaring import Sources, taken

SOURCES: Sources = {
    "ranking.first": taken("place 1", "scores: rank adcode"),
    "ranking.leaders": taken("places 1 to 5", "scores: rank adcode"),
    "ranking.fifth_index": taken("place 5", "scores: rank index"),
    "ranking.sixth_index": taken("place 6", "scores: rank index"),
    "ranking.gap": taken("places 5 and 6: the difference", "scores: rank index"),
    "ranking.usual_gap": taken(
        "places 6 to 38: mean difference between neighbours", "scores: rank index"
    ),
    "ranking.score_gap": taken("places 5 and 6: the difference", "scores: rank score"),
    "ranking.usual_score_gap": taken(
        "places 6 to 38: mean difference between neighbours", "scores: rank score"
    ),
    "ranking.first_index": taken("place 1", "scores: rank index"),
    "ranking.last_index": taken("the last place", "scores: rank index"),
    "ranking.median_index": taken("all: the median", "scores: index"),
    "ranking.by_tier.*": taken("number of rows of the stage", "scores: tier"),
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
    "domains.highest": taken("the two largest of the open hundred", "domains: group domain median"),
    "domains.lowest": taken(
        "the two smallest of the open hundred, smallest last", "domains: group domain median"
    ),
    "domains.most_varied": taken(
        "the three largest of the open hundred", "domains: group domain variation"
    ),
    "domains.least_varied": taken(
        "the smallest of the open hundred", "domains: group domain variation"
    ),
    "domains.by_domain.*.median": taken(
        "the domain in the open hundred", "domains: group domain median"
    ),
    "domains.by_domain.*.variation": taken(
        "the domain in the open hundred", "domains: group domain variation"
    ),
    "economy.by_relation.*.rho": taken(
        "spearman of level and size", "economy: level size statistic estimate"
    ),
    "economy.by_relation.*.interval": taken(
        "spearman of level and size", "economy: level size statistic low high"
    ),
    "economy.by_relation.*.tau": taken(
        "kendall of level and size", "economy: level size statistic estimate"
    ),
    "economy.by_relation.*.n": taken(
        "spearman of level and size", "economy: level size statistic n"
    ),
    "economy.by_shape.*.r_squared": taken("gdp: the shape", "economy_fits: size shape r_squared"),
    "economy.by_shape.*.error": taken(
        "gdp: the shape", "economy_fits: size shape prediction_error"
    ),
    "economy.best_shape": taken("gdp: the shape with 1", "economy_fits: size shape best"),
    "economy.linearity": taken(
        "gdp: whether the shape with 1 is linear", "economy_fits: size shape best"
    ),
    "economy.exponent": taken("gdp: power", "economy_fits: size shape slope"),
    "economy.doubling.median_gdp": taken("all: the median", "economy_cities: gdp"),
    "economy.doubling.median_expected": taken(
        "gdp: the power at the median GDP",
        "economy_fits: size shape intercept slope",
        "economy_cities: gdp",
    ),
    "economy.doubling.points": taken(
        "gdp: the power at twice the median GDP, less that at the median",
        "economy_fits: size shape intercept slope",
        "economy_cities: gdp",
    ),
    "economy.head_shape": taken("gdp_per_head: the shape with 1", "economy_fits: size shape best"),
    "economy.head_error": taken(
        "gdp_per_head: the shape with 1", "economy_fits: size best prediction_error"
    ),
    "economy.head_linear_error": taken(
        "gdp_per_head: linear", "economy_fits: size shape prediction_error"
    ),
    "economy.above": taken("the three largest", "economy_cities: adcode difference"),
    "economy.below": taken("the three smallest", "economy_cities: adcode difference"),
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
