"""How sure each rank of an edition is, and which choices its doubt comes from."""

from dataclasses import replace

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from analysis.chapters.city_study import (
    StudyInputs,
    context_matrix,
    with_city,
)
from analysis.editions import Facts, Tables
from analysis.editions import fact_values as fact
from analysis.editions.fact_keys import keyed
from analysis.index.composite import CompositeIndex
from analysis.index.ranking import rank
from analysis.index.robustness import simulation, uncertainty
from analysis.index.robustness.design import Design
from analysis.index.robustness.engine import Engine
from analysis.index.robustness.imputation import Hiding, hidden_cell_coverage
from analysis.index.robustness.scenarios import FEW_PLACES, leave_one_out_table, scenario_table
from analysis.index.robustness.sensitivity import sensitivity_table
from analysis.index.robustness.shapley import shapley_table
from analysis.index.robustness.study import Study
from analysis.ranking.method import MethodOfRecord

LEFT_OUT_LEVELS = ("domain", "subdomain", "indicator")
SHAPLEY_LEVELS = ("domain", "subdomain")
# Decimals of a Shapley part: points of the index, places.
PART_DECIMALS = 9
# A place among the first k is settled that so many draws give, or that so many do not give.
NEARLY_ALL = 0.95
# Distances in places at which pairs of cities are looked at, as far as there are so many cities.
DISTANCES = (1, 10, 50, 100)


def robustness_tables(inputs: StudyInputs, engine: Engine) -> Tables:
    """Every table of the uncertainty and sensitivity analysis of an edition, by name.

    `engine` is that of its study under its design: see `city_study.study_engine`.
    """
    # The matrices are small: threads of the linear algebra would only get in each other's way.
    with threadpool_limits(1, user_api="blas"):
        agreed = engine.narrowed(concepts_held(engine.design, inputs.design))
        cities = inputs.references["cities"]
        return (
            uncertainty_tables((engine, agreed), inputs)
            | choice_tables(engine, inputs.record, cities, inputs.method)
            | {
                "shapley": shapley_parts(inputs.ranking.composite, cities),
                "imputation": imputation_table(engine.study, inputs),
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
    ahead, ahead_held = (uncertainty.pairwise_ahead(each, record.index) for each in (ranks, agreed))
    counts, held = place_counts(ranks), place_counts(agreed)
    intervals = place_table(counts, inputs)
    bands = inputs.references["tiers"]
    stages, stages_held = (uncertainty.band_table(each, record, bands) for each in (ranks, agreed))
    stages = stages.merge(stages_held, on=["tier", "units"], suffixes=("", "_held"))
    pairs, pairs_held = (pair_table(share, record) for share in (ahead, ahead_held))
    return {
        "uncertainty": intervals.merge(technique_intervals(held, inputs), on="adcode"),
        "told_apart": by_rank(apart_table(ranks, ahead, record, inputs.method), cities),
        "acceptability": long_acceptability(counts, record),
        "pairs": pairs.assign(ahead_held=pairs_held["ahead"]),
        "tier_draws": stages.rename(columns={"units": "cities"}),
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
    """`uncertainty_table` and ``p_within_ten`` by city, best first, from counts of places."""
    bands, level = inputs.references["tiers"], inputs.method.number("uncertainty_level")
    table = uncertainty.uncertainty_table(counts, inputs.record, bands, level=level)
    near = uncertainty.within(counts, inputs.record, FEW_PLACES)
    return by_rank(table.assign(p_within_ten=near), inputs.references["cities"])


def technique_intervals(counts: np.ndarray, inputs: StudyInputs) -> pd.DataFrame:
    """`adcode` and ``technique_low, _high, _within_ten``, from counts with the concepts held."""
    names = {"rank_low": "technique_low", "rank_high": "technique_high"}
    names["p_within_ten"] = "technique_within_ten"
    return place_table(counts, inputs).rename(columns=names)[["adcode", *names.values()]]


def apart_table(
    ranks: np.ndarray, ahead: pd.DataFrame, record: pd.Series, method: MethodOfRecord
) -> pd.DataFrame:
    """From how many others each city cannot be told apart, and intervals that hold all at once."""
    apart = uncertainty.told_apart(ahead, record, level=method.number("told_apart_level"))
    level = method.number("uncertainty_level")
    joint = uncertainty.simultaneous_intervals(ranks, record.index, level=level)
    return apart.assign(
        joint_low=joint["rank_low"],
        joint_high=joint["rank_high"],
        not_told_apart_jointly=uncertainty.overlapping(joint),
    )


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

    In `design` the alternative of record is the first of each factor, as `with_record` puts it;
    `scenarios` is the results table, which has a row for every other one that was tried.
    """
    known, found = (
        pd.MultiIndex.from_frame(table[["factor", "alternative"]]) for table in (design, scenarios)
    )
    of_record = design["factor"].eq("weights") | ~design["factor"].duplicated()
    return of_record | known.isin(found)


def robustness_facts(tables: Tables, apart_level: float) -> Facts:
    """Facts of the chapter, by part.

    At `apart_level`, a share of the draws, two cities are told apart.
    """
    ranks = tables["uncertainty"].set_index("adcode")["rank"]
    return {
        "nearly_all": fact.share(NEARLY_ALL),
        "intervals": interval_facts(tables["uncertainty"]),
        "apart": apart_facts(tables["told_apart"], tables["pairs"], ranks, apart_level),
        "sensitivity": sensitivity_facts(tables["sensitivity"]),
        "scenarios": scenario_facts(tables["scenarios"]),
        "leave_one_out": left_out_facts(tables["leave_one_out"]),
        "imputation": imputation_facts(tables["imputation"]),
        "shapley": shapley_facts(tables["shapley"]),
    }


def interval_facts(table: pd.DataFrame) -> Facts:
    """Widths of the intervals, and how many places among the first ten and hundred are settled."""
    width = table["rank_high"] - table["rank_low"]
    held = table["technique_high"] - table["technique_low"]
    hundred = table["rank"] <= 100
    share = table["p_top100"]
    outside = (table["rank"] < table["rank_low"]) | (table["rank"] > table["rank_high"])
    widest = table.loc[width.where(hundred).idxmax()]
    return {
        "mean_width": fact.whole(width.mean()),
        "mean_width_hundred": fact.whole(width[hundred].mean()),
        "mean_width_ten": fact.whole(width[table["rank"] <= 10].mean()),
        "mean_width_technique": fact.whole(held.mean()),
        "mean_width_technique_hundred": fact.whole(held[hundred].mean()),
        "sure_hundred": fact.whole((share >= NEARLY_ALL).sum()),
        "excluded_hundred": fact.whole((share <= 1 - NEARLY_ALL).sum()),
        "open_hundred": fact.whole(
            share.between(1 - NEARLY_ALL, NEARLY_ALL, inclusive="neither").sum()
        ),
        "doubtful_hundred": fact.whole((hundred & (share < 0.5)).sum()),
        "sure_ten": fact.whole((table["p_top10"] >= NEARLY_ALL).sum()),
        "sure_ten_names": fact.cities(table.loc[table["p_top10"] >= NEARLY_ALL, "adcode"]),
        "outside": fact.whole(outside.sum()),
        "wider_held": fact.whole((held > width).sum()),
        "widest_name": fact.cities([widest["adcode"]]),
        "widest_low": fact.whole(widest["rank_low"]),
        "widest_high": fact.whole(widest["rank_high"]),
        "first_name": fact.cities(table["adcode"].head(1)),
        "first_low": fact.whole(table["rank_low"].iloc[0]),
        "first_high": fact.whole(table["rank_high"].iloc[0]),
    }


def apart_facts(apart: pd.DataFrame, pairs: pd.DataFrame, ranks: pd.Series, level: float) -> Facts:
    """From how many others a city cannot be told apart, and what a distance in places means.

    Either city of a pair may be the one that is ahead, also the one with the worse rank of record.
    """
    distance = pairs["other"].map(ranks) - pairs["adcode"].map(ranks)
    # Every pair that is not told apart is counted for either of its cities.
    jointly = len(pairs) - apart["not_told_apart_jointly"].sum() / 2
    clear, held = (
        (pairs[share] >= level) | (pairs[share] <= 1 - level) for share in ("ahead", "ahead_held")
    )
    first = apart.iloc[0]
    found: Facts = {
        "median": fact.whole(apart["not_told_apart"].median()),
        "median_hundred": fact.whole(apart.loc[apart["rank"] <= 100, "not_told_apart"].median()),
        "pairs": fact.number(len(pairs), 0),
        "pairs_apart": fact.number(clear.sum(), 0),
        "pairs_share": fact.share(clear.mean()),
        "pairs_jointly": fact.number(jointly, 0),
        "pairs_jointly_share": fact.share(jointly / len(pairs)),
        "pairs_share_held": fact.share(held.mean()),
        "first_name": fact.cities([first["adcode"]]),
        "first_jointly": fact.whole(first["not_told_apart_jointly"]),
        "first_joint_low": fact.whole(first["joint_low"]),
        "first_joint_high": fact.whole(first["joint_high"]),
        "first_others": fact.whole(first["not_told_apart"]),
        "first_worst": fact.whole(first["worst_rank"]),
    }
    for places in DISTANCES:
        if (distance == places).any():
            found[f"apart_{places}"] = fact.share(clear[distance == places].mean())
    return found


def sensitivity_facts(sensitivity: pd.DataFrame) -> Facts:
    """The choices that the doubt comes from: of the mean shift of ranks, and of single ranks."""
    by_quantity = sensitivity.groupby("quantity")
    quantities = list(by_quantity.groups)
    described = (source_facts(by_quantity.get_group(name)) for name in quantities)
    return keyed("quantity", quantities, described)


def source_facts(sensitivity: pd.DataFrame) -> Facts:
    """The choices that the doubt of one quantity comes from, by their total share."""
    order = sensitivity.sort_values("total", ascending=False, ignore_index=True)
    factor = [fact.words([f"factor_{name}"]) for name in order["factor"]]
    shares = (
        {"first": fact.share(first), "total": fact.share(total)}
        for first, total in zip(order["first"], order["total"], strict=True)
    )
    return {
        "most": factor[0],
        "most_first": fact.share(order["first"][0]),
        "most_total": fact.share(order["total"][0]),
        "second": factor[1],
        "second_first": fact.share(order["first"][1]),
        "second_total": fact.share(order["total"][1]),
        "two_first": fact.share(order["first"][:2].sum()),
        "third": factor[2],
        "third_total": fact.share(order["total"][2]),
        "others": fact.whole(len(order) - 2),
        "by_factor": keyed("factor", order["factor"], shares),
        "least": factor[-1],
        "least_total": fact.share(order["total"].iloc[-1], 2),
    }


def scenario_facts(scenarios: pd.DataFrame) -> Facts:
    """What each single change does, by its factor and its alternative, weights by their level."""
    change = scenarios["alternative"].where(scenarios["factor"] != "weights", scenarios["level"])
    described = (
        {
            "shift": fact.number(row["mean_shift"], 1),
            "largest": fact.whole(row["largest_shift"]),
            "within_ten": fact.share(row["within_ten"]),
            "rho": fact.number(row["spearman"]),
        }
        for row in scenarios.to_dict("records")
    )
    names = (scenarios["factor"] + "_" + change).str.replace(r"\W+", "_", regex=True)
    return keyed("scenario", names, described)


def left_out_facts(left_out: pd.DataFrame) -> Facts:
    """The indicators without which ranks change most and least."""
    indicators = left_out[left_out["level"] == "indicator"].sort_values("mean_shift")
    count = len(indicators)
    if len(indicators) < 3:  # too few to say which would be missed most
        return {"count": count}
    least, second, most = indicators.iloc[0], indicators.iloc[-2], indicators.iloc[-1]
    return {
        "count": count,
        "most": fact.words([most["left_out"], second["left_out"]]),
        "most_shift": fact.number(most["mean_shift"], 1),
        "second_shift": fact.number(second["mean_shift"], 1),
        "third_shift": fact.number(indicators["mean_shift"].iloc[-3], 1),
        "least": fact.words([least["left_out"]]),
        "least_shift": fact.number(least["mean_shift"], 1),
    }


def imputation_facts(imputation: pd.DataFrame) -> Facts:
    """How often intervals of imputed cells held the hidden figure; nothing if none was hidden."""
    every = imputation[imputation["measure"] == "every"]
    if every.empty:
        return {}
    measures = imputation[imputation["measure"] != "every"].sort_values("share", kind="stable")
    return {
        "hidden": fact.whole(every["hidden"].iloc[0]),
        "share": fact.share(every["share"].iloc[0], 1),
        "lowest": fact.words(measures["measure"].head(1)),
        "lowest_share": fact.share(measures["share"].iloc[0]),
        "highest_share": fact.share(measures["share"].iloc[-1]),
    }


def shapley_facts(shapley: pd.DataFrame) -> Facts:
    """What puts the leading city above the mean of all."""
    first = shapley[(shapley["adcode"] == shapley["adcode"].iloc[0])]
    domains = first[first["level"] == "domain"].sort_values("score_part", ascending=False)
    return {
        "first_name": fact.cities(domains["adcode"].head(1)),
        "gap": fact.number(domains["score_part"].sum(), 1),
        "largest": fact.words(domains["code"].head(1)),
        "largest_part": fact.number(domains["score_part"].iloc[0], 1),
        "smallest": fact.words(domains["code"].tail(1)),
        "smallest_part": fact.number(domains["score_part"].iloc[-1], 1),
    }
