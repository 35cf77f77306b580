"""The ranking of record of an edition: its cells, its method, and which cities are ranked."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analysis.editions import Edition, Tables
from analysis.editions.validation.faults import Fault, InputRefusedError, refuse
from analysis.editions.validation.flat_measures import flat_faults
from analysis.editions.validation.method_scale import depends_on_figures, unborne_faults
from analysis.index.refusal import RefusedValueError
from analysis.ranking import cleaning, scores
from analysis.ranking import method as methods


@dataclass(frozen=True)
class RankedEdition:
    """An edition with what its raw files come to.

    Attributes
    ----------
    edition
        The edition.
    cells
        Its cleaned cells, those of the context measures among them.
    ranking
        Its ranking of record.
    """

    edition: Edition
    cells: pd.DataFrame
    ranking: scores.Ranking

    @cached_property
    def method(self) -> methods.MethodOfRecord:
        """The method of record, with the numbers of draws and their seeds."""
        return methods.load(self.edition)


def ranked_edition(edition: Edition, cells: pd.DataFrame | None = None) -> RankedEdition:
    """The ranking of record from the raw files of an edition, or from its `cells`.

    Raises
    ------
    InputRefusedError
        As `ranked_cities`.
    """
    cleaned = cleaning.clean(edition) if cells is None else cells
    return RankedEdition(edition, cleaned, ranked_cities(edition, cleaned))


def ranked_cities(edition: Edition, cells: pd.DataFrame) -> scores.Ranking:
    """The ranking of record.

    Raises
    ------
    InputRefusedError
        If no city can be ranked, a measure tells none of the ranked cities apart, or the figures
        do not bear the method.
    """
    covered = covered_cities(edition, cells)
    refuse(flat_faults(edition, cells, covered.matrix))
    try:
        return scores.indexed(covered, methods.load(edition))
    except RefusedValueError as error:
        refuse(unborne_faults(edition, error))
        raise


def covered_cities(edition: Edition, cells: pd.DataFrame) -> scores.Covered:
    """The cities of an edition that the coverage rule lets be ranked."""
    framework, measures, cities = (
        edition.reference_table(name) for name in ("framework", "measures", "cities")
    )
    return scores.covered_cities(cells, framework, measures, cities, methods.load(edition))


def figure_faults(edition: Edition) -> list[Fault]:
    """A method that the figures of an otherwise faultless edition do not bear, as a fault."""
    if depends_on_figures(edition):
        try:
            ranked_cities(edition, cleaning.clean(edition))
        except InputRefusedError as refusal:
            return refusal.faults
    return []


def index_tables(edition: Edition, ranking: scores.Ranking) -> Tables:
    """The ranking of record and the steps to it."""
    framework, cities, bands = (
        edition.reference_table(name) for name in ("framework", "cities", "tiers")
    )
    composite = ranking.composite
    anchors = score_anchors(edition, composite.index, bands)
    return {
        "measured_parts": scores.part_table(composite, framework),
        "treatment": scores.treatment_table(composite),
        "treated_points": scores.treated_point_table(ranking.matrix, composite, cities),
        "indicators": scores.node_table(composite, framework, "indicator", cities),
        "subdomains": scores.node_table(composite, framework, "subdomain", cities),
        "anchors": anchors,
        "scores": scores.score_table(composite, cities, bands, anchors, domain_codes(edition)),
        "unranked": ranking.unranked,
        "shortfalls": ranking.shortfalls,
    }


def score_anchors(edition: Edition, index: pd.Series, bands: pd.DataFrame) -> pd.DataFrame:
    """The edition's own anchors, or the frozen ones of the edition that its settings name."""
    source = edition.settings["score_anchors"]
    if source == edition.name:
        return scores.own_anchors(index, bands)
    return Edition(source, edition.root).result("anchors")


def domain_codes(edition: Edition) -> list[str]:
    """Codes of the domains in the order of the framework."""
    framework = edition.reference_table("framework")
    return list(framework.loc[framework["level"] == "domain", "code"])
