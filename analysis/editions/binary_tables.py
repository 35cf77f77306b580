"""Tables of statistics programs, Stata (.dta) and Parquet, as rows of text.

The first row has the names of the columns, as if they stood in line 1.
"""

from pathlib import Path
from typing import Any

import pandas as pd

from analysis.editions.text_tables import (
    Flaw,
    Row,
    UnreadableTableError,
    file_content,
    limited,
)

BINARY = (".dta", ".parquet")
NAMES = {".dta": "Stata", ".parquet": "Parquet"}


def binary_rows(path: Path) -> list[Row]:
    """The names and records of a file of Stata or Parquet, as texts; gaps are blank.

    Raises
    ------
    UnreadableTableError
        If it is none, or larger than any table may be.
    """
    file_content(path)  # unless it is too large
    ending = path.suffix.lower()
    try:
        table = pd.read_stata(path) if ending == ".dta" else pd.read_parquet(path)
    except Exception as error:  # a damaged file makes the readers fail in any way there is
        rule = f"the file is no table of {NAMES[ending]} ({ending}) that can be opened"
        raise UnreadableTableError(path, [Flaw("", rule)]) from error
    texts = table.reset_index(drop=True).astype(object).map(value_text)
    records = ([*map(str, table.columns)], *texts.itertuples(index=False, name=None))
    return [(line, list(row)) for line, row in limited(path, enumerate(records, 1))]


def value_text(value: Any) -> str:
    """A value as text: whole numbers without a point, gaps empty."""
    if pd.isna(value):
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)
