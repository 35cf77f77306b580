"""Cities by name: the code that a name stands for, and what to say of a name that stands for none.

A name is looked up without regard to blanks, case and a final 市; names in either form of Chinese,
in English and the aliases are known. A name of several cities stands for none of them.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Any

import pandas as pd

CODE = r"[0-9]{6}"
FORMS = ["name_zh_hans", "name_zh_hant", "name_en"]
Index = Mapping[str, frozenset[str]]


def name_key(name: str) -> str:
    """The form under which a name is looked up."""
    plain = "".join(unicodedata.normalize("NFKC", name).casefold().split())
    return plain.removesuffix("市") if len(plain) > 2 else plain


def names_by_code(cities: pd.DataFrame, aliases: pd.DataFrame) -> dict[str, set[str]]:
    """All names of every city by code: as written in the tables, aliases included."""
    names = {city["adcode"]: {city[form] for form in FORMS} for city in cities.to_dict("records")}
    for city in cities.to_dict("records"):
        names[city["adcode"]] |= set(city["name_en_alt"].split("/")) - {""}
    for alias in aliases.to_dict("records"):
        names[alias["adcode"]].add(alias["alias"])
    return names


def name_index(cities: pd.DataFrame, aliases: pd.DataFrame) -> Index:
    """Codes by the form of `name_key`; an English name also without its province."""
    found: dict[str, set[str]] = {}
    for code, names in names_by_code(cities, aliases).items():
        short = {re.sub(r" \(.*\)$", "", name) for name in names}
        for name in names | short:
            found.setdefault(name_key(name), set()).add(code)
    return {name: frozenset(codes) for name, codes in found.items()}


def with_codes(table: pd.DataFrame, load_index: Callable[[], Index]) -> pd.DataFrame:
    """`table` with a code in `adcode` wherever `adcode` or `city` names one city.

    A table without `adcode` gets the column from `city`. `load_index` is called only if a code is
    missing; what has no code keeps the text of `adcode` or, where that is empty, of `city`.
    """
    columns = list(table.columns)
    if any(columns.count(name) > 1 for name in ("adcode", "city")):
        return table  # refused for its header
    if "adcode" in table:
        given = table["adcode"].map(lambda text: unicodedata.normalize("NFKC", text).strip())
    elif "city" in table:
        given = table["city"].str.strip()
    else:
        return table
    if given.str.fullmatch(CODE).all():
        return table.assign(adcode=given) if "adcode" in table else table
    index = load_index()
    names = given.where(given.ne(""), table["city"]) if "city" in table else given
    codes = names.map(lambda name: code_of(name, index))
    found = given.where(given.str.fullmatch(CODE), codes.fillna(names))
    rest = table.drop(columns="adcode", errors="ignore")
    rest.insert(columns.index("adcode") if "adcode" in table else 0, "adcode", found)
    return rest


def former_names(former: pd.DataFrame) -> pd.DataFrame:
    """Names that cities had before, as `alias, adcode, origin`, from `former_places.csv`."""
    renamed = former[former["kind"] == "renamed"]
    rows = [
        {"alias": name, "adcode": row["adcode"], "origin": row["source"]}
        for row in renamed.to_dict("records")
        for name in (row["place"], *row["also"].split("|"))
        if name
    ]
    return pd.DataFrame(rows, columns=["alias", "adcode", "origin"])


def outside_the_list(former: pd.DataFrame, cities: pd.DataFrame) -> dict[str, str]:
    """What places that are no city of the list are, by the form of `name_key`."""
    names = cities.set_index("adcode")["name_zh_hans"]
    found: dict[str, str] = {}
    for row in former[former["kind"] != "renamed"].to_dict("records"):
        for name in filter(None, (row["place"], *row["also"].split("|"))):
            found.setdefault(name_key(name), outside_reason(row, names))
    return found


def outside_reason(row: Mapping[str, Any], names: pd.Series) -> str:
    """Why a row of `former_places.csv` is no city of the list."""
    city = names.get(row["adcode"], "")
    if row["kind"] == "merged":
        return f"{row['place']} was merged into {city} in {row['since']:.0f}"
    if row["kind"] == "county":
        return f"{row['place']} is a city of county level" + (f" in {city}" if city else "")
    return f"{row['place']} is an autonomous prefecture, prefecture or league, and no city"


def code_of(name: str, index: Index) -> str | None:
    """The code of the one city called `name`, or None."""
    codes = index.get(name_key(name), frozenset())
    return next(iter(codes)) if len(codes) == 1 else None


def lookup_rule(
    name: str, index: Index, cities: pd.DataFrame, outside: Mapping[str, str] | None = None
) -> str:
    """Why `name` has no code, with the cities that it may mean."""
    codes = index.get(name_key(name), frozenset())
    if outside and name_key(name) in outside:
        return f"{outside[name_key(name)]}; leave it out in the recipe of the file"
    if codes:
        return f"is the name of several cities: {described(sorted(codes), cities)}; give the code"
    near = get_close_matches(name_key(name), list(index), n=3, cutoff=0.5)
    close = list(dict.fromkeys(code for name in near for code in sorted(index[name])))
    hint = f"; the nearest: {described(close, cities)}" if close else ""
    return f"is no known name of a city{hint} (aliases.csv may name it)"


def described(codes: Iterable[str], cities: pd.DataFrame) -> str:
    """The cities with these codes, in words and in their order."""
    known = cities.set_index("adcode", drop=False)
    chosen = known.loc[[code for code in codes if code in known.index]]
    return ", ".join(
        f"{city['name_zh_hans']} {city['name_en']} {city['adcode']}"
        for city in chosen.to_dict("records")
    )
