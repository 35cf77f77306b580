"""Where the files of an edition are, and how they are read and written.

The only module that knows the folders. Raw files in the forms in which others send them are read
by `analysis.editions.incoming`; all other tables are the project's own.
"""

import json
import os
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import pandas as pd

from analysis.editions.storage import replace_folder
from analysis.editions.text_tables import file_content, parsed, read_table
from analysis.editions.yaml_texts import yaml_file
from analysis.index.refusal import RefusedValueError

# The project folder: that of this package, or one elsewhere that holds data and documents alone.
ROOT_VARIABLE = "DIGITAL_CITY_ROOT"
# The edition that is meant where none is named.
EDITION_VARIABLE = "DIGITAL_CITY_EDITION"
ROOT = Path(os.environ.get(ROOT_VARIABLE) or Path(__file__).resolve().parents[2])
# Enough digits to tell every rank apart, few enough that the last bits of a processor do not show.
FLOAT_FORMAT = "%.9g"
# What an edition may be called: its name is that of folders, and stands in commands and pages.
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
NAME_RULE = "the name of an edition has letters, digits, - and _ only, 40 at most, like 2021"
Tables = dict[str, pd.DataFrame]
# Values, and values by name, that the report quotes.
Facts = dict[str, object]
# Years that figures can describe.
EARLIEST, LATEST = 1949, 2100


@dataclass(frozen=True)
class Edition:
    """One edition of the report and the places of its files below `root`."""

    name: str
    root: Path = ROOT

    @property
    def raw(self) -> Path:
        """Folder of the figures as published."""
        return self.root / "data" / "raw" / self.name

    @property
    def reference(self) -> Path:
        """Folder of the tables that every edition shares."""
        return self.root / "data" / "reference"

    @property
    def results(self) -> Path:
        """Folder of the results, written by `build` only."""
        return self.root / "data" / "results" / self.name

    @property
    def lock(self) -> Path:
        """The file that whoever builds the results holds locked."""
        return self.root / "_build" / "locks" / f"results-{self.name}.lock"

    @cached_property
    def settings(self) -> dict:
        """The contents of `edition.toml`; a file that is not TOML is refused with its line."""
        try:
            return tomllib.loads((self.raw / "edition.toml").read_text("utf8"))
        except UnicodeDecodeError as error:
            raise RefusedValueError("edition.toml: the file is not UTF-8: save it so") from error
        except tomllib.TOMLDecodeError as error:
            raise RefusedValueError(toml_refusal(str(error))) from error

    @property
    def data_year(self) -> int:
        """The year that the figures describe."""
        return int(self.settings["data_year"])

    @property
    def published_list(self) -> str | None:
        """File name of the published ranking in the reference folder, if there is one."""
        return self.settings.get("published_list")

    @property
    def uncertainty_design(self) -> str | None:
        """File name of the design of the uncertainty analysis, if the edition has one."""
        return self.settings.get("uncertainty_design")

    @property
    def document(self) -> str:
        """File name of the report, as the settings name it or as list and previous edition ask."""
        without_list = "report-next.qmd" if self.previous else "report-open.qmd"
        usual = "report.qmd" if self.published_list else without_list
        return self.settings.get("document", usual)

    def raw_table(self, name: str) -> pd.DataFrame:
        """Table `name` of the raw folder that the project itself keeps, as text, by line."""
        return read_table(self.raw / name)

    @property
    def previous(self) -> str | None:
        """Name of the edition that this one is compared with, if there is one."""
        return self.settings.get("previous")

    @property
    def earlier(self) -> Iterator["Edition"]:
        """The editions before this one, the latest first, as each names its `previous`."""
        if self.previous is not None:
            before = Edition(self.previous, self.root)
            yield before
            yield from before.earlier

    @property
    def own_reference(self) -> Path:
        """Folder of the reference tables that are other ones in this edition; it may be absent."""
        return self.raw / "reference"

    def reference_file(self, file: str) -> Path:
        """A reference table: the edition's own in its folder `reference`, else the shared one."""
        own = self.own_reference / file
        return own if own.is_file() else self.reference / file

    def reference_table(self, name: str) -> pd.DataFrame:
        """Reference table `name` (without ending) with the types of `columns.csv`."""
        rules = file_content(self.reference / "columns.csv")
        path = self.reference_file(f"{name}.csv")
        return _typed(Path(path.name), file_content(path), rules).copy(deep=False)

    @property
    def column_table(self) -> pd.DataFrame:
        """The table of the columns of all reference tables, as text, by line."""
        return read_table(self.reference / "columns.csv")

    def describes(self, file: str) -> bool:
        """Whether there is to be a reference table of this name."""
        return bool(self.column_table["file"].eq(file).any())

    def result(self, name: str) -> pd.DataFrame:
        """Results table `name` (without ending) with the types of the dictionary."""
        if not self.has_result(name):
            rule = f"there is no such table; the command build {self.name} makes the results"
            raise RefusedValueError(f"{self.results / name}.csv: {rule}")
        table = read_table(self.results / f"{name}.csv")
        try:
            return with_types(table, self.dictionary(name)).reset_index(drop=True)
        except RefusedValueError as error:
            raise RefusedValueError(f"{self.results / name}.csv, {error}") from error

    @property
    def facts(self) -> Facts:
        """The values that the report quotes, by chapter; results without them are refused."""
        path = (self.results / "facts.yml").relative_to(self.root)
        if not (self.root / path).is_file():
            raise RefusedValueError(f"there is no {path.as_posix()}: build the results")
        return yaml_file(self.root, path)

    def has_result(self, name: str) -> bool:
        """Whether the results of the edition hold the table `name` (without ending)."""
        return (self.results / f"{name}.csv").is_file()

    def result_names(self) -> list[str]:
        """Names of the results tables that the edition has."""
        return sorted(path.stem for path in self.results.glob("*.csv"))

    @property
    def dictionary_file(self) -> Path:
        """The table that describes every column of the results."""
        return self.root / "data" / "dictionary.csv"

    def dictionary(self, name: str) -> pd.DataFrame:
        """The rows of the data dictionary that describe results table `name`."""
        dictionary = read_table(self.dictionary_file)
        return dictionary[dictionary["file"] == f"{name}.csv"]

    def labels(self, language: str = "en") -> pd.Series:
        """Every word a figure or table shows, by key, in `language`; an unknown one is refused."""
        known = read_table(self.reference / "labels.csv").set_index("key")
        if language not in known:
            there = ", ".join(known)
            raise RefusedValueError(f"there is no language {language!r}; there is: {there}")
        return known[language]


def toml_refusal(error: str) -> str:
    """What is wrong with an `edition.toml`, from what the parser says of it.

    >>> toml_refusal("Invalid value (at line 3, column 8)")
    'edition.toml, line 3: the file is not TOML (Invalid value): write name = "text" or name = 2020'
    """
    said, _, place = error.partition(" (at ")
    line = re.search(r"line (\d+)", place)
    where = f", line {line[1]}" if line else ""
    rule = f'the file is not TOML ({said}): write name = "text" or name = 2020'
    return f"edition.toml{where}: {rule}"


def is_name(name: str) -> bool:
    """Whether an edition may be called `name`."""
    return NAME.fullmatch(name) is not None


def edition_names(root: Path = ROOT) -> list[str]:
    """Names of the editions below `data/raw`, in their order."""
    folders = (path.parent.name for path in (root / "data" / "raw").glob("*/edition.toml"))
    return sorted(filter(is_name, folders))


def default_name(root: Path = ROOT) -> str:
    """Name of the edition in DIGITAL_CITY_EDITION, else the latest one below `data/raw`."""
    named = os.environ.get(EDITION_VARIABLE)
    for name in [] if named else sorted(path.name for path in (root / "data" / "raw").glob("*")):
        refuse_unset(name, root)
    found = edition_names(root)
    if not found:
        raise RefusedValueError(f"no edition: {root / 'data' / 'raw'} holds no edition.toml")
    return named or found[-1]


def refuse_unset(name: str, root: Path) -> None:
    """Refuse a folder that has the list of the files of an edition, but no settings."""
    folder = root / "data" / "raw" / name
    if (folder / "sources.csv").is_file() and not (folder / "edition.toml").is_file():
        rule = "edition.toml is missing: copy that of another edition there, and change it"
        raise RefusedValueError(f"data/raw/{name}: {rule}")


def load(name: str | None = None, root: Path = ROOT) -> Edition:
    """Return the edition called `name`, or the default one; an unknown name is refused."""
    edition = Edition(name or default_name(root), root)
    known = edition_names(root)
    if edition.name not in known:
        refuse_unset(edition.name, root)
        there = ", ".join(known) or "none"
        raise RefusedValueError(f"there is no edition {edition.name!r}; there is: {there}")
    return edition


@lru_cache(maxsize=64)  # the rules of validation ask for the same few tables again and again
def _typed(path: Path, content: bytes, rules: bytes) -> pd.DataFrame:
    """A reference table with its types, from its content and that of the table of columns."""
    columns = parsed(Path("columns.csv"), rules)
    return with_types(parsed(path, content), columns[columns["file"] == path.name])


def with_types(table: pd.DataFrame, columns: pd.DataFrame) -> pd.DataFrame:
    """Turn the columns that `columns` (column, type) calls integer or number into numbers.

    Empty text becomes a gap in a number column and stays empty text elsewhere. A number is a float
    even if all of its column happen to be whole. A value is what its JSON says.
    """
    typed = table.copy()
    for column, kind in zip(columns["column"], columns["type"], strict=True):
        if kind in {"integer", "number"}:
            numbers = pd.to_numeric(typed[column].replace("", None))
            typed[column] = numbers.astype(float) if kind == "number" else numbers
        elif kind == "value":
            texts = typed[column].items()
            read = [value_of(text, f"line {line}, column {column}") for line, text in texts]
            typed[column] = pd.Series(read, typed.index, dtype=object)
    return typed


def value_of(text: str, place: str) -> object:
    """The value of a fact that a cell holds as JSON, none if it is empty.

    Raises
    ------
    RefusedValueError
        If it is no JSON, with its `place`.
    """
    try:
        return json.loads(text) if text else None
    except json.JSONDecodeError as error:
        raise RefusedValueError(f"{place}: is no value of a fact; build the results") from error


def write_tables(folder: Path, tables: dict[str, pd.DataFrame], texts: dict[str, str]) -> None:
    """Make `folder` hold these results and no others, whole or not at all."""
    replace_folder(
        folder, {f"{name}.csv": csv_text(table) for name, table in tables.items()} | texts
    )


def csv_text(table: pd.DataFrame) -> str:
    """A results table as it is written, values of facts as JSON."""
    return values_as_json(table).to_csv(index=False, lineterminator="\n", float_format=FLOAT_FORMAT)


def values_as_json(table: pd.DataFrame) -> pd.DataFrame:
    """A table with its values of facts, which are mappings, as JSON on one line."""
    held = [str(name) for name, cells in table.items() if holds_values(cells)]
    return table.assign(**{name: table[name].map(as_json) for name in held})


def holds_values(cells: pd.Series) -> bool:
    """Whether a column holds values of facts, which are mappings."""
    return cells.dtype.kind == "O" and any(isinstance(cell, dict) for cell in cells)


def as_json(value: object) -> object:
    """A value of a fact as JSON; what is none stays."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value
