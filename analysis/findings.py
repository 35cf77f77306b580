"""The findings that the prose of the report mentions: one function per chapter, text by name."""

import numpy as np
import pandas as pd

from analysis.wording import decimal, listing, lower, percent, span

Facts = dict[str, object]
Tables = dict[str, pd.DataFrame]
LINEAR = "The relation may be called linear in GDP: neither curve predicts better."
NOT_LINEAR = "The relation is therefore not linear in GDP: it rises ever more slowly."
SHAPE_WORDS = {
    "linear": "a straight line",
    "log_linear": "a line in the logarithm of GDP",
    "power": "a power of GDP",
}


def ranking_facts(tables: Tables, names: pd.Series) -> Facts:
    """The head of the open-data ranking and the gap behind it."""
    scores = tables["scores"]
    leaders = [names[code] for code in scores["adcode"].head(5)]
    index = scores["index"]
    tiers = scores["tier"].value_counts()
    return {
        "first": leaders[0],
        "leaders": listing(leaders),
        "fifth_index": decimal(index[4], 1),
        "sixth_index": decimal(index[5], 1),
        "gap": decimal(index[4] - index[5], 1),
        "usual_gap": decimal(-index[5:38].diff().mean(), 1),
        "score_gap": decimal(scores["score"][4] - scores["score"][5], 1),
        "usual_score_gap": decimal(-scores["score"][5:38].diff().mean(), 1),
        "first_index": decimal(index[0], 1),
        "last_index": decimal(index.iloc[-1], 1),
        "median_index": decimal(index.median(), 1),
        **{f"tier_{tier}": str(tiers.get(tier, 0)) for tier in tables["tiers"]["tier"].unique()},
    }


def region_facts(tables: Tables) -> Facts:
    """Places and shares of regions and leading provinces, by each body of evidence there is."""
    bases = ["published", "open"] if "published" in tables else ["open"]
    found: Facts = {}
    for row in tables["regions"].to_dict("records"):
        places = {"cities": str(row["cities"]), "cities_share": percent(row["cities_share"])}
        for basis in bases:
            places[basis] = f"{row[f'{basis}_cities']:.0f}"
            places[f"{basis}_share"] = percent(row[f"{basis}_share"])
            places[f"{basis}_representation"] = decimal(row[f"{basis}_representation"])
        found[row["region"].lower()] = places
    provinces = tables["provinces"]
    found["leading_provinces"] = listing(list(provinces["province"].head(3)))
    found["leading_open_share"] = percent(provinces["open_share"].head(3).sum())
    return found | (published_province_facts(provinces) if "published" in tables else {})


def published_province_facts(provinces: pd.DataFrame) -> Facts:
    """Published places of the leading provinces, and the provinces without any."""
    places, province = provinces["published_cities"], provinces["province"]
    return {
        "leading_numbers": listing([f"{number:.0f}" for number in places.head(3)]),
        "leading_share": percent(provinces["published_share"].head(3).sum()),
        "published_provinces": str((places > 0).sum()),
        "absent_provinces": listing(list(province[places == 0])),
    }


def domain_facts(domains: pd.DataFrame, labels: pd.Series) -> Facts:
    """Order of the domains by level and by spread among the leading hundred of the open data.

    Where there is a published list, also by spread among its cities.
    """
    hundred = domains[domains["group"] == "open"]
    listed = domains[(domains["kind"] == "set") & (domains["group"] == "published")]
    by_spread = listed.sort_values("variation", ascending=False)["domain"].head(3)
    level = hundred.sort_values("median", ascending=False)
    spread = hundred.sort_values("variation", ascending=False)
    return {
        "highest": listing([lower(labels[code]) for code in level["domain"].head(2)]),
        "lowest": listing([lower(labels[code]) for code in level["domain"].tail(2)]),
        "most_varied": listing([lower(labels[code]) for code in spread["domain"].head(3)]),
        "least_varied": lower(labels[spread["domain"].iloc[-1]]),
        **(
            {"listed_varied": listing([lower(labels[code]) for code in by_spread])}
            if len(listed)
            else {}
        ),
        **{
            row["domain"]: {
                "median": decimal(row["median"], 1),
                "variation": decimal(row["variation"]),
            }
            for row in hundred.to_dict("records")
        },
    }


def economy_facts(tables: Tables, names: pd.Series) -> Facts:
    """Correlations with economic size, the best shape, and the cities off the curve."""
    relations = tables["economy"].set_index(["level", "size", "statistic"])
    by_size = {
        size: rows.set_index("shape") for size, rows in tables["economy_fits"].groupby("size")
    }
    fits, by_head = by_size["gdp"], by_size["gdp_per_head"]
    off = tables["economy_cities"]
    found: Facts = {
        f"{level}_{size}": {
            "rho": decimal(row["estimate"]),
            "interval": span(row),
            "tau": decimal(relations.loc[(level, size, "kendall"), "estimate"]),
            "n": str(row["n"]),
        }
        for (level, size, statistic), row in relations.iterrows()
        if statistic == "spearman"
    }
    for shape, row in fits.iterrows():
        found[str(shape)] = {
            "r_squared": decimal(row["r_squared"]),
            "error": decimal(row["prediction_error"], 1),
        }
    best = fits.index[fits["best"] == 1][0]
    found["best_shape"] = SHAPE_WORDS[best]
    found["linearity"] = LINEAR if best == "linear" else NOT_LINEAR
    found["exponent"] = decimal(fits.loc["power", "slope"])
    found |= doubling_facts(fits.loc["power"], off["gdp"].median())
    found["head_shape"] = SHAPE_WORDS[by_head.index[by_head["best"] == 1][0]]
    found["head_error"] = decimal(by_head["prediction_error"].min(), 1)
    found["head_linear_error"] = decimal(by_head.loc["linear", "prediction_error"], 1)
    found["above"] = listing([names[code] for code in off["adcode"].head(3)])
    found["below"] = listing([names[code] for code in off["adcode"].tail(3)[::-1]])
    return found


def doubling_facts(power: pd.Series, gdp: float) -> Facts:
    """Index points between a city of the median GDP and one of twice as much, along the power."""
    once, twice = (np.exp(power["intercept"]) * (k * gdp) ** power["slope"] for k in (1, 2))
    return {
        "median_gdp": f"{gdp:,.0f}",
        "median_expected": decimal(once, 1),
        "doubling": decimal(twice - once, 1),
    }


def published_facts(tables: Tables, names: pd.Series) -> Facts:
    """The published list in numbers."""
    listed = tables["published"]
    leaders, open_leaders = (
        set(tables[name]["adcode"].head(5)) for name in ("published", "scores")
    )
    without = listed.loc[listed["open_rank"].isna(), "adcode"]
    return {
        "count": str(len(listed)),
        "leaders": listing([names[code] for code in listed["adcode"].head(5)]),
        "same_five": str(len(leaders & open_leaders)),
        "unranked": str(len(without)),
        "unranked_names": listing([names[code] for code in without] or ["none"]),
    }


def agreement_facts(tables: Tables, names: pd.Series, labels: pd.Series) -> Facts:
    """How far the two rankings agree, and where they differ most."""
    agreement = tables["agreement"].set_index(["yardstick", "statistic"])
    off = tables["disagreements"]
    found: Facts = {}
    for yardstick in ("index", "gdp"):
        rho = agreement.loc[(yardstick, "spearman")]
        found[yardstick] = {
            "rho": decimal(rho["estimate"]),
            "interval": span(rho),
            "tau": decimal(agreement.loc[(yardstick, "kendall"), "estimate"]),
            "n": f"{rho['n']:.0f}",
            "common": f"{agreement.loc[(yardstick, 'common'), 'estimate']:.0f}",
            "partial": decimal(agreement.loc[(yardstick, "partial"), "estimate"]),
            "partial_interval": span(agreement.loc[(yardstick, "partial")]),
            "listed": decimal(agreement.loc[(yardstick, "listed"), "estimate"], 3),
            "listed_interval": span(agreement.loc[(yardstick, "listed")]),
        }
    worst = off.iloc[0]
    found["largest"] = listing([names[code] for code in off["adcode"].head(3)])
    found["largest_city"] = names[worst["adcode"]]
    found["largest_published"] = str(worst["rank"])
    found["largest_open"] = f"{worst['open_rank']:.0f}"
    found["largest_domain"] = lower(labels[worst["weakest_domain"]])
    found["median_difference"] = f"{off['difference'].abs().median():.0f}"
    found["within_ten"] = str((off["difference"].abs() <= 10).sum())
    return found
