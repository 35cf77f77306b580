"""One draw at a time, through the index engine: slow, plain, and the reference for the kernel."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.index.composite import CompositeIndex, Method, build
from analysis.index.framework import bottom_up, leaves, prune
from analysis.index.parts import by_parts, measured_nodes
from analysis.index.ranking import rank
from analysis.index.robustness.design import Alternative, Design
from analysis.index.robustness.draws import NONE, Draws
from analysis.index.robustness.frozen import lifted_scale, rulers_of_record
from analysis.index.robustness.study import Study


def replay(study: Study, design: Design, draws: Draws, position: int = 0) -> CompositeIndex:
    """Build the index of one draw.

    Parameters
    ----------
    study, design
        What is ranked, and the choices.
    draws
        Draws of that design.
    position
        Which of them to build.

    Returns
    -------
    CompositeIndex
        The index of the units, with every step on the way to it.

    Raises
    ------
    ValueError
        As `composite.build`.

    Examples
    --------
    w: (2 · 100 + 1 · 0) / 3.

    >>> from analysis.index.robustness.draws import Sampler
    >>> from analysis.index.robustness.example import small_design, small_study
    >>> study, design = small_study(), small_design()
    >>> replay(study, design, Sampler(design, study).of_record()).index.round(4).to_dict()
    {'u': 33.3333, 'v': 46.6667, 'w': 66.6667}
    """
    chosen = {
        factor: alternatives[draws.choices[factor][position]]
        for factor, alternatives in design.alternatives.items()
    }
    copies = (
        None if number == NONE else int(number)
        for number in (draws.imputation[position], draws.replicate[position])
    )
    data = study.variant(chosen["measures"].name, *copies)
    framework = framework_of(study, draws, position, chosen)
    untreated = tuple(leaf for leaf in study.untreated if leaf in leaves(framework))
    scale = chosen["normalisation"]
    rulers = rulers_of_record(study, design, chosen)
    method = Method(
        **treatment_options(chosen["treatment"], study.limits),
        untreated=untreated,
        normalisation=scale.name,
        normalisation_options=scale.numbers if rulers is None else lifted_scale(study, scale),
        aggregation=means(framework, chosen["aggregation"]),
        renormalisation=chosen["renormalisation"].name,
    )
    return build(data, framework, method=method, rulers=rulers)


def replayed_ranks(study: Study, design: Design, draws: Draws) -> pd.DataFrame:
    """Rank the units in each of the draws, one replay after another.

    Parameters
    ----------
    study, design, draws
        As `replay` takes them.

    Returns
    -------
    pd.DataFrame
        Ranks, units × draws.

    Raises
    ------
    ValueError
        As `composite.build`.

    Examples
    --------
    >>> from analysis.index.robustness.draws import Sampler
    >>> from analysis.index.robustness.example import small_design, small_study
    >>> study, design = small_study(), small_design()
    >>> replayed_ranks(study, design, Sampler(design, study).of_record())[0].to_dict()
    {'u': 3.0, 'v': 2.0, 'w': 1.0}
    """
    ranks = {
        position: rank(replay(study, design, draws, position).index)
        for position in range(len(draws))
    }
    return pd.DataFrame(ranks)


def framework_of(
    study: Study, draws: Draws, position: int, chosen: Mapping[str, Alternative]
) -> pd.DataFrame:
    """The framework of one draw: its weights, without what it leaves out."""
    framework, multipliers = study.framework, draws.multipliers[position]
    weights = pd.to_numeric(framework["weight"]) * multipliers
    node = draws.left_out[position]
    removed = [] if node == NONE else leaves(framework, framework["code"].iloc[node])
    kept = [leaf for leaf in study.leaves_of_grades(chosen["evidence"]) if leaf not in removed]
    pruned = prune(framework.assign(weight=weights, multiplier=multipliers), kept)
    if chosen["renormalisation"].name == "level_by_level":
        return pruned
    return by_parts(pruned, measured_nodes(framework))


def treatment_options(alternative: Alternative, limits: Mapping[str, float]) -> dict[str, Any]:
    """The parameters of `treatment.treat` that an alternative of the factor stands for."""
    if alternative.name == "none":
        return {"skewness_limit": float("inf")}
    maximum = int(alternative.options["maximum"]) if alternative.name == "winsorise" else 0
    return {"maximum_winsorised": maximum, **limits}


def means(framework: pd.DataFrame, alternative: Alternative) -> dict[str, str]:
    """The mean at every inner node; the name of a node goes before that of its level."""
    level = dict(zip(framework["code"], framework["level"], strict=True))
    named = alternative.options
    return {
        node: named.get(node, named.get(level[node], alternative.name))
        for node in bottom_up(framework)
    }
