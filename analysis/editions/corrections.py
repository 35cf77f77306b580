"""Corrections of misprints: each holds for a variable, a city and a year, whatever file prints it.

A correction meets its cell as long as the figure is printed as it says, so that a figure which the
office has put right is not replaced. Numbers meet as numbers: a workbook may hold 2831 where the
table before it had 2,831.
"""

import pandas as pd

from analysis.editions.edition import Edition
from analysis.editions.incoming import plain_number

# What tells the figure of one cell from all others.
CELL = ["variable", "adcode", "year"]


def corrections_of(edition: Edition) -> pd.DataFrame:
    """The lines of `corrections.csv`, with whole years and, as `figure`, what they replace."""
    table = edition.reference_table("corrections").astype({"year": int})
    return table.assign(figure=figures(table["printed"]))


def figures(printed: pd.Series) -> pd.Series:
    """Printed figures in the form in which corrections meet them."""
    known = {text: figure(text) for text in printed.unique()}
    return printed.map(known).astype(object)


def met(printed: pd.Series, numbers: pd.Series) -> pd.Series:
    """Figures as corrections meet them: those of a column in another unit in that of the variable.

    `numbers` are the figures in the unit of the variable.
    """
    found = figures(printed)
    in_column = pd.to_numeric(found, errors="coerce")
    other = numbers.notna() & in_column.notna() & in_column.ne(numbers)
    return found.mask(other, numbers[other].map(repr_of))


def repr_of(number: float) -> str:
    """A number as `figure` writes it."""
    return repr(float(number))


def figure(printed: str) -> str:
    """One printed figure as corrections meet it: the same text for 2,831 and 2831 and 2831.0.

    >>> figure("2,831.0"), figure("121.90"), figure(" see note ")
    ('2831.0', '121.9', 'see note')
    """
    plain = plain_number(printed).strip()
    try:
        return repr(float(plain))
    except ValueError:
        return plain
