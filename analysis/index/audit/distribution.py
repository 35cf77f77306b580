"""Distribution: the shape of every measure before and after treatment, and of every node."""

import pandas as pd

from analysis.index.framework import leaves
from analysis.index.treatment import kurtosis, skewness


def distribution_table(data: pd.DataFrame, details: pd.DataFrame) -> pd.DataFrame:
    """Describe every column before and after treatment.

    Parameters
    ----------
    data
        One row per unit, the columns before treatment, gaps as NaN.
    details
        The second frame that `treatment.treat` returns.

    Returns
    -------
    pd.DataFrame
        The columns of `details` and ``n`` (values present), ``different`` (different values),
        ``most_common`` (share of the most frequent value, 0 to 1), ``treated_share`` (cells
        changed / n).
    """
    counts = {column: data[column].value_counts() for column in details["column"]}
    present = data[list(counts)].count().to_numpy()
    return details.assign(
        n=present,
        different=[len(count) for count in counts.values()],
        most_common=[count.iloc[0] / count.sum() for count in counts.values()],
        treated_share=details["points_treated"].to_numpy() / present,
    )


def shape_table(nodes: pd.DataFrame, framework: pd.DataFrame) -> pd.DataFrame:
    """Describe the values of every inner node.

    `nodes` has one row per unit and one column per inner node. Returns ``level, code, n,
    minimum, median, maximum, standard_deviation`` (ddof 1), ``skewness`` and ``kurtosis``
    (bias-corrected, excess), in the order of the framework.
    """
    inner = framework[~framework["code"].isin(leaves(framework))]
    rows = [
        {"level": level, "code": code, **_shape(nodes[code])}
        for level, code in inner[["level", "code"]].itertuples(index=False)
    ]
    return pd.DataFrame(rows)


def _shape(values: pd.Series) -> dict[str, float]:
    return {
        "n": int(values.count()),
        "minimum": values.min(),
        "median": values.median(),
        "maximum": values.max(),
        "standard_deviation": values.std(ddof=1),
        "skewness": skewness(values),
        "kurtosis": kurtosis(values),
    }
