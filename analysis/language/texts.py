"""The texts of reference tables in a language: what a rule says, why a figure was corrected.

The tables themselves are written in English. Another language keeps its words for them beside its
prose, in ``sections/<language>/texts``: a table of the same name, with the columns that tell
the rows apart and, under the same names, those that hold text.
"""

from pathlib import Path

import pandas as pd

from analysis.editions import Edition, read_table
from analysis.index.refusal import RefusedValueError
from analysis.language.sentences import ORIGINAL, prose

# Columns of reference tables, and of the table of all columns of results, that readers are shown
# as text; names are columns of their own, a language each.
TEXTS = {
    "cases": ["known_for"],
    "checklist": ["part", "claim"],
    "claims": ["statement", "caveat"],
    "cleaning_rules": ["statement", "reason"],
    "companies": ["known_from"],
    "context_measures": ["unit_note", "note"],
    "corrections": ["reason"],
    "dictionary": ["unit", "missing", "meaning", "origin"],
    "evidence_notes": ["note"],
    "judgements": ["reason"],
    "measures": ["note"],
    "method": ["unit", "meaning"],
    "other_rankings": ["ranking_en", "note"],
    "profiles": ["unit", "meaning"],
    "sources": ["authority", "note", "terms"],
    "tiers": ["meaning"],
    "uncertainty": ["meaning"],
    "variables": ["unit", "meaning"],
}


def reference_texts(edition: Edition, name: str, language: str = ORIGINAL) -> pd.DataFrame:
    """Reference table `name` of an edition, with its texts in a language.

    Raises
    ------
    RefusedValueError
        If the language lacks the texts of the table, or those of a row.
    """
    return in_language(edition, name, edition.reference_table(name), language)


def texts_there(
    edition: Edition, name: str, language: str = ORIGINAL, table: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Reference table `name` with its texts in a language, in English if it has none of them yet.

    For pages that a language may have before all texts that they quote are translated. `table` is
    what is kept under that name where it is no reference table of the edition, or is cut down.

    Raises
    ------
    RefusedValueError
        If the language has the table, but lacks the texts of a row.
    """
    there = (edition.root / texts_file(name, language)).is_file()
    said = edition.reference_table(name) if table is None else table
    return in_language(edition, name, said, language if there else ORIGINAL)


def texts_file(name: str, language: str) -> Path:
    """Where another language keeps the texts of a table, below the root of the project."""
    return prose(language) / "texts" / f"{name}.csv"


def in_language(
    edition: Edition, name: str, table: pd.DataFrame, language: str = ORIGINAL
) -> pd.DataFrame:
    """A table as it is kept under `name`, with its texts in a language."""
    if language == ORIGINAL:
        return table
    texts = [column for column in TEXTS[name] if column in table]
    said, key = translated(edition.root, name, language, table)
    rows = table[key].astype(str).fillna("").apply(tuple, axis="columns")
    words = said.set_index(pd.Index(said[key].apply(tuple, axis="columns"), tupleize_cols=False))
    lacking = rows[~rows.isin(words.index)]
    if len(lacking):
        where = texts_file(name, language).as_posix()
        raise RefusedValueError(f"{where} lacks the texts of {' '.join(lacking.iloc[0])}")
    return table.assign(**{column: words.loc[list(rows), column].to_numpy() for column in texts})


def translated(
    root: Path, name: str, language: str, table: pd.DataFrame
) -> tuple[pd.DataFrame, list[str]]:
    """What a language keeps for the texts of `table`, and the columns that tell its rows apart.

    Raises
    ------
    RefusedValueError
        If the file is not there, has not the columns that it needs, or a row stands twice.
    """
    where = texts_file(name, language).as_posix()
    if not (root / where).is_file():
        raise RefusedValueError(f"{where}: the language has no such file")
    said = read_table(root / where)
    texts = [column for column in TEXTS[name] if column in table]
    key = [column for column in said if column not in TEXTS[name]]
    if not set(texts) <= set(said) or not set(key) <= set(table) or not key:
        needed = f"{', '.join(texts)}, and beside them columns of {name}.csv that tell rows apart"
        raise RefusedValueError(f"{where}, line 1: the columns must be {needed}")
    twice = said[said.duplicated(key)]
    if len(twice):
        row = " ".join(twice[key].iloc[0])
        raise RefusedValueError(f"{where}, line {twice.index[0]}: the texts of {row} stand twice")
    return said, key
