"""Where the facts of `analysis.chapters.yardsticks` come from."""

from analysis.results.fact_sources.declaring import Sources, taken

SOURCES: Sources = {
    "yardsticks.count": taken("number of rows", "yardsticks: ranking"),
    "yardsticks.fewest": taken("the smallest", "yardsticks: cities"),
    "yardsticks.most": taken("the largest", "yardsticks: cities"),
    "yardsticks.first_year": taken("the smallest", "yardsticks: data_year"),
    "yardsticks.last_year": taken("the largest", "yardsticks: data_year"),
    "yardsticks.open_closer": taken(
        "number of rows with the larger open_rho", "yardsticks: open_rho published_rho"
    ),
    "yardsticks.published_closer": taken(
        "number of rows with the larger published_rho", "yardsticks: open_rho published_rho"
    ),
    "yardsticks.longest": taken("most cities", "yardsticks: cities ranking"),
    "yardsticks.longest_published": taken("most cities", "yardsticks: cities published_rho"),
    "yardsticks.longest_published_n": taken("most cities", "yardsticks: cities published_n"),
    "yardsticks.longest_open": taken("most cities", "yardsticks: cities open_rho"),
    "yardsticks.longest_open_n": taken("most cities", "yardsticks: cities open_n"),
}
