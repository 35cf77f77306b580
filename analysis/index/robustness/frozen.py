"""Rulers of record that a study takes over from other units, and where they hold.

The rulers are those of the treatment, the scale and the sizes of record. A draw that chooses one
of the three otherwise has rulers of its own, from the units that it ranks.
"""

from collections.abc import Mapping

import pandas as pd

from analysis.index.composite import Method, ends
from analysis.index.normalisation import normalise
from analysis.index.robustness.design import Alternative, Design
from analysis.index.robustness.study import Study
from analysis.index.treatment import apply

FACTORS = ("treatment", "normalisation", "measures")
# The foot and the top of the scales that are straight lines, by their parameters.
LINES = {
    "min_max": lambda lower, upper: (lower, upper),
    "efficacy_coefficient": lambda base, span: (base, base + span),
}


def rulers_of_record(
    study: Study, design: Design, chosen: Mapping[str, Alternative]
) -> pd.DataFrame | None:
    """The rulers that hold for the alternatives chosen, by factor; none if they make their own.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from analysis.index.robustness.example import small_design, small_study
    >>> study, design = small_study(), small_design()
    >>> record = {factor: design.of_record(factor) for factor in FACTORS}
    >>> rulers = pd.DataFrame({"column": ["a"]})
    >>> rulers_of_record(replace(study, rulers=rulers), design, record) is rulers
    True
    >>> rulers_of_record(study, design, record) is None
    True
    """
    record = all(chosen[factor] == design.of_record(factor) for factor in FACTORS)
    return study.rulers if record else None


def lifted_scale(study: Study, scale: Alternative) -> dict[str, float]:
    """The parameters of a scale whose foot is lifted until no figure lies below it.

    Figures beyond the ends of frozen rulers lie beyond the scale, and a geometric mean takes none
    at or below zero. All leaves are lifted alike, the lowest figure of all to the foot of the
    scale, the top staying where it is; so arithmetic means keep their order. The scale is given
    back as it is if nothing lies below it, or if it is no straight line.

    Examples
    --------
    In a of 10, 40 and 20, where the rulers run from 20 to 40, the lowest lies half of their length
    below them: on the lifted scale 20 stands for 34, so that 10 stands for 34 - 33 = 1.

    >>> from dataclasses import replace
    >>> from analysis.index.robustness.example import small_study
    >>> study = small_study()
    >>> rulers = pd.DataFrame({"column": ["a"], "method": "none", "lowest": 20.0, "highest": 40.0})
    >>> rulers = rulers.assign(lower_bound=float("nan"), upper_bound=float("nan"))
    >>> data = study.data.assign(a=[10.0, 40.0, 20.0])
    >>> lifted_scale(replace(study, data=data, rulers=rulers), Alternative("min_max lower=1"))
    {'lower': 34.0, 'upper': 100.0}
    """
    if study.rulers is None or scale.name not in LINES:
        return dict(scale.numbers)
    options = Method(normalisation=scale.name, normalisation_options=scale.numbers).scale
    foot, top = LINES[scale.name](*options.values())
    lowest = _lowest_share(study, study.rulers)
    lifted = (foot - top * lowest) / (1 - lowest) if lowest < 0 else foot
    ends_of = (lifted, top) if scale.name == "min_max" else (lifted, top - lifted)
    return dict(zip(options, ends_of, strict=True))


def _lowest_share(study: Study, given: pd.DataFrame) -> float:
    """How far up its ruler the lowest of all figures lies: 0 at its foot, 1 at its top."""
    named = pd.Series(study.leaves)[lambda leaf: leaf.isin(given["column"])]
    if named.empty:
        return 0.0
    rulers = given.set_index("column").loc[named].reset_index()
    figures = pd.concat([copy[named] for copy in (study.data, *study.imputed, *study.replicates)])
    signs = study.framework.set_index("code")["direction"].astype(float)
    shares = normalise(
        apply(figures, rulers), signs, "min_max", ends=ends(rulers), lower=0.0, upper=1.0
    )
    return float(shares.min(axis=None))
