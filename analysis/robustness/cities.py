"""The study of an edition: the ranked cities, every measure that any choice uses, and helpers."""

from collections.abc import Mapping

import pandas as pd

from analysis import indicators, scores
from analysis.method import MethodOfRecord
from analysis.robustness.imputation import impute
from analysis.robustness.study import Study

# A measure that fewer of the ranked cities have is used under no choice.
LEAST_PRESENT = 0.5


def city_study(
    cells: pd.DataFrame,
    references: Mapping[str, pd.DataFrame],
    method: MethodOfRecord,
    imputations: int,
    seed: int,
) -> Study:
    """Prepare the study of the cities that the method of record ranks.

    Parameters
    ----------
    cells
        Cells of the measures and of the context measures.
    references
        The reference tables ``framework``, ``measures`` and ``cities``.
    method
        The method of record.
    imputations, seed
        See `imputation.impute`.

    Returns
    -------
    Study
        Units are cities (adcode), leaves are measures of every evidence grade. The ranked cities
        are the same under every choice, so that ranks compare.
    """
    measures, tree = references["measures"], references["framework"]
    ranking = scores.rank_cities(cells, tree, measures, references["cities"], method)
    ranked = ranking.matrix.index
    used = usable_measures(cells, measures, ranked)
    data = indicators.measure_matrix(cells, used).loc[ranked]
    context = context_matrix(cells, measures).loc[ranked]
    untreated = used["kind"] == method.parameters["untreated_kind"]
    return Study(
        data=data,
        framework=indicators.measure_framework(tree, used),
        imputed=impute(data, imputations, seed, context) if imputations else (),
        heads=context["resident_population"],
        sizes=list(used.loc[used["kind"] == "size", "measure"]),
        untreated=list(used.loc[untreated, "measure"]),
        grades=dict(zip(used["measure"], used["evidence"], strict=True)),
    )


def usable_measures(cells: pd.DataFrame, measures: pd.DataFrame, ranked: pd.Index) -> pd.DataFrame:
    """Rows of the measures that at least half of the ranked cities have."""
    matrix = indicators.measure_matrix(cells, measures).loc[ranked]
    share = matrix.notna().mean()
    return measures[measures["measure"].map(share) >= LEAST_PRESENT]


def context_matrix(cells: pd.DataFrame, measures: pd.DataFrame) -> pd.DataFrame:
    """Cities (adcode) × context measures: what `cells` hold beside the measures."""
    context = cells[~cells["measure"].isin(measures["measure"])]
    return context.pivot(index="adcode", columns="measure", values="value")
