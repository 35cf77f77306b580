"""The study of an edition: the ranked cities, every measure that any choice uses, and helpers."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from analysis.index.audit.coherence import members
from analysis.index.framework import children, root
from analysis.index.robustness.design import Design, read_design
from analysis.index.robustness.engine import Engine
from analysis.index.robustness.fitting import fitting
from analysis.index.robustness.imputation import impute
from analysis.index.robustness.replicates import replicated
from analysis.index.robustness.study import Study
from analysis.ranking import indicators
from analysis.ranking.method import MethodOfRecord
from analysis.ranking.of_record import RankedEdition
from analysis.ranking.scores import Ranking

# A measure outside the index of record that fewer of the ranked cities have is used by no choice.
LEAST_PRESENT = 0.5
# What the index is compared with to see how far it follows size.
SIZES = ["gdp", "gdp_per_head", "resident_population"]


@dataclass(frozen=True)
class Copies:
    """Copies of the data that a study has beside the figures as printed.

    Attributes
    ----------
    imputations
        Number of copies with their gaps filled.
    replicates
        Number of copies with errors drawn.
    year_errors
        `year_errors.csv`: ``measure, scale, value_error``; None where nothing is known of errors.
    """

    imputations: int = 0
    replicates: int = 0
    year_errors: pd.DataFrame | None = None


NO_COPIES = Copies()


def city_study(
    ranking: Ranking,
    cells: pd.DataFrame,
    references: Mapping[str, pd.DataFrame],
    method: MethodOfRecord,
    copies: Copies,
) -> Study:
    """Prepare the study of the cities that the method of record ranks.

    Parameters
    ----------
    ranking
        The ranking of record.
    cells
        Cells of the measures and of the context measures.
    references
        The reference tables ``framework``, ``measures`` and ``cities``.
    method
        The method of record; its `uncertainty_seed` is that of all copies.
    copies
        How many copies have their gaps filled, and how many have errors drawn.

    Returns
    -------
    Study
        Units are cities (adcode), leaves are measures of every evidence grade. The ranked cities
        are the same under every choice, so that ranks compare. Rulers that the edition takes over
        from another one hold for the choices of record.
    """
    measures, tree = references["measures"], references["framework"]
    ranked = ranking.matrix.index
    used = usable_measures(cells, measures, ranking.matrix)
    data = indicators.measure_matrix(cells, used).loc[ranked]
    context = context_matrix(cells, measures).loc[ranked]
    untreated = used["kind"] == method.parameters["untreated_kind"]
    seed = int(method.number("uncertainty_seed"))
    off = errors(copies.year_errors, used)
    return Study(
        data=data,
        framework=indicators.measure_framework(tree, used),
        imputed=impute(data, copies.imputations, seed, context) if copies.imputations else (),
        errors=off,
        replicates=replicated(data, off, copies.replicates, seed),
        heads=heads(context),
        sizes=list(used.loc[used["kind"] == "size", "measure"]),
        untreated=list(used.loc[untreated, "measure"]),
        grades=dict(zip(measures["measure"], measures["evidence"], strict=True)),
        limits=method.limits,
        rulers=ranking.frozen,
    )


def usable_measures(
    cells: pd.DataFrame, measures: pd.DataFrame, record: pd.DataFrame
) -> pd.DataFrame:
    """Rows of the measures of record and of those that at least half of the ranked cities have.

    A measure that tells none of these cities apart is left out, and so is one that stands in for
    another which the index has, or a weak one that is not to be tried.

    Parameters
    ----------
    cells
        `cells.csv`: ``adcode, measure, value``.
    measures
        `measures.csv`: ``measure, weak_tried, stands_in_for``, and what else its rows are to keep.
    record
        The matrix of the index of record, ranked cities (adcode) × measures.
    """
    measures = indicators.without_reserve(measures, cells)
    matrix = indicators.measure_matrix(cells, measures).loc[record.index]
    common = matrix.columns.isin(record.columns) | (matrix.notna().mean() >= LEAST_PRESENT)
    usable = common & (matrix.max() > matrix.min())
    return measures[measures["measure"].map(usable) & measures["weak_tried"].ne("0")]


def errors(year_errors: pd.DataFrame | None, measures: pd.DataFrame) -> pd.DataFrame:
    """The errors of the measures as `replicates.replicated` takes them; shares stay in 0 to 100.

    Parameters
    ----------
    year_errors
        `year_errors.csv`: ``measure, scale, value_error``; None if there is no such table.
    measures
        `measures.csv`: ``measure, kind``.
    """
    if year_errors is None:
        year_errors = pd.DataFrame(columns=["measure", "scale", "value_error"])
    found = year_errors.set_index("measure").reindex(measures["measure"])
    is_share = measures.set_index("measure")["kind"].eq("share")
    return pd.DataFrame(
        {
            "scale": found["scale"],
            "error": found["value_error"].astype(float),
            "lowest": is_share.map({True: 0.0, False: np.nan}),
            "highest": is_share.map({True: 100.0, False: np.nan}),
        }
    )


def context_matrix(cells: pd.DataFrame, measures: pd.DataFrame) -> pd.DataFrame:
    """Cities (adcode) × context measures: what `cells` hold beside the measures, gaps as NaN."""
    context = cells[~cells["measure"].isin(measures["measure"])]
    matrix = context.pivot(index="adcode", columns="measure", values="value")
    return matrix.dropna(axis="columns", how="all")


def heads(context: pd.DataFrame) -> pd.Series:
    """Resident population by city, persons.

    Where no count of it is at hand, GDP (100 million yuan) divided by GDP per head (yuan), which
    is GDP over the mean resident population of the year; where that is missing too, the
    registered population (10,000 persons).
    """
    names = ["resident_population", "gdp", "gdp_per_head", "registered_population"]
    resident, gdp, per_head, registered = context.reindex(columns=names).to_numpy(dtype=float).T
    implied = pd.Series(gdp * 1e8 / per_head, context.index)
    return (
        pd.Series(resident, context.index)
        .fillna(implied)
        .fillna(pd.Series(registered * 1e4, context.index))
    )


def city_sizes(cells: pd.DataFrame) -> pd.DataFrame:
    """The `SIZES` by adcode, a column each; one that the cells say nothing of is empty.

    Parameters
    ----------
    cells
        `cells.csv`: ``adcode, measure, value``, context measures among them.
    """
    size = cells[cells["measure"].isin([*SIZES, "registered_population"])]
    context = size.pivot(index="adcode", columns="measure", values="value")
    return context.assign(resident_population=heads(context)).reindex(columns=SIZES)


def item_groups(framework: pd.DataFrame) -> dict[str, list[str]]:
    """The measures of every domain, and the domains of the index."""
    owners = members(framework, "measure", "domain")
    groups = {str(code): list(items.index) for code, items in owners.groupby(owners, sort=False)}
    return groups | {root(framework): children(framework, root(framework))}


def with_city(table: pd.DataFrame, cities: pd.DataFrame) -> pd.DataFrame:
    """A table by `unit` as a table by city: `adcode, city` and the other columns."""
    renamed = table.rename(columns={"unit": "adcode"})
    renamed.insert(1, "city", renamed["adcode"].map(cities.set_index("adcode")["name_en"]))
    return renamed


@dataclass(frozen=True)
class StudyInputs:
    """What the analysis of an edition starts from.

    Attributes
    ----------
    ranked
        The edition with its cells and its ranking of record.
    design
        The design as a table.
    year_errors
        `year_errors.csv` of the edition; None leaves the doubt of the figures aside.
    """

    ranked: RankedEdition
    design: pd.DataFrame
    year_errors: pd.DataFrame | None = None

    @property
    def ranking(self) -> Ranking:
        """The ranking of record."""
        return self.ranked.ranking

    @property
    def cells(self) -> pd.DataFrame:
        """The cleaned cells, context measures among them."""
        return self.ranked.cells

    @property
    def method(self) -> MethodOfRecord:
        """The method of record, with the numbers of draws and their seed."""
        return self.ranked.method

    @cached_property
    def references(self) -> Mapping[str, pd.DataFrame]:
        """The reference tables ``framework``, ``measures``, ``cities`` and ``tiers``."""
        names = ("framework", "measures", "cities", "tiers")
        return {name: self.ranked.edition.reference_table(name) for name in names}

    @property
    def seed(self) -> int:
        """Seed of all draws."""
        return int(self.method.number("uncertainty_seed"))

    @property
    def record(self) -> pd.Series:
        """Rank of record by adcode."""
        return self.ranking.places


def fitting_design(inputs: StudyInputs) -> Design:
    """The design of an edition as far as the edition has evidence for its alternatives."""
    return fitting(read_design(inputs.design), study_of(inputs))


def study_of(inputs: StudyInputs, design: Design | None = None) -> Study:
    """The study with the copies that a design calls for; without any if none is given."""
    imputations, replicates = (design.imputations, design.replicates) if design else (0, 0)
    copies = Copies(imputations, replicates, inputs.year_errors)
    return city_study(inputs.ranking, inputs.cells, inputs.references, inputs.method, copies)


def study_engine(inputs: StudyInputs) -> Engine:
    """The engine of an edition: its study, under its design as far as it has evidence for it."""
    # The matrices are small: threads of the linear algebra would only get in each other's way.
    with threadpool_limits(1, user_api="blas"):
        design = fitting_design(inputs)
        return Engine(study_of(inputs, design), design)
