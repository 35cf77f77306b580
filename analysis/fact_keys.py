"""The names of the facts: no two alike, and each with the place it comes from.

A fact is a text of ``facts.yml``, named by its path: chapter, part, fact. Names that come from data
(a claim, a region, a scenario) have a mapping to themselves, so that no name of the data can take
the place of a name that the prose knows.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeVar

Entry = TypeVar("Entry")


class FactSource(NamedTuple):
    """Where a fact comes from.

    Attributes
    ----------
    rows
        Which rows are taken, and what is done with them.
    columns
        ``table.column`` of every column that is read: of a table of results, or, as
        ``reference/table.column`` and ``raw/table.column``, of the tables that results are made
        from; ``raw/edition.setting`` is a line of ``edition.toml``. The names of cities, nodes and
        measures, which are looked up by their codes, are not listed.
    """

    rows: str
    columns: tuple[str, ...]


# Sources by the name of the fact, its parts joined by full stops; `*` stands for a name from data.
Sources = dict[str, FactSource]


def taken(rows: str, *columns: str) -> FactSource:
    """The source of a fact: which rows and what is done with them, and the columns."""
    return FactSource(rows, columns)


def keyed(kind: str, names: Iterable[str], facts: Iterable[object]) -> dict[str, object]:
    """Facts by `names` that come from data, `kind` being what they name.

    Raises
    ------
    ValueError
        If a name comes twice.
    """
    found: dict[str, object] = {}
    for name, fact in zip(names, facts, strict=True):
        if name in found:
            raise ValueError(
                f"facts: there are two facts of the {kind} {name!r}, and one would replace the "
                "other; give what they are named after two names that differ in letters or digits"
            )
        found[name] = fact
    return found


def joined(*parts: Mapping[str, Entry]) -> dict[str, Entry]:
    """All facts, or all sources, of these parts.

    Raises
    ------
    ValueError
        If two parts hold the same name.
    """
    found: dict[str, Entry] = {}
    for part in parts:
        repeated = sorted(set(found) & set(part))
        if repeated:
            raise ValueError(f"facts: two facts are called {' and '.join(repeated)}")
        found.update(part)
    return found
