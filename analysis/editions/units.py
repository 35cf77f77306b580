"""Units: how they are printed, and by what a figure is multiplied to be in another one.

`data/reference/units.csv` has each unit with the `base` that it counts and its `size` in it, and
the ways in which it is printed: 10,000 yuan are 10000 yuan, printed 万元 or 10 000 yuan. Units of
one base can be turned into each other; nothing else can.
"""

import re
import unicodedata
from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.editions.edition import Edition
from analysis.editions.text_tables import read_table

# By unit: what it counts, and how many of that it is.
Sizes = Mapping[str, tuple[str, float]]
NO_SIZE = ("", 1.0)


def factors(edition: Edition, columns: pd.DataFrame) -> pd.Series:
    """For each line of `columns.csv`, what its figures are multiplied with.

    The result is in the unit that `variables.csv` has for the variable: a GDP printed in
    10,000 yuan has the factor 0.0001 where the variable counts in 100 million yuan. It is 1 where
    the units are the same, or no way leads from one to the other, which validation refuses.
    """
    variables = read_table(edition.reference_file("variables.csv"))
    usual = variables.drop_duplicates("variable").set_index("variable")["unit"]
    wanted = columns["variable"].map(usual).fillna(columns["unit"])
    if wanted.eq(columns["unit"]).all():
        return pd.Series(1.0, columns.index)
    units = sizes(edition.reference_table("units"))
    pairs = zip(columns["unit"], wanted, strict=True)
    return pd.Series([factor(one, other, units) or 1.0 for one, other in pairs], columns.index)


def sizes(units: pd.DataFrame) -> Sizes:
    """What each unit of the table `unit, base, size` counts, and its size in it."""
    return {
        unit: (base, float(size))
        for unit, base, size in zip(units["unit"], units["base"], units["size"], strict=True)
    }


def factor(unit: str, other: str, units: Sizes) -> float | None:
    """How many of the `other` unit one `unit` is; None if they count different things.

    >>> factor("yuan", "10,000 yuan", {"yuan": ("yuan", 1), "10,000 yuan": ("yuan", 10_000)})
    0.0001
    """
    if unit == other:
        return 1.0
    (base, size), (other_base, other_size) = (units.get(each, NO_SIZE) for each in (unit, other))
    return size / other_size if base and base == other_base else None


def in_usual_unit(figures: pd.Series, factor: float | np.ndarray) -> pd.Series:
    """Figures times the factor of their unit, one for all or one each.

    Where a factor is below 1, dividing keeps them round: 7 / 10 is 0.7, and 7 x 0.1 is not.
    """
    small = np.less(factor, 1)
    times, parts = np.where(small, 1.0, factor), np.where(small, np.round(np.divide(1, factor)), 1)
    return figures * times / parts


def unit_key(text: str) -> str:
    """The form under which a printed unit is looked up."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\s,.()\[\]']", "", plain)


def printed_units(units: pd.DataFrame) -> dict[str, frozenset[str]]:
    """The units that each printed form may stand for, by its `unit_key`."""
    found: dict[str, set[str]] = {}
    for row in units.to_dict("records"):
        forms = [row["unit"], *row["printed_zh"].split("|"), *row["printed_en"].split("|")]
        for form in filter(None, forms):
            found.setdefault(unit_key(form), set()).add(row["unit"])
    return {form: frozenset(names) for form, names in found.items()}


def unit_in(heading: str, forms: dict[str, frozenset[str]]) -> frozenset[str]:
    """The units that the last bracket of a heading with a unit in it may stand for.

    >>> sorted(unit_in("财政 / 支出（万元）", {"万元": frozenset({"10,000 yuan"})}))
    ['10,000 yuan']
    """
    plain = unicodedata.normalize("NFKC", heading)
    for text in reversed(re.findall(r"\(([^()]*)\)", plain)):
        found = forms.get(unit_key(text.removeprefix("单位:").removeprefix("单位")))
        if found:
            return found
    return frozenset()
