"""What the prose says of evidence that an edition lacks, and of domains that rest on little."""

from dataclasses import asdict

import pandas as pd

from analysis.chapters.losses import Losses, available_measures, losses, rank_shifts
from analysis.editions import Edition, Facts
from analysis.editions import fact_values as fact
from analysis.ranking import method
from analysis.ranking.indicators import included_measures
from analysis.ranking.scores import rank_cities

FAR = 10


def loss_facts(edition: Edition, cells: pd.DataFrame) -> Facts:
    """What the edition has no figures for, what that does to ranks, and domains that are thin."""
    framework, measures = (edition.reference_table(name) for name in ("framework", "measures"))
    evidence = method.load(edition).evidence
    gone = losses(framework, measures, cells, evidence)
    found = available_measures(included_measures(measures, evidence), cells)
    return {
        "account": fact.sentence(
            "losses_account", year=edition.data_year, **asdict(gone), trial=trial(edition, gone)
        ),
        "beside": fact.words(lost_beside(edition, cells)),
        "thin_domains": fact.sentence("losses_thin", domains=thin_domains(framework, found)),
    }


def lost_beside(edition: Edition, cells: pd.DataFrame) -> list[str]:
    """Measures beside the index of which no city has a value: too weak ones, and its context."""
    measures, context = (edition.reference_table(name) for name in ("measures", "context_measures"))
    used = included_measures(measures, method.load(edition).evidence)
    beside = [*measures["measure"], *context["measure"]]
    filled = {*used["measure"], *cells.loc[cells["value"].notna(), "measure"]}
    return [code for code in beside if code not in filled]


def trial(edition: Edition, gone: Losses) -> dict[str, object]:
    """How far ranks move without these measures, tried on the edition that sets the anchors.

    Nothing is said if that edition lacks one of them too, or its cells are not at hand.
    """
    anchored = Edition(edition.settings["score_anchors"], edition.root)
    if not gone.measures or anchored.name == edition.name or not anchored.has_result("cells"):
        return {}
    cells = anchored.result("cells")
    if not set(gone.measures) <= set(cells.loc[cells["value"].notna(), "measure"]):
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
