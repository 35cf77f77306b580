"""Evidence that the method asks for and an edition does not have, and what its loss does.

A source that no longer prints a column costs a measure, sometimes an indicator, at worst a domain.
The index goes on without them; here it is said what is gone, and how far ranks would have moved in
an edition that had it.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from analysis.index.ranking import rank
from analysis.ranking.indicators import included_measures

IndexOfCells = Callable[[pd.DataFrame], pd.Series]


@dataclass(frozen=True)
class Losses:
    """Codes of the measures, indicators and domains without figures, in the order of the tables."""

    measures: list[str]
    indicators: list[str]
    domains: list[str]


def available_measures(measures: pd.DataFrame, cells: pd.DataFrame) -> pd.DataFrame:
    """The rows of `measures` of which any city has a value in `cells` (measure, value)."""
    filled = cells.loc[cells["value"].notna(), "measure"].unique()
    return measures[measures["measure"].isin(filled)]


def losses(
    framework: pd.DataFrame, measures: pd.DataFrame, cells: pd.DataFrame, grades: list[str]
) -> Losses:
    """What the index of these `cells` has to do without, of what the method includes."""
    wanted = included_measures(measures, grades)
    found = available_measures(wanted, cells)
    levels = [codes_above(framework, table["indicator"]) for table in (wanted, found)]
    gone = levels[0] - levels[1]
    ordered = framework[framework["code"].isin(gone)]
    by_level = ordered.groupby("level")["code"].agg(list)
    lost = wanted.loc[~wanted["measure"].isin(found["measure"]), "measure"]
    return Losses(list(lost), by_level.get("indicator", []), by_level.get("domain", []))


def codes_above(framework: pd.DataFrame, codes: pd.Series) -> set[str]:
    """These codes and all nodes above them."""
    parent = framework.set_index("code")["parent"]
    found: set[str] = set()
    here = set(codes)
    while here:
        found |= here
        here = set(parent[list(here)]) - {""}
    return found


def rank_shifts(cells: pd.DataFrame, without: list[str], index_of: IndexOfCells) -> pd.Series:
    """Places by which cities move, up or down, when the measures `without` are taken from `cells`.

    `index_of` builds the index of cells; only cities that are ranked both times are compared.
    """
    kept = cells.assign(value=cells["value"].mask(cells["measure"].isin(without)))
    before, after = (rank(index_of(table)) for table in (cells, kept))
    return (after - before).dropna().abs()
