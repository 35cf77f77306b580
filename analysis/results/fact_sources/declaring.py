"""How a fact says where it comes from."""

from typing import NamedTuple

# How the rows of a limit begin.
LIMIT = "a limit that the code sets"


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


def taken(rows: str, *tables: str) -> FactSource:
    """The source of a fact: which rows and what is done with them, and ``table: column column``."""
    parts = [text.split(": ") for text in tables]
    columns = (f"{table}.{column}" for table, names in parts for column in names.split())
    return FactSource(rows, tuple(columns))


def limit(meaning: str, *tables: str) -> FactSource:
    """The source of a fact that the code sets: what it means, and the columns that it judges."""
    return taken(f"{LIMIT}: {meaning}", *tables)
