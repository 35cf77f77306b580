"""The names of the facts: no two alike.

A fact is a value of ``facts.yml``, named by its path: chapter, part, fact. Names that come from
data (a claim, a region, a scenario) have a mapping to themselves, so that no name of the data can
take the place of a name that the prose knows.
"""

from collections.abc import Iterable, Mapping
from typing import TypeVar

Entry = TypeVar("Entry")


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
    """All facts, or all sources of facts, of these parts.

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
