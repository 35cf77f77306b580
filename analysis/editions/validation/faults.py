"""A fault: one thing that is wrong, with its place and the rule that it breaks.

Every rule of this room gives a list of faults, and the refusal that names them all is made here.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

import pandas as pd

from analysis.index.refusal import RefusedValueError

# Many lines with the same fault are told one by one up to here, and then counted.
MOST_FAULTS = 100


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
    """

    file: str
    line: int | str
    column: str
    value: object
    rule: str

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
        super().__init__("\n".join(map(str, faults)))

    def __reduce__(self) -> tuple[type, tuple[list[Fault]]]:
        return type(self), (self.faults,)  # what a worker refuses must reach whoever asked


def refuse(faults: Iterable[Fault]) -> None:
    """Raise InputRefusedError if there is any fault."""
    if found := list(faults):
        raise InputRefusedError(found)


def each_fault(
    file: str, found: pd.Series, rule: str | Callable[[object, str], str], column: str = ""
) -> list[Fault]:
    """One fault for every value of `found` (index: line), in its column or another one.

    `rule` may depend on line and value. Of very many the first are named, and the others counted.
    """
    name, more = column or str(found.name), len(found) - MOST_FAULTS
    faults = [
        Fault(file, line, name, value, rule(line, value) if callable(rule) else rule)
        for line, value in found.iloc[:MOST_FAULTS].items()
    ]
    if more > 0:
        rest = f"{more:,} more lines have a fault like the last one"
        faults.append(Fault(file, "", name, "", rest))
    return faults
