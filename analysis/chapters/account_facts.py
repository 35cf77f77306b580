"""The findings of the chapter that holds the white paper to account, by name."""

import pandas as pd

from analysis.chapters.claim_tests import FAILS, HOLDS, QUALIFIED, UNTESTABLE
from analysis.chapters.findings import Row
from analysis.editions import Facts, Tables
from analysis.editions import fact_values as fact
from analysis.editions.fact_keys import joined, keyed

# Places around the end of the list that count as close to it, and places at its head as leading.
NEAR, LEADING = 20, 5


def account_facts(tables: Tables) -> Facts:
    """Facts of the ledger, the reconstructed scores, the inferred weights, cases, yardsticks."""
    return {
        "claims": claim_facts(tables["claims"], tables["tiers"]),
        "reconstructed": reconstructed_facts(tables),
        "inferred": inferred_facts(tables),
        "cases": case_facts(tables),
        "yardsticks": yardstick_facts(tables["yardsticks"]),
    }


def claim_facts(claims: pd.DataFrame, tiers: pd.DataFrame) -> Facts:
    """Number of claims by verdict, the claims that fail, and what was found for each."""
    count = claims["verdict"].value_counts()
    own_words = (claims["verdict"] == HOLDS) & (claims["evidence"] == "published")
    failing = claims.loc[claims["verdict"] == FAILS, "claim"]
    found: Facts = {
        "count": len(claims),
        "tested": fact.whole(len(claims) - count.get(UNTESTABLE, 0)),
        "ours": fact.whole((claims["origin"] == "ours").sum()),
        "own_words": fact.whole(own_words.sum()),
        "holds": fact.whole(count.get(HOLDS, 0)),
        "qualified": fact.whole(count.get(QUALIFIED, 0)),
        "fails": fact.whole(count.get(FAILS, 0)),
        "untestable": fact.whole(count.get(UNTESTABLE, 0)),
        "failing_statements": fact.statements(failing),
        "by_claim": keyed("claim", claims["claim"], map(outcome_facts, claims.to_dict("records"))),
    }
    medians = tiers.loc[tiers["basis"] == "published", "median_gdp"]
    if medians.notna().all():
        found["median_gdp"] = fact.listed([fact.number(gdp, 0) for gdp in medians])
    limits = claims.loc[claims["kind"] == "correlation", "expected"]
    if len(limits):
        found["strong"] = fact.number(limits.iloc[0]["limit"], 1)
    return found


def outcome_facts(claim: Row) -> Facts:
    """Verdict on one claim, and what was found if it could be tested."""
    found: Facts = {"verdict": fact.label(f"verdict_{claim['verdict']}")}
    return found if claim["verdict"] == UNTESTABLE else found | {"found": claim["found"]}


def reconstructed_facts(tables: Tables) -> Facts:
    """How many scores are shared or stand on a limit, and how far the order pulls them."""
    table = tables["reconstructed"]
    at_limit = (table["score"] == table["low"]) | (table["score"] == table["high"])
    open_score = table["adcode"].map(tables["published"].set_index("adcode")["score"])
    pull = (table["score"] - open_score).abs().sort_values(ascending=False).dropna()
    blocks = table["score"].value_counts()
    return {
        "distinct": len(blocks),
        "largest_block": fact.whole(blocks.max()),
        "at_limit": fact.whole(at_limit.sum()),
        "median_pull": fact.number(pull.median(), 1),
        "largest_pull": fact.number(pull.iloc[0], 1),
        "farthest": fact.cities(table.loc[pull.index[:3], "adcode"]),
    }


def inferred_facts(tables: Tables) -> Facts:
    """Fit and weights by level, the cities no weights explain, and those beyond the hundred."""
    fits, weights = tables["inferred_fit"], tables["inferred_weights"].groupby("level")
    described = (
        joined(fit_facts(fit), weight_facts(weights.get_group(fit["level"])))
        for fit in fits.to_dict("records")
    )
    beaten = tables["unexplained"].groupby("level")
    levels = list(beaten.groups)
    unexplained = (unexplained_facts(beaten.get_group(level)) for level in levels)
    return {
        "by_level": keyed("level", fits["level"], described),
        "unexplained": keyed("level", levels, unexplained),
        "beyond": beyond_facts(tables["beyond"], len(tables["published"])),
    }


def fit_facts(fit: Row) -> Facts:
    """Agreement of one level with the published order, on seen and on unseen cities."""
    return {
        "n": fact.whole(fit["n"]),
        "pairs": fact.share(fit["pairs_in_order"]),
        "gain": fact.signed(fit["out_of_sample_rho"] - fit["equal_rho"]),
        "unseen_low": fact.number(fit["out_of_sample_low"]),
        "unseen_high": fact.number(fit["out_of_sample_high"]),
        "equal": fact.number(fit["equal_rho"]),
        "in_sample": fact.number(fit["in_sample_rho"]),
        "out_of_sample": fact.number(fit["out_of_sample_rho"]),
    }


def weight_facts(weights: pd.DataFrame) -> Facts:
    """Nodes of one level whose interval lies wholly above or below the equal weight."""
    code = weights["code"]
    return {
        "number": len(weights),
        "equal_weight": fact.share(weights["equal"].iloc[0]),
        "above": fact.words(code[weights["low"] > weights["equal"]]),
        "below": fact.words(code[weights["high"] < weights["equal"]]),
        "without": fact.whole((weights["weight"] == 0).sum()),
    }


def unexplained_facts(unexplained: pd.DataFrame) -> Facts:
    """Number of cities that no weights of one level explain, and the ones least explained."""
    beaten = unexplained[unexplained["dominated_by"] > 0]
    return {
        "count": len(beaten),
        "cities": len(unexplained),
        "first": fact.cities(beaten["adcode"].head(3)),
        "most": fact.whole(unexplained["dominated_by"].max()),
    }


def beyond_facts(beyond: pd.DataFrame, places: int) -> Facts:
    """Cities that the inferred weights would admit or leave out, and how close they are."""
    admitted, left_out = (
        beyond.loc[beyond["change"] == change, "adcode"] for change in ("admitted", "left_out")
    )
    near = beyond["inferred_rank"].between(places - NEAR + 1, places + NEAR)
    return {
        "near": fact.whole(near.sum()),
        "near_places": fact.whole(NEAR),
        "changes": len(beyond),
        "admitted": len(admitted),
        "left_out": len(left_out),
        "first_admitted": fact.cities(admitted.head(3)),
        "last_left_out": fact.cities(left_out.tail(3)),
    }


def case_facts(tables: Tables) -> Facts:
    """How the singled-out cities do in the domain they are singled out for."""
    cases, domains = tables["cases"], tables["domains"]
    hundred = domains[(domains["kind"] == "set") & (domains["group"] == "published")]
    median = cases["domain"].map(hundred.set_index("domain")["median"])
    better = cases.loc[cases["stands_out"].eq(1).fillna(False), "adcode"]
    return {
        "count": len(cases),
        "ranked": fact.whole(cases["open_rank"].notna().sum()),
        "stand_out": len(better),
        "stand_out_names": fact.cities(better),
        "above_median": fact.whole((cases["domain_value"] > median).sum()),
        "leading": fact.whole((cases["open_rank"] <= LEADING).sum()),
        "leading_places": fact.whole(LEADING),
        "outside_names": fact.cities(cases.loc[cases["rank"].isna(), "adcode"]),
    }


def yardstick_facts(yardsticks: pd.DataFrame) -> Facts:
    """The partial lists in numbers, the longest one, and which order each agrees with better."""
    difference = yardsticks["open_rho"] - yardsticks["published_rho"]
    years = yardsticks["data_year"]
    found: Facts = {
        "count": len(yardsticks),
        "fewest": fact.whole(yardsticks["cities"].min()),
        "most": fact.whole(yardsticks["cities"].max()),
        "first_year": fact.whole(years.min()),
        "last_year": fact.whole(years.max()),
        "open_closer": fact.whole((difference > 0).sum()),
        "published_closer": fact.whole((difference < 0).sum()),
    }
    return joined(found, longest_facts(yardsticks.dropna(subset=["published_rho", "open_rho"])))


def longest_facts(yardsticks: pd.DataFrame) -> Facts:
    """The longest of the partial lists that can be set beside both orders."""
    if yardsticks.empty:
        return {}
    longest = yardsticks.loc[yardsticks["cities"].idxmax()]
    return {
        "longest": fact.ranking(longest["ranking"]),
        "longest_published": fact.number(longest["published_rho"]),
        "longest_published_n": fact.whole(longest["published_n"]),
        "longest_open": fact.number(longest["open_rho"]),
        "longest_open_n": fact.whole(longest["open_n"]),
    }
