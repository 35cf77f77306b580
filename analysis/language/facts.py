"""Facts said in a language: the values of `facts.yml` as texts, by the same names."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

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
    def units(self) -> dict[str, str]:
        """Units in the language, by what they are called in the tables."""
        known = self.edition.reference_table("variables")["unit"]
        return dict(zip(known, self.texts("variables")["unit"], strict=True))

    def unit(self, name: str) -> str:
        """A unit in the language."""
        return self.units.get(name, name)

    @cached_property
    def sentences(self) -> Sentences:
        """The sentences that facts, figures and tables name, with their values as parameters."""
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
        if not others and kind in KINDS and isinstance(value[kind], KINDS[kind].holds):
            return KINDS[kind].said(self, value[kind], value.get("places", 0))
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
        return said.groupby(level=0, sort=False).agg(self.numbers.series)

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
            reason=[self.numbers.paragraph(parts) for parts in reasons],
            statement=told["statement"].to_numpy(),
        )

    def choices(self, chosen: list[dict[str, str]]) -> str:
        """Alternatives of a design by name."""
        names = choice_names(pd.DataFrame(chosen), self.labels) if chosen else []
        return self.numbers.listing([lower(name) for name in names])


class Kind(NamedTuple):
    """A kind of value: what holds it, and how it is said, with its places if it has any."""

    holds: type
    said: Callable[[Speaker, Any, int], str]


# A value is a text by itself, a whole number, yes or no, or a mapping of just one of these kinds
# and, for some of them, the number of its places.
KINDS = {
    "number": Kind(float, lambda by, of, places: by.numbers.decimal(of, places)),
    "signed": Kind(float, lambda by, of, places: by.numbers.signed(of, places)),
    "share": Kind(float, lambda by, of, places: by.numbers.percent(of, places)),
    "probability": Kind(float, lambda by, of, _: by.numbers.probability(of, 2)),
    "times": Kind(float, lambda by, of, _: by.numbers.multiple(of)),
    "interval": Kind(list, lambda by, of, places: by.numbers.span(of[0], of[1], places)),
    "cities": Kind(list, lambda by, of, _: by.named_cities(of)),
    "provinces": Kind(list, lambda by, of, _: by.named_labels(of)),
    "words": Kind(list, lambda by, of, _: by.named_words(of)),
    "statements": Kind(list, lambda by, of, _: by.numbers.listing([*map(by.quoted, of)])),
    "choices": Kind(list, lambda by, of, _: by.choices(of)),
    "list": Kind(list, lambda by, of, _: by.numbers.listing([*map(by.said, of)])),
    "label": Kind(str, lambda by, of, _: str(by.labels[of])),
    "ranking": Kind(str, lambda by, of, _: lower(by.rankings[of])),
    "some": Kind(int, lambda by, of, _: str(of or by.numbers.none)),
}
