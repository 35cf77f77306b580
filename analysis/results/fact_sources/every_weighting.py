"""Where the facts of `analysis.chapters.every_weighting` come from."""

from analysis.results.fact_sources.declaring import Sources, taken

SOURCES: Sources = {
    "weighting.first_cities": taken("number above 0", "every_weighting: p_top1"),
    "weighting.first_names": taken(
        "those above 0, the largest first", "every_weighting: adcode p_top1"
    ),
    "weighting.leader": taken("the largest", "every_weighting: adcode p_top1"),
    "weighting.leader_share": taken("the largest", "every_weighting: p_top1"),
    "weighting.always_hundred": taken("number of 1", "every_weighting: p_top100"),
    "weighting.sometimes_hundred": taken(
        "number between 0 and 1, without these", "every_weighting: p_top100"
    ),
    "weighting.never_hundred": taken("number of 0", "every_weighting: p_top100"),
    "weighting.of_the_hundred": taken(
        "number of 1 at places 1 to 100", "every_weighting: rank p_top100"
    ),
}
