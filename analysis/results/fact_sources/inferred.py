"""Where the facts of `analysis.chapters.inferred` come from."""

from analysis.results.fact_sources.declaring import Sources, limit, taken

SOURCES: Sources = {
    "inferred.by_level.*.n": taken("the level", "inferred_fit: level n"),
    "inferred.by_level.*.pairs": taken("the level", "inferred_fit: level pairs_in_order"),
    "inferred.by_level.*.gain": taken(
        "the level: out of sample less record", "inferred_fit: level out_of_sample_rho record_rho"
    ),
    "inferred.by_level.*.record": taken("the level", "inferred_fit: level record_rho"),
    "inferred.by_level.*.in_sample": taken("the level", "inferred_fit: level in_sample_rho"),
    "inferred.by_level.*.out_of_sample": taken(
        "the level", "inferred_fit: level out_of_sample_rho"
    ),
    "inferred.by_level.*.number": taken("number of rows of the level", "inferred_weights: level"),
    "inferred.by_level.*.above": taken(
        "those of the level whose low lies above record", "inferred_weights: level record code low"
    ),
    "inferred.by_level.*.below": taken(
        "those of the level whose high lies below record",
        "inferred_weights: level record code high",
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
    "inferred.with_unlisted.most_raised": taken(
        "the largest of with_unlisted less listed", "inferred_pairs: pairs code weight"
    ),
    "inferred.with_unlisted.most_lowered": taken(
        "the smallest of with_unlisted less listed", "inferred_pairs: pairs code weight"
    ),
    "inferred.with_unlisted.*.n": taken("the pairs", "inferred_pairs_fit: pairs n"),
    "inferred.with_unlisted.*.pairs": taken(
        "the pairs", "inferred_pairs_fit: pairs pairs_in_order"
    ),
    "inferred.with_unlisted.*.gain": taken(
        "the pairs: out of sample less record",
        "inferred_pairs_fit: pairs out_of_sample_rho record_rho",
    ),
    "inferred.with_unlisted.*.record": taken("the pairs", "inferred_pairs_fit: pairs record_rho"),
    "inferred.with_unlisted.*.in_sample": taken(
        "the pairs", "inferred_pairs_fit: pairs in_sample_rho"
    ),
    "inferred.with_unlisted.*.out_of_sample": taken(
        "the pairs", "inferred_pairs_fit: pairs out_of_sample_rho"
    ),
    "inferred.with_unlisted.*.unseen_low": taken(
        "the pairs", "inferred_pairs_fit: pairs out_of_sample_low"
    ),
    "inferred.with_unlisted.*.unseen_high": taken(
        "the pairs", "inferred_pairs_fit: pairs out_of_sample_high"
    ),
    "inferred.with_unlisted.*.number": taken(
        "number of rows of the pairs", "inferred_pairs: pairs"
    ),
    "inferred.with_unlisted.*.above": taken(
        "those of the pairs whose low lies above record", "inferred_pairs: pairs record code low"
    ),
    "inferred.with_unlisted.*.below": taken(
        "those of the pairs whose high lies below record", "inferred_pairs: pairs record code high"
    ),
    "inferred.with_unlisted.*.without": taken(
        "number of 0 of the pairs", "inferred_pairs: pairs weight"
    ),
    "inferred.with_unlisted.*.by_domain.*.weight": taken(
        "the pairs and the domain", "inferred_pairs: pairs code weight"
    ),
    "inferred.with_unlisted.*.by_domain.*.low": taken(
        "the pairs and the domain", "inferred_pairs: pairs code low"
    ),
    "inferred.with_unlisted.*.by_domain.*.high": taken(
        "the pairs and the domain", "inferred_pairs: pairs code high"
    ),
}
