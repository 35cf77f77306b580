"""Tests of claims about places that take more than one table: bases, stages, tiers, small cities.

They work as those of `claim_tests` do, which says what a test is given and returns.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd

from analysis.chapters import claim_conditions as conditions
from analysis.chapters import claim_places as places
from analysis.chapters.claim_outcomes import Outcome, Stated, figures, judged, lacking
from analysis.chapters.claim_verdicts import UNTESTABLE
from analysis.editions import Tables
from analysis.editions import fact_values as fact

SIZES = ("gdp", "gdp_per_head")


def economic_base(tables: Tables, claim: Stated) -> Outcome:
    """Share of the leading cities, published and open, in provinces with a good economic base."""
    (limit,) = claim.numbers
    expected = fact.sentence("claim_expects_above", share=limit)
    cities, listed = tables["cities"], tables["published"]
    provinces = places.provinces_with_base(cities, tables["size"], claim.subjects)
    if not provinces:
        return lacking(expected, SIZES)
    inside = cities.set_index("adcode")["province_en"].isin(provinces)
    score = tables["scores"].set_index("adcode")["rank"]
    leading = {"listed": listed["adcode"], "open": score.index[score <= len(listed)]}
    shares = {name: fact.rounded(inside[codes].mean()) for name, codes in leading.items()}
    condition = conditions.either(np.array(list(shares.values())) > limit)
    found = fact.sentence("claim_shares", **shares)
    of_all = fact.rounded(inside.mean())
    reason = fact.sentence("claim_base_provinces", provinces=provinces, share=of_all)
    return judged(expected, found, condition, reason)


def rising_by_stage(tables: Tables, claim: Stated) -> Outcome:
    """Whether the median of a domain rises from the lowest published stage to the highest."""
    (domain,) = claim.subjects
    expected = fact.sentence("claim_expects_rising")
    scores, listed = tables["scores"].set_index("adcode"), tables["published"]
    if domain not in scores:
        return lacking(expected, [domain])
    order = stages_from_lowest(tables)
    values = scores[domain].reindex(listed["adcode"]).to_numpy(dtype=float)
    medians = pd.Series(places.stage_medians(values, listed["tier"], order), order)
    found = fact.sentence("claim_figures", **figures(medians, 1))
    reason = fact.sentence("claim_by_stage")
    return judged(expected, found, conditions.rising(medians.to_numpy()), reason)


def stages_from_lowest(tables: Tables) -> list[str]:
    """The published stages."""
    return list(tables["bands"].dropna(subset="cities")["tier"])[::-1]


def first_by_size(tables: Tables, claim: Stated) -> Outcome:
    """Whether some cities are the first of all by GDP, and by GDP per head."""
    cities, size = claim.subjects, tables["size"]
    expected = fact.sentence("claim_expects_first", count=len(cities))
    lost = [name for name in SIZES if size[name].reindex(cities).isna().any()]
    if lost:
        return lacking(expected, lost)
    by_gdp, by_head = (
        size[name].rank(ascending=False, method="min").loc[cities].astype(int) for name in SIZES
    )
    first = np.array([max(ranks) <= len(cities) for ranks in (by_gdp, by_head)])
    found = fact.sentence("claim_city_places", **figures(by_gdp, 0))
    reason = fact.sentence("claim_places_by_head", **figures(by_head, 0))
    return judged(expected, found, conditions.either(first), reason)


def smaller_cities_gain(tables: Tables, claim: Stated) -> Outcome:
    """Whether smaller cities gained more places than larger ones since the edition before.

    Of each move the part counts that comes from the figures of what both editions measure.
    """
    (limit,) = claim.numbers
    expected = fact.sentence("claim_expects_gains", limit=limit)
    if "comparison" not in tables:
        return Outcome(expected, None, UNTESTABLE, fact.sentence("claim_one_edition"))
    moves = tables["comparison"].set_index("adcode")["from_data"]
    smaller = places.smaller_halves(tables["size"], moves.index)
    if smaller.empty:
        return lacking(expected, SIZES)
    gained = places.gains(moves[smaller.index].to_numpy(dtype=float), smaller.to_numpy())
    found = fact.sentence("claim_gains", **figures(pd.Series(gained, smaller.columns), 1))
    reason = fact.sentence("claim_before_outlook", cities=len(smaller))
    return judged(expected, found, conditions.either(gained > limit), reason)


def stand_out_in_domain(tables: Tables, claim: Stated) -> Outcome:
    """How many cities lie above the median of the published ones in a domain (named first)."""
    domain, *cities = claim.subjects
    expected = fact.sentence("claim_expects_above_median", count=len(cities))
    scores, listed = tables["scores"].set_index("adcode"), tables["published"]
    if domain not in scores:
        return lacking(expected, [domain])
    values = scores[domain]
    hits = (values.reindex(cities) > values.reindex(listed["adcode"]).median()).to_numpy()
    ranks = values.rank(ascending=False, method="min").reindex(cities)
    found = fact.sentence("claim_city_places", **figures(ranks, 0))
    reason = fact.sentence(
        "claim_above_median", hits=int(hits.sum()), of=len(cities),
        enough=conditions.needed(len(cities)),
        chance=fact.rounded(conditions.chance_above_median(len(cities))),
    )  # fmt: skip
    return judged(expected, found, conditions.nearly_all(hits), reason)


TESTS_OF_PLACES: dict[str, Callable[[Tables, Stated], Outcome]] = {
    test.__name__: test
    for test in (
        economic_base,
        rising_by_stage,
        first_by_size,
        smaller_cities_gain,
        stand_out_in_domain,
    )
}
