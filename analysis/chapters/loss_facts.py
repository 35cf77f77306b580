"""What the prose says of evidence that an edition lacks, and of domains that rest on little."""

import pandas as pd

from analysis.chapters.losses import Losses, available_measures, losses, rank_shifts
from analysis.editions import Edition, Facts
from analysis.language.numbers import counted, listing, lower
from analysis.ranking import method
from analysis.ranking.indicators import included_measures
from analysis.ranking.scores import rank_cities

FAR = 10


def loss_facts(edition: Edition, cells: pd.DataFrame, labels: pd.Series) -> Facts:
    """Sentences: what the edition has no figures for, what that does to ranks, thin domains."""
    framework, measures = (edition.reference_table(name) for name in ("framework", "measures"))
    evidence = method.load(edition).evidence
    gone = losses(framework, measures, cells, evidence)
    found = available_measures(included_measures(measures, evidence), cells)
    said = [account(gone, str(edition.data_year), labels), effect(edition, gone)]
    return {
        "account": " ".join(filter(None, said)),
        "beside": listing([lower(labels[code]) for code in lost_beside(edition, cells)]),
        "thin_domains": thin_domains(framework, found, labels),
    }


def lost_beside(edition: Edition, cells: pd.DataFrame) -> list[str]:
    """Measures beside the index of which no city has a value: too weak ones, and its context."""
    measures, context = (edition.reference_table(name) for name in ("measures", "context_measures"))
    used = included_measures(measures, method.load(edition).evidence)
    beside = [*measures["measure"], *context["measure"]]
    filled = {*used["measure"], *cells.loc[cells["value"].notna(), "measure"]}
    return [code for code in beside if code not in filled]


def account(gone: Losses, data_year: str, labels: pd.Series) -> str:
    """What is lacking, measure by measure, and what goes with it."""
    if not gone.measures:
        return f"This edition lacks none: every measure of the method has figures of {data_year}."
    names = {
        level: listing([lower(labels[code]) for code in getattr(gone, level)])
        for level in ("measures", "indicators", "domains")
    }
    said = [f"No source has figures of {data_year} of {names['measures']}."]
    if gone.indicators:
        number = counted(len(gone.indicators), "indicator", "indicators")
        said.append(f"With them the index loses {number} without another measure: "
                    f"{names['indicators']}.")  # fmt: skip
    else:
        said.append("Every indicator has another measure to go on with.")
    if gone.domains:
        number = counted(len(gone.domains), "domain is", "domains are")
        said.append(f"{number} left empty: {names['domains']}. The index is the mean of the rest "
                    "and says nothing about what is lost.")  # fmt: skip
    else:
        said.append("No domain is left empty.")
    return " ".join(said)


def effect(edition: Edition, gone: Losses) -> str:
    """How far ranks move without these measures, tried on the edition that sets the anchors.

    Nothing is said if that edition lacks one of them too, or its cells are not at hand.
    """
    anchored = Edition(edition.settings["score_anchors"], edition.root)
    if not gone.measures or anchored.name == edition.name or not anchored.has_result("cells"):
        return ""
    cells = anchored.result("cells")
    if not set(gone.measures) <= set(cells.loc[cells["value"].notna(), "measure"]):
        return ""
    framework, measures, cities = (
        edition.reference_table(name) for name in ("framework", "measures", "cities")
    )
    record = method.load(edition)
    shifts = rank_shifts(
        cells,
        gone.measures,
        lambda table: rank_cities(table, framework, measures, cities, record).composite.index,
    )
    half = counted(int(shifts.median()), "place", "places")
    number = int((shifts > FAR).sum())
    far = f"{counted(number, 'city', 'cities')} by more than {FAR}, " if number else ""
    return (
        f"Tried on the figures of edition {anchored.name}, which have them, half of the cities "
        f"would move without these measures by {half} or fewer, {far}"
        f"and none by more than {shifts.max():.0f}."
    )


def thin_domains(framework: pd.DataFrame, measures: pd.DataFrame, labels: pd.Series) -> str:
    """The domains that rest on one indicator each, with the `measures` that make it up."""
    parent = framework.set_index("code")["parent"]
    domain = measures["indicator"].map(parent).map(parent)
    said = []
    for code in framework.loc[framework["level"] == "domain", "code"]:
        mine = measures[domain == code]
        if len(set(mine["indicator"])) == 1:
            indicator = lower(labels[mine["indicator"].iloc[0]])
            names = listing([lower(labels[name]) for name in mine["measure"]])
            said.append(f"{lower(labels[code])} rests on {indicator} ({names})")
    if not said:
        return "No domain rests on one indicator alone."
    text = listing(said)
    return f"{text[:1].upper()}{text[1:]}."
