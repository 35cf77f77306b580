"""What `check` finds, told cause by cause and the gravest first.

A cause is one thing that somebody did, or has to do: a mark for missing figures in two thousand
cells is one, and so is a column in another unit.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from analysis.editions.validation.faults import SHOWN, Fault

# From what keeps an edition from being built to what is only good to know.
SEVERITIES = ["refused", "lost", "suspicious", "new", "note"]
# Of these the weight in the index is that of a column, so that each column is told by itself.
BY_COLUMN = {"suspicious"}
SETTLED = "; a cleaning rule or a correction settles it"


class Finding(NamedTuple):
    """Something to look at.

    Attributes
    ----------
    severity
        How grave it is, one of `SEVERITIES`.
    fault
        Where it is, and what.
    variable, adcode
        The figure that it is about, empty if it is about none.
    before
        What the edition before has there, as it is read.
    whole
        Whether it is one with all figures of its column, as another unit is.
    """

    severity: str
    fault: Fault
    variable: str = ""
    adcode: str = ""
    before: str = ""
    whole: bool = False

    def __str__(self) -> str:
        return f"{self.severity}: {self.fault}"


@dataclass(frozen=True)
class Cause:
    """Findings that have one cause.

    Attributes
    ----------
    findings
        All of them, those of the largest weight first.
    weight
        Share of the index that the weightiest of their variables has; 0 if none is used.
    settled
        Whether cleaning rules or corrections leave none of their figures in use.
    """

    findings: list[Finding]
    weight: float = 0.0
    settled: bool = False

    @property
    def severity(self) -> str:
        """How grave it is."""
        return self.findings[0].severity

    @property
    def files(self) -> list[str]:
        """The file that it is in; files, if each of them is concerned as a whole."""
        return list(dict.fromkeys(finding.fault.file for finding in self.findings))

    @property
    def columns(self) -> list[str]:
        """The columns that it is in."""
        return list(dict.fromkeys(f.fault.column for f in self.findings if f.fault.column))

    @property
    def text(self) -> str:
        """What it is, and what to do: of one finding all, of several what they have in common."""
        fault = self.findings[0].fault
        common = fault.rule if len(self.findings) == 1 else fault.cause or fault.rule
        return common + (SETTLED if self.settled else "")

    @property
    def shown(self) -> list[Finding]:
        """The first of the findings."""
        return self.findings[:SHOWN]


def causes(
    findings: Iterable[Finding],
    weights: Mapping[str, float] | None = None,
    settled: Collection[tuple[str, str]] = (),
) -> list[Cause]:
    """Findings by cause: by severity, then by what they do to ranks, then by number.

    Parameters
    ----------
    findings
        All findings.
    weights
        Share of the index by variable; a variable that is not there has no weight.
    settled
        Variable and city of the figures that the index does not use as they are printed.
    """
    shares = weights or {}
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        of_rule = (finding.variable, finding.adcode) in settled
        groups.setdefault((*key_of(finding), str(of_rule)), []).append(finding)
    found = [
        Cause(
            sorted(group, key=lambda finding: -shares.get(finding.variable, 0.0)),
            max(shares.get(finding.variable, 0.0) for finding in group),
            key[-1] == "True",
        )
        for key, group in groups.items()
    ]
    return sorted(found, key=order_of)


def key_of(finding: Finding) -> tuple[str, ...]:
    """What findings of one cause have in common."""
    severity, fault = finding.severity, finding.fault
    column = fault.column if severity in BY_COLUMN else ""
    of_file = fault.file if fault.column or fault.line != "" else ""
    return (severity, of_file, column, fault.cause or fault.rule)


def order_of(cause: Cause) -> tuple[int, bool, bool, float, int]:
    """By severity; what a rule settles last; whole columns before single figures; by weight."""
    place, whole = SEVERITIES.index(cause.severity), cause.findings[0].whole
    return (place, cause.settled, not whole, -cause.weight, -len(cause.findings))
