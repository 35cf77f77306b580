"""The fast kernel: values of the root for many draws of one state, and the order of the units.

One matrix product per part of a `flatten.Plan`; the units are then ordered by sorting numbers
that hold the value in their high bits and the unit in their low ones.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from analysis.index.ranking import TIE_TOLERANCE, places
from analysis.index.refusal import RefusedValueError
from analysis.index.robustness.flatten import Part

# Binary places of a float behind its first one.
MANTISSA = 52

# A weight is all of it but for rounding.
ALL = 1 - 1e-12

NOT_POSITIVE = "is not positive, and a geometric mean takes it"
ABSENT = "is missing: the unit has none of the leaves that take part"


class FailedDrawError(RefusedValueError):
    """A draw gives a unit no index: node, unit, draw, and what is wrong with the node's value.

    The draw is counted from the first of those given.
    """

    def __init__(self, code: str, unit: Any, draw: int, fault: str) -> None:
        self.code, self.unit, self.draw, self.fault = code, unit, draw, fault
        super().__init__(f"draw {draw}, unit {unit}: the value of node {code!r} {fault}")

    def __reduce__(self) -> tuple[type, tuple[str, Any, int, str]]:
        return type(self), (self.code, self.unit, self.draw, self.fault)


class Had(NamedTuple):
    """Units that lack some of a node, and the share of its weight that they have, draws × units.

    Where a node weighs as if a unit had all, that share is 1 as soon as a unit has anything.
    """

    units: np.ndarray
    share: np.ndarray


@dataclass(frozen=True)
class Run:
    """Draws of several states, for the units with one kind of gaps.

    Attributes
    ----------
    states
        Which of the draws have a state, and its leaves × units by the mean that takes them.
    present
        Leaves × units, 1 or 0; not read where no leaf has gaps.
    shares, active, paths
        Slots × draws, see `flatten.Tree.shares` and `flatten.Plan.path_weights`.
    once
        Whether a node weighs as much as what a unit has of it, or as if it had all.
    """

    states: list[tuple[slice, dict[str, np.ndarray]]]
    present: np.ndarray
    shares: np.ndarray
    active: np.ndarray
    paths: np.ndarray
    once: bool

    def __len__(self) -> int:
        return self.shares.shape[1]

    def values(self, part: Part, out: np.ndarray) -> None:
        """Write the value of a node to `out`, draws × units; its logarithm under a geometric mean.

        Raises
        ------
        FailedDrawError
            If a unit has no value, or one that a geometric mean cannot take.
        """
        with np.errstate(divide="ignore", invalid="ignore"):
            had = self._fill(part, out)
        if had is not None:
            _refuse(part, had.share == 0, had.units, ABSENT)

    def _fill(self, part: Part, out: np.ndarray) -> Had | None:
        """Write the values of a node to `out`; return what each unit has of its weight."""
        if len(part.linear):
            self._add_leaves(part, out)
        if not part.others:
            return self._divide(part, [], out)
        shares = self.shares[[other.slot for other in part.others]]
        values = stacked(len(part.others), out)
        had = [self._child(part, o, v) for o, v in zip(part.others, values, strict=True)]
        if len(part.linear):
            out += np.einsum("kd,kdu->du", shares, values)
        else:
            np.einsum("kd,kdu->du", shares, values, out=out)
        # Logarithms of what is not positive are infinite or NaN, and so is their sum.
        if part.mean == "geometric" and not np.isfinite(out.sum()):
            for other, value in zip(part.others, values, strict=True):
                _refuse(other, ~np.isfinite(value), np.arange(out.shape[1]), NOT_POSITIVE)
        return self._divide(part, list(zip(shares, had, strict=True)), out)

    def _add_leaves(self, part: Part, out: np.ndarray) -> None:
        """Write what the leaves of collapsed branches add: a product for each state."""
        paths = self.paths[part.linear].T
        for draws, leaves in self.states:
            np.matmul(paths[draws], leaves[part.mean][part.columns], out=out[draws])

    def _child(self, part: Part, other: Part, value: np.ndarray) -> Had | None:
        """Write to `value` what a child gives its parent to add up, 0 if it is absent."""
        had = self._fill(other, value)
        if part.mean != other.mean and part.mean == "arithmetic":
            np.exp(value, out=value)
        elif part.mean != other.mean:
            # What is absent has the share 0; any positive number may stand for it.
            active = self.active[other.slot]
            if not active.all():
                value[~active] = 1.0
            if had is not None:
                value[:, had.units] = np.where(had.share == 0, 1.0, value[:, had.units])
            np.log(value, out=value)
        if had is not None:
            value[:, had.units] *= had.share
        return had

    def _divide(
        self, part: Part, others: list[tuple[np.ndarray, Had | None]], out: np.ndarray
    ) -> Had | None:
        """Divide in place by the weight of what is present, for the units that lack some of it.

        `others` are the shares of the parts below, and what units have of them.
        """
        if part.complete:
            return None
        lacking = ~self.present[part.gap_columns].all(axis=0)
        for _, had in others:
            if had is not None:
                lacking[had.units] = True
        units = np.flatnonzero(lacking)
        if not len(units):
            return None
        # Units × draws, for the values of few units are made so.
        weights = self.present[part.gap_columns][:, units].T @ self.paths[part.gaps]
        weights += np.add.reduce(self.paths[part.sure], axis=0)
        for share, had in others:
            below = np.repeat(share[None, :], len(units), axis=0)
            if had is not None:
                below[np.searchsorted(units, had.units)] *= had.share.T
            weights += below
        weight = weights.T
        there = weight > 0
        out[:, units] /= weight if there.all() else np.where(there, weight, 1.0)
        if (weight > ALL if self.once else there).all():
            return None
        return Had(units, weight if self.once else there)


def stacked(count: int, array: np.ndarray) -> np.ndarray:
    """So many empty arrays of the shape of one, side by side in memory as its numbers are."""
    rows, columns = array.shape
    if array.strides[0] < array.strides[1]:
        return np.empty((count, columns, rows)).swapaxes(1, 2)
    return np.empty((count, rows, columns))


def _refuse(part: Part, wrong: np.ndarray, units: np.ndarray, fault: str) -> None:
    """Name the first unit for which a draw is wrong, if any is: `wrong` is draws × units."""
    for unit, draw in np.argwhere(wrong.T)[:1]:
        raise FailedDrawError(part.code, int(units[unit]), int(draw), fault)


@dataclass(frozen=True)
class Places:
    """Units in order, draws × places from the last to the first, and the place of each.

    `place` has one row if no draw has ties.
    """

    unit: np.ndarray
    place: np.ndarray

    def ranks(self) -> np.ndarray:
        """Ranks, draws × units."""
        ranks = np.empty(self.unit.shape, dtype=np.int32)
        place = np.broadcast_to(self.place, self.unit.shape).astype(np.int32)
        np.put_along_axis(ranks, self.unit, place, axis=1)
        return ranks


def keys(values: np.ndarray, units: np.ndarray, out: np.ndarray) -> np.ndarray:
    """Pack values and the numbers of their units into `out`, to be sorted as numbers.

    A positive float is ordered as the integer with the same bits, so the lowest bits of the
    value can make room for the unit.

    Parameters
    ----------
    values
        Draws × units, not negative.
    units
        Number of the unit in each column.
    """
    mask = (1 << unit_bits(values.shape[1])) - 1
    np.bitwise_and(values.view(np.int64), ~np.int64(mask), out=out)
    np.bitwise_or(out, units, out=out)
    return out


def unit_bits(units: int) -> int:
    """Bits that the number of a unit takes in a key."""
    return int(units - 1).bit_length()


def order(packed: np.ndarray, values: np.ndarray, units: np.ndarray) -> Places:
    """Sort keys in place; ties, as `ranking.places` has them, share the better place.

    A draw of which no two neighbouring keys come close has no ties, and all its places follow from
    the order. Each of the others is ordered anew by its full values.

    Parameters
    ----------
    packed, values, units
        As `keys` takes and gives them.
    """
    count = packed.shape[1]
    bits = unit_bits(count)
    # As floats: they sort faster than integers, in the same order.
    as_values = packed.view(np.float64)
    as_values.sort(axis=1)
    # The number of the unit shifts a key by less than 2 ** bits of the last places of the value.
    close = TIE_TOLERANCE + 2.0 ** (bits + 1 - MANTISSA) * as_values[:, -1]
    doubtful = np.flatnonzero(np.diff(as_values, axis=1).min(axis=1, initial=np.inf) <= close)
    packed &= (1 << bits) - 1
    descending = np.arange(count, 0, -1)[None, :]
    if not len(doubtful):
        return Places(packed, descending)
    place = np.repeat(descending, len(packed), axis=0)
    for row in doubtful:
        packed[row], place[row] = exact_order(values[row], units)
    return Places(packed, place)


def exact_order(values: np.ndarray, units: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Order one draw by full values: units from the last to the first, and their places."""
    ascending = np.argsort(values, kind="stable")
    return units[ascending], places(values)[ascending].astype(np.int64)
