"""Replacement: the place that a unit would have if one of its values were an ordinary one."""

import numpy as np
import pandas as pd

from analysis.index.aggregation import aggregate
from analysis.index.composite import CompositeIndex
from analysis.index.framework import leaves, root
from analysis.index.ranking import TIE_TOLERANCE


def index_with_ordinary(composite: CompositeIndex) -> pd.DataFrame:
    """Return the index that every unit would have with the mean of all in place of one value.

    A gap would not do: its weight goes to the other leaves, and where these have a lower level,
    every unit would lose by it, however ordinary its value. The scales stay as they are, so that
    the values of the others do not move.

    Parameters
    ----------
    composite
        The index with its normalised values.

    Returns
    -------
    pd.DataFrame
        Units × leaves, points of the index; NaN where there is no value to replace.

    Examples
    --------
    With equal weights u has (40 + 80) / 2 = 60. The mean of a is 50, that of b 60.

    >>> from analysis.index.composite import Method
    >>> tree = pd.DataFrame(
    ...     {"code": ["top", "a", "b"], "parent": ["", "top", "top"], "weight": [1, 1, 1]}
    ... )
    >>> values = pd.DataFrame({"a": [40.0, 60], "b": [80.0, 40]}, index=["u", "v"])
    >>> none = pd.DataFrame()
    >>> composite = CompositeIndex(none, none, none, values, none, tree, Method())
    >>> index_with_ordinary(composite).loc["u"].to_dict()
    {'a': 65.0, 'b': 50.0}
    """
    normalised, framework, method = composite.normalised, composite.framework, composite.method
    values = normalised[leaves(framework)].to_numpy(dtype=float)
    units, replaced = np.nonzero(~np.isnan(values))
    copies = values[units]
    copies[np.arange(len(units)), replaced] = np.nanmean(values, axis=0)[replaced]
    nodes = aggregate(
        pd.DataFrame(copies, columns=leaves(framework)),
        framework,
        method.aggregation,
        method.renormalisation,
    )
    found = np.full(values.shape, np.nan)
    found[units, replaced] = nodes[root(framework)]
    return pd.DataFrame(found, normalised.index, leaves(framework))


def places_with_ordinary(composite: CompositeIndex) -> pd.DataFrame:
    """Return the place of every unit with the mean of all in place of one of its values.

    Parameters
    ----------
    composite
        The index with its normalised values.

    Returns
    -------
    pd.DataFrame
        Units × leaves: one more than the number of other units whose index is higher, by more than
        what ties; NaN where there is no value to replace.

    Examples
    --------
    u has 60 and v 50. With an ordinary value in a, u has 65; in b it has 50, which ties.

    >>> from analysis.index.composite import Method
    >>> tree = pd.DataFrame(
    ...     {"code": ["top", "a", "b"], "parent": ["", "top", "top"], "weight": [1, 1, 1]}
    ... )
    >>> values = pd.DataFrame({"a": [40.0, 60], "b": [80.0, 40]}, index=["u", "v"])
    >>> nodes = pd.DataFrame({"top": [60.0, 50]}, index=["u", "v"])
    >>> none = pd.DataFrame()
    >>> composite = CompositeIndex(none, none, none, values, nodes, tree, Method())
    >>> places_with_ordinary(composite).loc["u"].to_dict()
    {'a': 1.0, 'b': 1.0}
    """
    changed, own = index_with_ordinary(composite), composite.index.to_numpy(dtype=float)
    limits = changed.to_numpy() + TIE_TOLERANCE
    higher = len(own) - np.searchsorted(np.sort(own), limits, side="right")
    # A unit leaves the place that it has: it is not one of the others.
    others = higher - (own[:, None] > limits)
    return pd.DataFrame(others + 1.0, changed.index, changed.columns).where(changed.notna())
