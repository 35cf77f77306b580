"""Where the facts of `analysis.chapters.audit` come from."""

from analysis.results.fact_sources.declaring import Sources, limit, taken

SOURCES: Sources = {
    "audit.coverage.share": taken("index", "audit_coverage: level share"),
    "audit.coverage.cells": taken("index", "audit_coverage: level cells"),
    "audit.coverage.complete_cities": taken("number of 1", "audit_coverage_cities: share"),
    "audit.coverage.complete_measures": taken(
        "number of measures with 1", "audit_coverage: level share"
    ),
    "audit.coverage.emptiest": taken(
        "the smallest of a measure", "audit_coverage: level code share"
    ),
    "audit.coverage.emptiest_share": taken(
        "the smallest of a measure", "audit_coverage: level share"
    ),
    "audit.coverage.least_city_share": taken("the smallest", "audit_coverage_cities: share"),
    "audit.coverage.least_cities": taken("number of the smallest", "audit_coverage_cities: share"),
    "audit.coverage.oldest_year": taken("the smallest", "audit_coverage: oldest_year"),
    "audit.coverage.oldest_measures": taken(
        "the measures of the smallest", "audit_coverage: level code oldest_year"
    ),
    "audit.coverage.oldest_cities": taken(
        "number of the smallest", "audit_coverage_cities: oldest_year"
    ),
    "audit.coverage.least_domain_share": taken(
        "the smallest", "audit_coverage_cities: least_domain_share"
    ),
    "audit.coverage.least_domain_cities": taken(
        "number of the smallest", "audit_coverage_cities: least_domain_share"
    ),
    "audit.coverage.least_domains": taken(
        "all domains of the smallest", "audit_coverage_cities: least_domains least_domain_share"
    ),
    "audit.distribution.binary": taken("number of 2", "audit_distribution: different"),
    "audit.distribution.crowded": taken(
        "those above a half and not of two values",
        "audit_distribution: measure different most_common",
    ),
    "audit.distribution.crowded_share": taken(
        "those above a half and not of two values", "audit_distribution: different most_common"
    ),
    "audit.distribution.skewed_before": taken(
        "number of at least 2, or at most -2", "audit_distribution: skewness_before"
    ),
    "audit.distribution.skewed_after": taken(
        "number of at least 2, or at most -2", "audit_distribution: skewness_after"
    ),
    "audit.distribution.worse": taken(
        "those that are farther from 0 after than before",
        "audit_distribution: measure skewness_before skewness_after",
    ),
    "audit.distribution.failing": taken("number of 0", "audit_distribution: passes"),
    "audit.coherence.measures": taken("number of measures", "audit_coherence: level"),
    "audit.coherence.low_limit": limit(
        "below which the flag is conflicting", "audit_coherence: level flag correlation"
    ),
    "audit.coherence.high_limit": limit(
        "below which the flag is under-represented", "audit_coherence: level flag correlation"
    ),
    "audit.coherence.dominating_limit": limit(
        "from which the flag is dominating", "audit_coherence: level flag correlation"
    ),
    "audit.coherence.conflicting": taken(
        "measures of this flag", "audit_coherence: level code flag"
    ),
    "audit.coherence.under_represented": taken(
        "measures of this flag", "audit_coherence: level code flag"
    ),
    "audit.coherence.dominating": taken(
        "measures of this flag", "audit_coherence: level code flag"
    ),
    "audit.coherence.sole": taken("measures of this flag", "audit_coherence: level code flag"),
    "audit.coherence.conflicting_count": taken(
        "number of measures of this flag", "audit_coherence: level flag"
    ),
    "audit.coherence.dominated": taken("dominating measures", "audit_coherence: level flag above"),
    "audit.coherence.dominating_correlation": taken(
        "dominating measures", "audit_coherence: level flag correlation"
    ),
    "audit.coherence.astray": taken(
        "number of measures with more elsewhere than here",
        "audit_coherence: level rest other_correlation",
    ),
    "audit.coherence.comparable": taken(
        "number of measures without a gap", "audit_coherence: level rest"
    ),
    "audit.coherence.astray_to": taken(
        "the most frequent of the same measures",
        "audit_coherence: level rest other_correlation other",
    ),
    "audit.coherence.astray_to_count": taken(
        "how often it comes", "audit_coherence: level rest other_correlation other"
    ),
    "audit.coherence.weakest": taken(
        "the two smallest domains", "audit_coherence: level rest code"
    ),
    "audit.coherence.weakest_rest": taken(
        "the two smallest domains", "audit_coherence: level rest"
    ),
    "audit.coherence.others_low": taken(
        "the smallest of the other domains", "audit_coherence: level rest"
    ),
    "audit.coherence.others_high": taken(
        "the largest of the other domains", "audit_coherence: level rest"
    ),
    "audit.reliability.least_alpha": limit(
        "below which items do not measure one thing", "audit_reliability: alpha"
    ),
    "audit.reliability.least_adequacy": limit(
        "below which items share too little", "audit_reliability: kmo"
    ),
    "audit.reliability.tested": taken("number without a gap", "audit_reliability: alpha"),
    "audit.reliability.shaky": taken("those below least_alpha", "audit_reliability: code alpha"),
    "audit.reliability.shaky_alphas": taken("those below least_alpha", "audit_reliability: alpha"),
    "audit.reliability.index_holds": taken(
        "whether that of the index reaches least_alpha", "audit_reliability: code alpha"
    ),
    "audit.reliability.inadequate": taken(
        "those below least_adequacy", "audit_reliability: code kmo"
    ),
    "audit.reliability.unrelated": taken("those above 0.05", "audit_reliability: code bartlett_p"),
    "audit.reliability.divided": taken(
        "those with more than 1", "audit_reliability: code above_one"
    ),
    "audit.reliability.single": taken("those with 1", "audit_reliability: code items"),
    "audit.reliability.by_group.*.alpha": taken("the group", "audit_reliability: code alpha"),
    "audit.reliability.by_group.*.kmo": taken("the group", "audit_reliability: code kmo"),
    "audit.reliability.by_group.*.bartlett_p": taken(
        "the group", "audit_reliability: code bartlett_p"
    ),
    "audit.reliability.by_group.*.first_share": taken(
        "the group", "audit_reliability: code first_share"
    ),
    "audit.reliability.by_group.*.first_eigenvalue": taken(
        "the group", "audit_reliability: code first_eigenvalue"
    ),
    "audit.reliability.by_group.*.second_eigenvalue": taken(
        "the group", "audit_reliability: code second_eigenvalue"
    ),
    "audit.importance.least_weight": taken(
        "the smallest of a domain", "audit_importance: level nominal"
    ),
    "audit.importance.most_weight": taken(
        "the largest of a domain", "audit_importance: level nominal"
    ),
    "audit.importance.highest": taken(
        "the largest domain", "audit_importance: level importance code"
    ),
    "audit.importance.highest_importance": taken(
        "the largest of a domain", "audit_importance: level importance"
    ),
    "audit.importance.lowest": taken(
        "the smallest domain", "audit_importance: level importance code"
    ),
    "audit.importance.lowest_importance": taken(
        "the smallest of a domain", "audit_importance: level importance"
    ),
    "audit.importance.times": taken(
        "domains: the largest by the smallest", "audit_importance: level importance"
    ),
    "audit.importance.by_domain.*": taken("the domain", "audit_importance: level importance code"),
    "audit.importance.idle": taken(
        "the two measures of the smallest ratio", "audit_importance: level ratio code"
    ),
    "audit.importance.idle_importance": taken(
        "the two measures of the smallest ratio", "audit_importance: level ratio importance"
    ),
    "audit.importance.idle_weight": taken(
        "the two measures of the smallest ratio", "audit_importance: level ratio nominal"
    ),
    "audit.balance.floor": limit("below which no weight falls", "audit_balance: balanced"),
    "audit.balance.at_floor": taken("those at the floor", "audit_balance: code balanced"),
    "audit.balance.reached": taken("whether none is at the floor", "audit_balance: balanced"),
    "audit.balance.largest": taken("the two largest", "audit_balance: code balanced"),
    "audit.balance.largest_weights": taken("the two largest", "audit_balance: balanced"),
    "audit.balance.low": taken("the smallest", "audit_balance: correlation"),
    "audit.balance.high": taken("the largest", "audit_balance: correlation"),
    "audit.balance.balanced_low": taken("the smallest", "audit_balance: balanced_correlation"),
    "audit.balance.balanced_high": taken("the largest", "audit_balance: balanced_correlation"),
    "audit.balance.importance_low": taken("the smallest", "audit_balance: balanced_importance"),
    "audit.balance.importance_high": taken("the largest", "audit_balance: balanced_importance"),
    "audit.added_value.places": limit(
        "from which a rank is far from another", "audit_added_value: difference"
    ),
    "audit.added_value.nearest": taken(
        "the smallest sum of the classes from 10 on", "audit_added_value: code difference share"
    ),
    "audit.added_value.nearest_share": taken(
        "the same sum", "audit_added_value: code difference share"
    ),
    "audit.added_value.farthest": taken(
        "the largest sum of the classes from 10 on", "audit_added_value: code difference share"
    ),
    "audit.added_value.farthest_share": taken(
        "the same sum", "audit_added_value: code difference share"
    ),
    "audit.size.limit": limit(
        "beyond which a correlation is a bias", "audit_size: spearman biased"
    ),
    "audit.size.free": taken("those of which no size has 1", "audit_size: code biased"),
    "audit.size.biased_sizes": taken(
        "those of the index beyond the limit", "audit_size: code size spearman"
    ),
    "audit.size.by_size.*": taken("the index and the size", "audit_size: code size spearman"),
    "audit.frontier.least": limit(
        "smallest weight, in shares of the weight of record", "audit_frontier: frontier"
    ),
    "audit.frontier.most": limit(
        "largest weight, in shares of the weight of record", "audit_frontier: frontier"
    ),
    "audit.frontier.leaders": taken("number of 1", "audit_frontier: on_frontier"),
    "audit.frontier.leader_names": taken(
        "those with 1, by rank", "audit_frontier: rank adcode on_frontier"
    ),
    "audit.frontier.median": taken("all: the median", "audit_frontier: frontier"),
    "audit.frontier.median_relative": taken(
        "all, by the largest: the median", "audit_frontier: index"
    ),
    "audit.frontier.rank_correlation": taken(
        "all: Spearman's correlation of both", "audit_frontier: rank frontier_rank"
    ),
    "audit.frontier.up_name": taken(
        "the largest gain of places", "audit_frontier: rank frontier_rank adcode"
    ),
    "audit.frontier.up_from": taken(
        "the largest gain of places: rank", "audit_frontier: rank frontier_rank"
    ),
    "audit.frontier.up_to": taken(
        "the largest gain of places: frontier_rank", "audit_frontier: rank frontier_rank"
    ),
    "audit.frontier.down_name": taken(
        "the largest loss of places", "audit_frontier: rank frontier_rank adcode"
    ),
    "audit.frontier.down_from": taken(
        "the largest loss of places: rank", "audit_frontier: rank frontier_rank"
    ),
    "audit.frontier.down_to": taken(
        "the largest loss of places: frontier_rank", "audit_frontier: rank frontier_rank"
    ),
}
