"""Letters of the other script and words of the other usage in a text in Chinese.

Names of places and of the framework, titles of works in 《》 and spans marked ``{lang=…}`` may have
letters and words of their own.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analysis.editions import Edition, read_table
from analysis.language.sentences import prose
from analysis.language.simplified import GLOSSARY, SOURCE, TARGET, converter

# The way of OpenCC that would change a letter of the other script.
AWAY = {SOURCE: "s2tw", TARGET: "t2s"}
QUOTED = re.compile(r"《[^》\n]*》|\[[^\]\n]*\]\{lang=[^}\n]*\}")
APART = "·"
# Letters of both scripts that OpenCC would put in another form where it knows no better.
BOTH = set("布只污")
NAMED = {
    "cities": "name",
    "provinces": "province",
    "framework": "name",
    "measures": "name",
    "tiers": "name",
}


@dataclass(frozen=True)
class Usage:
    """What a Chinese language may not write.

    Attributes
    ----------
    language : str
        Its name, `zh_hant` or `zh_hans`.
    glossary : pandas.DataFrame
        Terms in both, with the words that must not stand for them.
    names : list of str
        Names that are taken as they are.
    """

    language: str
    glossary: pd.DataFrame
    names: list[str]

    @cached_property
    def free(self) -> set[str]:
        """What is taken as it is: names, and the terms of the glossary."""
        return {*self.names, *self.glossary[self.language]}

    @cached_property
    def never(self) -> dict[str, str]:
        """The term in place of each word that must not stand."""
        listed = self.glossary[f"never_{self.language}"].str.split("|")
        pairs = zip(listed, self.glossary[self.language], strict=True)
        return {word: term for words, term in pairs for word in words if word}

    @cached_property
    def known(self) -> re.Pattern[str]:
        """Any of both, the longest that fits: 分領域 is found although 領域 is a term."""
        return either(self.free | self.never.keys())

    def faults(self, text: str) -> Iterator[str]:
        """Every fault of a text, line by line."""
        for number, line in enumerate(text.splitlines(), 1):
            said = QUOTED.sub(APART, line)
            left = self.known.sub(lambda word: APART if word[0] in self.free else word[0], said)
            changed = converter(AWAY[self.language])(left)
            for letter in sorted({a for a, b in zip(left, changed, strict=False) if a != b} - BOTH):
                yield f"line {number}: {letter} is of the other script"
            for word in self.known.findall(said):
                if word not in self.free:
                    yield f"line {number}: {word}, which is {self.never[word]} here"


def either(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of the words, the longest that fits."""
    return re.compile("|".join(map(re.escape, sorted(filter(None, words), key=len, reverse=True))))


def usage(edition: Edition, language: str) -> Usage:
    """What a Chinese language of the project of an edition may not write."""
    columns = [
        edition.reference_table(table)[f"{column}_{language}"] for table, column in NAMED.items()
    ]
    names = [name for column in columns for name in column]
    return Usage(language, edition.reference_table(GLOSSARY), names)


def usage_faults(edition: Edition, language: str) -> Iterator[str]:
    """Every fault of the prose, the texts and the words of a language, with file and line."""
    of, root = usage(edition, language), edition.root
    for path in sorted((root / prose(language)).rglob("*.*")):
        where = path.relative_to(root).as_posix()
        if path.suffix == ".csv":
            text = "\n".join(["", *read_table(path)[language]])
        else:
            text = path.read_text("utf8")
        yield from (f"{where}, {fault}" for fault in of.faults(text))
    labels = "\n".join(["", *edition.labels(language)])
    yield from (f"labels.csv, {fault}" for fault in of.faults(labels))
