"""The framework made flat: what has to be computed per draw, and what collapses to one product.

Nodes with a single child say nothing of their own and are dropped. A branch that uses one kind
of mean throughout and has no gaps collapses to the products of the weights on its paths: the
nodes at which the kind of mean changes, or which have gaps below, are the parts that remain.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from analysis.index.families import families
from analysis.index.framework import root
from analysis.index.parts import measured_nodes


def leaves_by_branch(framework: pd.DataFrame) -> list[str]:
    """All leaves, those of a branch side by side.

    Examples
    --------
    >>> tree = pd.DataFrame({"code": ["top", "m", "z", "a"], "parent": ["", "top", "top", "m"]})
    >>> leaves_by_branch(tree)
    ['a', 'z']
    """
    below = families(framework)

    def under(node: str) -> list[str]:
        return [leaf for child in below[node] for leaf in under(child)] or [node]

    return under(root(framework))


@dataclass(frozen=True)
class Slot:
    """A node of the reduced tree.

    Attributes
    ----------
    code
        The node that branches, or the leaf.
    row
        Row of the framework that holds its weight: the highest node of the chain down to it.
    kids
        First and last (exclusive) slot below it; slots of siblings are neighbours.
    leaf
        Number of the leaf, -1 for a branching node.
    """

    code: str
    row: int
    kids: tuple[int, int]
    leaf: int

    @property
    def below(self) -> range:
        """Slots directly below."""
        return range(*self.kids)


@dataclass
class Tree:
    """A framework without its chains; slot 0 is the root, every slot stands after its parent.

    Attributes
    ----------
    slots
        All slots.
    families
        The children of every node of the framework.
    rows, weights
        Row of the framework and weight of every slot.
    branching, leaf_slots, leaf_numbers
        Branching slots, the root first; the slots of leaves, and the leaves in them.
    chains
        What each slot weighs where weights are renormalised once, see `_chain`.
    measured
        Codes of the nodes all of whose children are leaves.
    summed
        Branching slots that then weigh as much as what is below them.
    """

    framework: pd.DataFrame
    slots: list[Slot] = field(init=False)
    families: dict[str, list[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.families = families(self.framework)
        rows = {code: row for row, code in enumerate(self.framework["code"])}
        numbers = {leaf: number for number, leaf in enumerate(leaves_by_branch(self.framework))}
        top = root(self.framework)
        waiting, self.slots = [(rows[top], self._end_of_chain(top))], []
        while waiting:
            row, code = waiting.pop(0)
            below = self.families[code]
            first = len(self.slots) + len(waiting) + 1
            kids = (first, first + len(below))
            self.slots.append(Slot(code, row, kids, numbers.get(code, -1)))
            waiting += [(rows[child], self._end_of_chain(child)) for child in below]
        weights = pd.to_numeric(self.framework["weight"]).to_numpy(dtype=float)
        self.rows = np.array([slot.row for slot in self.slots])
        self.weights = np.where(self.rows == rows[top], 1.0, weights[self.rows])
        self.measured = measured_nodes(self.framework)
        table = self.framework.set_index("code")
        self.chains = [self._chain(slot, table) for slot in self.slots]
        leaf = np.array([slot.leaf for slot in self.slots])
        self.branching = np.flatnonzero(leaf < 0).tolist()
        self.leaf_slots = np.flatnonzero(leaf >= 0)
        self.leaf_numbers = leaf[self.leaf_slots]
        self.summed = {n for n in self.branching if self.slots[n].code not in self.measured}

    def _end_of_chain(self, code: str) -> str:
        below = self.families[code]
        return self._end_of_chain(below[0]) if len(below) == 1 else code

    def _chain(self, slot: Slot, table: pd.DataFrame) -> tuple[float, list[int]]:
        """What a slot weighs where weights are renormalised once, and the rows that multiply it.

        A leaf that shares its node with other leaves has its weight, what stands above leaves has
        its part, and so has a leaf with a branch beside it. Other nodes weigh as much as what is
        below them.
        """
        chain = [str(table.index[slot.row])]
        while chain[-1] != slot.code:
            chain += self.families[chain[-1]]
        if len(chain) > 1 and slot.leaf >= 0:  # the node of a leaf alone speaks for it
            chain.pop()
        last = chain[-1]
        rows = [int(table.index.get_loc(code)) for code in chain]
        if table.loc[last, "parent"] in self.measured:
            return float(table.loc[last, "weight"]), rows
        counts = slot.leaf >= 0 or last in self.measured
        part = "part" if "part" in table.columns else "weight"
        return (float(table.loc[last, part]) if counts else 1.0), rows

    @cached_property
    def _links(self) -> list[tuple[list[int], list[int]]]:
        """For the first row of the chains, the second, and so on: slots that have it, and which."""
        rows = [rows for _, rows in self.chains]
        longest = max(len(each) for each in rows)
        having = [[n for n, each in enumerate(rows) if len(each) > at] for at in range(longest)]
        return [(slots, [rows[n][at] for n in slots]) for at, slots in enumerate(having)]

    def _chain_weights(self, multipliers: np.ndarray) -> np.ndarray:
        """What each slot weighs where weights are renormalised once, slots × draws."""
        (_, first), *others = self._links
        weights = multipliers[first]
        for slots, rows in others:
            weights[slots] *= multipliers[rows]
        weights *= np.array([weight for weight, _ in self.chains])[:, None]
        return weights

    def leaves_of_means(self, means: Mapping[str, str], mean: str) -> set[int]:
        """Numbers of the leaves directly below a node that uses `mean`."""
        users = [self.slots[n] for n in self.branching if means[self.slots[n].code] == mean]
        below = {self.slots[kid].leaf for user in users for kid in user.below}
        return below - {-1}

    def shares(
        self, multipliers: np.ndarray, admitted: np.ndarray | None, *, once: bool = False
    ) -> tuple[np.ndarray, np.ndarray]:
        """Weights scaled to the sum 1 among the siblings that take part.

        Parameters
        ----------
        multipliers
            Nodes × draws, in the order of the framework.
        admitted
            Leaves × draws: which leaves take part; all of them if None.
        once
            Whether a node weighs what is measured of it, see `parts.by_parts`.

        Returns
        -------
        shares, active
            Slots × draws; a slot without a leaf that takes part has the share 0.
        """
        if once:
            shares = self._chain_weights(multipliers)
        else:
            shares = multipliers[self.rows]
            shares *= self.weights[:, None]
        active = np.ones(shares.shape, dtype=bool)
        if admitted is not None:
            active[self.leaf_slots] = admitted[self.leaf_numbers]
            shares[self.leaf_slots] *= active[self.leaf_slots]
        for number in reversed(self.branching):
            kids = shares[slice(*self.slots[number].kids)]
            total = np.add.reduce(kids, axis=0)
            if not total.all():
                active[number] = total > 0
                total[~active[number]] = 1.0
                shares[number] *= active[number]
            if once and number in self.summed:
                shares[number] *= total
            kids /= total
        shares[0] = 1.0
        return shares, active


@dataclass(frozen=True)
class Part:
    """A node that must be computed, and how.

    Attributes
    ----------
    slot, code, mean
        The node and its mean.
    linear, columns
        Slots and numbers of the leaves that come straight into it, along collapsed branches.
    sure
        Those of these slots that have no gaps.
    gaps, gap_columns
        Slots and numbers of the others.
    others
        The parts below it.
    complete
        Whether no leaf below it has gaps.
    """

    slot: int
    code: str
    mean: str
    linear: np.ndarray
    columns: np.ndarray | slice
    sure: np.ndarray
    gaps: np.ndarray
    gap_columns: np.ndarray
    others: tuple["Part", ...]
    complete: bool


@dataclass(frozen=True)
class Plan:
    """The parts of a tree under given means and gaps, and the slots at which paths begin anew.

    `once` says how weights are renormalised: see `aggregation.unit_weights`.
    """

    tree: Tree
    top: Part
    starts: frozenset[int]
    once: bool

    def path_weights(self, shares: np.ndarray) -> np.ndarray:
        """Products of the shares from each slot up to the part that it goes into."""
        paths = shares.copy()
        for number in self.tree.branching:
            if number not in self.starts:
                paths[slice(*self.tree.slots[number].kids)] *= paths[number]
        return paths


def plan(
    tree: Tree, means: Mapping[str, str], gap_leaves: Iterable[int], *, once: bool = False
) -> Plan:
    """Find the parts of a tree.

    Parameters
    ----------
    tree
        The reduced tree.
    means
        Mean by code of the inner nodes.
    gap_leaves
        Numbers of the leaves with gaps.
    once
        Whether weights are renormalised once, over all that a unit has. Then a branch collapses
        even if it has gaps.
    """
    top = _Compiler(tree, means, frozenset(gap_leaves), once).part(0)
    return Plan(tree, top, frozenset(_slots_of(top)), once)


def _rows(numbers: list[int]) -> np.ndarray | slice:
    """Numbers of rows, as a slice if they are consecutive: that takes rows without a copy."""
    if numbers and numbers == list(range(numbers[0], numbers[0] + len(numbers))):
        return slice(numbers[0], numbers[-1] + 1)
    return np.array(numbers, dtype=np.int64)


def _slots_of(part: Part) -> list[int]:
    return [part.slot, *(slot for other in part.others for slot in _slots_of(other))]


@dataclass(frozen=True)
class _Compiler:
    tree: Tree
    means: Mapping[str, str]
    gap_leaves: frozenset[int]
    once: bool

    def part(self, number: int) -> Part:
        slot, slots = self.tree.slots[number], self.tree.slots
        mean = self.means[slot.code]
        collapsed = [
            kid for kid in slot.below if slots[kid].leaf >= 0 or self._collapses(kid, mean)
        ]
        linear = [leaf for kid in collapsed for leaf in self._leaf_slots(kid)]
        gaps = [leaf for leaf in linear if slots[leaf].leaf in self.gap_leaves]
        others = tuple(self.part(kid) for kid in slot.below if kid not in collapsed)
        return Part(
            slot=number,
            code=slot.code,
            mean=mean,
            linear=np.array(linear, dtype=np.int64),
            columns=_rows([slots[leaf].leaf for leaf in linear]),
            sure=np.array([leaf for leaf in linear if leaf not in gaps], dtype=np.int64),
            gaps=np.array(gaps, dtype=np.int64),
            gap_columns=np.array([slots[leaf].leaf for leaf in gaps], dtype=np.int64),
            others=others,
            complete=not gaps and all(other.complete for other in others),
        )

    def _collapses(self, number: int, mean: str) -> bool:
        slot = self.tree.slots[number]
        if slot.leaf >= 0:
            return self.once or slot.leaf not in self.gap_leaves
        same = self.means[slot.code] == mean
        return same and all(self._collapses(kid, mean) for kid in slot.below)

    def _leaf_slots(self, number: int) -> list[int]:
        slot = self.tree.slots[number]
        if slot.leaf >= 0:
            return [number]
        return [leaf for kid in slot.below for leaf in self._leaf_slots(kid)]
