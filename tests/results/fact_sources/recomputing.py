"""The committed tables and facts, and the comparison of a fact with what its source gives."""

import csv
import fnmatch
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.editions import Edition
from analysis.language.facts import Speaker

DATA = Path(__file__).resolve().parents[3] / "data"
EDITIONS = ("2019", "2020")
CODES = {"adcode": str, "other": str}

# How a fact is taken again: from the tables and, for a name with `*`, what stands in its place.
# A text is a limit that the code sets, written down by hand.
Ways = dict[str, Callable[..., object] | str]


class Tables:
    """The tables of an edition, which remember the columns that were asked of them."""

    def __init__(self, edition: str) -> None:
        self.edition = edition
        self.read: set[str] = set()

    def __call__(self, table: str, *columns: str) -> pd.DataFrame:
        """These columns of a table of results, or of `reference/` or `raw/`; gaps are NaN."""
        self.read |= {f"{table}.{column}" for column in columns}
        return whole_table(self.edition, table)[list(columns)]

    def column(self, name: str) -> pd.Series:
        """One column, named as the sources name it."""
        table, column = name.rsplit(".", 1)
        return self(table, column)[column]

    def setting(self, name: str) -> str:
        """A line of `edition.toml`."""
        self.read.add(f"raw/edition.{name}")
        text = (DATA / "raw" / self.edition / "edition.toml").read_text("utf8")
        return str(tomllib.loads(text)[name])


@cache
def whole_table(edition: str, table: str) -> pd.DataFrame:
    folder, _, name = table.rpartition("/")
    place = {"": DATA / "results" / edition, "raw": DATA / "raw" / edition}.get(
        folder, DATA / "reference"
    )
    own = DATA / "raw" / edition / "reference" / f"{name}.csv"
    path = own if folder == "reference" and own.is_file() else place / f"{name}.csv"
    text = bool(folder)  # what is written by hand is text; results are numbers where they can be
    return pd.read_csv(
        path, dtype=str if text else CODES, keep_default_na=False, na_values=None if text else [""]
    )


def one(table: pd.DataFrame, **conditions: object) -> pd.Series:
    """The only row of a table in which these columns have these values."""
    found = several(table, **conditions)
    assert len(found) == 1, f"{conditions}: {len(found)} rows"
    return found.iloc[0]


def several(table: pd.DataFrame, **conditions: object) -> pd.DataFrame:
    """The rows of a table in which these columns have these values."""
    for column, value in conditions.items():
        table = table[table[column] == value]
    return table


class Says:
    """A sentence that holds these parts in this order, whatever else it says.

    A part begins where a word or a number begins, and a number ends where it ends. Without parts
    every sentence would do, so that there must be one.
    """

    def __init__(self, *parts: str) -> None:
        if not parts:
            raise ValueError("a sentence is to be known by a part of it, and there is none")
        ends = [r"(?![.,]?\d)" if part[-1].isdigit() else "" for part in parts]
        places = [rf"(?<![\w.,]){re.escape(p)}{end}" for p, end in zip(parts, ends, strict=True)]
        self.pattern = re.compile(".*?".join(places), re.IGNORECASE)

    def __eq__(self, text: object) -> bool:
        return self.pattern.search(str(text)) is not None

    def __hash__(self) -> int:
        return hash(self.pattern)

    def __repr__(self) -> str:
        return f"Says({self.pattern.pattern})"


@cache
def committed(edition: str) -> dict[tuple[str, ...], str]:
    """The facts of an edition by their path, as English says them."""
    return dict(leaves(Speaker(Edition(edition)).facts()))


def leaves(facts: dict, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    for name, fact in facts.items():
        if isinstance(fact, dict):
            yield from leaves(fact, (*path, name))
        else:
            yield (*path, name), fact


def matching(path: tuple[str, ...], patterns: Iterable[str]) -> list[str]:
    """The patterns that name this fact, `*` standing for one part of the path."""
    return [pattern for pattern in patterns if names(pattern, path)]


def names(pattern: str, path: tuple[str, ...]) -> bool:
    parts = pattern.split(".")
    return len(parts) == len(path) and all(map(fnmatch.fnmatchcase, path, parts))


def cases(ways: Ways) -> list[tuple[str, tuple[str, ...], str]]:
    """Edition, path and pattern of every committed fact that one of the `ways` is for."""
    return [
        (edition, path, pattern)
        for edition in EDITIONS
        for path in committed(edition)
        for pattern in matching(path, ways)
    ]


class Taken(NamedTuple):
    """What a fact should be, and the columns that were read for it."""

    fact: object
    columns: frozenset[str]


def again(ways: Ways, edition: str, path: tuple[str, ...], pattern: str) -> Taken:
    """Take a fact again from its source."""
    way = ways[pattern]
    if isinstance(way, str):
        return Taken(way, frozenset())
    parts = zip(path, pattern.split("."), strict=True)
    return taken(way, edition, tuple(name for name, part in parts if part == "*"))


@cache
def taken(way: Callable[..., object], edition: str, names: tuple[str, ...]) -> Taken:
    tables = Tables(edition)
    return Taken(way(tables, *names), frozenset(tables.read))


def dictionary(path: Path) -> set[str]:
    """`table.column` of every line of a table of columns."""
    with path.open(encoding="utf8", newline="") as file:
        return {
            f"{row['file'].removesuffix('.csv')}.{row['column']}" for row in csv.DictReader(file)
        }


def with_a_value(t: Tables) -> list[str]:
    """Measures of the framework that any city has a value of."""
    filled = set(t("cells", "measure", "value").dropna()["measure"])
    return [name for name in t.column("reference/measures.measure") if name in filled]


def included(t: Tables) -> list[str]:
    """Measures that the method includes, with figures or without."""
    grades = one(t("reference/method", "parameter", "value"), parameter="evidence")["value"]
    table = t("reference/measures", "measure", "included", "evidence")
    chosen = (table["included"] == "1") & table["evidence"].isin(grades.split("|"))
    return list(table.loc[chosen, "measure"])


def asked_for(t: Tables) -> list[str]:
    """Measures that the method includes by themselves, not in place of another one."""
    waits_for = stand_ins(t)
    return [measure for measure in included(t) if measure not in waits_for]


def in_use(t: Tables) -> list[str]:
    """Measures that the method includes and any city has a value of, without the reserve."""
    filled, waits_for = set(with_a_value(t)), stand_ins(t)
    there = [measure for measure in included(t) if measure in filled]
    return [measure for measure in there if waits_for.get(measure) not in filled]


def stand_ins(t: Tables) -> dict[str, str]:
    """Measures that stand in for another one, and that one."""
    table = t("reference/measures", "measure", "stands_in_for")
    return dict(table[table["stands_in_for"] != ""].itertuples(index=False))


def place(t: Tables, rank: int, column: str) -> object:
    return one(t("scores", "rank", column), rank=rank)[column]


def leaders(t: Tables, table: str) -> list[str]:
    ranked = t(table, "rank", "adcode")
    return list(ranked[ranked["rank"] <= 5].sort_values("rank")["adcode"])


def facts_taken_again(ways: Ways) -> Callable[[], None]:
    """The test that each committed fact of these is what its source gives."""

    def test() -> None:
        taken_again = {
            (edition, *path): (committed(edition)[path], again(ways, edition, path, pattern).fact)
            for edition, path, pattern in cases(ways)
        }
        assert taken_again
        assert {name: pair for name, pair in taken_again.items() if pair[0] != pair[1]} == {}

    return test
