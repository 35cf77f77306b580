"""The one writer of results: from the raw tables of an edition to every results table.

Nothing is written unless all input is accepted and every table agrees with the data dictionary.
"""

from collections.abc import Callable

import pandas as pd
import yaml

from analysis import cleaning, comparison, facts, scores
from analysis import method as methods
from analysis.audit import audit_tables
from analysis.chapters import analysis_tables, domain_codes
from analysis.editions import FLOAT_FORMAT, Edition, write_tables
from analysis.flat_measures import flat_faults
from analysis.method_scale import depends_on_figures, unborne_faults
from analysis.refusal import RefusedValueError
from analysis.robustness.record import with_record
from analysis.robustness.tables import StudyInputs, robustness_tables
from analysis.schemas import collect, table_faults
from analysis.seals import seal
from analysis.storage import alone, recover
from analysis.validation import InputRefusedError, refuse, validate

Tables = dict[str, pd.DataFrame]
# Takes a function and its arguments, and gives what returns the result when it is asked for.
Submit = Callable[..., Callable[[], Tables]]


def at_once(function: Callable[..., Tables], *arguments: object) -> Callable[[], Tables]:
    """Do a piece of work before anything else; other ways to submit it may do it meanwhile."""
    result = function(*arguments)
    return lambda: result


def build(
    edition: Edition,
    progress: Callable[[str], None] = lambda _: None,
    submit: Submit = at_once,
) -> list[str]:
    """Validate the input of an edition, compute all results and write them; returns their names.

    One build of an edition runs at a time. It first puts back what an interrupted one left, and
    it seals the raw files that it is the first to accept.

    Raises
    ------
    InputRefusedError
        Naming every fault of the input, or every cell of a table that breaks the dictionary.
    WritingFailedError
        If the disk does not take the results; the earlier ones are unchanged then.
    """
    with alone(edition.lock, lambda: progress("waiting for another build of this edition")):
        recover(edition.results)
        progress("validating")
        validate(edition)
        tables = compute(edition, progress, submit)
        progress("writing")
        refuse(dictionary_faults(edition, tables))
        texts = {"facts.yml": yaml.safe_dump(facts.facts(edition, tables), allow_unicode=True)}
        seal(edition)
        write_tables(edition.results, tables, texts)
    return [*(f"{name}.csv" for name in tables), *texts]


def compute(
    edition: Edition,
    progress: Callable[[str], None] = lambda _: None,
    submit: Submit = at_once,
) -> Tables:
    """Every results table of an edition, by name, from validated input."""
    progress("cleaning")
    cells = cleaning.clean(edition)
    progress("ranking")
    ranking = ranked_cities(edition, cells)
    doubt = submit(doubt_tables, edition, cells, ranking)
    moves = submit(previous_tables, edition, cells, ranking)
    progress("analysing")
    index = index_tables(edition, ranking)
    chapters = analysis_tables(edition, cells, index, ranking.composite.normalised)
    tables = {"cells": cells, **index, **chapters}
    progress("drawing rankings")
    return tables | doubt() | moves()


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


def figure_faults(edition: Edition) -> pd.DataFrame:
    """A method that the figures of an otherwise faultless edition do not bear, as a fault."""
    if depends_on_figures(edition):
        try:
            ranked_cities(edition, cleaning.clean(edition))
        except InputRefusedError as refusal:
            return refusal.faults
    return collect([])


def index_tables(edition: Edition, ranking: scores.Ranking) -> Tables:
    """The ranking of record and the steps to it."""
    framework, cities, bands = (
        edition.reference_table(name) for name in ("framework", "cities", "tiers")
    )
    composite = ranking.composite
    anchors = score_anchors(edition, composite.index, bands)
    return {
        "treatment": scores.treatment_table(composite),
        "treated_points": scores.treated_point_table(ranking.matrix, composite, cities),
        "indicators": scores.node_table(composite, framework, "indicator", cities),
        "subdomains": scores.node_table(composite, framework, "subdomain", cities),
        "anchors": anchors,
        "scores": scores.score_table(composite, cities, bands, anchors, domain_codes(edition)),
        "unranked": ranking.unranked,
    }


def score_anchors(edition: Edition, index: pd.Series, bands: pd.DataFrame) -> pd.DataFrame:
    """The edition's own anchors, or the frozen ones of the edition that its settings name."""
    source = edition.settings["score_anchors"]
    if source == edition.name:
        return scores.own_anchors(index, bands)
    return Edition(source, edition.root).result("anchors")


def doubt_tables(edition: Edition, cells: pd.DataFrame, ranking: scores.Ranking) -> Tables:
    """How sure each rank is and how well the index is built, if the edition names a design."""
    if edition.uncertainty_design is None:
        return {}
    inputs = study_inputs(edition, cells, ranking)
    cities, judgements = (edition.reference_table(name) for name in ("cities", "judgements"))
    audited = audit_tables(ranking.matrix, ranking.composite, cells, cities, judgements)
    return robustness_tables(inputs) | audited


def previous_tables(edition: Edition, cells: pd.DataFrame, ranking: scores.Ranking) -> Tables:
    """What changed since the previous edition, if the edition names one and a design."""
    if edition.previous is None or edition.uncertainty_design is None:
        return {}
    earlier = Edition(edition.previous, edition.root)
    old_cells = cleaning.clean(earlier)
    old = earlier, old_cells, ranked_cities(earlier, old_cells)
    return compared(old, (edition, cells, ranking))


def compared(
    earlier: tuple[Edition, pd.DataFrame, scores.Ranking],
    later: tuple[Edition, pd.DataFrame, scores.Ranking],
) -> Tables:
    """The tables of `comparison` of two editions, each with its cells and its ranking.

    Raises
    ------
    RefusedValueError
        If the later edition names no uncertainty design, whose draws a move is judged by.
    """
    if later[0].uncertainty_design is None:
        rule = "edition.toml names no uncertainty_design, by whose draws a move is judged"
        raise RefusedValueError(f"edition {later[0].name}: {rule}")
    design = design_table(later[0])
    sides = []
    for edition, cells, ranking in (earlier, later):
        method, measures = methods.load(edition), edition.reference_table("measures")
        used = measures[measures["measure"].isin(ranking.matrix.columns)]
        study = study_inputs(edition, cells, ranking, design)
        sides.append((comparison.Side(ranking, method.engine(used)), study))
    draws = int(methods.load(later[0]).number("comparison_draws"))
    return comparison.comparison_tables(sides[0], sides[1], draws)


def study_inputs(
    edition: Edition,
    cells: pd.DataFrame,
    ranking: scores.Ranking,
    design: pd.DataFrame | None = None,
) -> StudyInputs:
    """What the uncertainty analysis of an edition starts from; its own design if none is given."""
    table = design_table(edition) if design is None else design
    names = ("framework", "measures", "cities", "tiers")
    references = {name: edition.reference_table(name) for name in names}
    return StudyInputs(ranking, cells, references, methods.load(edition), table)


def design_table(edition: Edition) -> pd.DataFrame:
    """The uncertainty design of an edition; of every choice that of the method comes first.

    Raises
    ------
    RefusedValueError
        If the edition has none.
    """
    if edition.uncertainty_design is None:
        raise RefusedValueError(f"edition {edition.name}: edition.toml names no uncertainty_design")
    table = pd.read_csv(edition.reference_file(edition.uncertainty_design))
    return with_record(table, methods.load(edition))


def dictionary_faults(edition: Edition, tables: Tables) -> pd.DataFrame:
    """Cells of results that break the data dictionary: what it calls required, types, ranges."""
    known = {"cities.adcode": frozenset(edition.reference_table("cities")["adcode"])}
    return collect(
        table_faults(f"{name}.csv", as_text(table), edition.dictionary(name), known)
        for name, table in tables.items()
    )


def as_text(table: pd.DataFrame) -> pd.DataFrame:
    """A table as it will stand in its file: numbers as text, gaps empty."""
    floats = table.select_dtypes("float").columns
    rounded = table.assign(**{name: table[name].map(FLOAT_FORMAT.__mod__) for name in floats})
    return rounded.astype(object).where(table.notna(), "").astype(str)
