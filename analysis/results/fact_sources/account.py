"""Where the facts of `analysis.chapters.account_facts` come from."""

from analysis.results.fact_sources.declaring import Sources, limit, taken

SOURCES: Sources = {
    "claims.ours": taken("number of ours", "claims: origin"),
    "claims.own_words": taken(
        "number that hold and are tested with the published list alone", "claims: verdict evidence"
    ),
    "claims.count": taken("number of rows", "claims: claim"),
    "claims.tested": taken("number that could be tested", "claims: verdict"),
    "claims.holds": taken("number of this verdict", "claims: verdict"),
    "claims.qualified": taken("number of this verdict", "claims: verdict"),
    "claims.fails": taken("number of this verdict", "claims: verdict"),
    "claims.untestable": taken("number of this verdict", "claims: verdict"),
    "claims.failing_statements": taken("those that do not hold", "claims: claim verdict"),
    "claims.strong": taken("the first of this kind: the limit", "claims: kind expected"),
    "claims.median_gdp": taken("the published stages", "tiers: basis median_gdp"),
    "claims.by_claim.*.verdict": taken("the claim", "claims: claim verdict"),
    "claims.by_claim.*.found": taken("the claim", "claims: claim found"),
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
    "inferred.by_level.*.n": taken("the level", "inferred_fit: level n"),
    "inferred.by_level.*.pairs": taken("the level", "inferred_fit: level pairs_in_order"),
    "inferred.by_level.*.gain": taken(
        "the level: out of sample less equal", "inferred_fit: level out_of_sample_rho equal_rho"
    ),
    "inferred.by_level.*.equal": taken("the level", "inferred_fit: level equal_rho"),
    "inferred.by_level.*.in_sample": taken("the level", "inferred_fit: level in_sample_rho"),
    "inferred.by_level.*.out_of_sample": taken(
        "the level", "inferred_fit: level out_of_sample_rho"
    ),
    "inferred.by_level.*.number": taken("number of rows of the level", "inferred_weights: level"),
    "inferred.by_level.*.equal_weight": taken("the level", "inferred_weights: level equal"),
    "inferred.by_level.*.above": taken(
        "those of the level whose low lies above equal", "inferred_weights: level equal code low"
    ),
    "inferred.by_level.*.below": taken(
        "those of the level whose high lies below equal", "inferred_weights: level equal code high"
    ),
    "inferred.by_level.*.without": taken(
        "number of 0 of the level", "inferred_weights: level weight"
    ),
    "inferred.by_level.*.unseen_low": taken("the level", "inferred_fit: level out_of_sample_low"),
    "inferred.by_level.*.unseen_high": taken("the level", "inferred_fit: level out_of_sample_high"),
    "inferred.unexplained.*.count": taken(
        "number above 0 of the level", "unexplained: level dominated_by"
    ),
    "inferred.unexplained.*.cities": taken("number of rows of the level", "unexplained: level"),
    "inferred.unexplained.*.first": taken(
        "the three largest of the level", "unexplained: level adcode dominated_by"
    ),
    "inferred.unexplained.*.most": taken(
        "the largest of the level", "unexplained: level dominated_by"
    ),
    "inferred.beyond.near": taken(
        "number within near_places of the last place of the list",
        "beyond: inferred_rank",
        "published: adcode",
    ),
    "inferred.beyond.near_places": limit(
        "places around the end of the list that are close to it", "beyond: inferred_rank"
    ),
    "inferred.beyond.changes": taken("number of rows", "beyond: change"),
    "inferred.beyond.admitted": taken("number of this change", "beyond: change"),
    "inferred.beyond.left_out": taken("number of this change", "beyond: change"),
    "inferred.beyond.first_admitted": taken(
        "the three best placed that are admitted", "beyond: change adcode inferred_rank"
    ),
    "inferred.beyond.last_left_out": taken(
        "the three worst placed that are left out", "beyond: change adcode inferred_rank"
    ),
    "cases.count": taken("number of rows", "cases: adcode"),
    "cases.ranked": taken("number that is no gap", "cases: open_rank"),
    "cases.stand_out": taken("number of 1", "cases: stands_out"),
    "cases.stand_out_names": taken("those with 1", "cases: adcode stands_out"),
    "cases.above_median": taken(
        "number above the median of the domain in the published hundred",
        "cases: domain domain_value",
        "domains: kind group domain median",
    ),
    "cases.leading": taken("number up to leading_places", "cases: open_rank"),
    "cases.leading_places": limit("places that are leading", "cases: open_rank"),
    "cases.outside_names": taken("those with a gap", "cases: adcode rank"),
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
