"""Coverage: which share of the cells is there, and how old the oldest figure is."""

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.index.framework import leaves


def coverage_of_nodes(
    data: pd.DataFrame, years: pd.DataFrame, framework: pd.DataFrame
) -> pd.DataFrame:
    """Count the cells below every node of the framework.

    Parameters
    ----------
    data
        One row per unit, a column for each leaf, gaps as NaN.
    years
        The year that each value describes, in the shape of `data`; years of gaps are not read.
    framework
        A framework table: `code, parent, level`.

    Returns
    -------
    pd.DataFrame
        ``level, code, measures, cells, present, share`` (present / cells), ``oldest_year`` of
        the values present, NaN without any.

    Examples
    --------
    >>> tree = pd.DataFrame({"code": ["top", "a"], "parent": ["", "top"]})
    >>> tree["level"] = ["index", "leaf"]
    >>> data = pd.DataFrame({"a": [7.0, None]}, index=["u", "v"])
    >>> coverage_of_nodes(data, pd.DataFrame({"a": [2018, 2015]}, index=["u", "v"]), tree)
       level code  measures  cells  present  share  oldest_year
    0  index  top         1      2        1    0.5       2018.0
    1   leaf    a         1      2        1    0.5       2018.0
    """
    rows = []
    for level, code in framework[["level", "code"]].itertuples(index=False):
        below = leaves(framework, code)
        row = {"level": level, "code": code, "measures": len(below)}
        rows.append(row | _cells(data[below], years[below]))
    return pd.DataFrame(rows)


def coverage_of_units(data: pd.DataFrame, years: pd.DataFrame) -> pd.DataFrame:
    """Count the cells of every unit: ``unit, cells, present, share, oldest_year``.

    `data` and `years` are as in `coverage_of_nodes`.

    Examples
    --------
    >>> data = pd.DataFrame({"a": [7.0, 8.0], "b": [5.0, None]}, index=["u", "v"])
    >>> years = pd.DataFrame({"a": [2018, 2017], "b": [2016, 2010]}, index=["u", "v"])
    >>> coverage_of_units(data, years)
      unit  cells  present  share  oldest_year
    0    u      2        2    1.0       2016.0
    1    v      2        1    0.5       2017.0
    """
    present = data.notna()
    return pd.DataFrame(
        {
            "unit": data.index,
            "cells": data.shape[1],
            "present": present.sum(axis=1).to_numpy(),
            "share": present.mean(axis=1).to_numpy(),
            "oldest_year": years.where(present).min(axis=1).to_numpy(),
        }
    )


def least_covered(data: pd.DataFrame, groups: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Name, for every unit, the groups of columns of which it has the smallest share.

    Parameters
    ----------
    data
        One row per unit, gaps as NaN.
    groups
        Columns of `data` by group; every group has at least one.

    Returns
    -------
    pd.DataFrame
        ``groups`` (those of the smallest share, with | between them, or nothing if no cell of the
        unit is a gap) and ``share`` (0 to 1, of that group), by unit.

    Examples
    --------
    >>> data = pd.DataFrame({"a": [7.0, 8.0], "b": [5.0, None], "c": 1.0}, index=["u", "v"])
    >>> least_covered(data, {"x": ["a", "b"], "y": ["c"]})
      groups  share
    u           1.0
    v      x    0.5
    """
    shares = pd.DataFrame({name: data[list(names)].notna().mean(axis=1) for name, names in
                           groups.items()})  # fmt: skip
    least = shares.min(axis=1)
    poorest = shares.eq(least, axis=0) & least.lt(1).to_numpy()[:, None]
    named = [
        "|".join(name for name, chosen in zip(shares.columns, row, strict=True) if chosen)
        for row in poorest.to_numpy()
    ]
    return pd.DataFrame({"groups": named, "share": least})


def _cells(data: pd.DataFrame, years: pd.DataFrame) -> dict[str, float]:
    present = data.notna()
    return {
        "cells": data.size,
        "present": int(present.sum().sum()),
        "share": float(present.sum().sum() / data.size),
        "oldest_year": years.where(present).min().min(),
    }
