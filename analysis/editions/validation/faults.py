"""A fault: one thing that is wrong, with its place and the rule that it breaks.

Every rule of this room gives a list of faults, and the refusal that names them all is made here.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

import pandas as pd

from analysis.index.refusal import RefusedValueError

# Of faults of one cause so many are written out in a message; the others are counted.
SHOWN = 3
# A rule that looks into each value, such as the nearest names to one, says so for the first only.
MOST_RULES = 100


class Fault(NamedTuple):
    """One thing that is wrong; written out, it is a line that leaves out what is empty.

    Attributes
    ----------
    file
        Name of the file.
    line
        Number of the line in it, empty if the fault is of no single one.
    column
        Name of the column, empty likewise.
    value
        What stands there, as it stands there; empty if nothing does.
    rule
        The rule that is broken, in words, with what to do about it.
    cause
        The rule without what it says of this one value, if it says anything; faults of one cause
        are told together.
    """

    file: str
    line: int | str
    column: str
    value: object
    rule: str
    cause: str = ""

    def __str__(self) -> str:
        parts = [
            self.file,
            f"line {self.line}" if self.line != "" else "",
            f"column {self.column}" if self.column else "",
            f"value {str(self.value)[:80]!r}" if self.value != "" else "",
        ]
        return ", ".join(part for part in parts if part) + f": {self.rule}"


class InputRefusedError(RefusedValueError):
    """Input was refused; `faults` are all that is wrong with it."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("\n".join(line for group in by_cause(faults) for line in told(group)))

    def __reduce__(self) -> tuple[type, tuple[list[Fault]]]:
        return type(self), (self.faults,)  # what a worker refuses must reach whoever asked


def refuse(faults: Iterable[Fault]) -> None:
    """Raise InputRefusedError if there is any fault."""
    if found := list(faults):
        raise InputRefusedError(found)


def by_cause(faults: Iterable[Fault]) -> list[list[Fault]]:
    """The faults of each file and cause together, in the order of the first of each."""
    groups: dict[tuple[str, str], list[Fault]] = {}
    for fault in faults:
        groups.setdefault((fault.file, fault.cause or fault.rule), []).append(fault)
    return list(groups.values())


def told(group: list[Fault]) -> list[str]:
    """Lines that tell faults of one cause: the first of them, and how many more there are."""
    first, more = group[0], len(group) - SHOWN
    rest = Fault(first.file, "", "", "", f"{more:,} more: {first.cause or first.rule}")
    return [*map(str, group[:SHOWN]), *([str(rest)] if more > 0 else [])]


def each_fault(
    file: str,
    found: pd.Series,
    rule: str | Callable[[object, str], str],
    column: str = "",
    cause: str = "",
) -> list[Fault]:
    """One fault for every value of `found` (index: line), in its column or another one.

    `rule` may depend on line and value, and is asked for the first `MOST_RULES` of them; `cause`
    then says what they have in common.
    """
    name = column or str(found.name)
    if not callable(rule):
        return [Fault(file, line, name, value, rule, cause) for line, value in found.items()]
    return [
        Fault(file, line, name, value, rule(line, value) if n < MOST_RULES else cause, cause)
        for n, (line, value) in enumerate(found.items())
    ]
