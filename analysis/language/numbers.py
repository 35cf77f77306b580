"""How numbers and lists are written in the prose and the tables of a language.

What differs between languages, such as the word between the ends of an interval or the last "and"
of a list, is a macro of ``formats.jinja``, beside the prose of the language.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from analysis.editions import ROOT
from analysis.language.sentences import FORMATS, ORIGINAL, Sentences

# Below it a probability is not written out.
SMALLEST_PROBABILITY = 0.001


@dataclass(frozen=True)
class Numbers:
    """Writes numbers and lists in a language, whose forms stand below `root`."""

    language: str = ORIGINAL
    root: Path = ROOT

    @cached_property
    def forms(self) -> Sentences:
        """The forms of the language."""
        return Sentences(FORMATS, self.language, self.root)

    def form(self, name: str, **values: object) -> str:
        """What one form makes of values that are texts, or of a list of them."""
        return self.forms.say(name, **values)

    def decimal(self, number: float, places: int = 2) -> str:
        """A number with fixed decimals and a true minus sign; what rounds to zero has none."""
        return self.form("decimal", digits=f"{number:z,.{places}f}".replace("-", "−"))

    def signed(self, number: float, places: int = 2) -> str:
        """A number with its sign, also where it is positive."""
        text = self.decimal(number, places)
        return text if text.startswith("−") else f"+{text}"

    def percent(self, share: float, places: int = 0) -> str:
        """A share in percent, with a true minus sign; what rounds to zero has none."""
        digits = f"{share:z.{places}%}".removesuffix("%").replace("-", "−")
        return self.form("percent", digits=digits)

    def multiple(self, times: float) -> str:
        """How many times as much: half, twice, three times."""
        return self.form("multiple", times=times, digits=f"{times:g}")

    def probability(self, p: float, places: int = 3) -> str:
        """A p-value, or that it is below one in a thousand."""
        if p < SMALLEST_PROBABILITY:
            return self.form("below", limit=self.decimal(SMALLEST_PROBABILITY, 3))
        return self.decimal(p, places)

    def span(self, low: float, high: float, places: int = 2) -> str:
        """An interval: '0.25 to 0.50'."""
        return self.form("span", low=self.decimal(low, places), high=self.decimal(high, places))

    def row(self, items: Iterable[str]) -> str:
        """Items one behind the other, without a last "and"."""
        return self.form("row", items=list(items))

    def series(self, items: Iterable[str]) -> str:
        """Items that may have marks of their own, one behind the other."""
        return self.form("series", items=list(items))

    def titled(self, head: str, text: str) -> str:
        """A text behind what it is about."""
        return self.form("titled", head=head, text=text)

    def aside(self, text: str, note: object) -> str:
        """A text with a note in brackets, if there is one."""
        return self.form("aside", text=text, note=note) if note != "" else text

    def paragraph(self, sentences: Iterable[str]) -> str:
        """Whole sentences, those that say something, one behind the other; or nothing."""
        said = list(filter(None, sentences))
        return self.form("paragraph", items=said) if said else ""

    def listing(self, items: list[str]) -> str:
        """Items as 'a, b and c'; 'none' if there are none."""
        return self.form("listing", items=items) if items else self.none

    @property
    def none(self) -> str:
        """The word for no thing at all."""
        return self.form("nothing")

    def answer(self, holds: bool) -> str:
        """Yes or no."""
        return self.form("answer", holds=holds)

    def counted(self, number: int, one: str, several: str) -> str:
        """A number with its noun: '1 city', '3 cities'."""
        return f"{self.decimal(number, 0)} {one if number == 1 else several}"


def lower(label: str) -> str:
    """A label inside a sentence: small first letter unless the word is an abbreviation."""
    return label if label[:2].isupper() or label[1:2] == "&" else label[:1].lower() + label[1:]
