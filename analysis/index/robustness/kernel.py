"""The fast kernel: values of the root for many draws of one state, and the order of the units.

One matrix product per part of a `flatten.Plan`; the units are then ordered by sorting numbers
that hold the value in their high bits and the unit in their low ones.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.index.ranking import TIE_TOLERANCE, places
from analysis.index.refusal import RefusedValueError
from analysis.index.robustness.flatten import Part

# Binary places of a float behind its first one.
MANTISSA = 52
# Libraries of linear algebra take much longer for one long and narrow product than for many.
TILE, TILE_UNITS = 12_000, 300


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
    units
        Numbers of the units.
    once
        Whether a node weighs as much as what a unit has of it, or as if it had all.
    """

    states: list[tuple[slice, dict[str, np.ndarray]]]
    present: np.ndarray
    shares: np.ndarray
    active: np.ndarray
    paths: np.ndarray
    units: np.ndarray
    once: bool

    def values(self, part: Part) -> np.ndarray:
        """Value of a node, units × draws; the logarithm if it is a geometric mean.

        Raises
        ------
        FailedDrawError
            If a unit has no value, or one that a geometric mean cannot take.
        """
        out = np.empty((len(self.units), self.shares.shape[1]))
        with np.errstate(divide="ignore", invalid="ignore"):
            has = self._fill(part, out)
        if has is not None and not has.all():
            self._refuse(part, has == 0, ABSENT)
        return out

    def _fill(self, part: Part, out: np.ndarray) -> np.ndarray | None:
        """Write the values of a node to `out`; return the share of its weight that each unit has.

        That is units × draws, or None if all have all of it.
        """
        self._add_leaves(part, out)
        parts_had: list[np.ndarray | None] = []
        shares = self.shares[[other.slot for other in part.others]]
        if part.others:
            values = np.empty((len(part.others), *out.shape))
            for other, value in zip(part.others, values, strict=True):
                parts_had.append(self._fill(other, value))
                self._rescale(part, other, value, parts_had[-1])
            out += np.einsum("kd,kud->ud", shares, values)
        if not len(part.gaps) and all(had is None for had in parts_had):
            return None
        weight = np.add.reduce(self.paths[part.sure], axis=0)
        if len(part.gaps):
            weight = weight + self.present[part.gap_columns].T @ self.paths[part.gaps]
        for had, share in zip(parts_had, shares, strict=True):
            weight = weight + (share if had is None else share * had)
        return _divide(out, weight, once=self.once)

    def _add_leaves(self, part: Part, out: np.ndarray) -> None:
        """Write what the leaves of collapsed branches add: products for each state."""
        if not len(part.linear):
            out[:] = 0.0
            return
        paths = self.paths[part.linear]
        for draws, leaves in self.states:
            _product(leaves[part.mean][part.columns].T, paths[:, draws], out[:, draws])

    def _rescale(self, part: Part, other: Part, value: np.ndarray, had: np.ndarray | None) -> None:
        """Turn the value of a child into what its parent adds up, in place; 0 if absent."""
        if part.mean != other.mean and part.mean == "arithmetic":
            np.exp(value, out=value)
        elif part.mean != other.mean:
            self._to_logarithms(other, value, had)
        if had is not None:
            value *= had

    def _to_logarithms(self, other: Part, value: np.ndarray, had: np.ndarray | None) -> None:
        """Take the logarithms of the value of a child, in place."""
        # What is absent has the share 0; any positive number may stand for it.
        active = self.active[other.slot]
        if not active.all():
            np.copyto(value, 1.0, where=~active)
        if had is not None:
            np.copyto(value, 1.0, where=had == 0)
        np.log(value, out=value)
        # Logarithms of what is not positive are infinite or NaN, and so is their sum.
        if not np.isfinite(value.sum()):
            self._refuse(other, ~np.isfinite(value), NOT_POSITIVE)

    def _refuse(self, part: Part, wrong: np.ndarray, fault: str) -> None:
        unit, draw = np.argwhere(wrong)[0]
        raise FailedDrawError(part.code, int(self.units[unit]), int(draw), fault)


def _product(leaves: np.ndarray, paths: np.ndarray, out: np.ndarray) -> None:
    """Write units × leaves times leaves × draws to `out`, tile by tile."""
    units, draws = out.shape
    if units <= TILE_UNITS and units * draws <= TILE:
        np.matmul(leaves, paths, out=out)
        return
    wide = max(1, TILE // min(units, TILE_UNITS))
    for unit in range(0, units, TILE_UNITS):
        for draw in range(0, draws, wide):
            here = slice(unit, unit + TILE_UNITS), slice(draw, draw + wide)
            np.matmul(leaves[here[0]], paths[:, here[1]], out=out[here])


def _divide(total: np.ndarray, weight: np.ndarray, *, once: bool) -> np.ndarray | None:
    """Divide in place by the weight of what is present; return what counts of the whole weight.

    That is the same weight, or 1 wherever anything is present; None if it is 1 throughout.
    """
    there = weight > 0
    total /= weight if there.all() else np.where(there, weight, 1.0)
    if (weight > ALL if once else there).all():
        return None
    return np.broadcast_to(weight if once else there, total.shape)


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
