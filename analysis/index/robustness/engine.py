"""The engine of a study: many draws in, scores, ranks or counts of places out.

Draws are sorted by state, so that one matrix product serves all draws of a state, and worked
off in blocks that fit the cache of a processor. Results come in the order of the draws.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import InitVar, dataclass, field
from functools import cached_property
from itertools import product

import numpy as np

from analysis.index.framework import leaves
from analysis.index.robustness.design import Alternative, Design
from analysis.index.robustness.draws import NONE, Draws, Sampler
from analysis.index.robustness.flatten import Plan, Tree, plan
from analysis.index.robustness.kernel import FailedDrawError, Places, Run, keys, order
from analysis.index.robustness.replay import means
from analysis.index.robustness.states import State, States
from analysis.index.robustness.study import Study, check_study

# Index values whose weights are found at once, and those worked off while they are in the cache.
BLOCK_VALUES = 400_000
CACHE_VALUES = 30_000
CHUNK_VALUES = 20_000_000
# Factors whose alternatives the states of a study hold.
OF_STATES = ("treatment", "normalisation", "measures", "gaps", "figures", "aggregation")
# Beyond this number of units, places are counted in steps of several places.
MOST_COLUMNS = 3_000


@dataclass(frozen=True)
class Block:
    """Index under some draws: `values` is draws × units, with `units` naming its columns."""

    positions: np.ndarray
    values: np.ndarray
    units: np.ndarray


@dataclass
class Engine:
    """A study under a design, with all its states built.

    Draws go in (`sampler` makes them); scores, ranks, shifts or counts of places come out, draws ×
    units or units × places.

    Raises
    ------
    ValueError
        If an alternative of the design cannot apply to the study.

    Examples
    --------
    By the method of record w is first; in draws that leave out a, u is.

    >>> from analysis.index.robustness.example import small_design, small_study
    >>> engine = Engine(small_study(), small_design())
    >>> engine.ranks(engine.sampler.of_record()).tolist()
    [[3, 2, 1]]
    >>> engine.acceptability(engine.sampler.draw(seed=1, first=0, count=10)).sum(axis=1).tolist()
    [10, 10, 10]
    """

    study: Study
    design: Design
    shared: InitVar[States | None] = None
    sampler: Sampler = field(init=False)
    tree: Tree = field(init=False)
    states: States = field(init=False)

    def __post_init__(self, shared: States | None) -> None:
        check_study(self.study, self.design)
        self.sampler = Sampler(self.design, self.study)
        self.tree = Tree(self.study.framework)
        self.states = shared or States(self.study, self.design)

    def narrowed(self, design: Design) -> "Engine":
        """The engine of the same study under a design with fewer alternatives, by the same states.

        Raises
        ------
        ValueError
            If the states of the design are not the first ones of this engine's.

        Examples
        --------
        >>> from dataclasses import replace
        >>> from analysis.index.robustness.example import small_design, small_study
        >>> design = small_design()
        >>> record = {factor: found[:1] for factor, found in design.alternatives.items()}
        >>> fewer = Engine(small_study(), design).narrowed(replace(design, alternatives=record))
        >>> fewer.ranks(fewer.sampler.draw(seed=1, first=0, count=1)).tolist()
        [[3, 2, 1]]
        """
        for factor in OF_STATES:
            some, every = (each.alternatives[factor] for each in (design, self.design))
            if some != every[: len(some)]:
                raise ValueError(f"{factor}: not the first alternatives of the engine")
        return Engine(self.study, design, self.states)

    @property
    def units(self) -> int:
        """Number of units."""
        return len(self.study.data)

    @property
    def chunk(self) -> int:
        """Number of draws that are drawn and sorted at once."""
        return int(np.clip(CHUNK_VALUES // self.units, 512, 65_536))

    @property
    def step(self) -> int:
        """Number of places that a column of the acceptability counts stands for."""
        return -(-self.units // MOST_COLUMNS)

    @cached_property
    def plans(self) -> dict[int, tuple[Plan, Plan]]:
        """Plans for complete units and for units with gaps, by the kind of a draw (`_kinds`)."""
        patterns = {False: self.states.filled, True: self.states.left}
        found = {}
        for number, (alternative, renormalisation, left) in enumerate(self._kinds):
            mean = means(self.study.framework, alternative)
            once = renormalisation.name == "once"
            complete = plan(self.tree, mean, (), once=once)
            partial = plan(self.tree, mean, patterns[left].gap_leaves, once=once)
            found[number] = complete, partial
        return found

    @property
    def _kinds(self) -> list[tuple[Alternative, Alternative, bool]]:
        """Aggregation, renormalisation, and whether gaps are left: what one block has in common."""
        factors = self.design.alternatives
        return list(product(factors["aggregation"], factors["renormalisation"], (False, True)))

    def scores(self, draws: Draws) -> np.ndarray:
        """Index of every unit, draws × units."""
        scores = np.empty((len(draws), self.units))
        for block in self.blocks(draws):
            scores[block.positions[:, None], block.units] = block.values
        return scores

    def ranks(self, draws: Draws) -> np.ndarray:
        """Ranks, draws × units; ties share the better place."""
        ranks = np.empty((len(draws), self.units), dtype=np.int32)
        for positions, places in self.placed(draws):
            ranks[positions] = places.ranks()
        return ranks

    def shifts(self, draws: Draws, reference: np.ndarray) -> np.ndarray:
        """Mean absolute shift of ranks against reference ranks, per draw."""
        shifts = np.empty(len(draws))
        for positions, places in self.placed(draws):
            moved = np.abs(reference[places.unit] - places.place)
            shifts[positions] = moved.sum(axis=1) / self.units
        return shifts

    def acceptability(self, draws: Draws) -> np.ndarray:
        """Number of draws in which each unit (rows) takes each place (columns)."""
        columns = -(-self.units // self.step)
        counts = np.zeros(self.units * columns, dtype=np.int32)
        # Units side by side: neighbours in the order of a draw then lie close in memory.
        for _, places in self.placed(draws):
            cells = places.unit + (places.place - 1) // self.step * self.units
            np.add.at(counts, cells.ravel(), np.int32(1))
        return counts.reshape(columns, self.units).T

    def placed(self, draws: Draws) -> Iterator[tuple[np.ndarray, Places]]:
        """The units in order, block by block, with the positions of the draws."""
        for block in self.blocks(draws):
            lowest = min(block.values.min(), 0)
            # Packing asks for positive numbers; the margin keeps rounding above zero.
            values = block.values - lowest * (1 + 1e-9) if lowest else block.values
            packed = keys(values, block.units, np.empty(values.shape, np.int64))
            yield block.positions, order(packed, values, block.units)

    def blocks(self, draws: Draws) -> Iterator[Block]:
        """The index under all draws; each block has one aggregation and one pattern of gaps."""
        keys_of_draws = self._keys(draws)
        sequence = np.lexsort(keys_of_draws.T[::-1])
        changes = np.flatnonzero(np.diff(keys_of_draws[sequence, 0])) + 1
        size = max(16, BLOCK_VALUES // self.units)
        for positions in np.split(sequence, changes):
            for first in range(0, len(positions), size):
                part = positions[first : first + size]
                yield from self._block(draws.take(part), keys_of_draws[part], part)

    def _keys(self, draws: Draws) -> np.ndarray:
        """The number of the kind (`_kinds`), then the key of the state, one row per draw."""
        chosen = draws.choices
        scales = len(self.design.alternatives["renormalisation"])
        kind = chosen["aggregation"] * scales + chosen["renormalisation"]
        kind = 2 * kind + (draws.imputation == NONE)
        key = (chosen["treatment"], chosen["normalisation"], chosen["measures"])
        return np.stack([kind, *key, draws.imputation, draws.replicate], axis=1)

    def _block(
        self, draws: Draws, keys_of_draws: np.ndarray, positions: np.ndarray
    ) -> Iterator[Block]:
        """The index under draws of one kind, in blocks that fit the cache."""
        pattern = self.states.pattern(int(draws.imputation[0]))
        plans = self.plans[int(keys_of_draws[0, 0])]
        multipliers = np.ascontiguousarray(draws.multipliers.T)
        weights = self.tree.shares(multipliers, self._admitted(draws), once=plans[0].once)
        states = list(self._states_of(keys_of_draws))
        cut = pattern.complete
        # Few units have gaps, and their values take many small steps: for many draws at once.
        lacking = np.empty((self.units - cut, len(positions))).T
        if cut < self.units:
            for rows, run in self._runs(plans[1], "partial", self.units - cut, weights, states):
                with self._named(pattern.order[cut:], positions[rows]):
                    run.values(plans[1].top, lacking[rows])
        for rows, run in self._runs(plans[0], "complete", self.units, weights, states):
            values = np.empty((len(run), self.units))
            with self._named(pattern.order, positions[rows]):
                run.values(plans[0].top, values[:, :cut])
            values[:, cut:] = lacking[rows]
            if plans[0].top.mean == "geometric":
                np.exp(values, out=values)
            yield Block(positions[rows], values, pattern.order)

    @contextmanager
    def _named(self, units: np.ndarray, positions: np.ndarray) -> Iterator[None]:
        """A draw that fails is told by the unit's label and its position among all draws."""
        try:
            yield
        except FailedDrawError as error:
            label, draw = self.study.data.index[units[error.unit]], int(positions[error.draw])
            raise FailedDrawError(error.code, label, draw, error.fault) from error

    def _runs(
        self,
        plan_of: Plan,
        kind: str,
        units: int,
        weights: tuple[np.ndarray, np.ndarray],
        states: list[tuple[slice, State]],
    ) -> Iterator[tuple[slice, Run]]:
        """Runs of as many draws as the cache holds for so many units, and where those draws are."""
        shares, active = weights
        paths, present = plan_of.path_weights(shares), self.states.left.present
        for here, some in pieces(states, max(16, CACHE_VALUES // units)):
            parts = [(rows, getattr(state, kind)) for rows, state in some]
            share, takes_part, path = (table[:, here] for table in (shares, active, paths))
            yield here, Run(parts, present, share, takes_part, path, plan_of.once)

    def _states_of(self, keys_of_draws: np.ndarray) -> Iterator[tuple[slice, State]]:
        changes = np.flatnonzero((keys_of_draws[1:] != keys_of_draws[:-1]).any(axis=1)) + 1
        firsts = [0, *changes.tolist()]
        found = keys_of_draws[firsts].tolist()
        for first, last, key in zip(firsts, [*firsts[1:], len(keys_of_draws)], found, strict=True):
            _, treatment, scale, measures, imputation, replicate = key
            state = self.states.get((treatment, scale, measures, imputation, replicate))
            yield slice(first, last), state

    def _admitted(self, draws: Draws) -> np.ndarray | None:
        """Leaves × draws: which take part; None if all do in every draw."""
        if self._floors.all() and (draws.left_out == NONE).all():
            return None
        taken = self._floors[draws.choices["evidence"]] & ~self._below[draws.left_out]
        return taken.T

    @cached_property
    def _floors(self) -> np.ndarray:
        """Alternatives of evidence × leaves: which are admitted."""
        names = self.study.leaves
        floors = self.design.alternatives["evidence"]
        admitted = [set(self.study.leaves_of_grades(floor)) for floor in floors]
        return np.array([[leaf in found for leaf in names] for found in admitted])

    @cached_property
    def _below(self) -> np.ndarray:
        """Nodes × leaves: which lie below a node; a last row, for nothing left out, of none."""
        framework, names = self.study.framework, self.study.leaves
        below = [set(leaves(framework, code)) for code in framework["code"]]
        return np.array([[leaf in found for leaf in names] for found in [*below, set()]])


def pieces(
    states: list[tuple[slice, State]], size: int
) -> Iterator[tuple[slice, list[tuple[slice, State]]]]:
    """Neighbouring states in pieces of so many draws, or of a few more for a whole state.

    A piece is the slice of its draws and its states, whose slices begin anew with the piece.

    Examples
    --------
    >>> states = [(slice(0, 2), "a"), (slice(2, 3), "b"), (slice(3, 8), "c")]
    >>> for piece in pieces(states, 3):
    ...     print(piece)
    (slice(0, 3, None), [(slice(0, 2, None), 'a'), (slice(2, 3, None), 'b')])
    (slice(3, 6, None), [(slice(0, 3, None), 'c')])
    (slice(6, 8, None), [(slice(0, 2, None), 'c')])
    """
    first, piece = 0, []
    for rows, state in states:
        for start in range(rows.start, rows.stop, size):
            stop = min(start + size, rows.stop)
            piece.append((slice(start - first, stop - first), state))
            if stop - first >= size or stop == states[-1][0].stop:
                yield slice(first, stop), piece
                first, piece = stop, []
