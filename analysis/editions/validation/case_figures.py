"""The figures of an index on any units, from the text of a table to plain numbers.

Marks for missing figures become gaps, percentages the shares that they are; what is no number
stays as it stands, for `analysis.editions.validation.case_faults` to refuse.
"""

import re
from collections.abc import Collection
from decimal import Decimal

import pandas as pd

from analysis.editions.incoming import plain_number

PERCENTAGE = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+)) ?%")


def stripped(table: pd.DataFrame) -> pd.DataFrame:
    """A table of text without blanks around any field; a first column without heading is `unit`."""
    first = {table.columns[0]: table.columns[0] or "unit"}
    return table.rename(columns=first).apply(lambda column: column.str.strip())


def plain_figures(
    table: pd.DataFrame, columns: Collection[str], missing: Collection[str]
) -> pd.DataFrame:
    """A table of text with plain figures in `columns`; marks among `missing` are gaps."""
    figures = [
        plain_column(table.iloc[:, at], missing) if name in columns else table.iloc[:, at]
        for at, name in enumerate(table.columns)
    ]
    return pd.concat(figures, axis=1) if figures else table


def plain_column(texts: pd.Series, missing: Collection[str]) -> pd.Series:
    """Figures as plain numbers; percentages as shares if every figure of the column is one."""
    plain = texts.mask(texts.isin(missing), "").map(plain_number)
    figures = plain[plain != ""]
    if len(figures) and all(map(is_percentage, figures)):
        return plain.mask(plain != "", figures.map(share))
    return plain


def is_percentage(text: str) -> bool:
    """Whether a text is a number and a sign of percent."""
    return PERCENTAGE.fullmatch(text) is not None


def share(text: str) -> str:
    """The hundredth part of a percentage, with all its digits."""
    return str(Decimal(text.removesuffix("%").strip()).scaleb(-2))
