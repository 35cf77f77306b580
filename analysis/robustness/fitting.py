"""A design cut down to the alternatives for which a study has evidence.

What a design asks for may be lost: nobody counted the heads, no leaf of a grade is left, there are
no gaps to fill. Such an alternative is left aside; the method of record, which stands first among
the alternatives of a factor, always stays.
"""

from dataclasses import replace

from analysis.robustness.design import Alternative, Design
from analysis.robustness.draws import Sampler
from analysis.robustness.study import Study, units_without_heads


def fitting(design: Design, study: Study) -> Design:
    """The design without the alternatives that the data of the study cannot bear.

    These are measures per head where a unit has no heads or nothing is a measure of size; grades
    by which a unit has no value, or which admit the very leaves of record; imputed gaps where
    there are none; and a node left out where there is no second one.
    """
    sampler = Sampler(design, study)
    return replace(
        design,
        alternatives={
            factor: (first, *(other for other in others if _fits(sampler, factor, other)))
            for factor, (first, *others) in design.alternatives.items()
        },
    )


def left_aside(design: Design, fitted: Design) -> list[tuple[str, Alternative]]:
    """Factor and alternative of what `fitting` has taken from a design."""
    return [
        (factor, alternative)
        for factor, alternatives in design.alternatives.items()
        for alternative in alternatives
        if alternative not in fitted.alternatives[factor]
    ]


def _fits(sampler: Sampler, factor: str, alternative: Alternative) -> bool:
    study = sampler.study
    if factor == "evidence":
        return _evidence_fits(sampler, alternative)
    if alternative.name == "per_head":
        return bool(study.sizes) and not units_without_heads(study)
    if alternative.name == "imputed":
        return bool(study.data.isna().any(axis=None))
    if alternative.name == "one":
        return len(sampler.removable(sampler.design.of_record("evidence"), alternative.level)) > 1
    return True


def _evidence_fits(sampler: Sampler, alternative: Alternative) -> bool:
    study, design = sampler.study, sampler.design
    admitted = study.leaves_of_grades(alternative)
    if set(admitted) == set(study.leaves_of_grades(design.of_record("evidence"))):
        return False
    levels = [a.level for a in design.alternatives["left_out"] if a.name == "one"]
    apart = all(len(sampler.removable(alternative, level)) > 1 for level in levels)
    return apart and not study.data[admitted].isna().all(axis=1).any()
