"""Where the facts of `analysis.chapters.claims` come from."""

from analysis.results.fact_sources.declaring import Sources, taken

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
    "claims.drawn": taken("number of claims", "claim_draws: claim"),
    "claims.undecided": taken(
        "number that were drawn and cannot be tested", "claims: claim verdict", "claim_draws: claim"
    ),
    "claims.failing_statements": taken("those that do not hold", "claims: claim verdict"),
    "claims.strong": taken("the first of this kind that has a limit", "claims: kind expected"),
    "claims.median_gdp": taken("the published stages", "tiers: basis median_gdp"),
    "claims.by_claim.*.verdict": taken("the claim", "claims: claim verdict"),
    "claims.by_claim.*.found": taken("the claim", "claims: claim found"),
    "claims.by_claim.*.passes.*": taken(
        "the claim and the basis; both shares added up", "claim_draws: claim basis holds qualified"
    ),
}
