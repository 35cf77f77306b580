"""Reliability without size: what the items of a group share beyond what size explains of each.

Large units have more of nearly everything, so that items may go together for their size alone.
Every item is regressed on the drivers by least squares with a constant, and Cronbach's alpha is
taken of the residuals (Psychometrika 16, 1951): it is that of the partial covariances.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.index.audit.reliability import cronbach_alpha

# An item of whose variance no more than this share is left follows from the drivers.
EXPLAINED = 1e-12


def residuals(items: pd.DataFrame, drivers: pd.DataFrame) -> pd.DataFrame:
    """Return what is left of every item when a linear fit on the drivers is taken from it.

    Parameters
    ----------
    items, drivers
        One row per unit, in the same order, without gaps.

    Examples
    --------
    The fit of b on x is a constant: b does not move with x.

    >>> items = pd.DataFrame({"a": [5.0, 7.0, 9.0], "b": [1.0, -2.0, 1.0]})
    >>> residuals(items, pd.DataFrame({"x": [1.0, 2.0, 3.0]})).abs().round(9).to_dict("list")
    {'a': [0.0, 0.0, 0.0], 'b': [1.0, 2.0, 1.0]}
    """
    design = np.column_stack([np.ones(len(drivers)), drivers.to_numpy(dtype=float)])
    values = items.to_numpy(dtype=float)
    fitted = design @ np.linalg.lstsq(design, values, rcond=None)[0]
    return pd.DataFrame(values - fitted, index=items.index, columns=items.columns)


def alpha_table(
    values: pd.DataFrame, groups: Mapping[str, Sequence[str]], drivers: pd.DataFrame
) -> pd.DataFrame:
    """Cronbach's alpha of every group, as it is and with the drivers taken out of every item.

    Parameters
    ----------
    values
        One row per unit, a column per item, more being better.
    groups
        Items by group.
    drivers
        One row per unit, in the same index, a column per driver.

    Returns
    -------
    pd.DataFrame
        ``code, items, n, alpha, alpha_rest``, both over the n units that have every item and every
        driver. No alpha (NaN) is given for a group of one item, for one with an item that does not
        vary, and where the units are no more than the numbers that the fit has to find; none of the
        rest where an item follows from the drivers.

    Examples
    --------
    Both items are the driver with the same deviation from it.

    >>> size = pd.DataFrame({"x": [-3.0, -1.0, 1.0, 3.0]})
    >>> swing = pd.Series([1.0, -1.0, -1.0, 1.0])
    >>> values = pd.DataFrame({"a": size["x"] + swing, "b": size["x"] + swing})
    >>> alpha_table(values, {"y": ["a", "b"]}, size).round(9)
      code  items  n  alpha  alpha_rest
    0    y      2  4    1.0         1.0
    """
    rows = []
    for code, names in groups.items():
        there = pd.concat([values[list(names)], drivers], axis=1).dropna().index
        items, held = values.loc[there, list(names)], drivers.loc[there]
        rows.append((code, len(names), len(there), *_alphas(items, held)))
    return pd.DataFrame(rows, columns=["code", "items", "n", "alpha", "alpha_rest"])


def _alphas(items: pd.DataFrame, drivers: pd.DataFrame) -> tuple[float, float]:
    nothing = float("nan")
    if len(items) <= drivers.shape[1] + 1 or not (items.max() > items.min()).all():
        return nothing, nothing
    rest = residuals(items, drivers)
    explained = bool((rest.var() < EXPLAINED * items.var()).any())
    return cronbach_alpha(items), nothing if explained else cronbach_alpha(rest)
