"""Simplified Chinese made of the Traditional text: by the glossary, and by OpenCC for all else.

The reference table `glossary` has terms and names of both; at each place of a text the longest
that fits is taken. What must keep its letters, such as a name as it was printed, is marked in
Markdown as a span, ``[嶽陽]{lang=zh-Hant}``.
"""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pandas as pd

from analysis.editions import Edition, csv_text, read_table
from analysis.language.names import NAMES
from analysis.language.sentences import prose

SOURCE, TARGET = "zh_hant", "zh_hans"
GLOSSARY = "glossary"
# How OpenCC calls the way from the Traditional characters of Taiwan to Simplified ones.
DIRECTION = "tw2s"
# What leads a reader of the language in.
README = "README.{}.md"
KEPT = r"\[[^\]\n]*\]\{lang=zh-Hant\}"
# Quotation marks, and what the two are called as languages.
SIGNS = {
    "「": "“",
    "」": "”",
    "『": "‘",
    "』": "’",
    "zh_hant": "zh_hans",
    "zh-Hant": "zh-Hans",
    "region: TW": "region: CN",
    "中文（繁體）": "中文（简体）",
}
Change = Callable[[str], str]


def simplifier(glossary: pd.DataFrame) -> Change:
    """What makes Simplified text of Traditional one; `glossary` has `zh_hant` and `zh_hans`."""
    terms = SIGNS | dict(zip(glossary[SOURCE], glossary[TARGET], strict=True))
    longest = sorted(terms, key=len, reverse=True)
    known = re.compile(f"({'|'.join([KEPT, *map(re.escape, longest)])})")
    convert = converter(DIRECTION)

    def simplified(text: str) -> str:
        parts = known.split(text)
        return "".join(
            terms.get(part, part) if place % 2 else convert(part)
            for place, part in enumerate(parts)
        )

    return simplified


@cache
def converter(direction: str) -> Change:
    """What OpenCC makes of a text."""
    from opencc import OpenCC  # whose dictionaries take a moment

    return OpenCC(direction).convert


def simplified_files(edition: Edition) -> dict[Path, str]:
    """Every file of the Simplified language as it must be, by its path below the root."""
    simplify = simplifier(edition.reference_table(GLOSSARY))
    folder = edition.root / prose(SOURCE)
    made = {}
    for path in sorted(folder.rglob("*.*")):
        if path.suffix == ".csv":  # of texts: the English original in the first column stays
            table = read_table(path)
            text = csv_text(table.assign(**{SOURCE: table[SOURCE].map(simplify)}))
            text = text.replace(SOURCE, TARGET, 1)
        else:
            text = simplify(path.read_text("utf8"))
        made[prose(TARGET) / path.relative_to(folder)] = text
    welcome = edition.root / README.format(SOURCE)
    if welcome.is_file():
        made[Path(README.format(TARGET))] = simplify(welcome.read_text("utf8"))
    return made | simplified_names(edition, simplify)


def simplified_names(edition: Edition, simplify: Change) -> dict[Path, str]:
    """The tables of names with their Simplified columns as they must be, by path.

    The sources print the names of provinces in both scripts.
    """
    made = {}
    for name, pattern in NAMES.items():
        path = edition.reference / f"{name}.csv"
        table = read_table(path)
        table[pattern.format(TARGET)] = table[pattern.format(SOURCE)].map(simplify)
        made[path.relative_to(edition.root)] = csv_text(table)
    return made
