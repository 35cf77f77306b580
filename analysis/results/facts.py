"""The numbers of the prose: every figure the report mentions in a sentence, as text by name.

A fact is computed from results and formatted here, so that no number is typed in the report.
"""

import pandas as pd

from analysis.chapters import findings
from analysis.chapters.account_facts import account_facts
from analysis.chapters.audit_facts import audit_facts
from analysis.chapters.comparison_facts import comparison_facts
from analysis.chapters.loss_facts import loss_facts
from analysis.chapters.losses import available_measures
from analysis.chapters.robustness_facts import robustness_facts
from analysis.editions import Edition, Facts, Tables
from analysis.editions.fact_keys import joined, keyed
from analysis.language.names import choice_names, city_names, tried, words
from analysis.ranking import method
from analysis.ranking.indicators import included_measures


def facts(edition: Edition, tables: Tables) -> Facts:
    """All facts of an edition, nested by chapter; chapters without their evidence are left out."""
    names = city_names(edition.reference_table("cities"))
    labels = words(edition)
    found: Facts = {
        "edition": edition_facts(edition, tables),
        "evidence": evidence_facts(edition, tables["cells"]),
        "losses": loss_facts(edition, tables["cells"], labels),
        "method": method_facts(edition),
        "formula": formula_facts(edition, labels),
        "bands": band_facts(edition.reference_table("tiers")),
        "cleaning": cleaning_facts(tables["cells"]),
        "treatment": treatment_facts(tables["treatment"], labels),
        "ranking": findings.ranking_facts(tables, names),
        "regions": findings.region_facts(tables),
        "domains": findings.domain_facts(tables["domains"], labels),
        "economy": findings.economy_facts(tables, names),
    }
    if "published" in tables:
        found["published"] = findings.published_facts(tables, names)
        found["agreement"] = findings.agreement_facts(tables, names, labels)
        found = joined(found, account_facts(tables, names, labels))
    if "uncertainty" in tables:
        record = method.load(edition)
        draws = {"draws": number(record.number("uncertainty_draws"), 0)}
        level = record.number("told_apart_level")
        aside = {"left_aside": left_aside(edition, tables["scenarios"], labels)}
        robustness = joined(aside, robustness_facts(tables, names, labels, level))
        found["robustness"] = joined(draws, robustness)
        found["audit"] = audit_facts(tables, names, labels)
    if "comparison" in tables:
        found["comparison"] = comparison_facts(tables, names, labels, whole(edition.previous))
    return found


def left_aside(edition: Edition, scenarios: pd.DataFrame, labels: pd.Series) -> str:
    """The alternatives of the design for which the edition has no evidence."""
    design = edition.reference_table(whole(edition.uncertainty_design).removesuffix(".csv"))
    aside = design[~tried(design, scenarios)]
    return listed([lower(name) for name in choice_names(aside, labels)])


def edition_facts(edition: Edition, tables: Tables) -> Facts:
    """Edition, data year and the numbers of cities."""
    cities = edition.reference_table("cities")
    municipalities = int((cities["level"] == "municipality").sum())
    return {
        "name": edition.name,
        "data_year": edition.data_year,
        "anchor_edition": whole(edition.settings["score_anchors"]),
        "cities": whole(len(cities)),
        "municipalities": whole(municipalities),
        "prefecture_cities": whole(len(cities) - municipalities),
        "ranked": whole(len(tables["scores"])),
        "unranked": whole(len(tables["unranked"])),
        "provinces": whole(cities["province_en"].nunique()),
    }


def evidence_facts(edition: Edition, cells: pd.DataFrame) -> Facts:
    """Sizes of the framework and of the evidence behind it, as far as the edition has figures."""
    framework, listed = (edition.reference_table(name) for name in ("framework", "measures"))
    measures = available_measures(listed, cells)
    included = included_measures(measures, method.load(edition).evidence)
    count = framework["level"].value_counts()
    parent = framework.set_index("code")["parent"]
    measured = included["indicator"].unique()
    weak = set(measures["indicator"]) - set(measured)
    return {
        "domains": whole(count["domain"]),
        "subdomains": whole(count["subdomain"]),
        "indicators": whole(count["indicator"]),
        "measured_indicators": whole(len(measured)),
        "unmeasured_indicators": whole(count["indicator"] - len(measured)),
        "weak_indicators": whole(len(weak)),
        "empty_indicators": whole(count["indicator"] - len(measured) - len(weak)),
        "measured_subdomains": whole(parent[measured].nunique()),
        "unmeasured_subdomains": whole(count["subdomain"] - parent[measured].nunique()),
        "sources": whole(len(edition.raw_table("sources.csv"))),
        "measures": whole(len(included)),
        "observed_measures": whole((included["evidence"] == "observed").sum()),
        "proxy_measures": whole((included["evidence"] == "proxy").sum()),
        "left_out_measures": whole(len(measures) - len(included)),
    }


def method_facts(edition: Edition) -> Facts:
    """The parameters of the method of record, shares in percent."""
    table = edition.reference_table("method")
    texts = (
        share(float(row["value"])) if row["unit"] == "share" else row["value"]
        for row in table.to_dict("records")
    )
    return keyed("parameter", table["parameter"], texts)


def formula_facts(edition: Edition, labels: pd.Series) -> Facts:
    """Sentences: what the formulas of normalisation and mean stand for, and how siblings weigh."""
    parameters = method.load(edition).parameters
    tables = {"framework": "parent", "measures": "indicator"}
    kinds = [edition.reference_table(name).groupby(by)["weight"] for name, by in tables.items()]
    uneven = any(groups.nunique().gt(1).any() for groups in kinds)
    said = {name: parameters[name] for name in ("normalisation", "aggregation")}
    said["weights"] = "uneven" if uneven else "equal"
    texts = (label(f"said_{name}_{choice}") for name, choice in said.items())
    return keyed("choice of the method", said, texts)


def band_facts(tiers: pd.DataFrame) -> Facts:
    """Limits, places and published numbers of cities of each stage."""
    columns = ["minimum", "maximum", "first_place", "last_place", "cities"]
    limits = (
        {name: whole(row[name]) for name in columns if pd.notna(row[name])}
        for row in tiers.to_dict("records")
    )
    return keyed("stage", tiers["tier"], limits)


def cleaning_facts(cells: pd.DataFrame) -> Facts:
    """How many cells are observed, corrected, carried and missing."""
    count = cells["status"].value_counts()
    statuses = ["observed", "corrected", "carried", "missing"]
    found: Facts = {name: number(count.get(name, 0), 0) for name in statuses}
    found["cells"] = number(len(cells), 0)
    found["observed_share"] = share(count["observed"] / len(cells), 1)
    found["refused"] = whole((cells["refused"] != "").sum())
    telecom = cells[(cells["rule"] == "telecom_volume")]
    found["telecom_refused"] = whole(len(telecom))
    found["telecom_missing"] = whole((telecom["status"] == "missing").sum())
    found["rd_carried"] = str(
        ((cells["measure"] == "rd_spending") & (cells["status"] == "carried")).sum()
    )
    return found


def treatment_facts(treatment: pd.DataFrame, labels: pd.Series) -> Facts:
    """How many measures were treated, and which still fail."""
    count = treatment["method"].value_counts()
    failing = treatment.loc[treatment["passes"] == 0, "measure"]
    return {
        "untreated": whole(count.get("none", 0)),
        "winsorised": whole(count.get("winsorised", 0)),
        "logged": whole(count.get("log", 0)),
        "failing": whole(len(failing)),
        "failing_names": words(failing),
    }
