"""How sure each rank of an edition is, and which choices its doubt comes from: results tables."""

from dataclasses import replace

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from analysis.chapters.city_study import (
    StudyInputs,
    context_matrix,
    fitting_design,
    study_of,
    with_city,
)
from analysis.editions import Tables
from analysis.index.composite import CompositeIndex
from analysis.index.ranking import rank
from analysis.index.robustness import simulation, uncertainty
from analysis.index.robustness.design import Design
from analysis.index.robustness.engine import Engine
from analysis.index.robustness.imputation import Hiding, hidden_cell_coverage
from analysis.index.robustness.scenarios import leave_one_out_table, scenario_table
from analysis.index.robustness.sensitivity import sensitivity_table
from analysis.index.robustness.shapley import shapley_table
from analysis.index.robustness.study import Study
from analysis.ranking.method import MethodOfRecord

LEFT_OUT_LEVELS = ("domain", "subdomain", "indicator")
SHAPLEY_LEVELS = ("domain", "subdomain")
# Decimals of a Shapley part: points of the index, places.
PART_DECIMALS = 9


def robustness_tables(inputs: StudyInputs) -> Tables:
    """Every table of the uncertainty and sensitivity analysis of an edition, by name."""
    # The matrices are small: threads of the linear algebra would only get in each other's way.
    with threadpool_limits(1, user_api="blas"):
        design = fitting_design(inputs)
        study = study_of(inputs, design)
        engine, agreed = (
            Engine(study, each) for each in (design, concepts_held(design, inputs.design))
        )
        cities, method = inputs.references["cities"], inputs.method
        return (
            uncertainty_tables((engine, agreed), inputs)
            | choice_tables(engine, inputs.record, cities, method)
            | {
                "shapley": shapley_parts(inputs.ranking.composite, cities),
                "imputation": imputation_table(study, inputs),
            }
        )


def concepts_held(design: Design, table: pd.DataFrame) -> Design:
    """The design with the choices of concept as in the method of record.

    What counts as evidence, and whether size counts, say what the index is about; the other
    choices are ways to measure the same thing. The column `kind` of the design tells them apart.
    """
    concepts = table.loc[table["kind"] == "concept", "factor"].unique()
    held = {factor: design.alternatives[factor][:1] for factor in concepts}
    return replace(design, alternatives={**design.alternatives, **held})


def uncertainty_tables(engines: tuple[Engine, Engine], inputs: StudyInputs) -> Tables:
    """Intervals and probabilities of ranks, the acceptability of places, and pairs of cities.

    `engines` are those of the whole design and of the one with the concepts held.
    """
    record, cities = inputs.record, inputs.references["cities"]
    ranks, agreed = (drawn_ranks(engine, inputs.method) for engine in engines)
    ahead = uncertainty.pairwise_ahead(ranks, record.index)
    counts, held = place_counts(ranks), place_counts(agreed)
    intervals = place_table(counts, inputs)
    return {
        "uncertainty": intervals.merge(technique_intervals(held, inputs), on="adcode"),
        "told_apart": by_rank(apart_table(ranks, ahead, record, inputs.method), cities),
        "acceptability": long_acceptability(counts, record),
        "pairs": pair_table(ahead, record),
    }


def drawn_ranks(engine: Engine, method: MethodOfRecord) -> np.ndarray:
    """Ranks under the draws of the design, draws × cities."""
    seed, count = (int(method.number(f"uncertainty_{name}")) for name in ("seed", "draws"))
    return simulation.ranks(engine, seed=seed, count=count)


def place_counts(ranks: np.ndarray) -> np.ndarray:
    """Number of draws in which each city (rows) takes each place (columns)."""
    cities = ranks.shape[1]
    cells = np.arange(cities) * cities + ranks - 1
    return np.bincount(cells.ravel(), minlength=cities**2).reshape(cities, cities)


def place_table(counts: np.ndarray, inputs: StudyInputs) -> pd.DataFrame:
    """`uncertainty.uncertainty_table` by city, best first, from counts of places."""
    bands, level = inputs.references["tiers"], inputs.method.number("uncertainty_level")
    table = uncertainty.uncertainty_table(counts, inputs.record, bands, level=level)
    return by_rank(table, inputs.references["cities"])


def technique_intervals(counts: np.ndarray, inputs: StudyInputs) -> pd.DataFrame:
    """`adcode, technique_low, technique_high`, from counts of places with the concepts held."""
    names = {"rank_low": "technique_low", "rank_high": "technique_high"}
    return place_table(counts, inputs).rename(columns=names)[["adcode", *names.values()]]


def apart_table(
    ranks: np.ndarray, ahead: pd.DataFrame, record: pd.Series, method: MethodOfRecord
) -> pd.DataFrame:
    """From how many others each city cannot be told apart, and intervals that hold all at once."""
    apart = uncertainty.told_apart(ahead, record, level=method.number("told_apart_level"))
    level = method.number("uncertainty_level")
    joint = uncertainty.simultaneous_intervals(ranks, record.index, level=level)
    return apart.assign(joint_low=joint["rank_low"], joint_high=joint["rank_high"])


def long_acceptability(counts: np.ndarray, record: pd.Series) -> pd.DataFrame:
    """`adcode, place, share` of every place that a city takes in any draw, best city first."""
    order = np.lexsort([record.index, record.to_numpy()])
    rows, places = np.nonzero(counts[order])
    shares = counts[order][rows, places] / counts.sum(axis=1)[order][rows]
    return pd.DataFrame({"adcode": record.index[order][rows], "place": places + 1, "share": shares})


def pair_table(ahead: pd.DataFrame, record: pd.Series) -> pd.DataFrame:
    """`adcode, other, ahead`: the share of draws in which a city is ahead of one ranked below it.

    Pairs in the order of rank; of two cities that share a place, the smaller adcode comes first.
    """
    order = record.index[np.lexsort([record.index, record.to_numpy()])]
    first, second = np.triu_indices(len(order), k=1)
    share = ahead.loc[order, order].to_numpy()[first, second]
    return pd.DataFrame({"adcode": order[first], "other": order[second], "ahead": share})


def choice_tables(
    engine: Engine, record: pd.Series, cities: pd.DataFrame, method: MethodOfRecord
) -> Tables:
    """What each choice does: its share of the doubt, alone, and every node left out."""
    seed, base, count = (
        int(method.number(name))
        for name in ("uncertainty_seed", "sensitivity_runs", "scenario_draws")
    )
    out = [leave_one_out_table(engine, level).assign(level=level) for level in LEFT_OUT_LEVELS]
    left_out = pd.concat(out, ignore_index=True)
    names = cities.set_index("adcode")["name_en"]
    columns = ["level", "left_out", *left_out.columns.drop(["level", "left_out"])]
    return {
        "sensitivity": sensitivity_table(engine, record.to_numpy(), base=base, seed=seed),
        "scenarios": scenario_table(engine, seed=seed, count=count),
        "leave_one_out": left_out[columns].assign(
            most_moved_city=left_out["most_moved"].map(names)
        ),
    }


def shapley_parts(composite: CompositeIndex, cities: pd.DataFrame) -> pd.DataFrame:
    """`shapley.shapley_table` of the domains and sub-domains, best city first."""
    by_level = [shapley_table(composite, level) for level in SHAPLEY_LEVELS]
    table = pd.concat(by_level, ignore_index=True)
    # A part of nothing comes out as some 1e-15, other on every processor; adding 0 turns -0 into 0.
    parts = table[["score_part", "rank_part"]].round(PART_DECIMALS) + 0.0
    places = rank(composite.index)
    table = table.assign(place=table["unit"].map(places), **parts)
    order = table.sort_values(["place", "unit"], kind="stable", ignore_index=True)
    return with_city(order.drop(columns="place"), cities)


def imputation_table(study: Study, inputs: StudyInputs) -> pd.DataFrame:
    """How often the intervals of imputed cells hold known figures that were hidden.

    Returns `measure, hidden, covered, share` of the measures with gaps, then of `every` one; no
    rows where there are no gaps, or so few cells that none was hidden.
    """
    context = context_matrix(inputs.cells, inputs.references["measures"])
    hiding = Hiding(level=inputs.method.number("uncertainty_level"), seed=inputs.seed)
    found = hidden_cell_coverage(study.data, context.loc[study.data.index], hiding=hiding)
    groups = [*found.groupby("column", sort=False)["covered"], ("every", found["covered"])]
    rows = [(name, len(each), each.sum(), each.mean()) for name, each in groups if len(each)]
    return pd.DataFrame(rows, columns=["measure", "hidden", "covered", "share"])


def by_rank(table: pd.DataFrame, cities: pd.DataFrame) -> pd.DataFrame:
    """A table by `unit` with its `rank` as a table by city, best first."""
    return with_city(table, cities).sort_values(["rank", "adcode"], ignore_index=True)


def tried(design: pd.DataFrame, scenarios: pd.DataFrame) -> pd.Series:
    """Which rows of a design were tried: the others are alternatives without evidence.

    `design` is the reference table, `scenarios` the results table, which has a row for every
    alternative that was tried and none for those of record, the first of each factor.
    """
    known, found = (
        pd.MultiIndex.from_frame(table[["factor", "alternative"]]) for table in (design, scenarios)
    )
    of_record = design["factor"].eq("weights") | ~design["factor"].duplicated()
    return of_record | known.isin(found)
