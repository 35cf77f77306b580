"""Every figure of the raw files of an edition in one table, as printed and with its place.

So figures are compared, corrected and found twice by what they are, a variable of a city and a
year, and not by the file that they happen to stand in.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.editions.incoming import plain_numbers
from analysis.editions.units import in_usual_unit

TEXTS = ["source", "file", "variable", "column", "unit", "adcode", "city", "year", "printed"]
COLUMNS = [*TEXTS, "line", "number"]


def printed_figures(
    sources: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    descriptions: Mapping[str, pd.DataFrame],
    known: Mapping[str, pd.DataFrame] | None = None,
) -> pd.DataFrame:
    """Every cell of a column of figures, blank ones too, in the order of the files.

    Parameters
    ----------
    sources
        The list of the raw files: ``file, source, layout``.
    tables, descriptions
        By file: its table of text by line, and the description of its columns, with their `factor`.
    known
        By file that another edition has too: its figures as returned for that one, such as
        ``source, file, variable``.

    Returns
    -------
    pd.DataFrame
        `COLUMNS`: source, file, variable, column as headed in the file, unit, code and name of the
        city, year and figure as text, line in the file, and the figure as a number in the unit of
        the variable.
    """
    listed = sources[sources["layout"].eq("table") & sources["file"].isin(list(tables))]
    read = known or {}
    parts = []
    for file, source in zip(listed["file"], listed["source"], strict=True):
        part = read[file] if file in read else figures_of(tables[file], descriptions[file])
        # Texts as objects: in them one name for all lines is one thing, and quick to compare.
        same = {"source": source, "file": file}
        parts.append(
            part.assign(**{name: np.full(len(part), text, object) for name, text in same.items()})
        )
    found = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=COLUMNS)
    return found[COLUMNS]


def figures_of(table: pd.DataFrame, columns: pd.DataFrame) -> pd.DataFrame:
    """The figures of one raw table, column by column; none if it has no codes of cities."""
    there = list(table.columns)
    once = columns["column"].map(there.count).eq(1)
    values = columns[columns["role"].eq("value") & columns["variable"].ne("") & once]
    if there.count("adcode") != 1 or there.count("year") > 1:
        values = values.iloc[:0]
    printed = table[list(values["column"])].to_numpy(dtype=object)
    lines, many = len(table), len(values)
    frame = {
        name: np.repeat(values[name].to_numpy(dtype=object), lines)
        for name in ("variable", "column", "unit", "year")
    }
    frame |= {
        name: np.tile(column.to_numpy(dtype=object), many)
        for name, column in (("adcode", adcodes(table)), ("city", names(table)))
    }
    frame["printed"] = printed.T.ravel()
    found = pd.DataFrame(frame, dtype=object).assign(line=np.tile(table.index, many))
    stated = found["year"].ne("").to_numpy()
    of_line = np.tile(years(table).to_numpy(dtype=object), many)
    found["year"] = np.where(stated, found["year"], of_line)
    factors = np.repeat(values["factor"].to_numpy(dtype=float), lines)
    found["number"] = in_usual_unit(numbers(found["printed"]), factors)
    return found


def adcodes(table: pd.DataFrame) -> pd.Series:
    """The code of the city of every line."""
    return table["adcode"] if list(table.columns).count("adcode") == 1 else blank(table)


def names(table: pd.DataFrame) -> pd.Series:
    """The printed name of the city of every line, empty if the table has none."""
    return table["city"] if list(table.columns).count("city") == 1 else blank(table)


def years(table: pd.DataFrame) -> pd.Series:
    """The year of every line in plain digits, empty if the table has no column of years."""
    return plain_numbers(table["year"]) if list(table.columns).count("year") == 1 else blank(table)


def blank(table: pd.DataFrame) -> pd.Series:
    """An empty text for every line."""
    return pd.Series("", table.index, dtype=object)


def numbers(text: pd.Series) -> pd.Series:
    """Figures as numbers; what is no number is a gap."""
    return pd.to_numeric(plain_numbers(text), errors="coerce").astype(float)
