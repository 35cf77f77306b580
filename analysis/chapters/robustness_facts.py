"""The findings of the uncertainty and sensitivity analysis, by name."""

import pandas as pd

from analysis.editions import Facts, Tables
from analysis.editions import fact_values as fact
from analysis.editions.fact_keys import keyed

# A place among the first k is settled that so many draws give, or that so many do not give.
NEARLY_ALL = 0.95
# Distances in places at which pairs of cities are looked at, as far as there are so many cities.
DISTANCES = (1, 10, 50, 100)


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
    clear = (pairs["ahead"] >= level) | (pairs["ahead"] <= 1 - level)
    first = apart.iloc[0]
    found: Facts = {
        "median": fact.whole(apart["not_told_apart"].median()),
        "median_hundred": fact.whole(apart.loc[apart["rank"] <= 100, "not_told_apart"].median()),
        "pairs_share": fact.share(clear.mean()),
        "first_name": fact.cities([first["adcode"]]),
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
