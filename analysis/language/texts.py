"""The texts of reference tables in a language: what a rule says, why a figure was corrected.

The tables themselves are written in English. Another language keeps its words for them beside its
prose: in ``sections/<language>/texts`` a table of the same name, with a column for each of the
two languages, in which every English text stands once. So a text that has been changed lacks its
translation until somebody has looked at it.
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
    "corrections": ["reason", "source"],
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
        If the language lacks one of the texts.
    """
    table = edition.reference_table(name)
    if language == ORIGINAL:
        return table
    known = translations(edition.root, name, language)
    lacking = [text for text in texts_of(name, table) if text not in known.index]
    if lacking:
        where = texts_file(name, language).as_posix()
        raise RefusedValueError(f"{where} lacks the text {lacking[0]!r}")
    return in_language(table, name, known)


def texts_there(
    edition: Edition, name: str, language: str = ORIGINAL, table: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Reference table `name` with its texts in a language, in English where it has none yet.

    For pages that a language may have before all texts that they quote are translated. `table` is
    what is kept under that name where it is no reference table of the edition, or is cut down.
    """
    said = edition.reference_table(name) if table is None else table
    if language == ORIGINAL or not (edition.root / texts_file(name, language)).is_file():
        return said
    return in_language(said, name, translations(edition.root, name, language))


def texts_file(name: str, language: str) -> Path:
    """Where another language keeps the texts of a table, below the root of the project."""
    return prose(language) / "texts" / f"{name}.csv"


def texts_of(name: str, table: pd.DataFrame) -> list[str]:
    """The English texts of a table as it is kept under `name`, each once, column by column."""
    columns = [table[column].dropna() for column in TEXTS[name] if column in table]
    return list(dict.fromkeys(str(text) for column in columns for text in column if text))


def in_language(table: pd.DataFrame, name: str, known: pd.Series) -> pd.DataFrame:
    """A table as it is kept under `name`, each text as it is `known` in another language."""
    columns = [column for column in TEXTS[name] if column in table]
    said = {column: table[column].map(lambda text: known.get(text, text)) for column in columns}
    return table.assign(**said)


def translations(root: Path, name: str, language: str) -> pd.Series:
    """What a language says for the texts of a table, by the English text; those alone it has.

    Raises
    ------
    RefusedValueError
        If the file is not there, has not the two columns, or a text stands twice.
    """
    where = texts_file(name, language).as_posix()
    if not (root / where).is_file():
        raise RefusedValueError(f"{where}: the language has no such file")
    said = read_table(root / where)
    if list(said) != [ORIGINAL, language]:
        raise RefusedValueError(f"{where}, line 1: the columns must be {ORIGINAL}, {language}")
    twice = said[said.duplicated(ORIGINAL)]
    if len(twice):
        text = twice[ORIGINAL].iloc[0]
        raise RefusedValueError(f"{where}, line {twice.index[0]}: the text {text!r} stands twice")
    return said.set_index(ORIGINAL)[language].replace("", pd.NA).dropna()
