"""Added value: what the index says that its parts, or mere size, do not say already."""

import numpy as np
import pandas as pd

from analysis.index.ranking import rank

# Lower limits of the classes of rank differences.
CLASSES = {"0": 0, "1-4": 1, "5-9": 5, "10-19": 10, "20-29": 20, "30+": 30}
# A correlation with size beyond this, in either direction, says that the index follows it.
BIASED = 0.6


def rank_difference_table(nodes: pd.DataFrame, parts: list[str], index: str) -> pd.DataFrame:
    """Count by how many places the rank in each part differs from the rank in the index.

    Parameters
    ----------
    nodes
        One row per unit, a column for the index and for each part, without gaps.
    parts, index
        Names of columns.

    Returns
    -------
    pd.DataFrame
        ``code`` (the part), ``difference`` (a class of `CLASSES`, in places regardless of
        direction), ``units``, ``share`` (0 to 1 within the part).

    Examples
    --------
    The ranks in the index are 1, 2, 3, those in the part 1, 3, 2: one difference of 0, two of 1.

    >>> nodes = pd.DataFrame({"top": [9, 8, 7], "a": [9, 7, 8]}, index=["u", "v", "w"])
    >>> rank_difference_table(nodes, ["a"], "top").head(2)
      code difference  units     share
    0    a          0      1  0.333333
    1    a        1-4      2  0.666667
    """
    ranks = rank(nodes[[*parts, index]])
    edges = [*CLASSES.values(), np.inf]
    rows = []
    for part in parts:
        places = (ranks[part] - ranks[index]).abs()
        counts = pd.cut(places, edges, right=False, labels=list(CLASSES)).value_counts(sort=False)
        rows += [(part, name, count, count / len(ranks)) for name, count in counts.items()]
    return pd.DataFrame(rows, columns=["code", "difference", "units", "share"])


def size_table(nodes: pd.DataFrame, sizes: pd.DataFrame) -> pd.DataFrame:
    """Correlate the index and its parts with measures of size that are not part of it.

    Parameters
    ----------
    nodes, sizes
        One row per unit each; units are matched by their labels.

    Returns
    -------
    pd.DataFrame
        ``code, size, spearman, pearson, n`` (units with both) and ``biased``: 1 if Spearman's
        correlation, which no monotone rescaling of the size can change, is beyond ±`BIASED`.

    Examples
    --------
    Four units in the order of their size, the largest one far away.

    >>> nodes = pd.DataFrame({"top": [1, 2, 3, 4]}, index=list("uvwx"))
    >>> sizes = pd.DataFrame({"people": [1, 2, 3, 4]}, index=list("xwvu"))
    >>> size_table(nodes, sizes).round(9)
      code    size  spearman  pearson  n  biased
    0  top  people      -1.0     -1.0  4       1
    """
    rows = []
    for code in nodes.columns:
        for size in sizes.columns:
            pair = pd.concat([nodes[code], sizes[size].reindex(nodes.index)], axis=1).dropna()
            ranked, plain = (pair.corr(method=m).iloc[0, 1] for m in ("spearman", "pearson"))
            rows.append((code, size, ranked, plain, len(pair), int(abs(ranked) > BIASED)))
    return pd.DataFrame(rows, columns=["code", "size", "spearman", "pearson", "n", "biased"])
