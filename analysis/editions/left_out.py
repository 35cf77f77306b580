"""Lines of a raw table that its recipe leaves out: totals, notes, places outside the list.

Each is named with its reason; `check` and the build count them.
"""

import re
from typing import NamedTuple

import pandas as pd

from analysis.editions.city_keys import Index, name_key
from analysis.editions.recipes import Omission, Recipe

COLUMNS = ["line", "name", "reason"]
PROVINCE_ENDS = re.compile(r"(壮族|回族|维吾尔)?自治区$|省$|市$")
CERTAIN_ENDS = ("省", "自治区")


class Places(NamedTuple):
    """The cities by the form of `name_key`, the short names of provinces, the codes of cities."""

    cities: Index
    provinces: frozenset[str]
    codes: frozenset[str]


def province_key(name: str) -> str:
    """The short name of a province, such as 内蒙古 for 内蒙古自治区."""
    return PROVINCE_ENDS.sub("", "".join(name.split()))


def places(cities: Index, provinces: pd.DataFrame) -> Places:
    """The names that lines can be known by; `provinces` is the table of that name."""
    written = [*provinces["province_zh_hans"], *provinces["province_zh_hant"]]
    return Places(
        cities, frozenset(map(province_key, written)), frozenset().union(*cities.values())
    )


def without_left_out(
    table: pd.DataFrame, names: pd.Series, recipe: Recipe, known: Places
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The lines of a table that count, and `line, name, reason` of those that do not.

    `names` has what each line says of its place; a year in the column `year` tells lines apart.
    """
    reasons = pd.Series("", table.index, dtype=object)
    for omission in recipe.leave_out:
        meant = meant_lines(table, names, omission, known)
        reasons = reasons.mask(meant & reasons.eq(""), omission.reason)
    out = reasons.ne("")
    found = pd.DataFrame({"line": table.index, "name": names, "reason": reasons})[out.to_numpy()]
    return table[~out], found.assign(name=found["name"].map(lambda name: " ".join(name.split())))


def meant_lines(
    table: pd.DataFrame, names: pd.Series, omission: Omission, known: Places
) -> pd.Series:
    """Whether each line is one that an omission speaks of."""
    if omission.line:
        return pd.Series(table.index == omission.line, table.index)
    if omission.place:
        return names.map(name_key).eq(name_key(omission.place))
    if omission.rows == "notes":
        return is_note(table, names, known)
    return is_province(table, names, known)


def is_note(table: pd.DataFrame, names: pd.Series, known: Places) -> pd.Series:
    """Whether a line has a text where others have a place, and nothing else."""
    filled = table.ne("").sum(axis=1)
    place = names.map(lambda name: name_key(name) in known.cities)
    return names.str.strip().ne("") & filled.le(1) & ~place


def is_province(table: pd.DataFrame, names: pd.Series, known: Places) -> pd.Series:
    """Whether a line is of a province as a whole.

    Four municipalities and Jilin have the name of their province. Where one stands twice, the line
    that is indented less, or else the first, is that of the province; where it stands once, it is
    the city.
    """
    short, whole = names.map(province_key), names.str.strip()
    province = short.isin(known.provinces)
    certain = whole.str.endswith(CERTAIN_ENDS) | ~names.map(
        lambda name: name_key(name) in known.cities
    )
    years = table["year"] if "year" in table else pd.Series("", table.index)
    rest = pd.DataFrame({
        "key": short, "year": years, "indent": names.str.len() - names.str.lstrip().str.len(),
        "order": range(len(names)),
    })[province & ~certain]  # fmt: skip
    twice = rest[rest.duplicated(["key", "year"], keep=False)]
    outer = twice.sort_values(["indent", "order"]).drop_duplicates(["key", "year"]).index
    return province & (certain | names.index.isin(outer))
