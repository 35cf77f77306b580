"""Evidence that the method asks for and an edition does not have, and what its loss does.

A source that no longer prints a column costs a measure, sometimes an indicator, at worst a domain.
The index goes on without them; here it is said what is gone, and how far ranks would have moved in
an edition that had it.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import pandas as pd

from analysis.editions import Edition, Facts
from analysis.editions import fact_values as fact
from analysis.index.framework import parents, path_to_root
from analysis.index.ranking import rank
from analysis.ranking import method
from analysis.ranking.indicators import (
    evidence_table,
    filled_measures,
    included_measures,
    measures_in_use,
)
from analysis.ranking.scores import band_counts, index_of_rest, rank_cities

# Places beyond which a city is said to move far.
FAR = 10


@dataclass(frozen=True)
class Losses:
    """Codes of the measures, indicators and domains without figures, in the order of the tables.

    `stand_ins` are the measures that take the place of some of these measures.
    """

    measures: list[str]
    indicators: list[str]
    domains: list[str]
    stand_ins: list[str]


def losses(
    framework: pd.DataFrame, measures: pd.DataFrame, cells: pd.DataFrame, grades: list[str]
) -> Losses:
    """What the index of these `cells` has to do without, of what the method includes.

    Parameters
    ----------
    framework
        `framework.csv`: ``code, parent, level``.
    measures
        `measures.csv`: ``measure, indicator, evidence, included, stands_in_for``.
    cells
        `cells.csv`: ``measure, value``.
    grades
        The grades of evidence that the method includes.
    """
    included = included_measures(measures, grades)
    wanted = included[included["stands_in_for"].eq("")]
    found = measures_in_use(measures, grades, cells)
    levels = [codes_above(framework, table["indicator"]) for table in (wanted, found)]
    gone = levels[0] - levels[1]
    ordered = framework[framework["code"].isin(gone)]
    by_level = ordered.groupby("level")["code"].agg(list)
    lost = wanted.loc[~wanted["measure"].isin(found["measure"]), "measure"]
    stand_ins = found.loc[found["stands_in_for"].ne(""), "measure"]
    indicators, domains = (by_level.get(level, []) for level in ("indicator", "domain"))
    return Losses(list(lost), indicators, domains, list(stand_ins))


def codes_above(framework: pd.DataFrame, codes: pd.Series) -> set[str]:
    """These codes and all nodes above them."""
    above = parents(framework)
    return {node for code in codes for node in path_to_root(above, code)}


def rank_shifts(before: pd.Series, after: pd.Series) -> pd.Series:
    """Places by which cities move, up or down, from one index to another.

    Only cities that are ranked both times are compared.
    """
    return (rank(after) - rank(before)).dropna().abs()


def state_table(
    edition: Edition, cells: pd.DataFrame, before: Mapping[str, pd.DataFrame]
) -> pd.DataFrame:
    """How well each indicator is measured by the `cells` of an edition: `evidence.csv`.

    `before` holds the cells of the earlier editions, by name.
    """
    framework, measures = (edition.reference_table(name) for name in ("framework", "measures"))
    earlier = {each.name: measured_indicators(each, before[each.name]) for each in edition.earlier}
    indicators = list(framework.loc[framework["level"] == "indicator", "code"])
    return evidence_table(indicators, measures, cells, method.load(edition).evidence, earlier)


def measured_indicators(edition: Edition, cells: pd.DataFrame) -> set[str]:
    """Codes of the indicators that the `cells` of an edition measure, by its own method."""
    measures = edition.reference_table("measures")
    return set(measures_in_use(measures, method.load(edition).evidence, cells)["indicator"])


def state_facts(evidence: pd.DataFrame) -> Facts:
    """Numbers of indicators by how well they are measured, from `evidence.csv`."""
    measured = evidence["measures"] > 0
    lost = evidence[evidence["state"] == "lost"]
    by_edition = lost.groupby("last_edition", sort=False)["indicator"].agg(list)
    return {
        "measured_indicators": fact.whole(measured.sum()),
        "unmeasured_indicators": fact.whole((~measured).sum()),
        "weak_indicators": fact.whole((~measured & evidence["state"].eq("weak")).sum()),
        "empty_indicators": fact.whole(evidence["state"].eq("none").sum()),
        "lost_indicators": len(lost),
        "lost": fact.sentence("evidence_lost", lost=by_edition.to_dict()),
    }


def loss_facts(edition: Edition, cells: pd.DataFrame) -> Facts:
    """What the edition has no figures for, what that does to ranks, and domains that are thin."""
    framework, measures, context = (
        edition.reference_table(name) for name in ("framework", "measures", "context_measures")
    )
    evidence = method.load(edition).evidence
    gone = losses(framework, measures, cells, evidence)
    used = included_measures(measures, evidence)
    beside = [*measures.loc[~measures["measure"].isin(used["measure"]), "measure"],
              *context["measure"]]  # fmt: skip
    filled = filled_measures(cells)
    effect = trial(edition, gone)
    return {
        "account": fact.sentence(
            "losses_account", year=edition.data_year, **asdict(gone), trial=effect
        ),
        "summary": fact.sentence(
            "losses_summary", year=edition.data_year, measures=gone.measures, trial=dict(effect)
        ),
        # Measures beside the index, too weak ones and its context, of which no city has a value.
        "beside": fact.words(code for code in beside if code not in filled),
        "thin_domains": fact.sentence(
            "losses_thin",
            domains=thin_domains(framework, measures_in_use(measures, evidence, cells)),
        ),
    }


def trial(edition: Edition, gone: Losses) -> dict[str, object]:
    """What is changed without these measures, tried on the edition that sets rulers and anchors.

    Its cities, rulers and anchors stay as they are. Measures that it lacks too change nothing
    there. Nothing is said if it has none of them, or its cells are not at hand.
    """
    anchored = Edition(edition.settings["score_anchors"], edition.root)
    if anchored.name == edition.name or not anchored.has_result("cells"):
        return {}
    cells = anchored.result("cells")
    lost = [measure for measure in gone.measures if measure in filled_measures(cells)]
    if not lost:
        return {}
    framework, measures, cities = (
        edition.reference_table(name) for name in ("framework", "measures", "cities")
    )
    ranking = rank_cities(cells, framework, measures, cities, method.load(edition))
    rest = index_of_rest(ranking, lost)
    shifts = rank_shifts(ranking.composite.index, rest)
    anchors, bands = anchored.result("anchors"), edition.reference_table("tiers")
    whole, part = (band_counts(each, anchors, bands) for each in (ranking.composite.index, rest))
    return {
        "edition": anchored.name,
        "half": int(shifts.median()),
        "far": FAR,
        "beyond": int((shifts > FAR).sum()),
        "most": fact.whole(shifts.max()),
        "bands": [int(number) for number in whole],
        "rest": [int(number) for number in part],
    }


def thin_domains(framework: pd.DataFrame, measures: pd.DataFrame) -> list[dict[str, object]]:
    """The domains that rest on one indicator each, with the `measures` that make it up."""
    parent = framework.set_index("code")["parent"]
    domain = measures["indicator"].map(parent).map(parent)
    thin = [
        (code, measures[domain == code])
        for code in framework.loc[framework["level"] == "domain", "code"]
    ]
    return [
        {"domain": code, "indicator": mine["indicator"].iloc[0], "measures": list(mine["measure"])}
        for code, mine in thin
        if len(set(mine["indicator"])) == 1
    ]
