"""The numbers of the prose: every figure the report mentions in a sentence, as text by name.

A fact is computed from results and formatted here, so that no number is typed in the report.
"""

import pandas as pd

from analysis.editions import Edition
from analysis.names import city_names, words

Facts = dict[str, object]


def facts(edition: Edition, tables: dict[str, pd.DataFrame]) -> Facts:
    """All facts of an edition, nested by chapter; chapters without their evidence are left out."""
    names = city_names(edition.reference_table("cities"))
    labels = words(edition)
    found: Facts = {
        "edition": edition_facts(edition, tables),
        "evidence": evidence_facts(edition),
        "cleaning": cleaning_facts(tables["cells"]),
        "treatment": treatment_facts(tables["treatment"], labels),
        "ranking": ranking_facts(tables, names),
        "regions": region_facts(tables),
        "domains": domain_facts(tables["domains"], labels),
        "economy": economy_facts(tables, names),
    }
    if "published" in tables:
        found["published"] = published_facts(tables, names)
        found["agreement"] = agreement_facts(tables, names, labels)
    return found


def percent(share: float) -> str:
    """A share in whole percent."""
    return f"{share:.0%}".replace("%", " %")


def decimal(number: float, places: int = 2) -> str:
    """A number with fixed decimals and a true minus sign."""
    return f"{number:,.{places}f}".replace("-", "−")


def span(row: pd.Series) -> str:
    """An interval as 'low to high'."""
    return f"{decimal(row['low'])} to {decimal(row['high'])}"


def listing(items: list[str]) -> str:
    """Items as 'a, b and c'."""
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1]


def edition_facts(edition: Edition, tables: dict[str, pd.DataFrame]) -> Facts:
    """Edition, data year and the numbers of cities."""
    cities = edition.reference_table("cities")
    municipalities = int((cities["level"] == "municipality").sum())
    return {
        "name": edition.name,
        "data_year": str(edition.data_year),
        "cities": str(len(cities)),
        "municipalities": str(municipalities),
        "prefecture_cities": str(len(cities) - municipalities),
        "ranked": str(len(tables["scores"])),
        "unranked": str(len(tables["unranked"])),
        "provinces": str(cities["province_en"].nunique()),
    }


def evidence_facts(edition: Edition) -> Facts:
    """Sizes of the framework and of the evidence behind it."""
    framework, measures = (edition.reference_table(name) for name in ("framework", "measures"))
    included = measures[measures["included"] == "1"]
    count = framework["level"].value_counts()
    parent = framework.set_index("code")["parent"]
    measured = included["indicator"].unique()
    return {
        "domains": str(count["domain"]),
        "subdomains": str(count["subdomain"]),
        "indicators": str(count["indicator"]),
        "measured_indicators": str(len(measured)),
        "unmeasured_indicators": str(count["indicator"] - len(measured)),
        "measured_subdomains": str(parent[measured].nunique()),
        "measures": str(len(included)),
        "observed_measures": str((included["evidence"] == "observed").sum()),
        "proxy_measures": str((included["evidence"] == "proxy").sum()),
        "left_out_measures": str(len(measures) - len(included)),
    }


def cleaning_facts(cells: pd.DataFrame) -> Facts:
    """How many cells are observed, corrected, carried and missing."""
    count = cells["status"].value_counts()
    statuses = ["observed", "corrected", "carried", "missing"]
    found: Facts = {name: f"{count.get(name, 0):,}" for name in statuses}
    found["cells"] = f"{len(cells):,}"
    found["observed_share"] = f"{count['observed'] / len(cells):.1%}".replace("%", " %")
    found["refused"] = str((cells["refused"] != "").sum())
    telecom = cells[(cells["rule"] == "telecom_volume")]
    found["telecom_refused"] = str(len(telecom))
    found["telecom_missing"] = str((telecom["status"] == "missing").sum())
    found["rd_carried"] = str(
        ((cells["measure"] == "rd_spending") & (cells["status"] == "carried")).sum()
    )
    return found


def treatment_facts(treatment: pd.DataFrame, labels: pd.Series) -> Facts:
    """How many measures were treated, and which still fail."""
    count = treatment["method"].value_counts()
    failing = treatment.loc[treatment["passes"] == 0, "measure"]
    return {
        "untreated": str(count.get("none", 0)),
        "winsorised": str(count.get("winsorised", 0)),
        "logged": str(count.get("log", 0)),
        "failing": str(len(failing)),
        "failing_names": listing([labels[name].lower() for name in failing]) if len(failing) else "none",
    }  # fmt: skip


def ranking_facts(tables: dict[str, pd.DataFrame], names: pd.Series) -> Facts:
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
        "first_index": decimal(index[0], 1),
        "last_index": decimal(index.iloc[-1], 1),
        "median_index": decimal(index.median(), 1),
        **{f"tier_{tier}": str(number) for tier, number in tiers.items()},
    }


def region_facts(tables: dict[str, pd.DataFrame]) -> Facts:
    """Places and shares of regions and leading provinces."""
    found: Facts = {}
    for row in tables["regions"].to_dict("records"):
        found[row["region"].lower()] = {
            "cities": str(row["cities"]),
            "cities_share": percent(row["cities_share"]),
            "published": f"{row['published_cities']:.0f}",
            "published_share": percent(row["published_share"]),
            "published_representation": decimal(row["published_representation"]),
            "open": str(row["open_cities"]),
            "open_share": percent(row["open_share"]),
            "open_representation": decimal(row["open_representation"]),
        }
    provinces = tables["provinces"]
    leading = provinces.head(3)
    found["leading_provinces"] = listing(list(leading["province"]))
    found["leading_numbers"] = listing([f"{n:.0f}" for n in leading["published_cities"]])
    found["leading_share"] = percent(leading["published_share"].sum())
    found["leading_open_share"] = percent(leading["open_share"].sum())
    found["published_provinces"] = str((provinces["published_cities"] > 0).sum())
    found["absent_provinces"] = listing(list(provinces.loc[provinces["published_cities"] == 0, "province"])) # noqa
    return found


def domain_facts(domains: pd.DataFrame, labels: pd.Series) -> Facts:
    """Order of the domains by level and by spread among the leading hundred of the open data."""
    hundred = domains[domains["group"] == "open"]
    level = hundred.sort_values("median", ascending=False)
    spread = hundred.sort_values("variation", ascending=False)
    return {
        "highest": listing([labels[code].lower() for code in level["domain"].head(2)]),
        "lowest": listing([labels[code].lower() for code in level["domain"].tail(2)]),
        "most_varied": listing([labels[code].lower() for code in spread["domain"].head(3)]),
        "least_varied": labels[spread["domain"].iloc[-1]].lower(),
        **{
            row["domain"]: {
                "median": decimal(row["median"], 1),
                "variation": decimal(row["variation"]),
            }
            for row in hundred.to_dict("records")
        },
    }


def economy_facts(tables: dict[str, pd.DataFrame], names: pd.Series) -> Facts:
    """Correlations with economic size, the best shape, and the cities off the curve."""
    relations = tables["economy"].set_index(["level", "size", "statistic"])
    fits = tables["economy_fits"].set_index("shape")
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
    words = {"linear": "a straight line", "log_linear": "a line in the logarithm of GDP", "power": "a power of GDP"}  # fmt: skip
    found["best_shape"] = words[best]
    found["exponent"] = decimal(fits.loc["power", "slope"])
    found["doubling"] = percent(2 ** fits.loc["power", "slope"] - 1)
    found["above"] = listing([names[code] for code in off["adcode"].head(3)])
    found["below"] = listing([names[code] for code in off["adcode"].tail(3)[::-1]])
    return found


def published_facts(tables: dict[str, pd.DataFrame], names: pd.Series) -> Facts:
    """The published list in numbers."""
    listed = tables["published"]
    return {
        "count": str(len(listed)),
        "leaders": listing([names[code] for code in listed["adcode"].head(5)]),
        "same_five": str(len(set(listed["adcode"].head(5)) & set(tables["scores"]["adcode"].head(5)))),
        "unranked": str(listed["open_rank"].isna().sum()),
        "unranked_names": listing([names[c] for c in listed.loc[listed["open_rank"].isna(), "adcode"]] or ["none"]),
    }  # fmt: skip


def agreement_facts(
    tables: dict[str, pd.DataFrame], names: pd.Series, labels: pd.Series
) -> Facts:
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
        }
    worst = off.iloc[0]
    found["largest"] = listing([names[code] for code in off["adcode"].head(3)])
    found["largest_city"] = names[worst["adcode"]]
    found["largest_published"] = str(worst["rank"])
    found["largest_open"] = f"{worst['open_rank']:.0f}"
    found["largest_domain"] = labels[worst["weakest_domain"]].lower()
    found["median_difference"] = f"{off['difference'].abs().median():.0f}"
    found["within_ten"] = str((off["difference"].abs() <= 10).sum())
    return found
