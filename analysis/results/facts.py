"""The numbers of the prose: every figure the report mentions in a sentence, as a value by name.

A fact is computed from results, so that no number is typed in the report; how it is said is the
business of a language.
"""

import pandas as pd

from analysis.chapters.audit import audit_facts
from analysis.chapters.audit_overlap import overlap_facts
from analysis.chapters.cases import case_facts
from analysis.chapters.claims import claim_facts
from analysis.chapters.comparison import comparison_facts
from analysis.chapters.deciding import deciding_facts
from analysis.chapters.domains import domain_facts
from analysis.chapters.economy import economy_facts
from analysis.chapters.every_weighting import weighting_facts
from analysis.chapters.evidence import weight_facts as evidence_weight_facts
from analysis.chapters.inferred import inferred_facts
from analysis.chapters.losses import loss_facts, state_facts
from analysis.chapters.noise import noise_facts
from analysis.chapters.plausibility import plausibility_facts
from analysis.chapters.published import agreement_facts, published_facts
from analysis.chapters.reconstruction import reconstructed_facts
from analysis.chapters.regions import region_facts
from analysis.chapters.robustness import robustness_facts, tried
from analysis.chapters.staying import staying_facts
from analysis.chapters.tiers import tier_facts
from analysis.chapters.weights import weight_facts
from analysis.chapters.yardsticks import yardstick_facts
from analysis.editions import Edition, Facts, Tables
from analysis.editions import fact_values as fact
from analysis.editions.fact_keys import joined, keyed
from analysis.index.treatment import LOGARITHMS
from analysis.ranking import method
from analysis.ranking.averaging import is_averaged, window
from analysis.ranking.design_of_record import with_record
from analysis.ranking.indicators import measures_in_use

# Units of parameters that are counts, which may run into thousands.
COUNTED = ("draws", "runs")


def facts(edition: Edition, tables: Tables) -> Facts:
    """All facts of an edition, nested by chapter; chapters without their evidence are left out."""
    found: Facts = {
        "edition": edition_facts(edition, tables),
        "evidence": joined(
            evidence_facts(edition, tables),
            figure_facts(edition, tables),
            part_facts(tables["measured_parts"]),
            evidence_weight_facts(tables),
        ),
        "losses": loss_facts(edition, tables["cells"]),
        "method": method_facts(edition),
        "formula": formula_facts(edition),
        "bands": band_facts(edition.reference_table("tiers")),
        "cleaning": cleaning_facts(tables["cells"], tables["rules"]),
        "noise": noise_facts(
            tables["repeats"],
            tables["averaged"],
            edition.reference_table("measures"),
            edition.data_year,
        ),
        "treatment": treatment_facts(edition, tables),
        "ranking": ranking_facts(tables),
        "regions": region_facts(tables),
        "domains": domain_facts(tables["domains"]),
        "tiers": tier_facts(tables["tiers"]),
        "economy": economy_facts(tables),
        "deciding": deciding_facts(tables["deciding_figures"]),
    }
    if "published" in tables:
        found["published"] = published_facts(tables)
        found["agreement"] = agreement_facts(tables)
        found = joined(found, account_facts(tables))
    if "uncertainty" in tables:
        record = method.load(edition)
        general: Facts = {
            "draws": fact.number(record.number("uncertainty_draws"), 0),
            "left_aside": left_aside(edition, tables["scenarios"]),
        }
        robustness = robustness_facts(tables, record.number("told_apart_level"))
        found["robustness"] = joined(general, robustness, staying_facts(tables))
        found["weighting"] = weighting_facts(tables)
        weighed = weight_facts(tables["weight_effects"], tables["weight_consistency"])
        found["audit"] = joined(audit_facts(tables), overlap_facts(tables), {"weights": weighed})
    if "published_places" in tables:
        found["plausibility"] = plausibility_facts(tables["published_places"])
    if "comparison" in tables:
        found["comparison"] = joined(
            comparison_facts(tables, str(edition.previous), edition.name),
            shared_averages(edition, tables["averaged"]),
        )
    return found


def left_aside(edition: Edition, scenarios: pd.DataFrame) -> fact.Value:
    """The alternatives of the design for which the edition has no evidence."""
    table = edition.reference_table(str(edition.uncertainty_design).removesuffix(".csv"))
    design = with_record(table, method.load(edition))
    return fact.choices(design[~tried(design, scenarios)])


def shared_averages(edition: Edition, averaged: pd.DataFrame) -> Facts:
    """Which measures are means over years that the earlier edition averages too."""
    earlier = Edition(str(edition.previous), edition.root)
    measures = earlier.reference_table("measures")
    common = [
        measure["measure"]
        for measure in measures[is_averaged(measures)].to_dict("records")
        if averaged.loc[averaged["measure"] == measure["measure"], "year"]
        .isin(window(measure, earlier.data_year))
        .any()
    ]
    return {"shared": fact.sentence("comparison_shared", measures=common)}


def edition_facts(edition: Edition, tables: Tables) -> Facts:
    """Edition, data year and the numbers of cities."""
    cities = edition.reference_table("cities")
    municipalities = fact.whole((cities["level"] == "municipality").sum())
    return {
        "name": edition.name,
        "data_year": edition.data_year,
        "anchor_edition": str(edition.settings["score_anchors"]),
        "cities": len(cities),
        "municipalities": municipalities,
        "prefecture_cities": len(cities) - municipalities,
        "ranked": len(tables["scores"]),
        "unranked": len(tables["unranked"]),
        "provinces": fact.whole(cities["province_en"].nunique()),
    }


def evidence_facts(edition: Edition, tables: Tables) -> Facts:
    """Sizes of the framework and of the evidence behind it, as far as the edition has figures."""
    framework, listed = (edition.reference_table(name) for name in ("framework", "measures"))
    evidence = tables["evidence"]
    included = measures_in_use(listed, method.load(edition).evidence, tables["cells"])
    count = framework["level"].value_counts()
    parent = framework.set_index("code")["parent"]
    measured = included["indicator"].unique()
    sizes: Facts = {
        "domains": fact.whole(count["domain"]),
        "subdomains": fact.whole(count["subdomain"]),
        "indicators": fact.whole(count["indicator"]),
        "measured_subdomains": fact.whole(parent[measured].nunique()),
        "unmeasured_subdomains": fact.whole(count["subdomain"] - parent[measured].nunique()),
        "measures": len(included),
        "observed_measures": fact.whole((included["evidence"] == "observed").sum()),
        "proxy_measures": fact.whole((included["evidence"] == "proxy").sum()),
        "left_out_measures": fact.whole(evidence["left_out"].sum()),
        "reserve_measures": fact.whole(evidence["in_reserve"].sum()),
    }
    return joined(sizes, state_facts(evidence))


def figure_facts(edition: Edition, tables: Tables) -> Facts:
    """The files that the cells were read from, and the sizes that weigh most in the index."""
    sources = edition.raw_table("sources.csv")
    files = {*tables["cells"]["file"], *tables["averaged"]["file"]} - {""}
    read = sources[sources["file"].isin(files)]
    listed = edition.reference_table("measures").set_index("measure")["kind"]
    weights = tables["measure_weights"]
    sizes = weights[weights["measure"].map(listed).eq("size")]
    heaviest = sizes.sort_values("weight", ascending=False, kind="stable")["measure"].head(2)
    return {
        "files": fact.sentence(
            "evidence_files", files=len(read), sources=list(dict.fromkeys(read["source"]))
        ),
        "sizes": fact.words(heaviest),
    }


def part_facts(parts: pd.DataFrame) -> Facts:
    """How much of the weight of the framework is measured, and what each domain then weighs."""
    weighed = parts[parts["level"] == "domain"].sort_values("weight", kind="stable")
    return {
        "measured_weight": fact.share(parts.loc[parts["level"] == "index", "measured"].item()),
        "weight_of": keyed("domain", weighed["code"], map(fact.share, weighed["weight"])),
        "heaviest": fact.words(weighed["code"].tail(1)),
        "lightest": fact.words(weighed["code"].head(1)),
    }


def method_facts(edition: Edition) -> Facts:
    """The parameters of the method of record: shares in percent, counts with their thousands."""
    table = edition.reference_table("method")
    return keyed("parameter", table["parameter"], map(parameter_fact, table.to_dict("records")))


def parameter_fact(row: fact.Row) -> fact.Value | str:
    """The value of a parameter (``value, unit``) as it is said."""
    if row["unit"] == "share":
        return fact.share(float(row["value"]))
    if row["unit"] in COUNTED:
        return fact.number(float(row["value"]), 0)
    return str(row["value"])


def formula_facts(edition: Edition) -> Facts:
    """Sentences: what the formulas of the method stand for, and how siblings and gaps weigh."""
    parameters = method.load(edition).parameters
    tables = {"framework": "parent", "measures": "indicator"}
    kinds = [edition.reference_table(name).groupby(by)["weight"] for name, by in tables.items()]
    uneven = any(groups.nunique().gt(1).any() for groups in kinds)
    chosen = ("normalisation", "aggregation", "renormalisation")
    said = {name: parameters[name] for name in chosen}
    said["weights"] = "uneven" if uneven else "equal"
    anchor = str(edition.settings["score_anchors"])
    asked = {"normalisation": {"rulers": anchor if anchor != edition.name else ""}}
    texts = [
        fact.sentence(f"method_{name}_{choice}", **asked.get(name, {}))
        for name, choice in said.items()
    ]
    return keyed("choice of the method", said, texts)


def band_facts(tiers: pd.DataFrame) -> Facts:
    """Limits, places and published numbers of cities of each stage."""
    columns = ["minimum", "maximum", "first_place", "last_place", "cities"]
    limits = (
        {name: fact.whole(row[name]) for name in columns if pd.notna(row[name])}
        for row in tiers.to_dict("records")
    )
    return keyed("stage", tiers["tier"], limits)


def cleaning_facts(cells: pd.DataFrame, rules: pd.DataFrame) -> Facts:
    """How many cells are of each status, and how many rules have lost their yardstick."""
    count = cells["status"].value_counts()
    statuses = ["observed", "averaged", "corrected", "carried", "missing"]
    found: Facts = {name: fact.number(count.get(name, 0), 0) for name in statuses}
    found["cells"] = fact.number(len(cells), 0)
    found["observed_share"] = fact.share(count["observed"] / len(cells), 1)
    found["refused"] = fact.whole((cells["refused"] != "").sum())
    telecom = cells[(cells["rule"] == "telecom_volume")]
    found["telecom_refused"] = len(telecom)
    found["telecom_missing"] = fact.whole((telecom["status"] == "missing").sum())
    state = rules["state"].value_counts()
    found["yardsticks"] = fact.sentence(
        "cleaning_yardsticks",
        lost=fact.whole(state.get("yardstick_lost", 0)),
        older=fact.whole(state.get("older_yardstick", 0)),
    )
    spending = cells[cells["measure"] == "rd_spending"]
    found["rd_carried"] = fact.whole((spending["status"] == "carried").sum())
    return found


def treatment_facts(edition: Edition, tables: Tables) -> Facts:
    """How many measures were treated, which still fail, and whose rulers hold."""
    treatment, rulers = tables["treatment"], tables["rulers"]
    count = treatment["method"].value_counts()
    failing = treatment.loc[treatment["passes"] == 0, "measure"]
    anchor = str(edition.settings["score_anchors"])
    # An edition that sets the anchors need not name all its measures.
    own = rulers.loc[(rulers["edition"] == edition.name) & (anchor != edition.name), "measure"]
    return {
        "untreated": fact.whole(count.get("none", 0)),
        "winsorised": fact.whole(count.get("winsorised", 0)),
        "logged": fact.whole(count.reindex(LOGARITHMS, fill_value=0).sum()),
        "mirrored": fact.some(count.get("log_mirrored", 0)),
        "failing": len(failing),
        "failing_names": fact.words(failing),
        "rulers": fact.sentence(
            "treatment_rulers",
            edition=edition.name,
            anchor=anchor,
            own=[str(measure) for measure in own],
            measures=len(rulers),
        ),
    }


def ranking_facts(tables: Tables) -> Facts:
    """The head of the open-data ranking and the gap behind it."""
    scores = tables["scores"]
    leaders = list(scores["adcode"].head(5))
    index = scores["index"]
    tiers, count = tables["tiers"]["tier"].unique(), scores["tier"].value_counts()
    return {
        "first": fact.cities(leaders[:1]),
        "leaders": fact.cities(leaders),
        "fifth_index": fact.number(index[4], 1),
        "sixth_index": fact.number(index[5], 1),
        "gap": fact.number(index[4] - index[5], 1),
        "usual_gap": fact.number(-index[5:38].diff().mean(), 1),
        "score_gap": fact.number(scores["score"][4] - scores["score"][5], 1),
        "usual_score_gap": fact.number(-scores["score"][5:38].diff().mean(), 1),
        "first_index": fact.number(index[0], 1),
        "last_index": fact.number(index.iloc[-1], 1),
        "median_index": fact.number(index.median(), 1),
        "by_tier": keyed("stage", tiers, (int(count.get(tier, 0)) for tier in tiers)),
    }


def account_facts(tables: Tables) -> Facts:
    """Facts of the ledger, the reconstructed scores, the inferred weights, cases, yardsticks."""
    return {
        "claims": claim_facts(tables["claims"], tables["tiers"], tables.get("claim_draws")),
        "reconstructed": reconstructed_facts(tables),
        "inferred": inferred_facts(tables),
        "cases": case_facts(tables),
        "yardsticks": yardstick_facts(tables["yardsticks"]),
    }
