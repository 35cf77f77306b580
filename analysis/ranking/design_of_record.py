"""The method of record among the alternatives of a design.

A design says what else might have been chosen; what was chosen stands in `method.csv`. So the
alternative of record is looked up there and put first, and added if the design lacks it.
"""

import pandas as pd

from analysis.index.normalisation import reaches_zero
from analysis.index.robustness.design import Alternative
from analysis.ranking.method import MethodOfRecord

# Normalisations that differ only in where the scale begins and ends.
LINEAR = {"min_max", "efficacy_coefficient"}


def with_record(table: pd.DataFrame, method: MethodOfRecord) -> pd.DataFrame:
    """Return a design table in which the first alternative of every factor is that of record.

    Parameters
    ----------
    table
        A design as `design.read_design` takes it, with the columns `kind` and `meaning`.
    method
        The method of record.

    Returns
    -------
    pd.DataFrame
        The same table if it is so already. An alternative that the table lacks has the share 1
        and no meaning.
    """
    factors = list(table["factor"].drop_duplicates())
    groups = [_record_first(table[table["factor"] == factor], method) for factor in factors]
    return pd.concat(groups, ignore_index=True)


def _record_first(rows: pd.DataFrame, method: MethodOfRecord) -> pd.DataFrame:
    factor = rows["factor"].iloc[0]
    if factor == "weights":
        return rows
    found = [is_record(factor, Alternative(str(text)), method) for text in rows["alternative"]]
    if any(found):
        first = rows.index[found.index(True)]
        return rows.loc[[first, *rows.index.drop(first)]]
    added = rows.iloc[:1].assign(alternative=record_text(factor, method), share=1, meaning="")
    return pd.concat([added[rows.columns], rows])


def record_text(factor: str, method: MethodOfRecord) -> str:
    """The alternative of record of a factor, as a design writes it.

    A scale that reaches zero begins at 1, for a design may hold geometric means too.
    """
    scale = method.parameters["normalisation"]
    texts = {
        "normalisation": f"{scale} lower=1 upper=100" if reaches_zero(scale) else scale,
        "treatment": f"winsorise maximum={method.number('maximum_winsorised'):.0f}",
        "evidence": " ".join(method.evidence),
        "measures": "size",
        "gaps": "left",
        "figures": "as_printed",
        "left_out": "nothing",
    }
    return texts.get(factor) or method.parameters[factor]


def is_record(factor: str, alternative: Alternative, method: MethodOfRecord) -> bool:
    """Whether an alternative of a factor gives the ranks of the method of record.

    Under arithmetic means the ranks do not depend on where a scale begins and ends.
    """
    record = Alternative(record_text(factor, method))
    if factor == "evidence":
        return set(alternative.words) == set(record.words)
    if factor == "normalisation" and method.parameters["aggregation"] == "arithmetic":
        return alternative.name == record.name or {alternative.name, record.name} <= LINEAR
    if factor == "treatment" and alternative.name == "log":
        return method.number("maximum_winsorised") == 0
    return alternative.words == record.words and alternative.options == record.options
