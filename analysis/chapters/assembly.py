"""The tables of the chapters that look at a ranking from one side each."""

import pandas as pd

from analysis.chapters import cases as case_studies
from analysis.chapters import (
    claims,
    comparison,
    domains,
    economy,
    inferred,
    losses,
    published,
    reconstruction,
    regions,
    tiers,
    weights,
    yardsticks,
)
from analysis.chapters.audit import audit_tables
from analysis.chapters.city_study import StudyInputs
from analysis.chapters.robustness import robustness_tables
from analysis.editions import Edition, Tables
from analysis.index.composite import CompositeIndex
from analysis.index.framework import nominal_weights
from analysis.index.refusal import RefusedValueError
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
    edition: Edition, cells: pd.DataFrame, ranking: Tables, composite: CompositeIndex
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
        "evidence": losses.state_table(edition, cells),
        "regions": regions.region_table(universe, listed, score, order, places),
        "provinces": regions.province_table(universe, listed, score, places),
        "tiers": tiers.tier_table(score, listed, size, bands),
        "domains": domains.domain_table(score, codes, domains.city_groups(score, listed, places)),
        "economy": economy.relation_table(score, listed, size, **method.bootstrap),
        "economy_fits": fits,
        "economy_cities": economy.expected_table(score, size, fits[fits["size"] == "gdp"]),
    }
    if listed is None:
        return tables
    tables |= {
        "published": listed,
        "agreement": published.agreement_table(listed, score, size["gdp"], **method.bootstrap),
        "disagreements": published.disagreement_table(listed, score, codes),
    }
    nodes = level_values(edition, ranking, composite.normalised)
    account = account_tables(edition, nodes, tables)
    return tables | account | weight_tables(nodes, composite.framework, tables, **method.bootstrap)


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
    """What follows from the published list: claims, reconstructed scores, cases, yardsticks.

    `nodes` is as `level_values` gives it, `tables` holds the scores and those of the chapters.
    """
    bands, framework, cities, cases, claim, rankings = (
        edition.reference_table(name)
        for name in ("tiers", "framework", "cities", "cases", "claims", "other_rankings")
    )
    listed, score = tables["published"], tables["scores"]
    evidence = {"framework": framework, "bands": bands, "cities": cities, "cases": cases}
    return {
        "reconstructed": reconstruction.reconstructed_scores(listed, bands),
        "unexplained": inferred.unexplained_table(nodes, listed),
        "cases": case_studies.case_table(cases, score, listed, cities),
        "yardsticks": yardsticks.yardstick_table(rankings, listed, score),
        "claims": claims.claim_table(claim, tables | evidence),
    }


def weight_tables(
    nodes: dict[str, pd.DataFrame],
    framework: pd.DataFrame,
    tables: Tables,
    draws: int,
    seed: int,
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
    draws, seed
        Bootstrap samples of cities for the intervals of the weights, and their seed.
    """
    listed, weights = tables["published"], nominal_weights(framework)
    level_of = framework.set_index("code")["level"]
    domain, indicator = (
        inferred.infer(nodes[level], weights[level_of == level].rename(level), listed, draws, seed)
        for level in ("domain", "indicator")
    )
    return {
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


def doubt_tables(ranked: RankedEdition, year_errors: pd.DataFrame) -> Tables:
    """How sure each rank is and how well the index is built, if the edition names a design.

    `year_errors` is the results table, by which the doubt of the figures is drawn.
    """
    edition, ranking = ranked.edition, ranked.ranking
    if edition.uncertainty_design is None:
        return {}
    cities, judgements = (edition.reference_table(name) for name in ("cities", "judgements"))
    return (
        robustness_tables(study_inputs(ranked, year_errors))
        | audit_tables(ranking.matrix, ranking.composite, ranked.cells, cities)
        | weights.weight_tables(ranking.composite, judgements)
    )


def previous_tables(ranked: RankedEdition) -> Tables:
    """What changed since the previous edition, if the edition names one and a design."""
    edition = ranked.edition
    if edition.previous is None or edition.uncertainty_design is None:
        return {}
    earlier = Edition(edition.previous, edition.root)
    return compared(ranked_edition(earlier, anchor=ranked), ranked)


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
