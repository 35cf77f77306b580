"""Evidence that the method asks for and an edition does not have, and what its loss does.

A source that no longer prints a column costs a measure, sometimes an indicator, at worst a domain.
The index goes on without them; here it is said what is gone, and how far ranks would have moved in
an edition that had it.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass

import pandas as pd

from analysis.editions import Edition, Facts
from analysis.editions import fact_values as fact
from analysis.index.framework import parents, path_to_root
from analysis.index.ranking import rank
from analysis.ranking import method
from analysis.ranking.cleaning import clean
from analysis.ranking.indicators import (
    evidence_table,
    filled_measures,
    included_measures,
    measures_in_use,
)
from analysis.ranking.scores import rank_cities

# Places beyond which a city is said to move far.
FAR = 10
IndexOfCells = Callable[[pd.DataFrame], pd.Series]


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


def rank_shifts(cells: pd.DataFrame, without: list[str], index_of: IndexOfCells) -> pd.Series:
    """Places by which cities move, up or down, when the measures `without` are taken from `cells`.

    `index_of` builds the index of cells; only cities that are ranked both times are compared.
    """
    kept = cells.assign(value=cells["value"].mask(cells["measure"].isin(without)))
    before, after = (rank(index_of(table)) for table in (cells, kept))
    return (after - before).dropna().abs()


def state_table(edition: Edition, cells: pd.DataFrame) -> pd.DataFrame:
    """How well each indicator is measured by the `cells` of an edition: `evidence.csv`."""
    framework, measures = (edition.reference_table(name) for name in ("framework", "measures"))
    earlier = {each.name: measured_indicators(each, clean(each)) for each in edition.earlier}
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
    return {
        "measured_indicators": fact.whole(measured.sum()),
        "unmeasured_indicators": fact.whole((~measured).sum()),
        "weak_indicators": fact.whole((~measured & evidence["state"].eq("weak")).sum()),
        "empty_indicators": fact.whole(evidence["state"].eq("none").sum()),
        "lost_indicators": len(lost),
        "lost": fact.sentence(
            "evidence_lost",
            lost={
                edition: list(mine["indicator"])
                for edition, mine in lost.groupby("last_edition", sort=False)
            },
        ),
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
    return {
        "account": fact.sentence(
            "losses_account", year=edition.data_year, **asdict(gone), trial=trial(edition, gone)
        ),
        # Measures beside the index, too weak ones and its context, of which no city has a value.
        "beside": fact.words(code for code in beside if code not in filled),
        "thin_domains": fact.sentence(
            "losses_thin",
            domains=thin_domains(framework, measures_in_use(measures, evidence, cells)),
        ),
    }


def trial(edition: Edition, gone: Losses) -> dict[str, object]:
    """How far ranks move without these measures, tried on the edition that sets the anchors.

    Nothing is said if that edition lacks one of them too, or its cells are not at hand.
    """
    anchored = Edition(edition.settings["score_anchors"], edition.root)
    if not gone.measures or anchored.name == edition.name or not anchored.has_result("cells"):
        return {}
    cells = anchored.result("cells")
    if not set(gone.measures) <= filled_measures(cells):
        return {}
    framework, measures, cities = (
        edition.reference_table(name) for name in ("framework", "measures", "cities")
    )
    record = method.load(edition)
    shifts = rank_shifts(
        cells,
        gone.measures,
        lambda table: rank_cities(table, framework, measures, cities, record).composite.index,
    )
    return {
        "edition": anchored.name,
        "half": int(shifts.median()),
        "far": FAR,
        "beyond": int((shifts > FAR).sum()),
        "most": fact.whole(shifts.max()),
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
