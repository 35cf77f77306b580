"""Where every fact of the prose comes from: which tables, columns and rows, and what is done there.

One module for each chapter, and `general` for the facts of `analysis.results.facts`. A fact without
a source, a source without a fact, and a column that is not read or not declared are found by
``tests/results/fact_sources``, which takes every fact from its source by another way.
"""

from analysis.editions.fact_keys import joined
from analysis.results.fact_sources import (
    audit,
    audit_overlap,
    cases,
    claims,
    comparison,
    deciding,
    domains,
    economy,
    every_weighting,
    evidence,
    general,
    inferred,
    losses,
    noise,
    plausibility,
    published,
    reconstruction,
    regions,
    robustness,
    staying,
    tiers,
    weights,
    yardsticks,
)
from analysis.results.fact_sources.declaring import Sources

MODULES = (
    general,
    audit,
    audit_overlap,
    cases,
    claims,
    comparison,
    deciding,
    domains,
    economy,
    every_weighting,
    evidence,
    inferred,
    losses,
    noise,
    plausibility,
    published,
    reconstruction,
    regions,
    robustness,
    staying,
    tiers,
    weights,
    yardsticks,
)


def fact_sources() -> Sources:
    """The source of every fact by its name; `*` in a name stands for a name from data.

    Raises
    ------
    ValueError
        If two modules declare the same fact.
    """
    return joined(*(module.SOURCES for module in MODULES))
