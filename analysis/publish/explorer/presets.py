"""Other methods to look at in the explorer, each with the ranks that the engine gives.

An alternative of the uncertainty design, or another way to weigh, changes what lies below the
sliders of the explorer, so that it comes as the places of the cities.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from analysis.chapters.assembly import study_inputs
from analysis.chapters.city_study import fitting_design, study_of
from analysis.index.aggregation import aggregate
from analysis.index.audit.weights import judged_framework, judgement_matrices, weighted_frameworks
from analysis.index.composite import CompositeIndex
from analysis.index.framework import root
from analysis.index.ranking import rank
from analysis.index.refusal import RefusedValueError
from analysis.index.robustness.engine import Engine
from analysis.language.names import choice_names
from analysis.ranking.of_record import RankedEdition

# Factors whose alternatives are drawn at random, so that none of them is one ranking.
DRAWN = ("gaps", "figures", "left_out")


class Places(NamedTuple):
    """Places by adcode under every preset of a kind, a column for each."""

    weights: pd.DataFrame
    method: pd.DataFrame


def preset_places(ranked: RankedEdition) -> Places:
    """The places that the engine gives, which are the same in every language."""
    return Places(weighed_places(ranked), design_places(ranked))


def presets(found: Places, order: Sequence[str], labels: pd.Series) -> list[dict[str, object]]:
    """Key, name, kind (``weights`` or ``method``) and places, in this order, of every preset."""
    weighed, chosen = found.weights.copy(), found.method.copy()
    names = [labels[f"weights_{method}"] for method in weighed.columns]
    choices = pd.DataFrame(list(chosen.columns), columns=["factor", "alternative"])
    named = choice_names(choices.assign(level=""), labels) if len(choices) else []
    weighed.columns = [f"weights {method}" for method in weighed.columns]
    chosen.columns = [" ".join(choice) for choice in chosen.columns]
    return [
        {"key": key, "name": str(name), "kind": kind, "places": table.loc[order, key].tolist()}
        for kind, table, found in (("weights", weighed, names), ("method", chosen, named))
        for key, name in zip(table.columns, found, strict=True)
    ]


def design_places(ranked: RankedEdition) -> pd.DataFrame:
    """Places by adcode under each alternative of the design alone, a column for each.

    Columns are ``(factor, alternative)``; alternatives drawn at random are none. Without a design,
    or beside a method that none holds, there are no columns.
    """
    units = ranked.ranking.matrix.index
    if ranked.edition.uncertainty_design is None:
        return pd.DataFrame(index=units)
    inputs = study_inputs(ranked)
    try:
        design = fitting_design(inputs)
    except RefusedValueError:  # a method of record that no design holds, such as harmonic means
        return pd.DataFrame(index=units)
    single = {
        factor: found[:1] if factor in DRAWN else found
        for factor, found in design.alternatives.items()
    }
    engine = Engine(study_of(inputs), replace(design, alternatives=single))
    record = engine.sampler.of_record()
    found = {
        (factor, alternative.text): engine.ranks(record.with_choice(factor, number))[0]
        for factor, alternatives in single.items()
        for number, alternative in enumerate(alternatives)
        if number
    }
    return pd.DataFrame(found, index=units)


def weighed_places(ranked: RankedEdition) -> pd.DataFrame:
    """Places by adcode under each other way to weigh siblings, a column for each."""
    edition, composite = ranked.edition, ranked.ranking.composite
    inputs = (composite.normalised, composite.framework)
    frameworks = weighted_frameworks(*inputs, aggregation=composite.method.aggregation)
    if edition.describes("judgements.csv"):
        frameworks["judged"] = judged(edition.reference_table("judgements"), composite)
    return pd.DataFrame(
        {method: weighed_ranks(composite, tree) for method, tree in frameworks.items()}
    )


def judged(judgements: pd.DataFrame, composite: CompositeIndex) -> pd.DataFrame:
    """The framework under the judgements in pairs, as far as they are on nodes of the index."""
    known = judgements[["first", "second"]].isin(set(composite.framework["code"])).all(axis=1)
    return judged_framework(composite.framework, judgement_matrices(judgements[known]))[0]


def weighed_ranks(composite: CompositeIndex, framework: pd.DataFrame) -> pd.Series:
    """Places under another framework, everything else as in the method of record."""
    method = composite.method
    nodes = aggregate(composite.normalised, framework, method.aggregation, method.renormalisation)
    return rank(nodes[root(framework)]).astype(int)
