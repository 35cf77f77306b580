"""The refusal of bad input: every fault at once, each with file, line, column, value and rule.

Runs the schemas over all input of an edition and adds the rules that need two tables: a changed
byte, a framework that is no tree, a correction whose printed value is gone, a measure without
a source, a city name under the wrong code.
"""

from pathlib import Path

import pandas as pd

from analysis.editions import Edition
from analysis.editions.city_keys import name_index
from analysis.editions.incoming import city_tables, raw_table, read_file, sheet_name
from analysis.editions.text_tables import UnreadableTableError, read_table
from analysis.editions.validation.declarations import (
    column_table_faults,
    description_faults,
    list_faults,
)
from analysis.editions.validation.design_rules import design_faults
from analysis.editions.validation.method_scale import combination_faults, study_faults
from analysis.editions.validation.raw_faults import correction_faults, name_faults, raw_faults
from analysis.editions.validation.reference_rules import (
    alias_faults,
    city_faults,
    claim_faults,
    level_faults,
    other_ranking_faults,
    place_faults,
    stray_faults,
    tier_faults,
)
from analysis.editions.validation.rule_faults import (
    cleaning_rule_faults,
    judgement_faults,
    method_faults,
    repeated_corrections,
    repeated_readings,
    size_faults,
)
from analysis.editions.validation.schemas import FAULT_COLUMNS, Known, collect, fault, table_faults
from analysis.editions.validation.seals import checksum_faults
from analysis.editions.validation.setting_faults import settings_faults
from analysis.editions.validation.source_rules import correction_place_faults, measure_source_faults
from analysis.index.framework import check_tree
from analysis.index.refusal import RefusedValueError

# The level that each level of the framework stands below.
LEVEL_ABOVE = {"index": "", "domain": "index", "subdomain": "domain", "indicator": "subdomain"}


class InputRefusedError(RefusedValueError):
    """Input was refused; `faults` lists file, line, column, value and rule of each fault."""

    def __init__(self, faults: pd.DataFrame) -> None:
        self.faults = faults
        super().__init__("\n".join(fault_line(row) for row in faults.to_dict("records")))

    def __reduce__(self) -> tuple[type, tuple[pd.DataFrame]]:
        return type(self), (self.faults,)  # what a worker refuses must reach whoever asked


def fault_line(row: dict) -> str:
    """Write one fault on one line."""
    parts = [
        str(row["file"]),
        f"line {row['line']}" if row["line"] != "" else "",
        f"column {row['column']}" if row["column"] else "",
        f"value {str(row['value'])[:80]!r}" if row["value"] != "" else "",
    ]
    return ", ".join(part for part in parts if part) + f": {row['rule']}"


def validate(edition: Edition) -> None:
    """Check all input of an edition; raise InputRefusedError naming every fault."""
    refuse(all_faults(edition))


def validate_method(edition: Edition) -> None:
    """Check the method of an edition alone; raise InputRefusedError naming every fault."""
    refuse(collect([method_faults(edition), combination_faults(edition)]))


def all_faults(edition: Edition) -> pd.DataFrame:
    """Every fault of the input of an edition, as far as it can be judged.

    What cannot be read is named before the rest is judged, and the raw tables are judged by
    descriptions and reference tables that are free of faults.
    """
    for stage in (own_faults, unreadable_faults):
        found = stage(edition)
        if len(found):
            return found
    changed = checksum_faults(edition)
    described = collect([description_faults(edition), reference_faults(edition)])
    if len(described):
        return collect([changed, described])
    beside = [previous_faults(edition), *(rule(edition) for rule in RULES)]
    return collect([changed, raw_stage_faults(edition), *beside])


def previous_faults(edition: Edition) -> pd.DataFrame:
    """What keeps the raw files of the previous edition from being set beside those of this one."""
    if edition.previous is None:
        return collect([])
    earlier = Edition(edition.previous, edition.root)
    stages = (own_faults, unreadable_faults, checksum_faults, description_faults, raw_stage_faults)
    for stage in stages:
        found = stage(earlier)
        # Its scores are not set beside anything, so that it needs no anchors for them.
        found = found[found["column"] != "score_anchors"]
        if len(found):
            return found.assign(file=f"{earlier.name}/" + found["file"])
    return collect([])


def own_faults(edition: Edition) -> pd.DataFrame:
    """Faults of what an edition says about itself: `edition.toml` and its two lists."""
    lists = {edition.raw: ["sources.csv", "columns.csv"], edition.reference: ["columns.csv"]}
    found = collect(unreadable(folder / name) for folder in lists for name in lists[folder])
    if len(found):
        return found
    found = column_table_faults(edition)
    if len(found):
        return found
    return collect([settings_faults(edition), list_faults(edition)])


def unreadable_faults(edition: Edition) -> pd.DataFrame:
    """Files that are missing or are no table of as many fields per line as the header has."""
    own = edition.column_table["file"].unique()
    raw = edition.raw_table("sources.csv")["file"]
    return collect(
        [
            *(unreadable(edition.raw / file, sheet_name(edition, file)) for file in raw),
            *(unreadable(edition.reference_file(file)) for file in own),
        ]
    )


def raw_stage_faults(edition: Edition) -> pd.DataFrame:
    """Faults of the raw tables, first of each by itself, then of one beside another."""
    files = edition.raw_table("sources.csv")["file"]
    tables = {file: raw_table(edition, file) for file in files}
    found = raw_faults(edition, tables, known_values(edition))
    corrections = correction_faults(edition, tables)
    if len(found):
        return collect([found, corrections])
    beside = [size_faults(edition, tables), repeated_readings(edition, tables)]
    return collect([corrections, *beside])


def unreadable(path: Path, sheet: str | None = None, encoding: str = "") -> pd.DataFrame:
    """Faults that keep a file from being read: one of the project's own, or one with a `sheet`.

    `encoding` is as in `incoming.read_file`.
    """
    file = f"{path.name}, sheet {sheet}" if sheet else path.name
    try:
        read_table(path) if sheet is None else read_file(path, sheet, encoding)
    except UnreadableTableError as error:
        return collect(fault(file, f.line, f.column, f.value, f.rule) for f in error.flaws)
    return pd.DataFrame(columns=FAULT_COLUMNS)


def refuse(faults: pd.DataFrame) -> None:
    """Raise InputRefusedError if there is any fault."""
    if len(faults):
        raise InputRefusedError(faults)


def known_values(edition: Edition) -> Known:
    """The values that other columns may refer to, by `file.column`."""
    columns = edition.column_table
    targets = {target for target in columns["references"] if target} | {"cities.adcode"}
    return {target: _values(edition, *target.split(".")) for target in targets}


def _values(edition: Edition, file: str, column: str) -> frozenset[str]:
    return frozenset(read_table(edition.reference_file(f"{file}.csv")).get(column, []))


def reference_faults(edition: Edition) -> pd.DataFrame:
    """Faults of the reference tables, and of the framework as a tree."""
    columns, known = edition.column_table, known_values(edition)
    faults = collect(
        table_faults(file, read_table(edition.reference_file(file)), group, known)
        for file, group in columns.groupby("file", sort=False)
    )
    return faults if len(faults) else framework_faults(edition)


def framework_faults(edition: Edition) -> pd.DataFrame:
    """What keeps the framework from being a proper tree of the levels in `LEVEL_ABOVE`."""
    framework = edition.reference_table("framework")
    try:
        check_tree(framework.assign(direction=1))
    except ValueError as error:
        _, *found = str(error).split("\n")
        return collect(fault("framework.csv", "", "", "", line) for line in found)
    above = framework["parent"].map(framework.set_index("code")["level"]).fillna("")
    wrong = framework[above != framework["level"].map(LEVEL_ABOVE)]
    rule = "is no place for a node of the level "
    return collect(
        fault("framework.csv", line, "parent", node["parent"], rule + node["level"])
        for line, node in wrong.iterrows()
    )


def measure_faults(edition: Edition) -> pd.DataFrame:
    """Measures of a variable that the rules call unfit, or of a node that is no indicator."""
    rules, framework, measures, context = (
        edition.reference_table(name)
        for name in ("cleaning_rules", "framework", "measures", "context_measures")
    )
    unfit = set(rules.loc[rules["kind"] == "unfit", "variable"])
    nodes = set(framework.loc[framework["level"] != "indicator", "code"])
    rule = "the cleaning rules call it unfit"
    return collect(
        [
            _among("measures.csv", measures["variable"], unfit, rule),
            _among("context_measures.csv", context["variable"], unfit, rule),
            _among("measures.csv", measures["indicator"], nodes, "is a node but no indicator"),
        ]
    )


def _among(file: str, column: pd.Series, wrong: set[str], rule: str) -> pd.DataFrame:
    found = column[column.isin(wrong)]
    return collect(
        fault(file, line, str(column.name), value, rule) for line, value in found.items()
    )


def published_faults(edition: Edition) -> pd.DataFrame:
    """Places of the published list whose printed name is not a name of the city with that code."""
    if edition.published_list is None:
        return pd.DataFrame(columns=FAULT_COLUMNS)
    published = read_table(edition.reference_file(edition.published_list))
    table = published.rename(columns={"city_as_printed": "city"})
    found = name_faults(edition.published_list, table, name_index(*city_tables(edition)))
    return found.assign(column="city_as_printed")


RULES = [
    measure_faults,
    published_faults,
    place_faults,
    tier_faults,
    alias_faults,
    city_faults,
    claim_faults,
    other_ranking_faults,
    level_faults,
    stray_faults,
    measure_source_faults,
    correction_place_faults,
    method_faults,
    combination_faults,
    design_faults,
    study_faults,
    cleaning_rule_faults,
    repeated_corrections,
    judgement_faults,
]
