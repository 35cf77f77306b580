"""What `check` lists: the faults of an edition, and its differences from the one before it."""

from typing import NamedTuple

from analysis.editions import Edition
from analysis.editions.incoming import place_name
from analysis.editions.validation.differences import FACTOR, Year, differences
from analysis.editions.validation.faults import Fault
from analysis.editions.validation.findings import Cause, Finding, causes
from analysis.editions.validation.input_faults import Judged, judged
from analysis.editions.validation.sound import SoundEdition, attempted
from analysis.editions.validation.source_notes import source_notes
from analysis.editions.validation.source_rules import lost_evidence
from analysis.index.framework import nominal_weights
from analysis.ranking.cleaning import apply_corrections, apply_rules
from analysis.ranking.of_record import figure_faults

Cells = set[tuple[str, str]]
NEITHER = ", and the edition before had none"


class Examined(NamedTuple):
    """Findings, the share of the index that each variable has, and cells that are settled."""

    findings: list[Finding]
    weights: dict[str, float]
    settled: Cells


def findings(edition: Edition, factor: float = FACTOR) -> list[Finding]:
    """Everything that somebody should look at, what is gravest for ranks first."""
    return [finding for cause in checked(edition, factor) for finding in cause.findings]


def checked(edition: Edition, factor: float = FACTOR) -> list[Cause]:
    """Everything that somebody should look at, by cause, what is gravest for ranks first."""
    return causes(*examined(edition, factor))


def examined(edition: Edition, factor: float = FACTOR) -> Examined:
    """Look at an edition: what is refused, lost, differs, and is good to know.

    What has faults is left out of the rest, which is judged all the same. Differences are listed if
    the settings name a `previous` edition.
    """
    now, *before = judged(edition)
    faults = now.faults or figure_faults(edition)
    variables = described_variables(now.sound)
    found = [
        Finding("refused", fault, variables.get((fault.file, fault.column), "")) for fault in faults
    ]
    found += lost_or_never_had(now.sound, [each.sound for each in before[:1]])
    found += source_notes(now.sound, now.figures)
    settled: Cells = set()
    if before:
        told = {finding.variable for finding in found if finding.severity == "lost"} - {""}
        differing = [
            finding
            for finding in attempted(compared, now, before[0], factor) or []
            if finding.severity != "lost" or finding.variable not in told
        ]
        found += differing
        if differing and not faults:
            years = {each.sound.data_year for each in (now, before[0])}
            settled = settled_cells(now, years, differing)
    return Examined(found, attempted(index_shares, now.sound) or {}, settled)


def lost_or_never_had(now: SoundEdition, before: list[SoundEdition]) -> list[Finding]:
    """What the index lacks: it is lost if the edition before had it, else good to know."""
    if not now.complete:
        return []
    had_not = {lack_of(fault) for each in before for fault in attempted(lost_evidence, each) or []}
    return [
        Finding("lost", fault, variable_of(fault))
        if before and lack_of(fault) not in had_not
        else Finding(
            "note", fault._replace(rule=fault.rule + NEITHER * bool(before)), variable_of(fault)
        )
        for fault in attempted(lost_evidence, now) or []
    ]


def lack_of(fault: Fault) -> tuple[str, object]:
    """What is lacking, whatever the edition."""
    return fault.file, fault.value


def variable_of(fault: Fault) -> str:
    """The variable that a fault is about; empty if it is about none."""
    return str(fault.value) if fault.column == "variable" else ""


def described_variables(edition: SoundEdition) -> dict[tuple[str, str], str]:
    """The variable of every column of figures, by the names that faults give file and column."""
    return {
        (place_name(file), column): variable
        for file, columns in edition.descriptions.items()
        for column, variable in zip(columns["column"], columns["variable"], strict=True)
        if variable and file in edition.files
    }


def compared(now: Judged, before: Judged, factor: float) -> list[Finding]:
    """The differences between two editions, under the names that faults give the files."""
    columns = now.sound.raw_table("columns.csv")
    lines = {
        (file, name): line for line, file, name in columns[["file", "column"]].itertuples(name=None)
    }
    found = differences(
        Year(now.figures, now.sound.data_year),
        Year(before.figures, before.sound.data_year),
        factor,
        unread_sources(now.sound),
        lines,
    )
    names = {file: place_name(file) for file in now.sound.files}
    return [
        finding._replace(
            fault=finding.fault._replace(file=names.get(finding.fault.file, finding.fault.file))
        )
        for finding in found
    ]


def unread_sources(edition: SoundEdition) -> set[str]:
    """Sources of which not every file that is listed could be read."""
    listed = Edition.raw_table(edition, "sources.csv")
    unread = listed[~listed["file"].isin(edition.tables)]
    return set(unread["source"])


def settled_cells(now: Judged, years: set[int], found: list[Finding]) -> Cells:
    """Variable and city of what was found that is not used as printed, in one of the `years`.

    A rule refuses it, or a correction replaces it. Rules compare with the median of all cities, so
    that none is left out.
    """
    edition = now.sound
    beside = judged_together({finding.variable for finding in found if finding.adcode}, edition)
    mine = now.figures[now.figures["variable"].isin(beside)]
    readings = mine.assign(year=mine["year"].astype(int), value=mine["number"])
    marked = apply_rules(apply_corrections(readings, edition), edition, beside)
    replaced = marked["correction"].notna() | marked["rule"].ne("")
    of_years = marked[marked["year"].isin(years) & replaced]
    return set(of_years[["variable", "adcode"]].itertuples(index=False, name=None))


def judged_together(variables: set[str], edition: Edition) -> set[str]:
    """Variables with those that cleaning rules compare them with, and so on."""
    rules = edition.reference_table("cleaning_rules")
    compared = set(rules.loc[rules["variable"].isin(variables), "compared_with"]) - {""}
    return variables if compared <= variables else judged_together(variables | compared, edition)


def index_shares(edition: Edition) -> dict[str, float]:
    """The share of the index that each variable has by its measures, if none is lost."""
    weights = nominal_weights(edition.reference_table("framework"))
    measures = edition.reference_table("measures").query("included == '1' and stands_in_for == ''")
    within = measures["weight"] / measures.groupby("indicator")["weight"].transform("sum")
    shares = within * measures["indicator"].map(weights)
    return shares.groupby(measures["variable"]).sum().to_dict()
