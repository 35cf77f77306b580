"""Figures with which no index can be built: none at all, or the same for every ranked city."""

import pandas as pd

from analysis.editions import Edition
from analysis.schemas import collect, fault


def flat_faults(edition: Edition, cells: pd.DataFrame, ranked: pd.DataFrame) -> pd.DataFrame:
    """Measures that tell none of the ranked cities apart, each with the file that it comes from.

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
        return fault("measures.csv", "", "", "", rule)
    if ranked.empty:
        rule = "no city has enough figures for a rank: see coverage_all and coverage_domain"
        return fault("method.csv", "", "", "", rule)
    flat = ranked.columns[~(ranked.max() > ranked.min())]
    return collect(flat_fault(edition, cells, ranked[measure]) for measure in flat)


def flat_fault(edition: Edition, cells: pd.DataFrame, values: pd.Series) -> pd.DataFrame:
    """The fault of one measure, whose `values` by adcode are all the same, or all gaps."""
    mine = cells[(cells["measure"] == values.name) & (cells["file"] != "")]
    file, printed = mine["file"].iloc[0], mine["column"].iloc[0]
    measures = edition.reference_table("measures").set_index("measure")
    designated = measures.loc[str(values.name), "kind"] == "designation"
    column = measures.loc[str(values.name), "variable"] if designated else printed
    known = values.dropna()
    value = "" if known.empty else f"{known.iloc[0]:g}"
    rule = f"{shared(len(known), len(values))}, so that it tells none apart"
    return fault(file, "", column, value, f"{rule}: correct the figures or leave the column out")


def shared(known: int, ranked: int) -> str:
    """How many of the ranked cities have the one figure of a measure."""
    if known < 2:
        number = "only one" if known else "none"
        return f"{number} of the {ranked} ranked cities has a figure"
    return f"all of the {known} ranked cities with a figure have the same"
