"""What `check` lists: the faults of an edition and its differences from the one before it."""

from collections.abc import Iterator

import pandas as pd

from analysis.editions import Edition
from analysis.editions.validation.differences import FACTOR, SEVERITIES, differences
from analysis.editions.validation.input_faults import all_faults, fault_line, own_faults
from analysis.editions.validation.schemas import FAULT_COLUMNS
from analysis.editions.validation.source_rules import lost_evidence
from analysis.ranking.of_record import figure_faults


def findings(edition: Edition, factor: float = FACTOR) -> pd.DataFrame:
    """Everything that somebody should look at: `severity, file, line, column, value, rule`.

    Faults, which are *refused*, come first. Differences are listed if the settings of the edition
    name a `previous` one and the lists of both can be read.
    """
    faults = all_faults(edition)
    if faults.empty:
        faults = figure_faults(edition)
    tables = [faults.assign(severity=SEVERITIES[0])]
    if faults.empty:
        tables.append(lost_evidence(edition).assign(severity="lost"))
    if own_faults(edition).empty and edition.previous is not None:
        previous = Edition(edition.previous, edition.root)
        if own_faults(previous).empty:
            tables.append(differences(edition, previous, factor))
    filled = [table for table in tables if len(table)]
    columns = ["severity", *FAULT_COLUMNS]
    return (
        pd.concat(filled, ignore_index=True)[columns] if filled else pd.DataFrame(columns=columns)
    )


def finding_lines(found: pd.DataFrame) -> Iterator[str]:
    """The findings, one line each."""
    for row in found.to_dict("records"):
        yield f"{row['severity']}: {fault_line(row)}"
