"""A design cut down to the alternatives for which a study has evidence.

What a design asks for may be lost: nobody counted the heads, no leaf of a grade is left, there are
no gaps to fill. Such an alternative is left aside; the method of record, which stands first among
the alternatives of a factor, always stays.
"""

from dataclasses import replace

from analysis.index.framework import leaves
from analysis.index.robustness.design import Alternative, Design
from analysis.index.robustness.draws import Sampler
from analysis.index.robustness.study import Study, units_without_heads


def fitting(design: Design, study: Study) -> Design:
    """The design without the alternatives that the data of the study cannot bear.

    These are measures per head where a unit has no heads or nothing is a measure of size; imputed
    gaps where there are none; figures with errors where no error is known; grades that admit the
    very leaves of record, or too few; and a node left out where there is no second one. Grades and
    a node left out are too much if a unit would be left without any value.

    Examples
    --------
    Without b there is no second node that could be left out.

    >>> from analysis.index.robustness.example import small_design, small_study
    >>> alone = small_study()
    >>> alone = replace(alone, framework=alone.framework.iloc[:2])
    >>> [a.text for a in fitting(small_design(), alone).alternatives["left_out"]]
    ['nothing']
    """
    sampler = Sampler(design, study)
    return replace(
        design,
        alternatives={
            factor: (first, *(other for other in others if _fits(sampler, factor, other)))
            for factor, (first, *others) in design.alternatives.items()
        },
    )


def _fits(sampler: Sampler, factor: str, alternative: Alternative) -> bool:
    study = sampler.study
    if factor == "evidence":
        return _evidence_fits(sampler, alternative)
    if alternative.name == "per_head":
        return bool(study.sizes) and not units_without_heads(study)
    if alternative.name == "imputed":
        return bool(study.data.isna().any(axis=None))
    if alternative.name == "with_error":
        return _has_errors(study)
    if alternative.name == "one":
        return _one_can_go(sampler, sampler.design.of_record("evidence"), alternative.level)
    return True


def _evidence_fits(sampler: Sampler, alternative: Alternative) -> bool:
    study, design = sampler.study, sampler.design
    record = design.of_record("evidence")
    admitted = study.leaves_of_grades(alternative)
    if set(admitted) == set(study.leaves_of_grades(record)):
        return False
    levels = [a.level for a in design.alternatives["left_out"] if a.name == "one"]
    drawn = [level for level in levels if _one_can_go(sampler, record, level)]
    return _every_unit_has(study, admitted) and all(
        _one_can_go(sampler, alternative, level) for level in drawn
    )


def _has_errors(study: Study) -> bool:
    """Whether the error of any leaf is known."""
    if study.errors is None:
        return False
    return bool(study.errors["error"].reindex(study.leaves).gt(0).any())


def _one_can_go(sampler: Sampler, evidence: Alternative, level: str) -> bool:
    """Whether any node of a level can be left out under these grades, and every unit keeps some."""
    study = sampler.study
    nodes = [sampler.nodes[number] for number in sampler.removable(evidence, level)]
    admitted = set(study.leaves_of_grades(evidence))
    rests = [sorted(admitted - set(leaves(study.framework, node))) for node in nodes]
    return len(nodes) > 1 and all(_every_unit_has(study, rest) for rest in rests)


def _every_unit_has(study: Study, some: list[str]) -> bool:
    """Whether every unit has a value of any of these leaves."""
    return bool(study.data[some].notna().any(axis=1).all())
