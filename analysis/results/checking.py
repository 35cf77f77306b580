"""What `check` lists: the faults of an edition and its differences from the one before it."""

from analysis.editions import Edition
from analysis.editions.validation.differences import FACTOR, Finding, differences
from analysis.editions.validation.input_faults import all_faults, own_faults
from analysis.editions.validation.source_rules import lost_evidence
from analysis.ranking.of_record import figure_faults


def findings(edition: Edition, factor: float = FACTOR) -> list[Finding]:
    """Everything that somebody should look at, what is refused first.

    Differences are listed if the settings of the edition name a `previous` one and the lists of
    both can be read.
    """
    faults = all_faults(edition) or figure_faults(edition)
    found = [Finding("refused", fault) for fault in faults]
    if not faults:
        found += [Finding("lost", fault) for fault in lost_evidence(edition)]
    if edition.previous is not None and not own_faults(edition):
        previous = Edition(edition.previous, edition.root)
        if not own_faults(previous):
            found += differences(edition, previous, factor)
    return found
