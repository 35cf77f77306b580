"""Where the facts of `analysis.chapters.economy` come from."""

from analysis.results.fact_sources.declaring import Sources, taken

SOURCES: Sources = {
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
        "gdp: the shape with 1, and the exponent of the power",
        "economy_fits: size shape slope best",
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
}
