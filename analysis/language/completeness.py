"""What a language lacks of the English original, a line each: what its writers still have to do.

Files of prose block by block, sentences macro by macro, texts of tables text by text, names word by
word, and the settings of the documents.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.editions import Edition, edition_names, read_table
from analysis.editions.yaml_texts import yaml_file
from analysis.language.languages import DOCUMENTS, OFFERED, SETTINGS, language_settings
from analysis.language.names import NAMES, PROVINCES
from analysis.language.prose_structure import other_blocks
from analysis.language.sentence_structure import other_sentences
from analysis.language.sentences import ANSWERS, ORIGINAL, prose
from analysis.language.texts import TEXTS, texts_file, translations

# What the settings of a language say of every document, beside the words of the page; Quarto's own
# words; and what the front matter of each document says.
SHARED = ("lang", "author", "toc-title", "skip-title", "origins-title", "site-title")
WORDS = (
    *(f"crossref-{kind}-title" for kind in ("fig", "tbl")),
    *(f"crossref-{kind}-prefix" for kind in ("fig", "tbl", "sec", "eq")),
    *(f"callout-{kind}-title" for kind in ("note", "tip", "warning", "important", "caution")),
)
FRONT = ("title", "subtitle", "abstract", "keywords")


def lacking(edition: Edition, language: str) -> list[str]:
    """Everything that a language lacks or has beside the original; nothing if it is whole.

    `edition` is any one of the project; sources are looked up in all of them.
    """
    of_root = (missing_settings, missing_prose)
    found = [line for part in of_root for line in part(edition.root, language)]
    return [*found, *missing_texts(edition, language), *missing_names(edition, language)]


def missing_prose(root: Path, language: str) -> Iterator[str]:
    """In what sections and sentences differ from the English ones, with file and line."""
    compared: dict[str, Callable[[str, str], Iterable[str]]] = {
        ".qmd": other_blocks,
        ".jinja": other_sentences,
    }
    there, here = (root / prose(name) for name in (ORIGINAL, language))
    names = {path.name for folder in (there, here) for path in folder.glob("*.*")}
    for name in sorted(names - {ANSWERS, SETTINGS}):
        where = (prose(language) / name).as_posix()
        if not (here / name).is_file():
            yield f"{where}: the file is lacking"
        elif not (there / name).is_file():
            yield f"{where}: the original has no such file"
        else:
            texts = (path.read_text("utf8") for path in (there / name, here / name))
            found = compared.get(Path(name).suffix, lambda *_: ())(*texts)
            yield from (f"{where}: {fault}" for fault in found)


def missing_texts(edition: Edition, language: str) -> Iterator[str]:
    """Texts of reference tables that a language has not, and those that no table has any more."""
    for name, columns in TEXTS.items():
        where, root = texts_file(name, language), edition.root
        given = (root / where).is_file()
        said = translations(root, name, language).to_dict() if given else {}
        there: set[str] = set()
        for file in original_files(edition, name):
            place = file.relative_to(root).as_posix()
            for column, text, line in texts_at(read_table(file), columns):
                there.add(text)
                if text not in said:
                    yield f"{where.as_posix()} lacks {place}, line {line}, column {column}: {text}"
        for text in said.keys() - there:
            yield f"{where.as_posix()}: no table has the text {text}"


def original_files(edition: Edition, name: str) -> list[Path]:
    """Where a table with texts stands: one of sources in every edition, all others once."""
    if name == "sources":
        every = [Edition(each, edition.root).raw for each in edition_names(edition.root)]
        return [folder / "sources.csv" for folder in every]
    file = edition.dictionary_file if name == "dictionary" else edition.reference / f"{name}.csv"
    return [file] if file.is_file() else []


def texts_at(table: pd.DataFrame, columns: Iterable[str]) -> Iterator[tuple[str, str, int]]:
    """Every text of a table, each once: column, text and line."""
    seen: set[str] = set()
    for column in (column for column in columns if column in table):
        for line, text in table[column].items():
            if text and text not in seen:
                seen.add(text)
                yield column, text, int(str(line))


def missing_names(edition: Edition, language: str) -> Iterator[str]:
    """Names and words of tables that a language has not, by file, line and column."""
    for name, pattern in (NAMES | PROVINCES).items():
        path, column = edition.reference / f"{name}.csv", pattern.format(language)
        table = read_table(path) if path.is_file() else pd.DataFrame()
        where = f"{path.relative_to(edition.root).as_posix()}, column {column}"
        if len(table) and column not in table:
            yield f"{where}: there is no such column"
        elif len(table):
            original = table[pattern.format(ORIGINAL)]
            for line in table.index[(table[column] == "") & (original != "")]:
                yield f"{where}, line {line}: lacks {original[line]}"


def missing_settings(root: Path, language: str) -> Iterator[str]:
    """What the settings of the documents do not say."""
    settings = language_settings(root, language)
    page = yaml_file(root, Path("_quarto.yml")).get("page-words", {})
    reports = [path.stem for path in sorted(root.glob("report*.qmd"))]
    wanted = [
        *((key,) for key in (OFFERED, *SHARED)),
        *(("page-words", key) for key in page),
        *(("language", key) for key in WORDS),
        *((DOCUMENTS, report, key) for report in reports for key in FRONT),
    ]
    for keys in wanted:
        found: Any = settings
        for key in keys:
            found = found.get(key) if isinstance(found, dict) else None
        if found in (None, ""):
            yield f"{(prose(language) / SETTINGS).as_posix()} lacks {': '.join(keys)}"
