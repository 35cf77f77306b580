"""How sure each rank of an edition is, and which choices its doubt comes from: results tables."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from analysis.index.composite import CompositeIndex
from analysis.index.ranking import rank
from analysis.method import MethodOfRecord
from analysis.robustness import simulation, uncertainty
from analysis.robustness.cities import city_study, context_matrix, with_city
from analysis.robustness.design import Design, read_design
from analysis.robustness.engine import Engine
from analysis.robustness.imputation import Hiding, hidden_cell_coverage
from analysis.robustness.scenarios import leave_one_out_table, scenario_table
from analysis.robustness.sensitivity import sensitivity_table
from analysis.robustness.shapley import shapley_table
from analysis.robustness.study import Study
from analysis.scores import Ranking

Tables = dict[str, pd.DataFrame]
LEFT_OUT_LEVELS = ("domain", "subdomain", "indicator")
SHAPLEY_LEVELS = ("domain", "subdomain")


def robustness_tables(
    ranking: Ranking,
    cells: pd.DataFrame,
    references: Mapping[str, pd.DataFrame],
    method: MethodOfRecord,
) -> Tables:
    """Every table of the uncertainty and sensitivity analysis of an edition, by name.

    Parameters
    ----------
    ranking
        The ranking of record.
    cells
        The cleaned cells, context measures among them.
    references
        The reference tables ``framework``, ``measures``, ``cities``, ``tiers`` and
        ``uncertainty`` (the design).
    method
        The method of record, with the numbers of draws.
    """
    table, cities = references["uncertainty"], references["cities"]
    design = read_design(table)
    # The matrices are small: threads of the linear algebra would only get in each other's way.
    with threadpool_limits(1, user_api="blas"):
        study = city_study(ranking, cells, references, method, design.imputations)
        engine, agreed = Engine(study, design), Engine(study, concepts_held(design, table))
        record = rank(ranking.composite.index).astype(int)[study.data.index]
        return (
            uncertainty_tables((engine, agreed), record, references, method)
            | choice_tables(engine, record, cities, method)
            | {
                "shapley": shapley_parts(ranking.composite, cities),
                "imputation": imputation_table(study, cells, references["measures"], method),
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


def uncertainty_tables(
    engines: tuple[Engine, Engine],
    record: pd.Series,
    references: Mapping[str, pd.DataFrame],
    method: MethodOfRecord,
) -> Tables:
    """Intervals and probabilities of ranks, the acceptability of places, and pairs of cities.

    `engines` are those of the whole design and of the one with the concepts held.
    """
    cities, units = references["cities"], record.index
    ranks, agreed = (drawn_ranks(engine, method) for engine in engines)
    ahead = uncertainty.pairwise_ahead(ranks, units)
    return {
        "uncertainty": by_rank(interval_table(ranks, agreed, record, references, method), cities),
        "told_apart": by_rank(apart_table(ranks, ahead, record, method), cities),
        "acceptability": long_acceptability(place_counts(ranks), record),
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


def interval_table(
    ranks: np.ndarray,
    agreed: np.ndarray,
    record: pd.Series,
    references: Mapping[str, pd.DataFrame],
    method: MethodOfRecord,
) -> pd.DataFrame:
    """`uncertainty.uncertainty_table`, and the interval with the concepts held."""
    level = method.number("uncertainty_level")
    bands = references["tiers"]
    table = uncertainty.uncertainty_table(place_counts(ranks), record, bands, level=level)
    held = uncertainty.uncertainty_table(place_counts(agreed), record, bands, level=level)
    return table.assign(technique_low=held["rank_low"], technique_high=held["rank_high"])


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
    parts = [shapley_table(composite, level) for level in SHAPLEY_LEVELS]
    table = pd.concat(parts, ignore_index=True)
    places = rank(composite.index)
    table = table.assign(place=table["unit"].map(places))
    order = table.sort_values(["place", "unit"], kind="stable", ignore_index=True)
    return with_city(order.drop(columns="place"), cities)


def imputation_table(
    study: Study, cells: pd.DataFrame, measures: pd.DataFrame, method: MethodOfRecord
) -> pd.DataFrame:
    """How often the intervals of imputed cells hold known figures that were hidden.

    Returns `measure, hidden, covered, share` of the measures with gaps, then of `every` one.
    """
    helpers = context_matrix(cells, measures).loc[study.data.index]
    level, seed = method.number("uncertainty_level"), int(method.number("uncertainty_seed"))
    found = hidden_cell_coverage(study.data, helpers, hiding=Hiding(level=level, seed=seed))
    groups = [*found.groupby("column", sort=False)["covered"], ("every", found["covered"])]
    return pd.DataFrame(
        {"measure": name, "hidden": len(each), "covered": each.sum(), "share": each.mean()}
        for name, each in groups
    )


def by_rank(table: pd.DataFrame, cities: pd.DataFrame) -> pd.DataFrame:
    """A table by `unit` with its `rank` as a table by city, best first."""
    return with_city(table, cities).sort_values(["rank", "adcode"], ignore_index=True)
