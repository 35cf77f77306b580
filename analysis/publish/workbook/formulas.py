"""What the engine computes, as a spreadsheet computes it: treatment, normalisation and means.

Each choice of the method has its formula here under the name that it has in the engine. A choice
without one is refused before a sheet is written.
"""

from collections.abc import Callable, Mapping

from analysis.editions.validation.faults import Fault, refuse
from analysis.index.composite import CompositeIndex

# References to the cells that a formula reads, by name.
Cells = Mapping[str, str]
Scale = Mapping[str, float]

NO_FORMULA = "the audit workbook cannot follow this, it has formulas for "
# From a figure `x` and the row of its measure on the sheet Treatment to the treated figure. A limit
# that is empty counts for nothing; beyond its end a logarithm is continued by its tangent.
SHIFT = "(0.01*({highest}-{lowest}))"
TREATMENTS = {
    "none": "{x}",
    "winsorised": "MAX({lower_limit},MIN({x},{upper_limit}))",
    "log": f"LN(MAX({{x}}-{{lowest}},0)+{SHIFT})+MIN({{x}}-{{lowest}},0)/{SHIFT}",
    "log_mirrored": f"-LN(MAX({{highest}}-{{x}},0)+{SHIFT})-MIN({{highest}}-{{x}},0)/{SHIFT}",
}
# The weighted mean of those of the `values` that are numbers.
MEANS = {
    "arithmetic": "SUMPRODUCT({weights},{values})/SUMPRODUCT({weights}*ISNUMBER({values}))",
    "geometric": "EXP(SUM(IF(ISNUMBER({values}),{weights}*LN({values}),0))/"
    "SUM(IF(ISNUMBER({values}),{weights},0)))",
    "harmonic": "SUM(IF(ISNUMBER({values}),{weights},0))/"
    "SUM(IF(ISNUMBER({values}),{weights}/{values},0))",
}
# Means whose formulas compute with whole rows at once.
ARRAYS = ("geometric", "harmonic")


def linear(lower: float, upper: float) -> str:
    """A scale from `lower` (worst) to `upper` (best)."""
    share = "IF({direction}>0,{x}-{lowest_treated},{highest_treated}-{x})"
    rise = f"{upper - lower:.15g}*{share}/({{highest_treated}}-{{lowest_treated}})"
    return (f"{lower:.15g}+" if lower else "") + rise


def efficacy(base: float, span: float) -> str:
    """A scale from `base` (worst) to `base` + `span` (best)."""
    return linear(base, base + span)


def percentile(lower: float, upper: float) -> str:
    """The share of the others that a city is ahead of, on a scale; ties count one half."""
    ahead = "RANK({x},{treated},1)-RANK({x},{treated},0)"
    half = f"{(upper - lower) / 2:.15g}"
    start = f"{lower:.15g}+" if lower else ""
    return f"{start}{half}*(1+{{direction}}*({ahead})/(COUNT({{treated}})-1))"


def distance() -> str:
    """The percentage of the best city; of burdens, the percentage that the least one is of it."""
    worst, best = (
        f"IF({{direction}}>0,{{{first}_treated}},-{{{second}_treated}})"
        for first, second in (("lowest", "highest"), ("highest", "lowest"))
    )
    x = "{direction}*{x}"
    return f"IF({worst}>=0,100*{x}/{best},IF({best}<0,100*{best}/({x}),NA()))"


SCALES: dict[str, Callable[..., str]] = {
    "min_max": linear,
    "efficacy_coefficient": efficacy,
    "percentile_rank": percentile,
    "distance_to_best": distance,
}


def refuse_unknown(composite: CompositeIndex) -> None:
    """Raise InputRefusedError for a choice of the method that the workbook has no formula for."""
    used = {
        "normalisation": ([composite.method.normalisation], list(SCALES)),
        "aggregation": (sorted(set(composite.means.values())), list(MEANS)),
        "treatment": (list(composite.treatment["method"].unique()), list(TREATMENTS)),
    }
    refuse(
        Fault("method.csv", "", name, value, NO_FORMULA + ", ".join(known))
        for name, (values, known) in used.items()
        for value in values
        if value not in known
    )


def normalised_formula(method: str, scale: Scale, cells: Cells) -> str:
    """A figure on its scale; `cells` are `x`, its column `treated`, and the row of its measure."""
    formula = SCALES[method](**scale)
    return f'=IF({cells["x"]}="","",{formula.format_map(cells)})'


def treated_formula(cells: Cells, names: Mapping[str, str]) -> str:
    """A figure after the treatment that the row of its measure names.

    `names` are what the row calls the treatments, as texts of a formula.
    """
    choice = TREATMENTS["none"].format_map(cells)
    for name in [name for name in TREATMENTS if name != "none"]:
        changed = TREATMENTS[name].format_map(cells)
        choice = f"IF({cells['treatment']}={names[name]},{changed},{choice})"
    return f'=IF({cells["x"]}="","",{choice})'


def mean_formula(mean: str, values: str, weights: str) -> str:
    """A weighted mean over what is there, empty where nothing is; in braces if it needs arrays."""
    present = MEANS[mean].format(values=values, weights=weights)
    formula = f'=IF(COUNT({values})=0,"",{present})'
    return f"{{{formula}}}" if mean in ARRAYS else formula
