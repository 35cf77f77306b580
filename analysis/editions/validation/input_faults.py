"""The refusal of bad input: every fault at once, each with file, line, column, value and rule.

Runs the schemas over all input of an edition and adds the rules that need two tables: a changed
byte, a framework that is no tree, a correction whose printed value is gone, a measure without
a source, a city name under the wrong code.
"""

from functools import lru_cache
from pathlib import Path

from analysis.editions import Edition
from analysis.editions.city_keys import name_index
from analysis.editions.incoming import (
    city_tables,
    file_and_sheet,
    place_name,
    raw_table,
    read_file,
    read_raw,
)
from analysis.editions.recipes import recipe_path
from analysis.editions.text_tables import (
    UnreadableTableError,
    file_content,
    parsed,
    read_table,
)
from analysis.editions.validation.declarations import (
    column_table_faults,
    description_faults,
    list_faults,
)
from analysis.editions.validation.design_rules import design_faults
from analysis.editions.validation.faults import Fault, each_fault, refuse
from analysis.editions.validation.method_scale import combination_faults, study_faults
from analysis.editions.validation.raw_faults import correction_faults, name_faults, raw_faults
from analysis.editions.validation.reference_rules import (
    alias_faults,
    city_faults,
    claim_faults,
    level_faults,
    other_ranking_faults,
    place_faults,
    stand_in_faults,
    stray_faults,
    tier_faults,
    weak_faults,
)
from analysis.editions.validation.rule_faults import (
    averaging_faults,
    cleaning_rule_faults,
    judgement_faults,
    method_faults,
    repeated_corrections,
    repeated_readings,
    size_faults,
)
from analysis.editions.validation.schemas import Known, table_faults
from analysis.editions.validation.seals import checksum_faults
from analysis.editions.validation.setting_faults import settings_faults
from analysis.editions.validation.source_rules import (
    correction_place_faults,
    measure_source_faults,
    naming_faults,
)
from analysis.index.framework import check_tree
from analysis.index.refusal import RefusedValueError

# The level that each level of the framework stands below.
LEVEL_ABOVE = {"index": "", "domain": "index", "subdomain": "domain", "indicator": "subdomain"}


def validate(edition: Edition) -> None:
    """Check all input of an edition; raise InputRefusedError naming every fault."""
    refuse(all_faults(edition))


def validate_method(edition: Edition) -> None:
    """Check the method of an edition alone; raise InputRefusedError naming every fault."""
    refuse([*method_faults(edition), *combination_faults(edition)])


def all_faults(edition: Edition) -> list[Fault]:
    """Every fault of the input of an edition, as far as it can be judged.

    What cannot be read is named before the rest is judged, and the raw tables are judged by
    descriptions and reference tables that are free of faults.
    """
    for stage in (own_faults, unreadable_faults):
        found = stage(edition)
        if found:
            return found
    changed = checksum_faults(edition)
    described = [*description_faults(edition), *reference_faults(edition)]
    if described:
        return [*changed, *described]
    beside = [fault for rule in (previous_faults, *RULES) for fault in rule(edition)]
    return [*changed, *raw_stage_faults(edition), *beside]


def previous_faults(edition: Edition) -> list[Fault]:
    """What keeps the raw files of earlier editions from being set beside those of this one."""
    stages = (own_faults, unreadable_faults, checksum_faults, description_faults, raw_stage_faults)
    # The rulers of this edition are made with it, so that an earlier one finds them there.
    made = ("score_anchors", edition.name)
    for earlier in edition.earlier:
        for stage in stages:
            found = [fault for fault in stage(earlier) if (fault.column, fault.value) != made]
            if found:
                return [fault._replace(file=f"{earlier.name}/{fault.file}") for fault in found]
    return []


def own_faults(edition: Edition) -> list[Fault]:
    """Faults of what an edition says about itself: `edition.toml` and its two lists."""
    lists = {edition.raw: ["sources.csv", "columns.csv"], edition.reference: ["columns.csv"]}
    found = [
        fault for folder in lists for name in lists[folder] for fault in unreadable(folder / name)
    ]
    found = found or column_table_faults(edition)
    return found or [*settings_faults(edition), *list_faults(edition)]


def unreadable_faults(edition: Edition) -> list[Fault]:
    """Files that are missing or are no table of as many fields per line as the header has."""
    own = edition.column_table["file"].unique()
    raw = edition.raw_table("sources.csv")["file"]
    faults = [fault for file in raw for fault in unreadable_table(edition, file)]
    faults += [fault for file in own for fault in unreadable(edition.reference_file(file))]
    return faults


def raw_stage_faults(edition: Edition) -> list[Fault]:
    """Faults of the raw tables, first of each by itself, then of one beside another."""
    files = edition.raw_table("sources.csv")["file"]
    tables = {file: raw_table(edition, file) for file in files}
    found = raw_faults(edition, tables, known_values(edition))
    corrections = correction_faults(edition, tables)
    if found:
        return [*found, *corrections]
    return [*corrections, *size_faults(edition, tables), *repeated_readings(edition, tables)]


def unreadable_table(edition: Edition, table: str) -> list[Fault]:
    """Faults that keep a raw table from being read, with its recipe if it has one."""
    path, sheet = file_and_sheet(edition, table)
    if not recipe_path(edition, table).is_file():
        return unreadable(path, sheet)
    try:
        read_raw(edition, table)
    except UnreadableTableError as error:
        file = error.path.name if error.path != path else place_name(edition, table)
        return [Fault(file, f.line, f.column, f.value, f.rule) for f in error.flaws]
    return []


def unreadable(path: Path, sheet: str | None = None, encoding: str = "") -> list[Fault]:
    """Faults that keep a file from being read: one of the project's own, or one with a `sheet`.

    `encoding` is as in `incoming.read_file`.
    """
    file = f"{path.name}, sheet {sheet}" if sheet else path.name
    try:
        read_table(path) if sheet is None else read_file(path, sheet, encoding)
    except UnreadableTableError as error:
        return [Fault(file, f.line, f.column, f.value, f.rule) for f in error.flaws]
    return []


def known_values(edition: Edition) -> Known:
    """The values that other columns may refer to, by `file.column`."""
    columns = edition.column_table
    targets = {target for target in columns["references"] if target} | {"cities.adcode"}
    return {target: _values(edition, *target.split(".")) for target in targets}


def _values(edition: Edition, file: str, column: str) -> frozenset[str]:
    return frozenset(read_table(edition.reference_file(f"{file}.csv")).get(column, []))


def reference_faults(edition: Edition) -> list[Fault]:
    """Faults of the reference tables, and of the framework as a tree."""
    rules = file_content(edition.reference / "columns.csv")
    known = tuple(sorted(known_values(edition).items()))
    faults = [
        fault
        for file in edition.column_table["file"].unique()
        for fault in _judged(rules, file, file_content(edition.reference_file(file)), known)
    ]
    return faults or framework_faults(edition)


@lru_cache(maxsize=64)  # a check, the build behind it and other editions judge the same tables
def _judged(
    rules: bytes, file: str, content: bytes, known: tuple[tuple[str, frozenset[str]], ...]
) -> tuple[Fault, ...]:
    """Faults of a reference table, from its content and that of the table of columns, `rules`."""
    columns = parsed(Path("columns.csv"), rules)
    mine = columns[columns["file"] == file]
    return tuple(table_faults(file, parsed(Path(file), content), mine, dict(known)))


def framework_faults(edition: Edition) -> list[Fault]:
    """What keeps the framework from being a proper tree of the levels in `LEVEL_ABOVE`."""
    framework = edition.reference_table("framework")
    try:
        check_tree(framework.assign(direction=1))
    except RefusedValueError as error:
        _, *found = str(error).split("\n")
        return [Fault("framework.csv", "", "", "", line) for line in found]
    above = framework["parent"].map(framework.set_index("code")["level"]).fillna("")
    wrong = framework[above != framework["level"].map(LEVEL_ABOVE)]
    rule = "is no place for a node of the level "
    return [
        Fault("framework.csv", line, "parent", node["parent"], rule + node["level"])
        for line, node in wrong.iterrows()
    ]


def measure_faults(edition: Edition) -> list[Fault]:
    """Measures of a variable that the rules call unfit, or of a node that is no indicator."""
    rules, framework, measures, context = (
        edition.reference_table(name)
        for name in ("cleaning_rules", "framework", "measures", "context_measures")
    )
    unfit = set(rules.loc[rules["kind"] == "unfit", "variable"])
    nodes = set(framework.loc[framework["level"] != "indicator", "code"])
    wrong = [
        ("measures", measures["variable"], unfit, "the cleaning rules call it unfit"),
        ("context_measures", context["variable"], unfit, "the cleaning rules call it unfit"),
        ("measures", measures["indicator"], nodes, "is a node but no indicator"),
    ]
    return [
        fault
        for name, column, values, rule in wrong
        for fault in each_fault(f"{name}.csv", column[column.isin(values)], rule)
    ]


def published_faults(edition: Edition) -> list[Fault]:
    """Places of the published list whose printed name is not a name of the city with that code."""
    if edition.published_list is None:
        return []
    published = read_table(edition.reference_file(edition.published_list))
    table = published.rename(columns={"city_as_printed": "city"})
    found = name_faults(edition.published_list, table, name_index(*city_tables(edition)))
    return [fault._replace(column="city_as_printed") for fault in found]


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
    weak_faults,
    stand_in_faults,
    measure_source_faults,
    naming_faults,
    correction_place_faults,
    method_faults,
    combination_faults,
    design_faults,
    study_faults,
    cleaning_rule_faults,
    averaging_faults,
    repeated_corrections,
    judgement_faults,
]
