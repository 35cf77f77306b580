"""The tables of the chapters that look at a ranking from one side each."""

from collections.abc import Iterator, Mapping

import pandas as pd
from threadpoolctl import threadpool_limits

from analysis.chapters import cases as case_studies
from analysis.chapters import (
    claim_draws,
    claim_shares,
    claims,
    comparison,
    deciding,
    domains,
    economy,
    every_weighting,
    evidence,
    inferred,
    losses,
    plausibility,
    published,
    reconstruction,
    regions,
    robustness,
    tiers,
    weights,
    yardsticks,
)
from analysis.chapters.audit import audit_tables
from analysis.chapters.audit_overlap import overlap_tables
from analysis.chapters.city_study import StudyInputs, study_engine
from analysis.chapters.claim_draws import Drawn
from analysis.chapters.claim_shares import Values
from analysis.chapters.claim_verdicts import UNTESTABLE, Limits
from analysis.editions import Edition, Tables
from analysis.index.composite import CompositeIndex
from analysis.index.framework import nominal_weights
from analysis.index.refusal import RefusedValueError
from analysis.index.robustness.engine import Engine
from analysis.ranking import method as methods
from analysis.ranking import scores
from analysis.ranking.design_of_record import with_record
from analysis.ranking.of_record import (
    RankedEdition,
    domain_codes,
    ranked_edition,
    score_anchors,
)


def analysis_tables(
    edition: Edition,
    cells: pd.DataFrame,
    ranking: Tables,
    composite: CompositeIndex,
    earlier: Mapping[str, pd.DataFrame],
) -> Tables:
    """The tables of the chapters that look at the ranking from one side each.

    Parameters
    ----------
    edition
        The edition, of which the reference tables are read.
    cells
        `cells.csv`: ``adcode, measure, value``, context measures among them.
    ranking
        Tables of the ranking of record by name: ``scores, subdomains, indicators``.
    composite
        The index of record.
    earlier
        Cells of the earlier editions, by name: ``adcode, measure, value``.
    """
    method, bands = methods.load(edition), edition.reference_table("tiers")
    cities, order = (edition.reference_table(name) for name in ("cities", "regions"))
    universe, score = scores.city_columns(cities), ranking["scores"]
    size = economic_size(cells)
    listed = published_list(edition, cities, score, bands)
    places = int(bands["last_place"].max())
    codes = domain_codes(edition)
    fits = economy.fit_tables(score.set_index("adcode")["index"], size)
    tables = {
        "scores": score,
        "evidence": losses.state_table(edition, cells, earlier),
        "regions": regions.region_table(universe, listed, score, order, places),
        "provinces": regions.province_table(universe, listed, score, places),
        "tiers": tiers.tier_table(score, listed, size, bands),
        "domains": domains.domain_table(score, codes, domains.city_groups(score, listed, places)),
        "economy": economy.relation_table(score, listed, size, **method.bootstrap),
        "economy_fits": fits,
        "economy_cities": economy.expected_table(score, size, fits[fits["size"] == "gdp"]),
    }
    weighed = evidence.weighed_measures(composite.framework, edition.reference_table("measures"))
    tables |= evidence.weight_tables(weighed, sources_and_companies(edition))
    if listed is None:
        return tables
    tables |= {
        "published": listed,
        "agreement": published.agreement_table(listed, score, size["gdp"], **method.bootstrap),
        "disagreements": published.disagreement_table(listed, score, codes),
    }
    nodes = level_values(edition, ranking, composite.normalised)
    account = account_tables(edition, nodes, tables)
    tries = inferred.Tries(int(method.number("inference_splits")), **method.bootstrap)
    return tables | account | weight_tables(nodes, composite.framework, tables, tries)


def sources_and_companies(edition: Edition) -> pd.DataFrame:
    """Of every raw file `source, authority, company`, the last empty unless it rests on one."""
    sources = edition.raw_table("sources.csv")[["source", "authority"]]
    if not edition.describes("companies.csv"):
        return sources.assign(company="")
    company = edition.reference_table("companies").set_index("source")["company"]
    return sources.assign(company=sources["source"].map(company).fillna(""))


def level_values(
    edition: Edition, ranking: Tables, normalised: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """Values (0–100, index adcode) of the nodes of each level of the framework."""
    return {
        "domain": ranking["scores"].set_index("adcode")[domain_codes(edition)],
        "subdomain": ranking["subdomains"].set_index("adcode").drop(columns="city"),
        "indicator": ranking["indicators"].set_index("adcode").drop(columns="city"),
        "measure": normalised,
    }


def account_tables(edition: Edition, nodes: dict[str, pd.DataFrame], tables: Tables) -> Tables:
    """What follows from the published list: reconstructed scores, cases, yardsticks.

    `nodes` is as `level_values` gives it, `tables` holds the scores and those of the chapters.
    """
    bands, cities, cases, rankings = (
        edition.reference_table(name) for name in ("tiers", "cities", "cases", "other_rankings")
    )
    listed, score = tables["published"], tables["scores"]
    return {
        "reconstructed": reconstruction.reconstructed_scores(listed, bands),
        "unexplained": inferred.unexplained_table(nodes, listed),
        "cases": case_studies.case_table(cases, score, listed, cities),
        "yardsticks": yardsticks.yardstick_table(rankings, listed, score),
    }


def claim_values(inputs: StudyInputs, engine: Engine, earlier: StudyInputs | None) -> Values:
    """What draws of the design give for the claims, by basis: with the concept held, and all.

    `engine` is that of the edition's study, `earlier` the previous edition. There is nothing
    without a published list.
    """
    if inputs.ranked.edition.published_list is None:
        return {}
    seed, count = inputs.seed, int(inputs.method.number("claim_draws"))
    found: dict[str, dict[str, Drawn]] = {claim_shares.HELD: {}, claim_shares.ALL: {}}
    # The matrices are small: threads of the linear algebra would only get in each other's way.
    with threadpool_limits(1, user_api="blas"):
        for name, engines in claim_engines(inputs, engine, earlier):
            agreed = [
                one.narrowed(robustness.concepts_held(one.design, inputs.design)) for one in engines
            ]
            found[claim_shares.HELD][name] = claim_draws.drawn_by(agreed, seed, count)
            found[claim_shares.ALL][name] = claim_draws.drawn_by(engines, seed, count)
    return found


def claim_engines(
    inputs: StudyInputs, engine: Engine, earlier: StudyInputs | None
) -> Iterator[tuple[str, list[Engine]]]:
    """What is wanted of draws: the index, the moves between editions, or a domain; by what."""
    for name in sorted(set(claim_sources(inputs.ranked.edition).values())):
        if name == claim_draws.INDEX:
            yield name, [engine]
        elif name != claim_draws.MOVES:
            alone = claim_draws.domain_engine(engine.study, engine.design, name)
            if alone is not None:
                yield name, [alone]
        elif earlier is not None:
            yield name, comparison.joint_engines(earlier, inputs, engine.design)


def claim_sources(edition: Edition) -> dict[str, str]:
    """What draws must give for each claim that is judged in them."""
    return claim_draws.sources(*map(edition.reference_table, ("claims", "claim_tests")))


def ledger_tables(edition: Edition, tables: Tables, values: Values | None = None) -> Tables:
    """The ledger of claims, which looks at all other tables, if there is a published list.

    The shares of draws are made of `values`; without them they are those of `tables`, if any.
    """
    if "published" not in tables:
        return {}
    claim, evidence = edition.reference_table("claims"), tables | claim_evidence(edition, tables)
    ledger = claims.claim_table(claim, evidence)
    found = {name: tables[name] for name in ("claim_draws",) if name in tables}
    if values:
        tested = set(ledger.loc[ledger["verdict"] != UNTESTABLE, "claim"])
        sources = {name: of for name, of in claim_sources(edition).items() if name in tested}
        found = {"claim_draws": claim_shares.share_table(claim, sources, values, evidence)}
    method = methods.load(edition)
    limits = Limits(*(method.number(f"claim_share_{basis}") for basis in ("held", "all")))
    return found | {"claims": claim_shares.with_shares(ledger, found.get("claim_draws"), limits)}


def claim_evidence(edition: Edition, tables: Tables) -> Tables:
    """What claims are tested with besides results: reference tables, and the sizes of cities."""
    names = {"framework": "framework", "bands": "tiers", "cities": "cities", "cases": "cases"}
    size = economic_size(tables["cells"]).reindex(columns=["gdp", "gdp_per_head"])
    return {name: edition.reference_table(table) for name, table in names.items()} | {"size": size}


def weight_tables(
    nodes: dict[str, pd.DataFrame],
    framework: pd.DataFrame,
    tables: Tables,
    tries: inferred.Tries,
) -> Tables:
    """The weights that come closest to the published list, and the ranking that they give.

    Parameters
    ----------
    nodes
        What `level_values` gives, of which domains and indicators are read.
    framework
        The framework of the index of record: ``code, parent, level, weight``.
    tables
        `scores.csv`: ``adcode, city, province, rank``; `published.csv`: ``adcode, rank``.
    tries
        How often the weights are inferred anew.
    """
    listed, weights = tables["published"], nominal_weights(framework)
    level_of = framework.set_index("code")["level"]
    places, every = (
        inferred.published_places(nodes["domain"].index, listed, unlisted=unlisted)
        for unlisted in (False, True)
    )
    domain, indicator = (
        inferred.infer(nodes[level], weights[level_of == level].rename(level), places, tries)
        for level in ("domain", "indicator")
    )
    record = weights[level_of == "domain"].rename("domain")
    beside = inferred.infer(nodes["domain"], record, every, tries)
    return inferred.pair_tables(domain, beside) | {
        "inferred_weights": pd.concat([domain.weights, indicator.weights], ignore_index=True),
        "inferred_fit": pd.concat([domain.fit, indicator.fit], ignore_index=True),
        "beyond": inferred.beyond_table(domain.score, tables["scores"], listed, len(listed)),
    }


def economic_size(cells: pd.DataFrame) -> pd.DataFrame:
    """GDP (100 million yuan) and GDP per head (yuan) by adcode."""
    size = cells[cells["measure"].isin(["gdp", "gdp_per_head"])]
    return size.pivot(index="adcode", columns="measure", values="value").rename_axis(columns=None)


def published_list(
    edition: Edition, cities: pd.DataFrame, score: pd.DataFrame, bands: pd.DataFrame
) -> pd.DataFrame | None:
    """The published list with the open-data ranking beside it, or None if there is none.

    Parameters
    ----------
    edition
        The edition, which names its published list.
    cities
        `cities.csv`: ``adcode, name_en, province_en, region``.
    score
        `scores.csv`: ``adcode, score, rank``.
    bands
        `tiers.csv`: ``tier, last_place``.
    """
    if edition.published_list is None:
        return None
    printed = edition.reference_table(edition.published_list.removesuffix(".csv"))
    return published.published_table(printed, cities, score, bands)


def deciding_tables(ranked: RankedEdition) -> Tables:
    """The figure that the place of each ranked city hangs on most."""
    ranking, cities = ranked.ranking, ranked.edition.reference_table("cities")
    parts = (ranking.composite, ranking.places, ranked.cells, cities)
    return {"deciding_figures": deciding.deciding_table(*parts)}


def doubt_tables(
    ranked: RankedEdition, year_errors: pd.DataFrame, before: pd.DataFrame | None
) -> tuple[Tables, Values]:
    """How sure each rank is and how well the index is built, and what draws give for the claims.

    `year_errors` is the results table, by which the doubt of the figures is drawn, and `before` the
    cells of the previous edition, if there is one. Nothing without a design.
    """
    edition, ranking = ranked.edition, ranked.ranking
    if edition.uncertainty_design is None:
        return {}, {}
    cities, judgements = (edition.reference_table(name) for name in ("cities", "judgements"))
    inputs, earlier = study_inputs(ranked, year_errors), previous_edition(ranked, before)
    engine = study_engine(inputs)
    tables = (
        robustness.robustness_tables(inputs, engine)
        | weighting_tables(ranked)
        | audit_tables(ranking.matrix, ranking.composite, ranked.cells, cities)
        | overlap_tables(ranking.composite, ranked.cells)
        | weights.weight_tables(ranking.composite, judgements)
    )
    if earlier is None:
        return tables, claim_values(inputs, engine, None)
    side = StudyInputs(earlier, inputs.design)
    return tables | compared(earlier, ranked), claim_values(inputs, engine, side)


def weighting_tables(ranked: RankedEdition) -> Tables:
    """The places of the cities under every weighting of the domains."""
    ranking, cities = ranked.ranking, ranked.edition.reference_table("cities")
    draws, seed = (
        int(ranked.method.number(name)) for name in ("weighting_draws", "uncertainty_seed")
    )
    return every_weighting.weighting_tables(ranking.composite, ranking.places, cities, draws, seed)


def placed_tables(ranked: RankedEdition, tables: Tables) -> Tables:
    """The published places inside the intervals, if the edition has a list and intervals."""
    if not {"published", "uncertainty"} <= set(tables):
        return {}
    listed, intervals = tables["published"], tables["uncertainty"]
    places = plausibility.published_place_table(listed, intervals, ranked.ranking.composite)
    return {"published_places": places}


def previous_edition(ranked: RankedEdition, cells: pd.DataFrame | None) -> RankedEdition | None:
    """The edition before this one, ranked by its `cells`, if this one names one."""
    edition = ranked.edition
    if edition.previous is None:
        return None
    return ranked_edition(Edition(edition.previous, edition.root), cells, anchor=ranked)


def compared(earlier: RankedEdition, later: RankedEdition) -> Tables:
    """The tables of `comparison` of two editions.

    Raises
    ------
    RefusedValueError
        If the later edition names no uncertainty design, whose draws a move is judged by.
    """
    if later.edition.uncertainty_design is None:
        rule = "edition.toml names no uncertainty_design, by whose draws a move is judged"
        raise RefusedValueError(f"edition {later.edition.name}: {rule}")
    design = design_table(later.edition)
    sides = [StudyInputs(ranked, design) for ranked in (earlier, later)]
    draws = int(later.method.number("comparison_draws"))
    return comparison.comparison_tables(sides[0], sides[1], draws, common_anchors(earlier, later))


def common_anchors(earlier: RankedEdition, later: RankedEdition) -> pd.DataFrame | None:
    """The anchors of the score that hold for both editions; none if each has its own."""
    names = [one.edition.settings["score_anchors"] for one in (earlier, later)]
    if names[0] != names[1]:
        return None
    source = earlier if earlier.edition.name == names[0] else later
    bands = source.edition.reference_table("tiers")
    return score_anchors(source.edition, source.ranking.composite.index, bands)


def study_inputs(
    ranked: RankedEdition,
    year_errors: pd.DataFrame | None = None,
    design: pd.DataFrame | None = None,
) -> StudyInputs:
    """What the uncertainty analysis of an edition starts from; its own design if none is given.

    Without `year_errors`, the results table, figures are taken as printed.
    """
    table = design_table(ranked.edition) if design is None else design
    return StudyInputs(ranked, table, year_errors)


def design_table(edition: Edition) -> pd.DataFrame:
    """The uncertainty design of an edition; of every choice that of the method comes first.

    Raises
    ------
    RefusedValueError
        If the edition has none.
    """
    if edition.uncertainty_design is None:
        raise RefusedValueError(f"edition {edition.name}: edition.toml names no uncertainty_design")
    table = pd.read_csv(edition.reference_file(edition.uncertainty_design))
    return with_record(table, methods.load(edition))
