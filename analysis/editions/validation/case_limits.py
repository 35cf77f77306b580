"""What the figures of the units to be ranked do not bear, and only they show.

Too few units, leaves in which all are alike, and figures that a scale, a mean or weights cannot
take. What the tables show by themselves is refused before (`case_faults`, `any_method`).
"""

import pandas as pd

from analysis.editions.validation.case_files import Case
from analysis.editions.validation.faults import Fault
from analysis.index.normalisation import varies
from analysis.index.treatment import LOGARITHMS

FEWEST_UNITS = 2


def unit_faults(case: Case, lacking: pd.DataFrame) -> list[Fault]:
    """Too few units with the share of figures that a rank needs; `lacking` are the others."""
    count = len(case.data) - len(lacking)
    if count >= FEWEST_UNITS:
        return []
    found = {0: "no unit has", 1: "one unit alone has"}[count]
    rule = f"{found} the figures for a rank, and an index compares {FEWEST_UNITS} or more"
    if len(lacking):
        unit, reason = lacking.index[0], lacking["reason"].iloc[0]
        rule += f" ({unit}: {reason}); the shares are coverage_all and coverage_branch of --method"
    return [Fault(case.file, "", "", "", rule)]


def leaf_faults(case: Case, ranked: pd.DataFrame) -> list[Fault]:
    """Leaves in which all ranked units are alike, so that they tell none apart."""
    faults, remedy = [], "take the column out"
    for leaf in ranked.columns[~varies(ranked)]:
        there = ranked[leaf].dropna()
        if there.empty:
            rule = f"no unit that can be ranked has a figure: {remedy}"
            faults.append(Fault(case.file, 1, leaf, "", rule))
        else:
            rule = f"tells no ranked unit from another, as all have this figure: {remedy}"
            faults.append(case.fault(there.index[0], leaf, rule))
    return faults


def ratio_faults(case: Case, treated: pd.DataFrame, treatment: pd.DataFrame) -> list[Fault]:
    """Leaves without a zero that ratios to the best could be measured from.

    `treated` are units × leaves after the treatment, and `treatment` says what that was.
    """
    directions = case.framework.set_index("code")["direction"]
    logged = set(treatment.loc[treatment["method"].isin(LOGARITHMS), "column"])
    remedy = "take another normalisation"
    faults = []
    for leaf in treated.columns:
        figures = treated[leaf].dropna()
        up = directions[leaf] == 1
        wrong = figures[figures < 0] if up else figures[figures <= 0]
        if leaf in logged:
            rule = f"distance_to_best takes no logarithms: {remedy}, or the treatment none"
            faults.append(case.fault(figures.idxmax(), leaf, rule))
        elif len(wrong) and len(wrong) < len(figures):
            least = "of 0 or more" if up else "above 0 where less is better"
            rule = f"distance_to_best takes figures {least}: {remedy}"
            faults.append(case.fault(wrong.index[0], leaf, rule))
    return faults


def sign_faults(case: Case, normalised: pd.DataFrame) -> list[Fault]:
    """Figures that come to 0 or less on a scale from which a mean or weights take no such values.

    `normalised` are units × leaves on the scale.
    """
    chosen, faults = case.method.parameters, []
    lowest, limits = normalised.min(), {}
    if chosen["weighting"] == "entropy":
        limits["entropy takes no values below 0"] = lowest < 0
    if chosen["aggregation"] != "arithmetic":
        limits[f"{chosen['aggregation']} takes values above 0 only"] = lowest <= 0
    for rule, wrong in limits.items():
        for leaf in normalised.columns[wrong]:
            at = f"comes to {lowest[leaf]:.4g} on the scale of {chosen['normalisation']}"
            full = f"{at}, and {rule}: {way_up(case, lowest.min())}"
            faults.append(case.fault(normalised[leaf].idxmin(), leaf, full))
    return faults


def way_up(case: Case, lowest: float) -> str:
    """How to lift the lowest value of a scale above 0."""
    mean = case.method.engine.scale.get("mean")
    if mean is None:
        return "take another normalisation, or the arithmetic mean"
    return f"set a scale_mean above {mean - lowest:.4g}, or a smaller scale_sd"
