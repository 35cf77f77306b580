"""A study: the data on which the choices of a design act, and whether a design fits them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from analysis.index.framework import check_data, check_tree
from analysis.index.refusal import RefusedValueError
from analysis.index.robustness.design import Alternative, Design
from analysis.index.robustness.flatten import leaves_by_branch
from analysis.index.shape import KURTOSIS_LIMIT, SKEWNESS_LIMIT


def default_limits() -> dict[str, float]:
    """The limits of the treatment that its authors give."""
    return {"skewness_limit": SKEWNESS_LIMIT, "kurtosis_limit": KURTOSIS_LIMIT}


@dataclass(frozen=True)
class Study:
    """What is ranked, before any choice is made.

    Attributes
    ----------
    data
        One row per unit, a column for each leaf of the framework, gaps as NaN.
    framework
        A framework table with the column `level`; it holds every leaf that any choice uses. Where
        weights may be renormalised once, the column `part` says what the complete framework gives
        to every node above leaves.
    imputed
        Copies of the data with the gaps filled, each by another draw.
    errors
        How far off the figures of a leaf may be, by leaf: ``scale, error, lowest, highest`` as
        `replicates.replicated` takes them; none if nothing is known of it.
    replicates
        Copies of the data with an error of that size drawn into every figure; gaps stay gaps.
    heads
        What measures of size are divided by, per unit; none if there is no such choice.
    sizes
        Leaves that are measures of size.
    untreated
        Leaves that are never treated.
    grades
        Evidence grade of every leaf, and of others that no data are left of; none if there is no
        such choice.
    limits
        ``skewness_limit`` and ``kurtosis_limit`` at which a leaf is treated.
    rulers
        Rulers of other units (`composite.build`) that hold as long as treatment, scale and sizes
        are those of record; none if the units have their own.

    Examples
    --------
    >>> data = pd.DataFrame({"a": [10.0, 30.0], "b": [1.0, 2.0]}, index=["u", "v"])
    >>> tree = pd.DataFrame({"code": ["top", "a", "b"], "parent": ["", "top", "top"]})
    >>> study = Study(data, tree, heads=pd.Series({"u": 2.0, "v": 3.0}), sizes=["a"])
    >>> study.per_head(data).to_dict("list")
    {'a': [5.0, 10.0], 'b': [1.0, 2.0]}
    """

    data: pd.DataFrame
    framework: pd.DataFrame
    imputed: Sequence[pd.DataFrame] = ()
    errors: pd.DataFrame | None = None
    replicates: Sequence[pd.DataFrame] = ()
    heads: pd.Series | None = None
    sizes: Sequence[str] = ()
    untreated: Sequence[str] = ()
    grades: Mapping[str, str] = field(default_factory=dict)
    limits: Mapping[str, float] = field(default_factory=default_limits)
    rulers: pd.DataFrame | None = None

    @property
    def leaves(self) -> list[str]:
        """Leaves, those of a branch side by side."""
        return leaves_by_branch(self.framework)

    def variant(
        self, measures: str, imputation: int | None, replicate: int | None = None
    ) -> pd.DataFrame:
        """The data with gaps left (None) or filled, as printed (None) or not, sizes or per head."""
        data = self.data if replicate is None else self.replicates[replicate]
        if imputation is not None:
            data = data.where(data.notna(), self.imputed[imputation])
        return self.per_head(data) if measures == "per_head" else data

    def per_head(self, data: pd.DataFrame) -> pd.DataFrame:
        """Divide the measures of size by the heads of each unit."""
        if self.heads is None:
            raise ValueError("study: measures per head need the heads of every unit")
        divided = data.copy()
        divided[list(self.sizes)] = data[list(self.sizes)].div(self.heads, axis="index")
        return divided

    def leaves_of_grades(self, alternative: Alternative) -> list[str]:
        """Leaves that an alternative of the factor `evidence` admits."""
        if alternative.words == ("every",):
            return self.leaves
        return [leaf for leaf in self.leaves if self.grades.get(leaf) in alternative.words]


def check_study(study: Study, design: Design) -> None:
    """Refuse a study that is not sound, or to which an alternative of the design cannot apply.

    Raises
    ------
    RefusedValueError
        Listing every fault.

    Examples
    --------
    >>> from analysis.index.robustness.example import small_design, small_study
    >>> check_study(small_study(), small_design())
    """
    check_tree(study.framework)
    check_data(study.data, study.framework)
    faults = _faults_of_levels(study, design) + _faults_of_data(study, design)
    faults += _faults_of_evidence(study, design)
    if faults:
        raise RefusedValueError("\n".join([f"study: {len(faults)} fault(s)", *faults]))


def _faults_of_levels(study: Study, design: Design) -> list[str]:
    if "level" not in study.framework.columns:
        return ["the framework has no column 'level'"]
    levels = set(study.framework["level"])
    nodes = set(study.framework["parent"]) & set(study.framework["code"])
    once = any(a.name == "once" for a in design.alternatives["renormalisation"])
    if once and "part" not in study.framework.columns:
        return ["renormalisation: the framework has no column 'part'"]
    faults = [f"weights: no node has the level {v!r}" for v in design.ranges if v not in levels]
    for alternative in design.alternatives["aggregation"]:
        unknown = [place for place in alternative.options if place not in levels | nodes]
        faults += [f"aggregation {alternative.text!r}: no node or level {p!r}" for p in unknown]
    for alternative in design.alternatives["left_out"]:
        if alternative.name == "one" and alternative.level not in levels:
            faults.append(f"left_out: no node has the level {alternative.level!r}")
    return faults


def _faults_of_data(study: Study, design: Design) -> list[str]:
    faults = []
    if any(a.name == "per_head" for a in design.alternatives["measures"]):
        faults += _faults_of_heads(study)
    if design.imputations > len(study.imputed):
        faults.append(
            f"gaps: {design.imputations} imputed data sets are asked for, "
            f"there are {len(study.imputed)}"
        )
    for number, filled in enumerate(study.imputed):
        known = study.data.notna()
        same = filled[study.leaves].where(known).equals(study.data[study.leaves].where(known))
        if not same or filled[study.leaves].isna().any(axis=None):
            faults.append(f"imputed data set {number}: it has gaps or changes values present")
    faults += _faults_of_replicates(study, design)
    strange = [c for c in [*study.sizes, *study.untreated] if c not in study.leaves]
    return faults + [f"sizes or untreated: {leaf!r} is not a leaf" for leaf in strange]


def _faults_of_replicates(study: Study, design: Design) -> list[str]:
    faults = []
    if design.replicates > len(study.replicates):
        faults.append(
            f"figures: {design.replicates} copies with errors drawn are asked for, "
            f"there are {len(study.replicates)}"
        )
    gaps = study.data[study.leaves].isna()
    return faults + [
        f"copy {number} with errors drawn: its gaps are not those of the data"
        for number, drawn in enumerate(study.replicates)
        if not drawn[study.leaves].isna().equals(gaps)
    ]


def units_without_heads(study: Study) -> list[object]:
    """Units of which no positive number of heads is known."""
    if study.heads is None:
        return list(study.data.index)
    heads = study.heads.reindex(study.data.index)
    return list(heads.index[~(heads > 0)])


def _faults_of_heads(study: Study) -> list[str]:
    if study.heads is None or not study.sizes:
        return ["measures per head cannot apply: there are no heads, or no measures of size"]
    wrong = units_without_heads(study)
    return [f"heads: units {wrong} have no positive number"] if wrong else []


def _faults_of_evidence(study: Study, design: Design) -> list[str]:
    known = {*study.grades.values(), "every"}
    faults = []
    for alternative in design.alternatives["evidence"]:
        unknown = [grade for grade in alternative.words if grade not in known]
        faults += [f"evidence {alternative.text!r}: no leaf has the grade {g!r}" for g in unknown]
        admitted = study.data[study.leaves_of_grades(alternative)]
        empty = list(admitted.index[admitted.isna().all(axis=1)])
        if empty:
            faults.append(f"evidence {alternative.text!r}: units {empty} have no value")
    return faults
