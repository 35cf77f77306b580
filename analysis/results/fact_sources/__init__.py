"""Where every fact of the prose comes from: which tables, columns and rows, and what is done there.

One module for each module that makes facts. A fact without a source, a source without a fact, and
a column that is not read or not declared are found by ``tests/facts``, which takes every fact from
its source by another way.
"""

from analysis.editions.fact_keys import joined
from analysis.results.fact_sources.account import SOURCES as ACCOUNT
from analysis.results.fact_sources.audit import SOURCES as AUDIT
from analysis.results.fact_sources.comparison import SOURCES as COMPARISON
from analysis.results.fact_sources.declaring import Sources
from analysis.results.fact_sources.findings import SOURCES as FINDINGS
from analysis.results.fact_sources.general import SOURCES as GENERAL
from analysis.results.fact_sources.loss import SOURCES as LOSS
from analysis.results.fact_sources.robustness import SOURCES as ROBUSTNESS


def fact_sources() -> Sources:
    """The source of every fact by its name; `*` in a name stands for a name from data.

    Raises
    ------
    ValueError
        If two modules declare the same fact.
    """
    return joined(GENERAL, LOSS, FINDINGS, ACCOUNT, ROBUSTNESS, AUDIT, COMPARISON)
