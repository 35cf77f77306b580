"""What the places of a table are: cities of the list, totals, notes, other places, misprints."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import NamedTuple

import pandas as pd

from analysis.editions.city_keys import code_of, name_key
from analysis.editions.left_out import Places, is_note, is_province
from analysis.editions.recipes import Omission

TOTALS, NOTES = "totals of provinces", "notes, no place"


class PlaceFindings(NamedTuple):
    """What is left out of a table, and what nobody but a person can decide.

    `unknown` are names with the names of cities that they may be misprints of, none of which the
    table has under its own name; `repeated` are lines of places that stand in a line above.
    """

    omissions: list[Omission]
    unknown: dict[str, list[str]]
    repeated: pd.Series


def place_findings(
    table: pd.DataFrame, names: pd.Series, known: Places, outside: Mapping[str, str]
) -> PlaceFindings:
    """What the `names` of a table are; a column `year` tells lines of one place apart."""
    totals, notes = is_province(table, names, known), is_note(table, names, known)
    rest = names[~totals & ~notes & names.str.strip().ne("")]
    codes = rest.map(lambda name: code_of(name, known.cities))
    keys = rest.map(name_key)
    foreign = codes.isna() & keys.isin(list(outside))
    omissions = [
        *([Omission(TOTALS, rows="provinces")] if totals.any() else []),
        *([Omission(NOTES, rows="notes")] if notes.any() else []),
        *(
            Omission(outside[name_key(name)], place=name.strip())
            for name in dict.fromkeys(rest[foreign].str.strip())
        ),
    ]
    there = set(codes.dropna())
    missing = {key for key, found in known.cities.items() if found.isdisjoint(there)}
    unknown = {
        name: nearest(name, missing)
        for name in dict.fromkeys(rest[codes.isna() & ~foreign].str.strip())
    }
    years = table.loc[rest.index, "year"] if "year" in table else pd.Series("", rest.index)
    again = pd.DataFrame({"code": codes, "year": years})[codes.notna()].duplicated()
    return PlaceFindings(omissions, unknown, rest[codes.notna()][again])


def nearest(name: str, missing: set[str]) -> list[str]:
    """Names that the table lacks and of which `name` may be a misprint, the nearest first."""
    key = name_key(name)
    alike = [other for other in missing if len(other) == len(key)]
    one_off = [
        other for other in alike if sum(a != b for a, b in zip(key, other, strict=True)) == 1
    ]
    return sorted(one_off) or get_close_matches(key, sorted(missing), n=3, cutoff=0.6)


def omission_of(text: str) -> Omission:
    """What a person leaves out: a line by its number, else a place."""
    reason = "left out, as you say"
    return Omission(reason, line=int(text)) if text.isdigit() else Omission(reason, place=text)
