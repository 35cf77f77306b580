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


def ranked_edition(
    edition: Edition, cells: pd.DataFrame | None = None, anchor: RankedEdition | None = None
) -> RankedEdition:
    """The ranking of record from the raw files of an edition, or from its `cells`.

    If the edition takes its rulers from `anchor`, they are made of that one anew; otherwise, as
    for `ranked_cities`, from the results of the edition that its settings name.

    Raises
    ------
    InputRefusedError
        As `ranked_cities`.
    """
    cleaned = cleaning.clean(edition) if cells is None else cells
    if anchor is None or anchor.edition.name != edition.settings["score_anchors"]:
        return RankedEdition(edition, cleaned, ranked_cities(edition, cleaned))
    frozen = scores.frozen_rulers(ruler_table(anchor.edition, anchor.ranking))
    return RankedEdition(edition, cleaned, _ranked(edition, cleaned, frozen))


def ranked_cities(edition: Edition, cells: pd.DataFrame) -> scores.Ranking:
    """The ranking of record, by the edition's own rulers or by those that its settings name.

    Raises
    ------
    InputRefusedError
        If no city can be ranked, a measure tells none of the ranked cities apart, or the figures
        do not bear the method.
    """
    return _ranked(edition, cells, frozen_rulers(edition))


def _ranked(edition: Edition, cells: pd.DataFrame, frozen: pd.DataFrame | None) -> scores.Ranking:
    covered = covered_cities(edition, cells)
    refuse(flat_faults(edition, cells, covered.matrix))
    try:
        return scores.indexed(covered, methods.load(edition), frozen)
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
        "rulers": ruler_table(edition, ranking),
        "treatment": scores.treatment_table(composite),
        "treated_points": scores.treated_point_table(ranking.matrix, composite, cities),
        "indicators": scores.node_table(composite, framework, "indicator", cities),
        "subdomains": scores.node_table(composite, framework, "subdomain", cities),
        "anchors": anchors,
        "scores": scores.score_table(composite, cities, bands, anchors, domain_codes(edition)),
        "unranked": ranking.unranked,
        "shortfalls": ranking.shortfalls,
    }


def frozen_rulers(edition: Edition) -> pd.DataFrame | None:
    """The rulers of the edition that the settings name; none if an edition names itself."""
    source = edition.settings["score_anchors"]
    if source == edition.name:
        return None
    return scores.frozen_rulers(Edition(source, edition.root).result("rulers"))


def ruler_table(edition: Edition, ranking: scores.Ranking) -> pd.DataFrame:
    """The table `rulers.csv` of an edition."""
    return scores.ruler_table(ranking, edition.name, edition.settings["score_anchors"])


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
