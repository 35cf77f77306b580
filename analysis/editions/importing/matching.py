"""Which variable a column holds, and in which unit: by its heading, its unit, and last year.

Figures of one thing a year apart are alike in nearly all cities, so that a column that is ten
thousand times last year's everywhere is in another unit, and one that is all over the place is
another thing, whatever their headings say.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

from analysis.editions.units import Sizes, factor, unit_in

# Why a column is not taken that a person leaves out.
LEFT_ASIDE = "left out, as you say"
AS_SAID = "as you say"
# Cities that have a figure in both years, so that these say anything.
LEAST_CITIES = 10
# A heading that is nearly the printed one; one that has much of it in common.
SAME_HEADING, LIKE_HEADING = 0.8, 0.4
# Orders of magnitude: how far figures of a year apart are from their median ratio, and that ratio
# from 1 or a power of ten.
CLOSE, FAR, OFF = 0.12, 0.25, 0.3
KEPT = re.compile(r"[\u3400-\u9fff]|gdp|r&d|pm2\.?5|ipv4")


class Known(NamedTuple):
    """What is known of variables before a file is seen.

    Attributes
    ----------
    headings
        Printed headings and names of columns of each variable.
    units
        The unit of each variable.
    figures
        Cities × variables: last year's figures, in these units.
    sizes
        What the units count, and how much (`units.sizes`).
    forms
        Units by their printed forms (`units.printed_units`).
    """

    headings: Mapping[str, tuple[str, ...]]
    units: Mapping[str, str]
    figures: pd.DataFrame
    sizes: Sizes
    forms: dict[str, frozenset[str]]


class Decided(NamedTuple):
    """Variable and unit of a column as far as they are decided, and by whom; empty is open.

    `final` is false for what was decided of last year's file: it holds if the figures agree.
    """

    variable: str = ""
    unit: str = ""
    why: str = AS_SAID
    final: bool = True


class Match(NamedTuple):
    """A column and the variable it is taken for, in `unit`; `variable` is empty if for none.

    `why` is the evidence in words; `question` what a person has to decide, empty if nothing;
    `stated` is false where the unit follows from the figures alone.
    """

    heading: str
    variable: str
    unit: str
    why: str
    question: str = ""
    stated: bool = True


class Ratio(NamedTuple):
    """How figures stand to last year's, in orders of magnitude: the middle, and how far off it."""

    middle: float
    spread: float
    cities: int
    near: int


NO_RATIO = Ratio(0.0, np.inf, 0, 0)


def heading_key(heading: str) -> str:
    """What of a heading names its subject: no brackets, blanks, marks, and no English beside it.

    >>> heading_key("2-9 经济 / 地区生产总值（亿元） GRP")
    '经济地区生产总值'
    """
    plain = re.sub(r"\([^()]*\)", "", unicodedata.normalize("NFKC", heading)).casefold()
    kept = "".join(KEPT.findall(plain))
    return kept if re.search(r"[\u3400-\u9fff]", kept) else re.sub(r"[^a-z0-9_]", "", plain)


@lru_cache(maxsize=1 << 12)
def heading_parts(heading: str) -> list[str]:
    """The keys of the levels of a heading, and of the whole."""
    parts = [heading_key(part) for part in heading.split(" / ")]
    return [part for part in dict.fromkeys([*parts, heading_key(heading)]) if len(part) > 1]


def heading_score(heading: str, known: Iterable[str]) -> float:
    """How much a heading has in common with the nearest known one, from 0 to 1."""
    if heading in known:
        return 1.0
    own = subject(heading)
    return subject_score(own, tuple(known)) if own else 0.0


@lru_cache(maxsize=1 << 16)  # a sheet may have one subject in a column for each of many years
def subject_score(own: str, known: tuple[str, ...]) -> float:
    """How much the key of a subject has in common with the nearest of these headings."""
    best = 0.0
    for part in (part for one in known for part in heading_parts(one)):
        if most_alike(own, part) > best:
            best = max(best, alikeness(own, part))
    return best


def most_alike(one: str, other: str) -> float:
    """How much two keys can have in common at most, by their letters, whatever their order."""
    letters = min(sum(map(other.__contains__, one)), sum(map(one.__contains__, other)))
    return max(0.5, 2.0 * letters / (len(one) + len(other))) if letters else 0.0


def alikeness(one: str, other: str) -> float:
    """How much two keys have in common; one that is the beginning of the other has half."""
    begins = one.startswith(other) or other.startswith(one)
    matcher = matcher_of(other)
    matcher.set_seq1(one)
    return max(0.5 if begins else 0.0, matcher.ratio())


@lru_cache(maxsize=1 << 12)  # what it finds out of a known heading holds for all others
def matcher_of(key: str) -> SequenceMatcher:
    """What compares keys with this one."""
    return SequenceMatcher(None, "", key)


@lru_cache(maxsize=1 << 12)
def subject(heading: str) -> str:
    """The key of the innermost level of a heading that names something."""
    parts = [heading_key(part) for part in heading.split(" / ")]
    return next((part for part in reversed(parts) if len(part) > 1), "")


def ratio(figures: pd.Series, variable: str, known: Known) -> Ratio:
    """How the figures of a column stand to last year's of a variable, city by city."""
    if variable not in known.figures:
        return NO_RATIO
    now = figures.to_numpy(float)
    then = known.figures[variable].reindex(figures.index).to_numpy(float)
    both = (now > 0) & (then > 0)
    if both.sum() < LEAST_CITIES:
        return NO_RATIO
    logs = np.log10(now[both] / then[both])
    middle = float(np.median(logs))
    off = np.abs(logs - middle)
    return Ratio(middle, float(np.median(off)), len(logs), int((off < OFF).sum()))


def matches(figures: pd.DataFrame, given: Mapping[str, Decided], known: Known) -> list[Match]:
    """Each column of `figures` (cities × headings) with the variable it is taken for.

    `given` has what is decided of headings; the variable of a column that is none is a dash.
    """
    open_ = [h for h in figures if not given.get(h, Decided()).variable]
    taken = {decided.variable for decided in given.values()}
    free = [variable for variable in known.headings if variable not in taken]
    pairs = best_pairs(figures[open_], free, known)
    pairs |= pairs_by_figures(figures[open_], free, pairs, known)
    found = []
    for heading in figures:
        decided = given.get(heading, Decided())
        if decided.variable == "-":
            found.append(Match(heading, "", "", LEFT_ASIDE))
        elif decided.variable and decided.final:
            match = Match(heading, decided.variable, decided.unit, decided.why)
            found.append(in_unit(match, figures[heading], known, bool(decided.unit)))
        else:
            found.append(judged(heading, figures[heading], pairs.get(heading, ""), decided, known))
    return found


def best_pairs(figures: pd.DataFrame, variables: list[str], known: Known) -> dict[str, str]:
    """Headings and variables in pairs, so that all together are as much alike as they can be."""
    scores = np.array([evidences(heading, figures[heading], variables, known)
                       for heading in figures])  # fmt: skip
    if not scores.size:
        return {}
    rows, columns = linear_sum_assignment(-scores)
    headings = list(figures)
    pairs = zip(rows, columns, strict=True)
    return {headings[row]: variables[column] for row, column in pairs if scores[row, column] > 0}


def pairs_by_figures(
    figures: pd.DataFrame, variables: list[str], pairs: Mapping[str, str], known: Known
) -> dict[str, str]:
    """Of headings that are like none the variable that their figures are next to, if any is near.

    Variables that a heading is like are not asked.
    """
    alike = {heading for heading, variable in pairs.items()
             if heading_score(heading, known.headings[variable]) >= LIKE_HEADING}  # fmt: skip
    taken = {pairs[heading] for heading in alike}
    free = [one for one in variables if one not in taken and one in known.figures]
    then = logarithms(known.figures[free])
    found = {}
    for heading in figures.columns.difference(alike) if free else []:
        now = logarithms(figures[[heading]].reindex(then.index))
        printed = unit_in(heading, known.forms)
        able = then[[variable for variable in free if fits(printed, variable, known)]]
        changes = (now.to_numpy() - able).dropna(axis=1, thresh=LEAST_CITIES)
        middles = changes.median()
        spreads = (changes - middles).abs().median()[middles.abs() <= OFF]
        if spreads.min() <= CLOSE:
            found[heading] = str(spreads.idxmin())
    return found


def logarithms(figures: pd.DataFrame) -> pd.DataFrame:
    """Orders of magnitude of figures, gaps where they have none."""
    return np.log10(figures.where(figures > 0))


def evidences(heading: str, figures: pd.Series, variables: list[str], known: Known) -> list[float]:
    """How much speaks for each variable, as far as it can be in the unit that is printed."""
    printed = unit_in(heading, known.forms)
    return [
        evidence(heading, figures, variable, known) if fits(printed, variable, known) else 0.0
        for variable in variables
    ]


def fits(printed: Collection[str], variable: str, known: Known) -> bool:
    """Whether a variable can be in one of the units that a heading prints; in any if none is."""
    return not printed or any(convertible(unit, known.units[variable], known) for unit in printed)


def evidence(heading: str, figures: pd.Series, variable: str, known: Known) -> float:
    """How much speaks for a variable: its heading, and figures near last year's."""
    score = heading_score(heading, known.headings[variable])
    if score < LIKE_HEADING:
        return 0.2 * score  # whatever the figures say, which take longer to be asked
    alike = ratio(figures, variable, known)
    nearness = max(0.0, 1 - alike.spread / FAR) + (heading == variable)
    return 0.6 * score + 0.4 * nearness


def judged(heading: str, figures: pd.Series, pair: str, decided: Decided, known: Known) -> Match:
    """The pair of a heading and a variable as a match, a question, or none."""
    kept, variable = bool(decided.variable), decided.variable or pair
    if not variable:
        return Match(heading, "", "", "like no variable of the index")
    score = 1.0 if kept else heading_score(heading, known.headings[variable])
    alike = ratio(figures, variable, known)
    why = (decided.why if kept else f"heading {score:.0%} alike") + (
        f", half of {alike.cities} cities within {10**alike.spread - 1:.0%} of the usual change"
        if alike.cities else ", no figures of last year"
    )  # fmt: skip
    near = alike.spread <= CLOSE
    same = score >= SAME_HEADING and (alike.cities == 0 or alike.spread <= FAR)
    if same or (score >= LIKE_HEADING and near):
        settled = bool(decided.unit) and not kept
        return in_unit(Match(heading, variable, decided.unit, why), figures, known, settled)
    if score >= SAME_HEADING or (near and abs(alike.middle) <= OFF):
        asked = f"is {heading!r} the variable {variable} ({why})?"
        return Match(heading, "", "", why, f"{asked} --column {heading!r}={variable}, or =-")
    return Match(heading, "", "", f"the nearest is {variable}: {why}")


def in_unit(match: Match, figures: pd.Series, known: Known, settled: bool) -> Match:
    """A match with the unit of its figures: the one it has, else printed, else that they show.

    What is `settled` is not asked about.
    """
    heading, variable, unit, why, *_ = match
    usual = known.units[variable]
    printed = [one for one in unit_in(heading, known.forms) if convertible(one, usual, known)]
    stated = unit or (printed[0] if printed else "")
    assumed = stated or usual
    times = factor(assumed, usual, known.sizes) or 1.0
    alike = ratio(figures * times, variable, known)
    power = round(alike.middle)
    if (
        settled
        or alike.cities == 0
        or alike.near < 0.8 * alike.cities
        or (power == 0 or abs(alike.middle - power) > OFF)
    ):
        return Match(heading, variable, assumed, why)
    often = f"{10.0**power:,.10g} times" if power > 0 else f"1/{10.0**-power:,.10g} of"
    shown = f"{often} last year's in {alike.near} of {alike.cities} cities"
    other = unit_of_size(times / 10.0**power, usual, known)
    if other and not stated:
        return Match(heading, variable, other, f"{why}; {shown}", stated=False)
    remedy = f"--unit {heading!r}={other or 'UNIT'!r}, or ={assumed!r} if they are right"
    return Match(heading, variable, assumed, why, f"{heading!r} is {shown}: another unit? {remedy}")


def convertible(unit: str, usual: str, known: Known) -> bool:
    """Whether figures in one unit can be turned into the other."""
    return factor(unit, usual, known.sizes) is not None


def unit_of_size(times: float, usual: str, known: Known) -> str:
    """The unit of which `times` make one of the `usual` unit; empty if there is none."""
    return next(
        (unit for unit in known.sizes
         if (found := factor(unit, usual, known.sizes)) and abs(found / times - 1) < 1e-9),
        "",
    )  # fmt: skip
