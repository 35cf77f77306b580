"""The normalised data under every treatment, scale, size and copy of the data, built once.

Treatment and normalisation work column by column. So the columns of all imputed data sets, and of
all copies with errors drawn, stand side by side in one wide frame, which the index engine treats
and normalises once for each pair of choices; the matrix of a state is a selection of its columns.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product

import numpy as np
import pandas as pd

from analysis.index.aggregation import refuse_cells
from analysis.index.composite import Method, ends, rulers_for
from analysis.index.normalisation import normalise
from analysis.index.robustness.design import Alternative, Design
from analysis.index.robustness.draws import NONE
from analysis.index.robustness.flatten import Tree
from analysis.index.robustness.frozen import lifted_scale
from analysis.index.robustness.replay import means, treatment_options
from analysis.index.robustness.study import Study
from analysis.index.treatment import apply

CACHE_BYTES = 48_000_000
# Treatment, normalisation and measures of record.
RECORD = (0, 0, 0)

# Numbers of the alternatives of treatment, normalisation and measures, the imputation, and the
# replicate.
Key = tuple[int, int, int, int, int]


@dataclass(frozen=True)
class State:
    """Normalised data, leaves × units, gaps as zero: of the complete units, and of the others.

    Each is given by the mean that takes the leaves: as they are, or their logarithms.
    """

    complete: dict[str, np.ndarray]
    partial: dict[str, np.ndarray]

    @property
    def nbytes(self) -> int:
        """Size in memory."""
        return sum(a.nbytes for part in (self.complete, self.partial) for a in part.values())


@dataclass(frozen=True)
class Pattern:
    """Which units have gaps.

    Attributes
    ----------
    order
        Positions of the units: the complete ones first.
    complete
        Number of complete units.
    present
        Leaves × units with gaps: 1 where a value is present, else 0.
    gap_leaves
        Numbers of the leaves with gaps.
    """

    order: np.ndarray
    complete: int
    present: np.ndarray
    gap_leaves: frozenset[int]


def gap_pattern(present: np.ndarray) -> Pattern:
    """Describe the gaps of a matrix leaves × units of what is present."""
    whole = present.all(axis=0)
    order = np.concatenate([np.flatnonzero(whole), np.flatnonzero(~whole)])
    gaps = frozenset(np.flatnonzero(~present.all(axis=1)).tolist())
    return Pattern(order, int(whole.sum()), present[:, ~whole].astype(float), gaps)


@dataclass
class States:
    """All states of a study under a design; `get` hands them out."""

    study: Study
    design: Design
    wide: dict[tuple[int, int, int], np.ndarray] = field(default_factory=dict)
    columns: dict[tuple[int, int], np.ndarray] = field(init=False)
    left: Pattern = field(init=False)
    filled: Pattern = field(init=False)
    cache: dict[Key, State] = field(default_factory=dict)

    def __post_init__(self) -> None:
        present = self.study.data[self.study.leaves].notna().to_numpy().T
        self.left = gap_pattern(present)
        self.filled = gap_pattern(np.ones_like(present))
        self.columns = self._column_numbers()
        self.wide = dict(self._build())

    @cached_property
    def geometric_leaves(self) -> set[int]:
        """Numbers of the leaves directly below a geometric mean of any alternative."""
        tree, framework = Tree(self.study.framework), self.study.framework
        return {
            leaf
            for alternative in self.design.alternatives["aggregation"]
            for leaf in tree.leaves_of_means(means(framework, alternative), "geometric")
        }

    def pattern(self, imputation: int) -> Pattern:
        """The gaps of the data with an imputation, or without (-1)."""
        return self.left if imputation == NONE else self.filled

    def get(self, key: Key) -> State:
        """The state of a key; the first ones used are kept as far as the cache allows."""
        state = self.cache.get(key)
        if state is None:
            state = self._state(key)
            if len(self.cache) < max(1, CACHE_BYTES // state.nbytes):
                self.cache[key] = state
        return state

    def _state(self, key: Key) -> State:
        *choice, imputation, replicate = key
        pattern = self.pattern(imputation)
        wide = self.wide[choice[0], choice[1], choice[2]]
        values = wide[self.columns[imputation, replicate]][:, pattern.order]
        of_mean = {"arithmetic": np.nan_to_num(values)}
        if self.geometric_leaves:
            # Leaves that no geometric mean takes may be negative: their logarithm is not read.
            of_mean["geometric"] = np.log(np.where(values > 0, values, 1.0))
        cut = pattern.complete
        return State(
            {mean: matrix[:, :cut].copy() for mean, matrix in of_mean.items()},
            {mean: matrix[:, cut:].copy() for mean, matrix in of_mean.items()},
        )

    @cached_property
    def _blocks(self) -> list[tuple[int, int, list[int]]]:
        """What stands side by side: imputation, replicate, and numbers of the leaves.

        The data as they are, the gaps filled by each imputation, then each replicate, with its
        gaps left and with its gaps filled.
        """
        every, gaps = list(range(len(self.study.leaves))), sorted(self.left.gap_leaves)
        imputations = self.design.imputations
        blocks = [(NONE, NONE, every), *((i, NONE, gaps) for i in range(imputations))]
        for replicate in range(self.design.replicates):
            blocks.append((NONE, replicate, every))
            if imputations:
                blocks.append((replicate % imputations, replicate, gaps))
        return blocks

    def _column_numbers(self) -> dict[tuple[int, int], np.ndarray]:
        """Row of the wide matrix for each leaf, by imputation and replicate."""
        found: dict[tuple[int, int], np.ndarray] = {}
        first = 0
        for imputation, replicate, leaves in self._blocks:
            unfilled = found.get((NONE, replicate), np.arange(len(self.study.leaves)))
            rows = unfilled.copy()
            rows[leaves] = first + np.arange(len(leaves))
            found[imputation, replicate] = rows
            first += len(leaves)
        return found

    @cached_property
    def _leaf_of_column(self) -> np.ndarray:
        """Number of the leaf of each column of the wide frame."""
        return np.concatenate([np.array(leaves, dtype=np.int64) for *_, leaves in self._blocks])

    def _build(self) -> Iterator[tuple[tuple[int, int, int], np.ndarray]]:
        factors = self.design.alternatives
        for measures, size in enumerate(factors["measures"]):
            data = self._wide_data(size.name)
            signs = self.study.framework.set_index("code")["direction"][self.study.leaves]
            signs = pd.Series(signs.to_numpy(dtype=float)[self._leaf_of_column], data.columns)
            tables = [self._treat(data, alternative) for alternative in factors["treatment"]]
            scales = enumerate(factors["normalisation"])
            for (treatment, values), (number, scale) in product(enumerate(tables), scales):
                normalised = (
                    self._by_rulers(data, signs)
                    if self.study.rulers is not None and (treatment, number, measures) == RECORD
                    else normalise(values, signs, scale.name, **scale.numbers)
                )
                self._check_positive(normalised, scale)
                yield (treatment, number, measures), normalised.to_numpy().T.copy()

    def _wide_data(self, measures: str) -> pd.DataFrame:
        names = self.study.leaves
        frames = []
        for imputation, replicate, leaves in self._blocks:
            copies = (None if number == NONE else number for number in (imputation, replicate))
            data = self.study.variant(measures, *copies)[[names[leaf] for leaf in leaves]]
            suffix = f", imputation {imputation}, replicate {replicate}"
            as_is = imputation == replicate == NONE
            frames.append(data.astype(float) if as_is else data.astype(float).add_suffix(suffix))
        return pd.concat(frames, axis="columns")

    def _treat(self, data: pd.DataFrame, alternative: Alternative) -> pd.DataFrame:
        return apply(data, rulers_for(data, self._method(data, alternative), None))

    def _method(self, data: pd.DataFrame, alternative: Alternative) -> Method:
        """The treatment of an alternative, of the columns of the wide frame that may change."""
        fixed = np.isin(self.study.leaves, list(self.study.untreated))[self._leaf_of_column]
        options = treatment_options(alternative, self.study.limits)
        return Method(**options, untreated=tuple(data.columns[fixed]))

    def _by_rulers(self, data: pd.DataFrame, signs: pd.Series) -> pd.DataFrame:
        """The data on the scales of record where the study takes these over from other units."""
        leaf = dict(
            zip(data.columns, np.array(self.study.leaves)[self._leaf_of_column], strict=True)
        )
        scale = self.design.of_record("normalisation")
        method = self._method(data, self.design.of_record("treatment"))
        rulers = rulers_for(data, method, self.study.rulers, leaf)
        numbers = lifted_scale(self.study, scale)
        return normalise(apply(data, rulers), signs, scale.name, ends=ends(rulers), **numbers)

    def _check_positive(self, normalised: pd.DataFrame, scale: Alternative) -> None:
        """Refuse a scale whose leaves a geometric mean of the design cannot take."""
        chosen = normalised.loc[:, np.isin(self._leaf_of_column, list(self.geometric_leaves))]
        step = f"normalisation {scale.text!r} under a geometric mean"
        rule = "every value must be positive: leave one of the two out of the design"
        refuse_cells(chosen, chosen.to_numpy() <= 0, step, rule)
