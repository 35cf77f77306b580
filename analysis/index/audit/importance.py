"""Importance: the weight of a part beside the share of the index's variance that it explains.

The importance of a part is Karl Pearson's correlation ratio, the variance of E(index | part) over
the variance of the index, with the conditional mean fitted by local linear regression (Paruolo,
Saisana and Saltelli, Ratings and rankings: voodoo or science?, Journal of the Royal Statistical
Society A 176, 2013).
"""

import numpy as np
import pandas as pd

from analysis.index.audit.weights import balanced
from analysis.index.framework import nominal_weights, root, sibling_weights

# Bandwidths of the kernel, in standard deviations of the part; the best of them is used.
BANDWIDTHS = np.geomspace(0.1, 5.0, 16)
# Up to this many different values the conditional mean is the plain mean at each value.
FEW_VALUES = 10
# A point with so much influence on its own fit has too few neighbours within the bandwidth.
HIGHEST_LEVERAGE = 1 - 1e-6


def local_linear(x: np.ndarray, bandwidth: float) -> np.ndarray:
    """Return the smoother matrix of local linear regression with a Gaussian kernel.

    Its product with y is the fitted y at every x. A point without neighbours is fitted by itself.
    """
    distance = x[None, :] - x[:, None]
    kernel = np.exp(-0.5 * (distance / bandwidth) ** 2)
    first, second = (kernel * distance).sum(axis=1), (kernel * distance**2).sum(axis=1)
    weights = kernel * (second[:, None] - distance * first[:, None])
    total = weights.sum(axis=1)
    lone = total <= 1e-12 * kernel.sum(axis=1) ** 2 * bandwidth**2
    weights[lone], total[lone] = kernel[lone], kernel[lone].sum(axis=1)
    return weights / total[:, None]


def smooth(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return the conditional mean of y at every x.

    With few different x it is the mean at each; else the local linear fit whose bandwidth
    predicts each left-out point best.

    Examples
    --------
    >>> smooth(np.array([1, 1, 2]), np.array([4.0, 6.0, 9.0])).tolist()
    [5.0, 5.0, 9.0]
    """
    different, place = np.unique(x, return_inverse=True)
    if len(different) <= FEW_VALUES:
        return (np.bincount(place, y) / np.bincount(place))[place]
    standardised = (x - x.mean()) / x.std()
    fits = [_left_out(local_linear(standardised, bandwidth), y) for bandwidth in BANDWIDTHS]
    return min(fits, key=lambda fit: fit[0])[1]


def correlation_ratio(x: pd.Series, y: pd.Series) -> float:
    """Return the share (0 to 1) of the variance of y that its conditional mean given x has.

    Parameters
    ----------
    x, y
        Values by unit; units with both count.

    Examples
    --------
    The means at the two values of x are 5 and 9, with a variance of 4; y has one of 4.5.

    >>> x, y = pd.Series([1, 1, 2, 2]), pd.Series([4.0, 6.0, 9.0, 9.0])
    >>> round(correlation_ratio(x, y), 4)
    0.8889
    """
    pairs = pd.DataFrame({"x": x, "y": y}).dropna().to_numpy(dtype=float).T
    return float(smooth(*pairs).var() / pairs[1].var())


def importance_table(values: pd.DataFrame, framework: pd.DataFrame) -> pd.DataFrame:
    """Set the weight of every node beside its importance.

    Parameters
    ----------
    values
        One row per unit, a column for every node and leaf.
    framework
        A framework table with the column `level`.

    Returns
    -------
    pd.DataFrame
        ``level, code, nominal`` (weight in the index), ``importance`` (correlation ratio),
        ``linear`` (squared correlation), ``share`` (of the importance of its level, so that it
        compares with the weight) and ``ratio`` (share / weight); the root is left out.

    Examples
    --------
    The index is a alone, so a explains all of it, and b, which has nothing to do with a, nothing.

    >>> tree = pd.DataFrame({
    ...     "code": ["top", "a", "b"], "parent": ["", "top", "top"],
    ...     "level": ["index", "leaf", "leaf"], "weight": [1, 1, 1],
    ... })
    >>> values = pd.DataFrame({"top": [0, 0, 1, 1], "a": [0, 0, 1, 1], "b": [0, 1, 0, 1]})
    >>> importance_table(values, tree)[["code", "nominal", "importance", "share", "ratio"]].round(9)
      code  nominal  importance  share  ratio
    0    a      0.5         1.0    1.0    2.0
    1    b      0.5         0.0    0.0    0.0
    """
    top = root(framework)
    table = framework.loc[framework["code"] != top, ["level", "code"]].reset_index(drop=True)
    index = values[top]
    table["nominal"] = table["code"].map(nominal_weights(framework))
    table["importance"] = [correlation_ratio(values[code], index) for code in table["code"]]
    table["linear"] = [values[code].corr(index) ** 2 for code in table["code"]]
    table["share"] = table["importance"] / table.groupby("level")["importance"].transform("sum")
    weight = table["nominal"] / table.groupby("level")["nominal"].transform("sum")
    table["ratio"] = table["share"] / weight
    return table


def balance_table(values: pd.DataFrame, framework: pd.DataFrame) -> pd.DataFrame:
    """Find the weights of the nodes below the root that would make their importance equal.

    The importance is taken as linear: see `weights.balanced`. How equal it then is without that
    assumption, by the correlation ratio, stands beside the weights.

    Parameters
    ----------
    values
        One row per unit, a column for the root and for every node directly below it.
    framework
        A framework table: `code, parent, weight`.

    Returns
    -------
    pd.DataFrame
        ``code, nominal, correlation`` (with the index), ``balanced`` (the weight, in sum 1),
        ``balanced_correlation`` (with the index under these weights) and
        ``balanced_importance``, the correlation ratio of that index (0 to 1).

    Raises
    ------
    RefusedValueError
        For a node that is the same for all units.

    Examples
    --------
    Two unrelated nodes weigh alike if the weights undo their spreads of 1 and 3.

    >>> tree = pd.DataFrame(
    ...     {"code": ["top", "a", "b"], "parent": ["", "top", "top"], "weight": [1, 1, 1]}
    ... )
    >>> values = pd.DataFrame({"a": [0, 1, 0, 1], "b": [0, 0, 3, 3]})
    >>> values["top"] = (values["a"] + values["b"]) / 2
    >>> balance_table(values, tree)[["code", "nominal", "balanced"]].round(6)
      code  nominal  balanced
    0    a      0.5      0.75
    1    b      0.5      0.25
    """
    nominal = sibling_weights(framework)[root(framework)]
    parts = values[list(nominal.index)]
    weights = balanced(parts)
    index = parts @ weights
    found = {
        "nominal": nominal,
        "correlation": parts.corrwith(values[root(framework)]),
        "balanced": weights,
        "balanced_correlation": parts.corrwith(index),
        "balanced_importance": parts.apply(correlation_ratio, args=(index,)),
    }
    return pd.DataFrame(found).loc[nominal.index].rename_axis("code").reset_index()


def _left_out(smoother: np.ndarray, y: np.ndarray) -> tuple[float, np.ndarray]:
    fit, leverage = smoother @ y, np.diag(smoother)
    if leverage.max() > HIGHEST_LEVERAGE:
        return float("inf"), fit
    return float((((y - fit) / (1 - leverage)) ** 2).mean()), fit
