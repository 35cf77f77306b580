"""Which tables and settings of an edition are free of faults, and the faults of the others.

Everything is judged by itself: a list by its columns, a reference table by `columns.csv`, a raw
file by whether it can be read. What is sound is handed on (`editions.validation.sound`) to the
rules that set one table beside another.
"""

import glob
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import pandas as pd

from analysis.editions import Edition, Tables
from analysis.editions.incoming import (
    description,
    file_and_sheet,
    place_name,
    read_file,
    read_raw,
    stem,
)
from analysis.editions.recipes import recipe_path
from analysis.editions.text_tables import (
    NOT_THERE,
    Flaw,
    UnreadableTableError,
    file_content,
    parsed,
    read_table,
)
from analysis.editions.units import factors
from analysis.editions.validation.declarations import (
    column_table_faults,
    layout_faults,
    list_faults,
    source_faults,
    variable_faults,
)
from analysis.editions.validation.faults import Fault
from analysis.editions.validation.schemas import MISSING, TWICE, UNKNOWN, Known, table_faults
from analysis.editions.validation.setting_faults import SETTINGS, settings_faults
from analysis.editions.validation.sound import COLUMN_TABLE, LISTS, SoundEdition, attempted
from analysis.index.framework import check_tree
from analysis.index.refusal import RefusedValueError

UNDESCRIBED = "no such column is known: give it a line in columns.csv, or take it out"
# The level that each level of the framework stands below.
LEVEL_ABOVE = {"index": "", "domain": "index", "subdomain": "domain", "indicator": "subdomain"}
# What a line of `sources.csv` must say for its file to be read.
READ_BY = {"file", "source", "layout", "years"}
Judgement = tuple[list[Fault], SoundEdition]


def judged_apart(edition: Edition) -> Judgement:
    """The faults of every table and setting by itself, and the edition without them."""
    table = edition.reference / "columns.csv"
    of_columns = unreadable(table) or column_table_faults(edition)
    faulty = {COLUMN_TABLE} if of_columns else set()
    of_settings = settings_faults(edition)
    references, bad = ([], set()) if of_columns else reference_faults(edition)
    unset = unset_by(of_settings)
    settled = SoundEdition(edition.name, edition.root, frozenset(faulty | bad), unset)
    of_lists, sound = judged_lists(settled)
    of_files, readable = readable_files(sound)
    return [*of_columns, *of_settings, *of_lists, *of_files, *references], readable


def unset_by(faults: list[Fault]) -> frozenset[str]:
    """The settings that cannot be asked for; all of them if the file is no TOML."""
    named = frozenset(fault.column for fault in faults)
    return frozenset(SETTINGS) if "" in named else named


def judged_lists(edition: SoundEdition) -> Judgement:
    """Faults of the lists of the raw files, and the edition with the lines that have none."""
    faults = [fault for name in LISTS for fault in unreadable(edition.raw / name)]
    if faults:
        return faults, edition
    lists = {name: Edition.raw_table(edition, name).astype(object) for name in LISTS}
    by_list = {name: list_faults(name, lists[name]) for name in LISTS}
    by_list["sources.csv"] = without_expected(edition, lists["sources.csv"], by_list["sources.csv"])
    faults = [fault for found in by_list.values() for fault in found]
    if any(lacks_columns(found) for found in by_list.values()):
        return faults, edition
    bad: set[object] = {
        fault.line
        for fault in by_list["sources.csv"]
        if {*fault.column.split(", ")} & READ_BY or not fault.column
    }
    bad_stems = set(stems_at(lists["columns.csv"], by_list["columns.csv"]))
    sources = without(lists["sources.csv"], bad, bad_stems)
    columns = lists["columns.csv"]
    columns = columns[~columns["file"].map(stem).isin(bad_stems)]
    of_sources = source_faults(sources)
    measured = with_factors(edition, columns)
    descriptions = {file: description(measured, file) for file in sources["file"]}
    of_layouts = layout_faults(sources, descriptions)
    of_variables = attempted(variable_faults, edition, columns) or []
    misread = {stem(file) for file, found in of_layouts.items() if found}
    usable = without(sources, {fault.line for fault in of_sources}, misread)
    faults += [*of_sources, *of_variables, *(f for found in of_layouts.values() for f in found)]
    of = len(lists["sources.csv"])
    return faults, with_lists(
        edition, {"sources.csv": usable, "columns.csv": columns}, of, descriptions
    )


def without_expected(edition: Edition, sources: pd.DataFrame, faults: list[Fault]) -> list[Fault]:
    """Faults of `sources.csv`, but not that a file which has not come is not cited yet."""
    if list(sources).count("file") != 1:
        return faults
    expected = {
        line for line, table in sources["file"].items()
        if not file_and_sheet(edition, table)[0].is_file()
    }  # fmt: skip
    return [each for each in faults if each.column != "citation" or each.line not in expected]


def with_factors(edition: SoundEdition, columns: pd.DataFrame) -> pd.DataFrame:
    """The lines of `columns.csv` with the `factor` of each unit, 1 if that of units has faults."""
    found = attempted(factors, edition, columns)
    return columns.assign(factor=1.0 if found is None else found)


def lacks_columns(faults: list[Fault]) -> bool:
    """Whether a list lacks columns, or has them twice, so that its lines cannot be read."""
    return any(fault.line == 1 and fault.rule in {MISSING, TWICE} for fault in faults)


def stems_at(columns: pd.DataFrame, faults: list[Fault]) -> pd.Series:
    """Names, without their ends, of the files whose description has faults."""
    lines = {fault.line for fault in faults}
    return columns.loc[columns.index.isin(lines), "file"].map(stem)


def without(sources: pd.DataFrame, lines: set[object], stems: set[str]) -> pd.DataFrame:
    """The lines of `sources.csv` but for these, and for those of the files of these names."""
    return sources[~sources.index.isin(lines) & ~sources["file"].map(stem).isin(stems)]


def with_lists(
    edition: SoundEdition, lists: Tables, of: int, descriptions: Mapping[str, pd.DataFrame]
) -> SoundEdition:
    """The edition with these lines of its lists, of which `sources.csv` has `of` in all."""
    complete = edition.complete and len(lists["sources.csv"]) == of
    return SoundEdition(
        edition.name, edition.root, edition.faulty, edition.unset, lists, complete, descriptions
    )


def readable_files(edition: SoundEdition) -> Judgement:
    """Raw files that are missing or no tables, and the edition without them."""
    if not edition.files:
        return [], edition
    sources = edition.raw_table("sources.csv")
    lines = dict(zip(sources["file"], sources.index, strict=True))
    found = {
        file: [with_remedy(fault, lines[file]) for fault in unreadable_table(edition, file)]
        for file in edition.files
    }
    read = sources[[not found[file] for file in sources["file"]]]
    faults = [fault for of_file in found.values() for fault in of_file]
    lists = {**edition.lists, "sources.csv": read}
    return faults, with_lists(edition, lists, len(sources), edition.descriptions)


def with_remedy(fault: Fault, line: object) -> Fault:
    """A fault; of a file that is not there with the line of `sources.csv` that expects it."""
    if fault.rule != NOT_THERE:
        return fault
    rule = f"{NOT_THERE}: import it, or delete line {line} of sources.csv if there is none"
    cause = f"{NOT_THERE}: import it, or delete its line in sources.csv if there is none"
    return fault._replace(rule=rule, cause=cause)


def unreadable_table(edition: SoundEdition, table: str) -> list[Fault]:
    """Faults that keep a raw table from being read, with its recipe if it has one."""
    path, sheet = file_and_sheet(edition, table)
    if not recipe_path(edition, table).is_file():
        return unreadable(path, sheet)
    try:
        read_raw(edition, table)
    except UnreadableTableError as error:
        file = error.path.name if error.path != path else place_name(table)
        return [Fault(file, f.line, f.column, f.value, f.rule, ragged(f.rule)) for f in error.flaws]
    return []


def unreadable(path: Path, sheet: str | None = None, encoding: str = "") -> list[Fault]:
    """Faults that keep a file from being read: one of the project's own, or one with a `sheet`.

    `encoding` is as in `incoming.read_file`.
    """
    file = f"{path.name}, sheet {sheet}" if sheet else path.name
    try:
        read_table(path) if sheet is None else read_file(path, sheet, encoding)
    except UnreadableTableError as error:
        return [
            Fault(file, f.line, f.column, f.value, f.rule + moved(path, f), ragged(f.rule))
            for f in error.flaws
        ]
    return []


def ragged(rule: str) -> str:
    """What lines of different lengths have in common; empty for every other fault."""
    return "lines of another number of fields than the header" if " fields where " in rule else ""


def moved(path: Path, flaw: Flaw) -> str:
    """Where a file that is not there may be: beside, with another end to its name."""
    if path.exists() or flaw.line:
        return ""
    others = [p.name for p in sorted(path.parent.glob(f"{glob.escape(path.stem)}.*"))]
    return f"; {others[0]} is: write that name under file in sources.csv" if others else ""


def reference_faults(edition: Edition) -> tuple[list[Fault], set[str]]:
    """Faults of the reference tables and of the framework as a tree, and which tables have any."""
    rules = file_content(edition.reference / "columns.csv")
    files = edition.column_table["file"].unique()
    unread = {file: unreadable(edition.reference_file(file)) for file in files}
    readable = [file for file in files if not unread[file]]
    known = tuple(sorted(known_values(edition, readable).items()))
    found: dict[str, list[Fault]] = unread | {
        file: list(_judged(rules, file, file_content(edition.reference_file(file)), known))
        for file in readable
    }
    if not found.get("framework.csv", ["not there"]):
        found["framework.csv"] = framework_faults(edition)
    faults = [fault for of_table in found.values() for fault in of_table]
    return faults, {file for file, of_table in found.items() if of_table}


@lru_cache(maxsize=64)  # a check, the build behind it and other editions judge the same tables
def _judged(
    rules: bytes, file: str, content: bytes, known: tuple[tuple[str, frozenset[str]], ...]
) -> tuple[Fault, ...]:
    """Faults of a reference table, from its content and that of the table of columns, `rules`."""
    mine = _described(rules)[file]
    there = dict(known)
    unknown = ~mine["references"].isin(["", *there])  # the table that says so cannot be read
    judged = mine.assign(references=mine["references"].mask(unknown, ""))
    found = table_faults(file, parsed(Path(file), content).astype(object), judged, there)
    return tuple(
        fault._replace(rule=UNDESCRIBED) if fault.rule == UNKNOWN else fault for fault in found
    )


@lru_cache(maxsize=4)
def _described(rules: bytes) -> Tables:
    """The lines of the table of columns about each file, from its content."""
    columns = parsed(Path("columns.csv"), rules).astype(object)
    return {str(file): mine for file, mine in columns.groupby("file", sort=False)}


def known_values(edition: Edition, files: list[str]) -> Known:
    """The values in `files` that other columns may refer to, by `file.column`."""
    columns = edition.column_table
    targets = {target for target in columns["references"] if target} | {"cities.adcode"}
    pairs = [(target, *target.split(".")) for target in targets]
    return {
        target: _values(edition, file, column)
        for target, file, column in pairs
        if f"{file}.csv" in files
    }


def _values(edition: Edition, file: str, column: str) -> frozenset[str]:
    return frozenset(read_table(edition.reference_file(f"{file}.csv")).get(column, []))


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
    return [
        Fault("framework.csv", line, "parent", node["parent"], parent_rule(node["level"]))
        for line, node in wrong.iterrows()
    ]


def parent_rule(level: str) -> str:
    """What the parent of a node of this level must be."""
    above = LEVEL_ABOVE[level]
    wanted = f"a code of the level {above}" if above else "empty"
    return f"must be {wanted} for a node of the level {level}"
