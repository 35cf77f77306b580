"""Facts said in a language: the values of `facts.yml` as texts, by the same names."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from analysis.editions import Edition
from analysis.language.names import (
    choice_names,
    city_names,
    ranking_names,
    town_names,
    words,
)
from analysis.language.numbers import Numbers, lower
from analysis.language.sentences import ORIGINAL, SAID, Sentences
from analysis.language.texts import reference_texts, texts_there

# A value is a text by itself, a whole number, yes or no, or a mapping of just one of these kinds
# and, for some of them, the number of its places.
KINDS: dict[str, type] = dict.fromkeys(
    ("number", "signed", "share", "probability", "times"), float
) | dict.fromkeys(
    ("interval", "cities", "provinces", "words", "statements", "choices", "list"), list
)
KINDS |= {"label": str, "ranking": str, "some": int}


@dataclass(frozen=True)
class Speaker:
    """Says values of an edition in a language, whose sentences stand in the same project."""

    edition: Edition
    language: str = ORIGINAL

    @cached_property
    def cities(self) -> pd.Series:
        """Names of cities by adcode."""
        return city_names(self.edition.reference_table("cities"), self.language)

    @cached_property
    def towns(self) -> pd.Series:
        """Names of cities by adcode, in the script of the language alone."""
        return town_names(self.edition.reference_table("cities"), self.language)

    @cached_property
    def numbers(self) -> Numbers:
        """How the language writes numbers and lists."""
        return Numbers(self.language, self.edition.root)

    @cached_property
    def labels(self) -> pd.Series:
        """Words by key."""
        return words(self.edition, self.language)

    @cached_property
    def statements(self) -> pd.Series:
        """Statements of the white paper by claim."""
        claims = reference_texts(self.edition, "claims", self.language)
        return claims.set_index("claim")["statement"]

    @cached_property
    def rankings(self) -> pd.Series:
        """Names of other rankings, by the name under which they were published."""
        return ranking_names(reference_texts(self.edition, "other_rankings", self.language))

    @cached_property
    def sentences(self) -> Sentences:
        """The sentences that facts name, which take their values as parameters."""
        numbers = self.numbers
        filters: dict[str, Callable[..., str]] = {
            "cities": self.named_cities, "towns": self.named_towns, "words": self.named_words,
            "labels": self.named_labels, "label": lambda code: self.labels[code],
            "percent": numbers.percent, "number": numbers.decimal,
            "interval": lambda ends: numbers.span(*ends), "counted": numbers.counted,
            "listed": numbers.listing,
        }  # fmt: skip
        return Sentences(SAID, self.language, self.edition.root, filters=filters)

    def named_cities(self, codes: list[str]) -> str:
        """Cities by name."""
        return self.numbers.listing([self.cities[code] for code in codes])

    def named_towns(self, codes: list[str]) -> str:
        """Cities by name, in the script of the language alone."""
        return self.numbers.listing([self.towns[code] for code in codes])

    def named_labels(self, codes: list[str]) -> str:
        """Labels as they stand; a place without one is called by its code, which is its name."""
        return self.numbers.listing([self.labels.get(code, code) for code in codes])

    def named_words(self, codes: list[str]) -> str:
        """Labels as they stand inside a sentence."""
        return self.numbers.listing([lower(self.labels[code]) for code in codes])

    def facts(self) -> dict[str, Any]:
        """The facts of the edition as texts, by the same names."""
        return dict(self.said(self.edition.facts))

    def said(self, value: Any) -> Any:
        """A value as a text; a mapping of facts as one of texts.

        Raises
        ------
        RefusedValueError
            If a sentence is not among those of the language, or lacks a value.
        """
        if isinstance(value, bool):
            return self.numbers.answer(value)
        if isinstance(value, str | int):
            return str(value)
        if not isinstance(value, dict) or not value:
            return value  # for whoever wants texts to refuse
        if "say" in value:
            named = {name: part for name, part in value.items() if name != "say"}
            return self.say(value["say"], **named)
        kind, *others = (name for name in value if name != "places")
        if not others and isinstance(value[kind], KINDS.get(kind, ())):
            return self.one(kind, value[kind], value.get("places", 0))
        return {name: self.said(fact) for name, fact in value.items()}

    def say(self, name: str, **values: object) -> str:
        """The sentence of the language that is called `name`, with its values."""
        return self.sentences.say(name, **values)

    def quoted(self, claim: str) -> str:
        """A statement of the white paper in quotation marks, without its full stop."""
        statement = self.statements[claim].rstrip(".。")
        return self.numbers.form("quoted", text=statement)

    def texts(self, name: str, table: pd.DataFrame | None = None) -> pd.DataFrame:
        """Reference table `name`, or `table` in its place, with its texts in the language."""
        return texts_there(self.edition, name, self.language, table)

    def shortfalls(self, lacks: pd.DataFrame) -> pd.Series:
        """What cities fall short of, in words, by adcode; `lacks` is as `shortfalls.csv`."""
        said = pd.Series(self.each_shortfall(lacks), lacks["adcode"].to_numpy(), dtype=object)
        return said.groupby(level=0, sort=False).agg(
            lambda lacks: self.numbers.form("series", items=list(lacks))
        )

    def each_shortfall(self, lacks: pd.DataFrame) -> list[str]:
        """What each row of `lacks` (`domain, share, needed`) says."""
        rows = lacks[["domain", "share", "needed"]].to_dict("records")
        return [self.say("shortfall", **row) for row in rows]

    def ledger(self, claims: pd.DataFrame) -> pd.DataFrame:
        """The ledger of claims in words: its values said, with `statement`, and every caveat."""
        texts = reference_texts(self.edition, "claims", self.language).set_index("claim")
        expected, found, reason = (
            ["" if value is None else self.said(value) for value in claims[name]]
            for name in ("expected", "found", "reason")
        )
        told = texts.loc[claims["claim"]]
        reasons = zip(reason, told["caveat"], strict=True)
        return claims.assign(
            expected=expected,
            found=found,
            reason=[" ".join(filter(None, parts)) for parts in reasons],
            statement=told["statement"].to_numpy(),
        )

    def one(self, kind: str, of: Any, places: int) -> str:
        """One value that is not a plain one, by its kind."""
        numbers = self.numbers
        ways: dict[str, Callable[[], str]] = {
            "number": lambda: numbers.decimal(of, places),
            "signed": lambda: numbers.signed(of, places),
            "share": lambda: numbers.percent(of, places),
            "interval": lambda: numbers.span(of[0], of[1], places),
            "probability": lambda: numbers.probability(of, 2),
            "times": lambda: numbers.multiple(of),
            "cities": lambda: self.named_cities(of),
            "provinces": lambda: self.named_labels(of),
            "words": lambda: self.named_words(of),
            "label": lambda: str(self.labels[of]),
            "ranking": lambda: lower(self.rankings[of]),
            "statements": lambda: numbers.listing([self.quoted(claim) for claim in of]),
            "choices": lambda: numbers.listing(
                [lower(name) for name in choice_names(pd.DataFrame(of), self.labels)] if of else []
            ),
            "some": lambda: str(of or numbers.none),
            "list": lambda: numbers.listing([self.said(part) for part in of]),
        }
        return ways[kind]()
