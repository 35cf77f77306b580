"""Text that comes from data, made safe to show.

A city name may hold anything. Written into Markdown it must appear as itself: in HTML, in Typst
and whichever program reads the Markdown. Character references do that: pandoc turns ``&#35;`` into
the letter ``#`` after all syntax has been read, and its writers escape the letter for their format.
They also break ``{{<``, which Quarto looks for in the source before pandoc reads it.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

INERT_PUNCTUATION = frozenset(",%")
BETWEEN_LETTERS = re.compile(r"(?<=[^\W_])[.\-](?=[^\W_])")
TYPST_BLOCK_MARKER = re.compile(r"^([-+/]|=+|\d+\.) ")
RULES = {"left": ":---", "right": "---:", "center": ":---:"}


def escape_markdown(text: str) -> str:
    """Return `text` as Markdown that shows exactly `text`, on one line, and does nothing.

    Runs of white space become one space. Control and formatting characters, which could reverse or
    hide text, are spelled out as ``<U+202E>``. The space after something like a list marker at the
    start becomes a no-break space, because pandoc writes a table cell that begins ``- a`` as it
    stands and Typst would read a list. Typst still sets ``...`` as an ellipsis and the hyphen
    before a digit as a minus sign.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        Markdown for one paragraph or one table cell; it holds no ``|``, ``{{<`` or line break.
    """
    visible = spelt_out(" ".join(text.split()))
    visible = TYPST_BLOCK_MARKER.sub("\\1\N{NO-BREAK SPACE}", visible)
    kept = {match.start() for match in BETWEEN_LETTERS.finditer(visible)}
    return "".join(
        character if position in kept else _reference(character)
        for position, character in enumerate(visible)
    )


def spelt_out(text: str) -> str:
    """Return `text` with control and formatting characters spelt out, such as ``<U+202E>``."""
    if text.isprintable():
        return text
    return "".join(_spell_out(character) for character in text)


def _spell_out(character: str) -> str:
    hidden = unicodedata.category(character) in {"Cc", "Cf", "Co", "Cn", "Cs"}
    return f"<U+{ord(character):04X}>" if hidden else character


def _reference(character: str) -> str:
    if character == "\N{NO-BREAK SPACE}":
        return "&nbsp;"
    plain = not character.isascii() or character.isalnum() or character == " "
    return character if plain or character in INERT_PUNCTUATION else f"&#{ord(character)};"


def frame_to_pipe_table(frame: "pd.DataFrame", alignments: Mapping[str, str]) -> str:
    """Write a frame as a Markdown pipe table with every cell escaped.

    Parameters
    ----------
    frame : pandas.DataFrame
        Ready to read: numbers already formatted as text, columns named as in the header. The index
        is not shown.
    alignments : mapping of str to str
        ``left``, ``right`` or ``center`` for each column; columns not named are set left.

    Returns
    -------
    str
        The table, ending in a line break. Missing values are empty cells.

    Raises
    ------
    ValueError
        If an alignment is unknown, names no column, or the frame has no columns.
    """
    _refuse_alignments(frame, alignments)
    header = [str(name) for name in frame.columns]
    rows = [_cells(row) for row in frame.astype(object).where(frame.notna(), "").to_numpy()]
    rules = [RULES[alignments.get(name, "left")] for name in header]
    lines = [_cells(header), rules, *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _refuse_alignments(frame: "pd.DataFrame", alignments: Mapping[str, str]) -> None:
    if not len(frame.columns):
        raise ValueError("a table needs at least one column")
    for name, alignment in alignments.items():
        if name not in frame.columns:
            raise ValueError(f"alignment for {name!r}, which is not a column")
        if alignment not in RULES:
            raise ValueError(f"column {name!r}: alignment {alignment!r} is not one of {set(RULES)}")


def _cells(values: Iterable[object]) -> list[str]:
    return [escape_markdown(str(value)) for value in values]
