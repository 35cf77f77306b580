"""Claims judged in every draw: what draws give, and the tests of the ledger for all at once.

A draw changes the index, and with it places, means of regions, medians and correlations; the
published list, the sizes of cities and what a claim must pass stay as they are.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

from analysis.chapters import claim_conditions as conditions
from analysis.chapters import claim_places as places
from analysis.chapters.claim_conditions import Condition
from analysis.chapters.claim_outcomes import Stated
from analysis.chapters.claim_tests import first_stage
from analysis.chapters.claim_tests_of_places import stages_from_lowest
from analysis.editions import Tables
from analysis.index.framework import leaves, prune
from analysis.index.robustness.design import Design
from analysis.index.robustness.draws import Draws
from analysis.index.robustness.engine import Engine
from analysis.index.robustness.fitting import fitting
from analysis.index.robustness.study import Study
from analysis.index.shapes import SHAPES, prediction_error

# What draws give besides the domains, which are called by their codes.
INDEX, MOVES = "index", "moves"
# Decimals to which values are compared; those that are the same share a place.
TIE_DECIMALS = 9


class Drawn(NamedTuple):
    """A table of draws × cities (adcode), and which draws take logarithms of measures or do not.

    Draws that keep nothing but the order of the cities within a measure do neither.
    """

    table: pd.DataFrame
    logarithms: np.ndarray
    none: np.ndarray


def drawn(engine: Engine, draws: Draws, values: np.ndarray) -> Drawn:
    """What draws of an engine gave, with what they did to long tails."""
    treatment, scale = (
        np.array([each.name for each in engine.design.alternatives[factor]])[draws.choices[factor]]
        for factor in ("treatment", "normalisation")
    )
    distances = scale != "rank_scores"
    table = pd.DataFrame(values, columns=engine.study.data.index)
    return Drawn(table, distances & (treatment != "none"), distances & (treatment == "none"))


def drawn_by(engines: list[Engine], seed: int, count: int) -> Drawn:
    """What so many draws give: the values of one engine, or of two the moves between editions."""
    drawing = drawn_index if len(engines) == 1 else drawn_moves
    return drawing(engines, seed, count)


def drawn_index(engines: list[Engine], seed: int, count: int) -> Drawn:
    """The index, or the domain, of every city under so many draws of the one engine."""
    (engine,) = engines
    draws = engine.sampler.draw(seed, first=0, count=count)
    return drawn(engine, draws, engine.scores(draws))


def drawn_moves(engines: list[Engine], seed: int, count: int) -> Drawn:
    """Places gained from the edition of the first engine to that of the second, the same draws."""
    draws = [engine.sampler.draw(seed, first=0, count=count) for engine in engines]
    ranks = [engine.ranks(each) for engine, each in zip(engines, draws, strict=True)]
    return drawn(engines[1], draws[1], (ranks[0] - ranks[1]).astype(float))


def domain_study(study: Study, domain: str) -> Study | None:
    """The study of a domain alone; None if nothing of it is measured for every city.

    Its index is the value of the domain.
    """
    held = [leaf for leaf in leaves(study.framework, domain) if leaf in study.data]
    data = study.data[held]
    if not held or data.isna().all(axis="columns").any():
        return None
    rulers = study.rulers
    return replace(
        study,
        data=data,
        framework=prune(study.framework, held),
        imputed=tuple(filled[held] for filled in study.imputed),
        sizes=[leaf for leaf in study.sizes if leaf in held],
        untreated=[leaf for leaf in study.untreated if leaf in held],
        rulers=None if rulers is None else rulers[rulers["column"].isin(held)],
    )


def domain_engine(study: Study, design: Design, domain: str) -> Engine | None:
    """The engine of a domain alone, as far as the domain bears the design; None if it has none."""
    alone = domain_study(study, domain)
    return None if alone is None else Engine(alone, fitting(design, alone))


def sources(claims: pd.DataFrame, tests: pd.DataFrame) -> dict[str, str]:
    """What draws must give for each claim that is judged in them, by claim.

    `claims` and `tests` are the reference tables `claims.csv` and `claim_tests.csv`. A claim with a
    caveat is judged nowhere.
    """
    drawn_tests = set(tests.loc[tests["drawn"] == "1", "test"])
    judged = claims[claims["test"].isin(drawn_tests) & claims["caveat"].eq("")]
    return {claim["claim"]: source(claim) for claim in judged.to_dict("records")}


def source(claim: dict[str, str]) -> str:
    """The index, the moves, or the code of a domain."""
    if claim["test"] == "smaller_cities_gain":
        return MOVES
    if claim["test"] in {"rising_by_stage", "stand_out_in_domain"}:
        return claim["subjects"].split("|")[0]
    return INDEX


def order_of_regions(values: pd.DataFrame, tables: Tables, claim: Stated) -> Condition:
    """As the test of this name: means of the index by region in every draw."""
    region = tables["scores"].set_index("adcode")["region"].reindex(values.columns)
    regions = tables["regions"].set_index("region")["published_representation"]
    means = values.T.groupby(region.to_numpy()).mean().T.reindex(columns=regions.index)
    named, others = means[claim.subjects], means.drop(columns=claim.subjects)
    listed = regions[claim.subjects].to_numpy()
    return conditions.regions_in_order(listed, named.to_numpy(), others.to_numpy())


def correlation_with_size(values: pd.DataFrame, tables: Tables, claim: Stated) -> Condition:
    """As the test of this name: the correlation of the index in every draw.

    Its interval is that of record, moved with the estimate on Fisher's scale.
    """
    (size,), (limit,) = claim
    economy = tables["economy"]
    relations = economy[economy["size"].eq(size) & economy["statistic"].eq("spearman")]
    record = relations.set_index("level")
    known = tables["size"][size].reindex(values.columns).dropna()
    estimates = rank_correlations(values[known.index].to_numpy(), known.to_numpy())
    place, index = record.loc["place"], record.loc["index"]
    low, high = (
        np.column_stack(
            [np.full(len(values), place[end]), moved(index[end], index["estimate"], estimates)]
        )
        for end in ("low", "high")
    )
    return conditions.strong(low, high, limit)


def rank_correlations(values: np.ndarray, size: np.ndarray) -> np.ndarray:
    """Spearman's correlation of each row of values with a size."""
    ranks, other = stats.rankdata(values, axis=1), stats.rankdata(size)
    ranks, other = ranks - ranks.mean(axis=1, keepdims=True), other - other.mean()
    return np.asarray(ranks @ other / np.sqrt((ranks**2).sum(axis=1) * (other**2).sum()))


def moved(end: float, estimate: float, estimates: np.ndarray) -> np.ndarray:
    """An end of the interval of an estimate, as far from others on Fisher's scale (artanh)."""
    return np.asarray(np.tanh(np.arctanh(estimates) + np.arctanh(end) - np.arctanh(estimate)))


def linearity(values: pd.DataFrame, tables: Tables, claim: Stated) -> Condition:
    """As the test of this name: errors of all shapes in every draw.

    A city without a positive index in any draw, which has no logarithm, takes no part in any.
    """
    (size,), (limit,) = claim
    positive = values.loc[:, (values > 0).all()]
    known = tables["size"][size].reindex(positive.columns).dropna()
    index = positive[known.index].to_numpy()
    errors = {name: prediction_error(name, known.to_numpy(), index) for name in SHAPES}
    return conditions.straight(errors["linear"], np.min(list(errors.values()), axis=0), limit)


def leading_cities(values: pd.DataFrame, tables: Tables, claim: Stated) -> Condition:
    """As the test of this name: places of the cities in every draw."""
    listed = tables["published"].set_index("adcode").loc[claim.subjects, "rank"]
    ranked = ranks(values).reindex(columns=claim.subjects).to_numpy()
    return conditions.in_first_stage(listed.to_numpy(), ranked, first_stage(tables))


def ranks(values: pd.DataFrame) -> pd.DataFrame:
    """Places in every draw, 1 for the highest value; ties share the better place."""
    return (-values.round(TIE_DECIMALS)).rank(axis="columns", method="min")


def economic_base(values: pd.DataFrame, tables: Tables, claim: Stated) -> Condition:
    """As the test of this name: the leading cities of every draw."""
    (limit,) = claim.numbers
    cities, listed = tables["cities"], tables["published"]
    provinces = places.provinces_with_base(cities, tables["size"], claim.subjects)
    inside = cities.set_index("adcode")["province_en"].isin(provinces)
    leading = (ranks(values) <= len(listed)).to_numpy()
    in_them = inside[values.columns].to_numpy(dtype=float)
    shares = leading @ in_them / leading.sum(axis=1)
    published = np.full(len(values), inside[listed["adcode"]].mean())
    return conditions.either(np.column_stack([published, shares]) > limit)


def rising_by_stage(values: pd.DataFrame, tables: Tables, claim: Stated) -> Condition:
    """As the test of this name: medians of the domain, the values drawn, in every draw."""
    (_,) = claim.subjects
    listed = tables["published"]
    of_listed = values.reindex(columns=listed["adcode"]).to_numpy()
    order = stages_from_lowest(tables)
    return conditions.rising(places.stage_medians(of_listed, listed["tier"], order))


def smaller_cities_gain(values: pd.DataFrame, tables: Tables, claim: Stated) -> Condition:
    """As the test of this name: places gained in every draw."""
    (limit,) = claim.numbers
    smaller = places.smaller_halves(tables["size"], values.columns)
    moves = values[smaller.index].to_numpy()
    return conditions.either(places.gains(moves, smaller.to_numpy()) > limit)


def stand_out_in_domain(values: pd.DataFrame, tables: Tables, claim: Stated) -> Condition:
    """As the test of this name: values of the domain in every draw."""
    _, *cities = claim.subjects
    of_listed = values.reindex(columns=tables["published"]["adcode"])
    own = values.reindex(columns=cities).to_numpy()
    return conditions.nearly_all(own > of_listed.median(axis="columns").to_numpy()[:, None])


TESTS_IN_DRAWS: dict[str, Callable[[pd.DataFrame, Tables, Stated], Condition]] = {
    test.__name__: test
    for test in (
        order_of_regions,
        correlation_with_size,
        linearity,
        leading_cities,
        economic_base,
        rising_by_stage,
        smaller_cities_gain,
        stand_out_in_domain,
    )
}
