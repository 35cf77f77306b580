"""Figures with which no index can be built: none at all, or the same for every ranked city."""

import pandas as pd

from analysis.editions import Edition
from analysis.editions.validation.faults import Fault


def flat_faults(edition: Edition, cells: pd.DataFrame, ranked: pd.DataFrame) -> list[Fault]:
    """What keeps the figures of the ranked cities from making an index, each with its file.

    Parameters
    ----------
    edition
        The edition, for its measures.
    cells
        The cleaned cells, from `cleaning.clean`.
    ranked
        Ranked cities (adcode) × measures.
    """
    if ranked.columns.empty:
        rule = f"no measure of the index has a figure of {edition.data_year}: there is no evidence"
        return [Fault("measures.csv", "", "", "", rule)]
    if ranked.empty:
        rule = "no city has enough figures for a rank: see coverage_all and coverage_domain"
        return [Fault("method.csv", "", "", "", rule)]
    if len(ranked.columns) == 1:
        rule = f"only the measure {ranked.columns[0]} has figures, and an index needs two"
        return [Fault("measures.csv", "", "", "", rule)]
    flat = ranked.columns[~(ranked.max() > ranked.min())]
    kind = edition.reference_table("measures").set_index("measure")["kind"]
    return [flat_fault(source(cells, name, kind[name]), ranked[name]) for name in flat]


def source(cells: pd.DataFrame, measure: str, kind: str) -> tuple[str, str, str]:
    """File, line (none) and column that a measure comes from; a designation is named by itself."""
    first = cells[(cells["measure"] == measure) & (cells["file"] != "")].iloc[0]
    return first["file"], "", measure if kind == "designation" else first["column"]


def flat_fault(place: tuple[str, str, str], values: pd.Series) -> Fault:
    """The fault of one measure, whose `values` by adcode are all the same, or all gaps."""
    known = values.dropna()
    value = "" if known.empty else f"{known.iloc[0]:g}"
    rule = f"{shared(len(known), len(values))}, so that it tells none apart"
    return Fault(*place, value, f"{rule}: correct the figures or leave the column out")


def shared(known: int, ranked: int) -> str:
    """How many of the ranked cities have the one figure of a measure."""
    if known < 2:
        number = "only one" if known else "none"
        return f"{number} of the {ranked} ranked cities has a figure"
    return f"all of the {known} ranked cities with a figure have the same"
