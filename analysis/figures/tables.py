"""Tables ready to read: a results frame, formatted and headed, as Markdown for the report.

What a table shows stands in a results table; here numbers become text, columns get their headings
from the labels, and every text from data is made inert.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.language.markdown import frame_to_pipe_table

# Two numbers with a dash or a word between them, or a gap.
INTERVAL = r"[−\d.]+(?:–|\D{1,4})[−\d.]+|–"


def note(text: str) -> Any:
    """A text in place of a figure or table of which the edition has no figures, for a notebook.

    Its metadata say so, by which the report takes it where it asks for a figure or a table.
    """
    from IPython.display import Markdown

    return Markdown(text, metadata={"note": True})


def formatted(
    frame: pd.DataFrame, formats: Mapping[str, str], labels: Mapping[str, str]
) -> pd.DataFrame:
    """The columns named in `formats` (column → format specification) as text, gaps as a dash.

    Only these columns are kept, in this order; the empty format leaves text as it is. `labels` has
    the sign for percent.
    """
    shares = any("%" in form for form in formats.values())
    percent = labels["percent_sign"] if shares else ""
    return pd.DataFrame(
        {
            name: [as_text(value, form, percent) for value in frame[name]]
            for name, form in formats.items()
        }
    )


def as_text(value: object, form: str, percent: str = "") -> str:
    """One value as text, a gap as an en dash, a minus as a true minus sign, zero without a sign."""
    if pd.isna(value):
        return "–"
    if value == 0:
        form = form.removeprefix("+")
    return str(value) if form == "" else format(value, form).replace("-", "−").replace("%", percent)


def markdown(
    frame: pd.DataFrame, formats: Mapping[str, str], labels: Mapping[str, str], abreast: int = 1
) -> object:
    """A results frame as a Markdown table for a notebook cell.

    Columns of text are set left, of numbers (those with a format) right, and of intervals in the
    middle, lest they run into a number before them. Headings are the labels of the column names. A
    column without any value is left out: an edition without a published list has none of its
    columns. A frame without rows says that there is nothing to list. With `abreast` a long and
    narrow table is cut into so many parts, set side by side.
    """
    if frame.empty:
        return note(labels["nothing_to_list"])
    from IPython.display import Markdown

    formats = {name: form for name, form in formats.items() if frame[name].notna().any()}
    headings = {column: labels[column] for column in formats}
    text = formatted(frame, formats, labels)
    alignments = {headings[c]: alignment(text[c], form) for c, form in formats.items()}
    text = side_by_side(text.rename(columns=headings), abreast)
    return Markdown(frame_to_pipe_table(text, alignments))


def alignment(column: pd.Series, form: str) -> str:
    """Where the cells of a column stand that has this format."""
    if form:
        return "right"
    return "center" if column.str.fullmatch(INTERVAL).all() else "left"


def side_by_side(table: pd.DataFrame, parts: int) -> pd.DataFrame:
    """A table cut into `parts` of equal length, the first at the left; the last may be shorter."""
    length = -(-len(table) // parts)
    cut = [table.iloc[place : place + length] for place in range(0, len(table), length)]
    return pd.concat([part.reset_index(drop=True) for part in cut], axis="columns")
