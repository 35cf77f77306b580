"""Reliability: do the items of a group measure one thing (components, alpha, adequacy).

All statistics are over the units that have every item of the group. Correlations are Pearson's.
Sources: OECD/JRC, Handbook on Constructing Composite Indicators (2008); Cronbach, Coefficient
alpha and the internal structure of tests, Psychometrika 16 (1951); Bartlett, Tests of
significance in factor analysis, British Journal of Psychology 3 (1950); Kaiser and Rice, Little
Jiffy, Mark IV, Educational and Psychological Measurement 34 (1974); Kaiser, The application of
electronic computers to factor analysis, Educational and Psychological Measurement 20 (1960).
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from analysis.index.refusal import RefusedValueError

# An eigenvalue below this makes the correlation matrix singular to the precision of the figures.
SINGULAR = 1e-10
# Below this alpha, by common convention, items do not measure one thing.
LEAST_ALPHA = 0.7
# As many decimals of an eigenvalue are compared with 1, which unrelated items have to rounding.
DECIMALS = 9
RELIABILITY_COLUMNS = [
    "code", "items", "n", "alpha", "kmo", "bartlett_chi2", "bartlett_df", "bartlett_p",
    "first_eigenvalue", "second_eigenvalue", "first_share", "above_one",
]  # fmt: skip


def eigenvalues(items: pd.DataFrame) -> np.ndarray:
    """Return the eigenvalues of the correlation matrix of complete items, the largest first.

    Examples
    --------
    Of two items the eigenvalues are 1 + r and 1 - r.

    >>> eigenvalues(pd.DataFrame({"a": [0, 0, 1, 1], "b": [0, 1, 0, 1]})).round(9).tolist()
    [1.0, 1.0]
    """
    return np.linalg.eigvalsh(items.corr().to_numpy())[::-1]


def components_above_one(found: np.ndarray) -> int:
    """Count the eigenvalues above 1, components that carry more than a single item does.

    Kaiser (1960) takes their number for that of the dimensions that items have in common.

    Examples
    --------
    >>> components_above_one(np.array([1.8, 1.0, 0.2]))
    1
    """
    return int((found.round(DECIMALS) > 1).sum())


def loadings(items: pd.DataFrame) -> pd.Series:
    """Return the correlation of every item with the first principal component.

    The sign of a component is arbitrary; here the loadings sum to a positive number.

    Examples
    --------
    >>> loadings(pd.DataFrame({"a": [1, 2, 3], "b": [20, 40, 60]})).round(9).to_dict()
    {'a': 1.0, 'b': 1.0}
    """
    values, vectors = np.linalg.eigh(items.corr().to_numpy())
    first = vectors[:, -1] * np.sqrt(values[-1])
    return pd.Series(first if first.sum() >= 0 else -first, index=items.columns)


def cronbach_alpha(items: pd.DataFrame) -> float:
    """Return k / (k - 1) (1 - sum of the items' variances / variance of their sum).

    Cronbach, Psychometrika 16 (1951). NaN for fewer than two items.

    Parameters
    ----------
    items
        One row per unit, a column per item, without gaps, more being better.

    Examples
    --------
    Two equal items: the variances are 1 and 1, that of the sum is 4, and 2 (1 - 2 / 4) = 1.

    >>> cronbach_alpha(pd.DataFrame({"a": [1, 2, 3], "b": [1, 2, 3]}))
    1.0
    """
    count = items.shape[1]
    if count < 2:
        return float("nan")
    return float(count / (count - 1) * (1 - items.var().sum() / items.sum(axis=1).var()))


def sampling_adequacy(items: pd.DataFrame) -> tuple[float, pd.Series]:
    """Return the Kaiser-Meyer-Olkin measure of a group and of each of its items.

    With r the correlations and p the partial correlations given all other items (from the
    inverse of the correlation matrix), it is the sum of r² over the sum of r² and p², the sums
    running over pairs of different items.

    Raises
    ------
    RefusedValueError
        If the correlation matrix has no inverse.

    Examples
    --------
    Of two items nothing can be held, so p is r or -r, and the measure is 1/2.

    >>> whole, each = sampling_adequacy(pd.DataFrame({"a": [1, 2, 3, 4], "b": [1, 2, 4, 3]}))
    >>> round(whole, 9), each.round(9).to_dict()
    (0.5, {'a': 0.5, 'b': 0.5})
    """
    correlations = _invertible_correlations(items)
    inverse = np.linalg.inv(correlations)
    scale = np.sqrt(np.diag(inverse))
    partial = inverse / np.outer(scale, scale)
    apart = ~np.eye(len(scale), dtype=bool)
    simple, given = (np.where(apart, matrix**2, 0.0) for matrix in (correlations, partial))
    each = simple.sum(axis=0) / (simple.sum(axis=0) + given.sum(axis=0))
    whole = simple.sum() / (simple.sum() + given.sum())
    return float(whole), pd.Series(each, index=items.columns)


def sphericity(items: pd.DataFrame) -> tuple[float, int, float]:
    """Test that the items are uncorrelated (Bartlett 1950): chi-square, degrees of freedom, p.

    For n units and k items, chi-square = -(n - 1 - (2k + 5) / 6) ln det R with k (k - 1) / 2
    degrees of freedom.

    Parameters
    ----------
    items
        One row per unit, a column per item, without gaps.

    Raises
    ------
    RefusedValueError
        If the determinant of the correlation matrix R is zero.

    Examples
    --------
    Four units, two items, r = 0.8: -(3 - 1.5) ln(1 - 0.64) = 1.5325.

    >>> chi_square, freedom, p = sphericity(pd.DataFrame({"a": [1, 2, 3, 4], "b": [1, 2, 4, 3]}))
    >>> round(chi_square, 4), freedom
    (1.5325, 1)
    """
    units, count = items.shape
    determinant = np.linalg.det(_invertible_correlations(items))
    chi_square = float(-(units - 1 - (2 * count + 5) / 6) * np.log(determinant))
    freedom = count * (count - 1) // 2
    return chi_square, freedom, float(stats.chi2.sf(chi_square, freedom))


def reliability_table(values: pd.DataFrame, groups: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Describe every group: one row each.

    Parameters
    ----------
    values
        One row per unit, a column per item, more being better.
    groups
        Items by group.

    Returns
    -------
    pd.DataFrame
        ``code, items, n, alpha, kmo, bartlett_chi2, bartlett_df, bartlett_p, first_eigenvalue,
        second_eigenvalue, first_share`` (of the variance, 0 to 1) and ``above_one``, the number of
        eigenvalues above 1. A group of one item has no statistics (NaN), nor has one with an item
        that is the same for all units that have every item; where an item follows from the others
        there is no adequacy and no test.

    Examples
    --------
    >>> values = pd.DataFrame({"a": [1, 2, 3, 4], "b": [1, 2, 4, 3], "c": [5, 6, 7, 8]})
    >>> table = reliability_table(values, {"x": ["a", "b"], "y": ["c"]})
    >>> table[["code", "items", "n", "alpha", "first_eigenvalue", "first_share"]].round(4)
      code  items  n   alpha  first_eigenvalue  first_share
    0    x      2  4  0.8889               1.8          0.9
    1    y      1  4     NaN               NaN          NaN
    """
    rows = [{"code": code, **_describe(values[list(items)])} for code, items in groups.items()]
    return pd.DataFrame(rows, columns=RELIABILITY_COLUMNS)


def component_table(values: pd.DataFrame, groups: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """List the principal components of every group.

    Parameters
    ----------
    values, groups
        As `reliability_table` takes them.

    Returns
    -------
    pd.DataFrame
        ``code, component`` (1 for the largest), ``eigenvalue, share`` (of the variance, 0 to 1). A
        group with an item that does not vary has none.

    Examples
    --------
    >>> values = pd.DataFrame({"a": [1, 2, 3, 4], "b": [1, 2, 4, 3]})
    >>> component_table(values, {"x": ["a", "b"]}).round(9)
      code  component  eigenvalue  share
    0    x          1         1.8    0.9
    1    x          2         0.2    0.1
    """
    rows = []
    for code, names in groups.items():
        items = values[list(names)].dropna()
        if not _vary(items):
            continue
        found = eigenvalues(items)
        rows += [(code, n, value, value / len(found)) for n, value in enumerate(found, 1)]
    return pd.DataFrame(rows, columns=["code", "component", "eigenvalue", "share"])


def item_table(values: pd.DataFrame, groups: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Describe every item of every group of two or more that vary.

    Parameters
    ----------
    values, groups
        As `reliability_table` takes them.

    Returns
    -------
    pd.DataFrame
        ``code`` (the group), ``item, loading, kmo`` (NaN where an item follows from the others) and
        ``alpha_without``, the alpha of the group without the item (NaN in a group of two).

    Examples
    --------
    Of two items with r = 0.8 both load √0.9 on the first component.

    >>> values = pd.DataFrame({"a": [1, 2, 3, 4], "b": [1, 2, 4, 3]})
    >>> item_table(values, {"x": ["a", "b"]}).round(4)
      code item  loading  kmo  alpha_without
    0    x    a   0.9487  0.5            NaN
    1    x    b   0.9487  0.5            NaN
    """
    rows = []
    for code, names in groups.items():
        items = values[list(names)].dropna()
        if len(names) < 2 or not _vary(items):
            continue
        loading = loadings(items)
        adequacy = sampling_adequacy(items)[1] if _invertible(items) else loading * float("nan")
        rows += [
            (code, name, loading[name], adequacy[name], cronbach_alpha(items.drop(columns=name)))
            for name in names
        ]
    return pd.DataFrame(rows, columns=["code", "item", "loading", "kmo", "alpha_without"])


def _describe(values: pd.DataFrame) -> dict[str, Any]:
    items = values.dropna()
    row: dict[str, Any] = {"items": items.shape[1], "n": len(items)}
    if items.shape[1] == 1 or not _vary(items):
        return row
    found = eigenvalues(items)
    row |= {
        "alpha": cronbach_alpha(items),
        "first_eigenvalue": found[0],
        "second_eigenvalue": found[1],
        "first_share": found[0] / len(found),
        "above_one": components_above_one(found),
    }
    if _invertible(items):
        chi_square, freedom, p = sphericity(items)
        row |= {"bartlett_chi2": chi_square, "bartlett_df": freedom, "bartlett_p": p}
        row |= {"kmo": sampling_adequacy(items)[0]}
    return row


def _vary(items: pd.DataFrame) -> bool:
    """Whether there are units, and no item is the same for all of them."""
    return bool((items.max() > items.min()).all())


def _invertible(items: pd.DataFrame) -> bool:
    """Whether no item is a sum of multiples of the others, to the precision of the figures."""
    return bool(eigenvalues(items)[-1] >= SINGULAR)


def _invertible_correlations(items: pd.DataFrame) -> np.ndarray:
    if not _invertible(items):
        raise RefusedValueError(
            f"reliability: of the items {list(items.columns)} one is a sum of multiples of the "
            "others, so that their correlation matrix has no inverse"
        )
    return items.corr().to_numpy()
