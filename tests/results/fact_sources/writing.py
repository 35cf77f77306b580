"""How facts write numbers, lists and names: the rules of the report, written down once more."""

import csv
import re
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache
from pathlib import Path

REFERENCE = Path(__file__).resolve().parents[3] / "data" / "reference"
NAMES_OF_CODES = {
    "framework": "code", "measures": "measure", "context_measures": "measure", "tiers": "tier",
    "companies": "company",
}  # fmt: skip


def rounded(value: float, places: int, scale: int = 0) -> Decimal:
    """A number as it stands in its file, moved by `scale` digits; of two equally near the even."""
    moved = Decimal(repr(float(value))).scaleb(scale)
    return moved.quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN) + 0  # no negative zero


def number(value: float, places: int = 2) -> str:
    """Fixed decimals, thousands set off, a true minus sign."""
    text = f"{rounded(value, places):,f}"
    return "−" + text[1:] if text.startswith("-") else text


def whole(value: float) -> str:
    """A count or a place: no decimals, thousands set off."""
    return number(value, 0)


def plain(value: float) -> str:
    """A whole number as it is, such as a year."""
    return number(value, 0).replace(",", "")


def percent(share: float, places: int = 0) -> str:
    """A share of 1 in percent."""
    return f"{rounded(share, places, scale=2):f} %".replace("-", "−")


def signed(value: float) -> str:
    """Two decimals with a sign in any case."""
    text = number(value)
    return text if text[0] == "−" else "+" + text


def interval(low: float, high: float) -> str:
    return number(low) + " to " + number(high)


def listed(items: list[str]) -> str:
    """Items with commas and a final 'and'."""
    *others, last = list(items) or ["none"]
    return f"{', '.join(others)} and {last}" if others else last


@cache
def records(table: str) -> list[dict[str, str]]:
    with (REFERENCE / f"{table}.csv").open(encoding="utf8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def city_names() -> dict[str, str]:
    return {
        row["adcode"]: f"{re.sub('市$', '', row['name_zh_hans'])} {row['name_en']}"
        for row in records("cities")
    }


@cache
def word_names() -> dict[str, str]:
    names = {row["key"]: row["en"] for row in records("labels")}
    for table, key in NAMES_OF_CODES.items():
        names |= {row[key]: row["name_en"] for row in records(table)}
    return names


def sentence(name: str) -> str:
    """A sentence without values, as it stands among those that facts name."""
    text = (REFERENCE.parents[1] / "sections" / "en" / "said.jinja").read_text("utf8")
    (found,) = re.findall(rf"{{% macro {name}\(\) -%}}\n(.+)\n{{%- endmacro %}}", text)
    return found


@cache
def ranking_names() -> dict[str, str]:
    return {row["ranking"]: row["ranking_en"] for row in records("other_rankings")}


def city(code: str) -> str:
    return city_names()[code]


def cities(codes: list[str]) -> str:
    return listed([city(code) for code in codes])


def small(text: str) -> str:
    """A name inside a sentence: a small first letter, but 'GDP' and 'R&D' as they are."""
    return text if re.match(r"[A-Z]([A-Z]|&)", text) else text[0].lower() + text[1:]


def word(code: str) -> str:
    return small(word_names()[code])


def words(codes: list[str]) -> str:
    return listed([word(code) for code in codes])
