"""Where the facts of `analysis.chapters.domains` come from."""

from analysis.results.fact_sources.declaring import Sources, taken

SOURCES: Sources = {
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
    "domains.mean_highest": taken("the largest of the open hundred", "domains: group domain mean"),
    "domains.mean_lowest": taken("the smallest of the open hundred", "domains: group domain mean"),
    "domains.leaders_ahead_most": taken(
        "the first stage less all ranked cities: the largest", "domains: kind group domain mean"
    ),
    "domains.leaders_ahead_least": taken(
        "the first stage less all ranked cities: the smallest", "domains: kind group domain mean"
    ),
    "domains.by_domain.*.variation": taken(
        "the domain in the open hundred", "domains: group domain variation"
    ),
    "domains.first_region": taken(
        "the region with the highest mean in most domains", "domains: kind group domain mean"
    ),
    "domains.first_region_domains": taken(
        "the domains in which that region has the highest mean", "domains: kind group domain mean"
    ),
    "domains.compared": taken("number of domains of regions", "domains: kind domain"),
    "domains.stages_apart": taken(
        "the domain with the largest difference of means of the three stages",
        "domains: kind group domain mean",
    ),
}
