"""The one writer of results: from the raw tables of an edition to every results table.

Nothing is written unless all input is accepted and every table agrees with the data dictionary.
"""

from collections.abc import Callable

import pandas as pd
import yaml

from analysis import cases as case_studies
from analysis import (
    claims,
    cleaning,
    domains,
    economy,
    facts,
    inferred,
    published,
    reconstruction,
    regions,
    scores,
    tiers,
    yardsticks,
)
from analysis import method as methods
from analysis.editions import Edition, write_tables
from analysis.schemas import collect, table_faults
from analysis.seals import seal
from analysis.storage import alone, recover
from analysis.validation import refuse, validate

Tables = dict[str, pd.DataFrame]


def build(edition: Edition, progress: Callable[[str], None] = lambda _: None) -> list[str]:
    """Validate the input of an edition, compute all results and write them; returns their names.

    One build of an edition runs at a time. It first puts back what an interrupted one left, and
    it seals the raw files that it is the first to accept.

    Raises
    ------
    InputRefusedError
        Naming every fault of the input, or every cell of a table that breaks the dictionary.
    WritingFailedError
        If the disk does not take the results; the earlier ones are unchanged then.
    """
    with alone(edition.lock, lambda: progress("waiting for another build of this edition")):
        recover(edition.results)
        progress("validating")
        validate(edition)
        tables = compute(edition, progress)
        progress("writing")
        refuse(dictionary_faults(edition, tables))
        texts = {"facts.yml": yaml.safe_dump(facts.facts(edition, tables), allow_unicode=True)}
        seal(edition)
        write_tables(edition.results, tables, texts)
    return [*(f"{name}.csv" for name in tables), *texts]


def compute(edition: Edition, progress: Callable[[str], None] = lambda _: None) -> Tables:
    """Every results table of an edition, by name, from validated input."""
    progress("cleaning")
    cells = cleaning.clean(edition)
    progress("ranking")
    ranking = index_tables(edition, cells)
    progress("analysing")
    return {"cells": cells, **ranking, **analysis_tables(edition, cells, ranking)}


def index_tables(edition: Edition, cells: pd.DataFrame) -> Tables:
    """The ranking of record and the steps to it."""
    framework, measures, cities, bands = (
        edition.reference_table(name) for name in ("framework", "measures", "cities", "tiers")
    )
    ranking = scores.rank_cities(cells, framework, measures, cities, methods.load(edition))
    composite = ranking.composite
    anchors = score_anchors(edition, composite.index, bands)
    return {
        "treatment": scores.treatment_table(composite),
        "treated_points": scores.treated_point_table(ranking.matrix, composite, cities),
        "indicators": scores.node_table(composite, framework, "indicator", cities),
        "subdomains": scores.node_table(composite, framework, "subdomain", cities),
        "anchors": anchors,
        "scores": scores.score_table(composite, cities, bands, anchors, domain_codes(edition)),
        "unranked": ranking.unranked,
    }


def score_anchors(edition: Edition, index: pd.Series, bands: pd.DataFrame) -> pd.DataFrame:
    """The edition's own anchors, or the frozen ones of the edition that its settings name."""
    source = edition.settings["score_anchors"]
    if source == edition.name:
        return scores.own_anchors(index, bands)
    return Edition(source, edition.root).result("anchors")


def analysis_tables(edition: Edition, cells: pd.DataFrame, ranking: Tables) -> Tables:
    """The tables of the chapters that look at the ranking from one side each."""
    method, bands = methods.load(edition), edition.reference_table("tiers")
    cities = edition.reference_table("cities")
    universe, score = scores.city_columns(cities), ranking["scores"]
    size = economic_size(cells)
    listed = published_list(edition, cities, score, bands)
    places = int(bands["last_place"].max())
    codes = domain_codes(edition)
    fits = economy.fit_table(score.set_index("adcode")["index"], size["gdp"])
    tables = {
        "regions": regions.region_table(universe, listed, score, places),
        "provinces": regions.province_table(universe, listed, score, places),
        "tiers": tiers.tier_table(score, listed, size, bands),
        "domains": domains.domain_table(score, codes, domains.city_groups(score, listed, places)),
        "economy": economy.relation_table(score, listed, size, **method.bootstrap),
        "economy_fits": fits,
        "economy_cities": economy.expected_table(score, size, fits),
    }
    if listed is None:
        return tables
    tables |= {
        "published": listed,
        "agreement": published.agreement_table(listed, score, size["gdp"], **method.bootstrap),
        "disagreements": published.disagreement_table(listed, score, codes),
    }
    return tables | account_tables(edition, ranking, tables)


def account_tables(edition: Edition, ranking: Tables, tables: Tables) -> Tables:
    """What follows from the published list: claims, reconstructed scores, inferred weights."""
    bands, framework, cities, cases, claim, rankings = (
        edition.reference_table(name)
        for name in ("tiers", "framework", "cities", "cases", "claims", "other_rankings")
    )
    listed, score = tables["published"], ranking["scores"]
    by_domain = score.set_index("adcode")[domain_codes(edition)].dropna(axis="columns", how="all")
    by_indicator = ranking["indicators"].set_index("adcode").drop(columns="city")
    by_indicator = by_indicator.dropna(axis="columns", how="all")
    seed = methods.load(edition).bootstrap["seed"]
    domain, indicator = (
        inferred.infer(level, nodes, listed, seed)
        for level, nodes in (("domain", by_domain), ("indicator", by_indicator))
    )
    evidence = {"framework": framework, "bands": bands, "cities": cities, "cases": cases}
    return {
        "reconstructed": reconstruction.reconstructed_scores(listed, bands),
        "inferred_weights": pd.concat([domain.weights, indicator.weights], ignore_index=True),
        "inferred_fit": pd.concat([domain.fit, indicator.fit], ignore_index=True),
        "beyond": inferred.beyond_table(domain.score, score, listed, len(listed)),
        "unexplained": inferred.unexplained_table(by_domain, listed),
        "cases": case_studies.case_table(cases, score, listed, cities),
        "yardsticks": yardsticks.yardstick_table(rankings, listed, score),
        "claims": claims.claim_table(claim, tables | evidence),
    }


def economic_size(cells: pd.DataFrame) -> pd.DataFrame:
    """GDP (100 million yuan) and GDP per head (yuan) by adcode."""
    size = cells[cells["measure"].isin(["gdp", "gdp_per_head"])]
    return size.pivot(index="adcode", columns="measure", values="value").rename_axis(columns=None)


def published_list(
    edition: Edition, cities: pd.DataFrame, score: pd.DataFrame, bands: pd.DataFrame
) -> pd.DataFrame | None:
    """The published list with the open-data ranking beside it, or None if there is none."""
    if edition.published_list is None:
        return None
    printed = edition.reference_table(edition.published_list.removesuffix(".csv"))
    return published.published_table(printed, cities, score, bands)


def domain_codes(edition: Edition) -> list[str]:
    """Codes of the domains in the order of the framework."""
    framework = edition.reference_table("framework")
    return list(framework.loc[framework["level"] == "domain", "code"])


def dictionary_faults(edition: Edition, tables: Tables) -> pd.DataFrame:
    """Cells of results that break the data dictionary: what it calls required, types, ranges."""
    known = {"cities.adcode": frozenset(edition.reference_table("cities")["adcode"])}
    return collect(
        table_faults(f"{name}.csv", as_text(table), edition.dictionary(name), known)
        for name, table in tables.items()
    )


def as_text(table: pd.DataFrame) -> pd.DataFrame:
    """A table as it will stand in its file: numbers as text, gaps empty."""
    return table.astype(object).where(table.notna(), "").astype(str)
