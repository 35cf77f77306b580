"""Distribution: the shape of every measure before and after treatment, and of every node."""

import pandas as pd

from analysis.index.framework import leaves
from analysis.index.shape import kurtosis, skewness


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

    Examples
    --------
    >>> data = pd.DataFrame({"a": [1.0, 1.0, 2.0, None]})
    >>> details = pd.DataFrame({"column": ["a"], "points_treated": [0]})
    >>> distribution_table(data, details).round(4)
      column  points_treated  n  different  most_common  treated_share
    0      a               0  3          2       0.6667            0.0
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

    Parameters
    ----------
    nodes
        One row per unit, one column per inner node.
    framework
        A framework table with the column `level`: `code, parent, level`.

    Returns
    -------
    pd.DataFrame
        ``level, code, n, minimum, median, maximum, standard_deviation`` (ddof 1), ``skewness`` and
        ``kurtosis`` (bias-corrected, excess), in the order of the framework; all but the last two
        in points of the scale of the nodes.

    Examples
    --------
    >>> tree = pd.DataFrame({"code": ["top", "a"], "parent": ["", "top"]})
    >>> tree["level"] = ["index", "leaf"]
    >>> table = shape_table(pd.DataFrame({"top": [1.0, 2.0, 3.0]}), tree)
    >>> table[["code", "n", "minimum", "median", "maximum", "standard_deviation", "skewness"]]
      code  n  minimum  median  maximum  standard_deviation  skewness
    0  top  3      1.0     2.0      3.0                 1.0       0.0
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
