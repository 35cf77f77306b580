"""What a fact is: a value, which every language can say in its own way.

A whole number stands for itself, and so does a text that is a name or a code. Everything else says
what kind of value it is: a number with its places, a share, an interval, codes of cities, or a
sentence of the language by name, with the values that it needs.
"""

from collections.abc import Hashable, Iterable
from typing import Any

import pandas as pd

# Enough digits for any number of places that is said, few enough to be the same everywhere.
DIGITS = 9
Value = dict[str, object]
# A row of a table by column, of which a fact is made.
Row = dict[Hashable, Any]


def number(value: float, places: int = 2) -> Value:
    """A number that is said with fixed decimals and its thousands set off."""
    return {"number": rounded(value), "places": places}


def signed(value: float, places: int = 2) -> Value:
    """A number that is said with its sign, also where it is positive."""
    return {"signed": rounded(value), "places": places}


def share(value: float, places: int = 0) -> Value:
    """A share of 1, which is said in percent."""
    return {"share": rounded(value), "places": places}


def interval(row: pd.Series, places: int = 2) -> Value:
    """The numbers `low` and `high` of a row."""
    return {"interval": [rounded(row["low"]), rounded(row["high"])], "places": places}


def probability(value: float) -> Value:
    """A probability under an assumption (p-value)."""
    return {"probability": rounded(value)}


def times(value: float) -> Value:
    """By how many times something may grow or shrink."""
    return {"times": rounded(value)}


def cities(codes: Iterable[str]) -> Value:
    """Cities by their division codes, in the order in which they are named."""
    return {"cities": [str(code) for code in codes]}


def provinces(names: Iterable[str]) -> Value:
    """Provinces by the name that keys them, in the order in which they are named."""
    return {"provinces": [str(name) for name in names]}


def words(codes: Iterable[str]) -> Value:
    """Things by the codes of their labels, as they are called inside a sentence."""
    return {"words": [str(code) for code in codes]}


def label(code: str) -> Value:
    """A whole label by its code, as it stands."""
    return {"label": str(code)}


def ranking(name: str) -> Value:
    """Another ranking by the name under which it was published."""
    return {"ranking": name}


def statements(claims: Iterable[str]) -> Value:
    """What the white paper says, by the names of the claims."""
    return {"statements": [str(claim) for claim in claims]}


def choices(rows: pd.DataFrame) -> Value:
    """Alternatives of a design: `rows` with `factor, level, alternative`."""
    columns = ["factor", "level", "alternative"]
    return {"choices": rows[columns].astype(str).to_dict("records")}


def some(value: float) -> Value:
    """A number of things that may be none."""
    return {"some": whole(value)}


def listed(values: Iterable[object]) -> Value:
    """Several values in a row."""
    return {"list": list(values)}


def sentence(name: str, **values: object) -> Value:
    """A sentence that the language has by this name, with the values that it needs."""
    return {"say": name, **values}


def whole(value: float) -> int:
    """A count, a place or a year."""
    return round(float(value))


def rounded(value: float) -> float:
    """A number with so many digits that the last bits of a processor do not show."""
    return float(f"{value:.{DIGITS}g}")
