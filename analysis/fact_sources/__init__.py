"""Where every fact of the prose comes from: which tables, columns and rows, and what is done there.

One module for each module that makes facts. A fact without a source, a source without a fact, and
a column that is not read or not declared are found by ``tests/facts``, which takes every fact from
its source by another way.
"""

from analysis.fact_keys import joined
from analysis.fact_sources import (
    account,
    audit,
    comparison,
    findings,
    general,
    loss,
    robustness,
)
from analysis.fact_sources.declaring import Sources


def fact_sources() -> Sources:
    """The source of every fact by its name; `*` in a name stands for a name from data.

    Raises
    ------
    ValueError
        If two modules declare the same fact.
    """
    modules = (general, loss, findings, account, robustness, audit, comparison)
    return joined(*(module.SOURCES for module in modules))
