"""Rules of reference tables that one column cannot state: lines that must fit, names that must.

Each takes an edition whose reference tables are free of the faults that `columns.csv` finds, and
returns the faults of one table.
"""

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd

from analysis.editions import Edition
from analysis.editions.city_keys import Index, name_key
from analysis.editions.incoming import known_names
from analysis.editions.validation.faults import Fault, each_fault
from analysis.editions.validation.raw_faults import name_faults
from analysis.editions.validation.schemas import PATTERNS

# The level that the nodes of a column belong to.
LEVELS = {
    ("evidence_notes", "code"): "indicator",
    ("cases", "domain"): "domain",
}


# Where the codes of a claim stand, by what they are.
WHERE = {
    "region": "regions.csv, column region",
    "province": "provinces.csv, column province_en",
    "city": "cities.csv, column adcode",
    "domain": "framework.csv, column code",
    "size": "context_measures.csv, column measure",
    "domain_cities": "framework.csv, column code, and cities.csv, column adcode",
}


def level_faults(edition: Edition) -> list[Fault]:
    """Nodes of the framework that are of another level than the column speaks of."""
    level = edition.reference_table("framework").set_index("code")["level"]
    faults = []
    for (name, column), wanted in LEVELS.items():
        if not edition.describes(f"{name}.csv"):
            continue
        nodes = edition.reference_table(name)[column]
        wrong = nodes[nodes.map(level) != wanted]
        faults += each_fault(
            f"{name}.csv", wrong, f"is a node but no {wanted}: name one of that level"
        )
    return faults


def tier_faults(edition: Edition) -> list[Fault]:
    """Stages that overlap, leave a gap, or hold another number of cities than of places."""
    tiers = edition.reference_table("tiers")
    above = tiers.shift()
    size = tiers["last_place"] - tiers["first_place"] + 1
    first, last = tiers.index == tiers.index[0], tiers.index == tiers.index[-1]
    rules = [
        ("maximum", tiers["maximum"].ne(above["minimum"]) & ~first,
         "must be the minimum of the stage above, on the line before"),
        ("maximum", tiers["maximum"].notna() & first, "must be empty: no stage is above the first"),
        ("minimum", tiers["minimum"].notna() & last, "must be empty: no stage is below the last"),
        ("minimum", tiers["minimum"].isna() & ~last, "only the last stage is open below"),
        ("minimum", tiers["minimum"].ge(tiers["maximum"]), "must lie below the maximum"),
        ("first_place", tiers["first_place"].ne(above["last_place"] + 1) & ~first,
         "must follow the last place of the stage above, on the line before"),
        ("first_place", tiers["first_place"].ne(1) & first, "must be 1: the first stage begins"),
        ("last_place", tiers["last_place"].isna() & ~last, "only the last stage is open below"),
        ("last_place", tiers["last_place"].notna() & last, "must be empty: the last stage is open"),
        ("last_place", size.lt(1), "must not lie above the first place"),
        ("cities", tiers["cities"].fillna(-1).ne(size.fillna(-1)),
         "must be the number of places from the first to the last"),
    ]  # fmt: skip
    shown = tiers.astype(object).where(tiers.notna(), "")
    return [
        fault
        for column, wrong, rule in rules
        for fault in each_fault("tiers.csv", shown.loc[wrong, column], rule)
    ]


def place_faults(edition: Edition) -> list[Fault]:
    """Places of the published list that stand twice or are missing, however they are written."""
    if edition.published_list is None:
        return []
    file, tiers = edition.published_list, edition.reference_table("tiers")
    places = edition.reference_table(file.removesuffix(".csv"))["rank"]
    last = int(tiers["last_place"].max())
    missing = sorted(set(range(1, last + 1)) - set(places))
    lacking = f"the list goes to {last} (tiers.csv): add {', '.join(map(str, missing[:10]))}"
    return [
        *each_fault(file, places[places.duplicated()], "must not be the place of an earlier line"),
        *each_fault(
            file, places[places > last], f"must be at most {last}, the last place of tiers.csv"
        ),
        *([Fault(file, "", "rank", "", lacking)] if missing else []),
    ]


def alias_faults(edition: Edition) -> list[Fault]:
    """Aliases that are the name, or another alias, of another city."""
    cities, index = edition.reference_table("cities"), known_names(edition)
    names = edition.reference_table("aliases")["alias"]  # without the former names beside them
    shared = names[[len(index[name_key(name)]) > 1 for name in names]]
    return each_fault(
        "aliases.csv",
        shared,
        lambda _, name: shared_rule(name, index, cities),
        cause="is the name of several cities; take it out",
    )


def shared_rule(name: str, index: Index, cities: pd.DataFrame) -> str:
    """Which cities have a name in common."""
    codes = index[name_key(name)]
    named = cities.loc[cities["adcode"].isin(codes), "name_en"]
    return f"is the name of several cities: {', '.join(named)}; take it out"


def city_faults(edition: Edition) -> list[Fault]:
    """Cities in another region or under another name of the province than `provinces.csv` has."""
    cities, provinces = (edition.reference_table(name) for name in ("cities", "provinces"))
    known = provinces.set_index("province_en")
    tiles = provinces[provinces.duplicated(["tile_column", "tile_row"])]
    faults = []
    for column in ("region", "province_zh_hans", "province_zh_hant"):
        other = cities.loc[cities[column] != cities["province_en"].map(known[column]), column]
        rule = "must be what provinces.csv has for the province"
        faults += each_fault("cities.csv", other, rule)
    rule = "must not be the tile of an earlier province"
    return [*faults, *each_fault("provinces.csv", tiles["tile_column"], rule)]


def claim_faults(edition: Edition) -> list[Fault]:
    """Claims that do not fit what their test takes, claims without test or reason, idle tests."""
    claims, tests = (edition.reference_table(name) for name in ("claims", "claim_tests"))
    silent = claims.loc[claims["test"].eq("") & claims["caveat"].eq(""), "caveat"]
    idle = tests.loc[~tests["test"].isin(claims["test"]), "test"]
    untested = claims[claims["test"].eq("")]
    needless = (untested.loc[untested[name].ne(""), name] for name in ("subjects", "expected"))
    takes = tests.set_index("test").to_dict("index")
    codes = known_codes(edition)
    takes_codes = tests["subjects"].ne("")
    unsaid = tests.loc[takes_codes & tests["several"].eq(""), "several"]
    pointless = tests.loc[~takes_codes & tests["several"].ne(""), "several"]
    tested = claims[claims["test"].isin(takes)]
    misfits = [
        Fault("claims.csv", line, column, claim[column], rule)
        for line, claim in zip(tested.index, tested.to_dict("records"), strict=True)
        for column, rule in misfit_rules(claim, takes[claim["test"]], codes)
    ]
    return [
        *misfits,
        *(
            fault
            for found in needless
            for fault in each_fault("claims.csv", found, "must be empty: no test")
        ),
        *each_fault("claims.csv", silent, "must say why the claim is not tested"),
        *each_fault(
            "claim_tests.csv",
            idle,
            "no line of claims.csv has this test: take it out, or name it there",
        ),
        *each_fault("claim_tests.csv", unsaid, "must be 0 or 1: the test takes codes"),
        *each_fault("claim_tests.csv", pointless, "must be empty: the test takes no codes"),
    ]


def known_codes(edition: Edition) -> dict[str, set[str]]:
    """What the codes of a claim may be, by what they are."""
    cities, regions, provinces, framework, sizes = (
        edition.reference_table(name)
        for name in ("cities", "regions", "provinces", "framework", "context_measures")
    )
    codes = {
        "region": set(regions["region"]),
        "province": set(provinces["province_en"]),
        "city": set(cities["adcode"]),
        "domain": set(framework.loc[framework["level"] == "domain", "code"]),
        "size": set(sizes["measure"]),
    }
    return codes | {"domain_cities": codes["domain"] | codes["city"]}


def misfit_rules(
    claim: dict[str, str], takes: dict[str, Any], codes: dict[str, set[str]]
) -> Iterator[tuple[str, str]]:
    """The columns of a claim that are not what its test `takes`, each with the rule."""
    numbers, subjects = (
        list(filter(None, claim[column].split("|"))) for column in ("expected", "subjects")
    )
    if len(numbers) != takes["numbers"]:
        several = "" if takes["numbers"] == 1 else "s"
        yield "expected", f"must be {takes['numbers']} number{several} for this test"
    elif not all(re.fullmatch(PATTERNS["number"][0], number) for number in numbers):
        yield "expected", "must be numbers, with | between them"
    kind = takes["subjects"]
    strange = [code for code in subjects if code not in codes.get(kind, set())]
    if strange:
        known = f"{strange[0]} is no {kind}; those there are stand in {WHERE.get(kind)}"
        yield "subjects", known if kind else "must be empty: the test takes no codes"
    elif kind and (not subjects or (len(subjects) > 1 and takes["several"] == "0")):
        yield "subjects", f"must be {'one ' if takes['several'] == '0' else ''}{kind} for this test"
    elif kind == "domain_cities" and [code in codes["domain"] for code in subjects] != (
        [True] + [False] * max(len(subjects) - 1, 1)
    ):
        yield "subjects", "must be a domain and, after it, one city or more"


def other_ranking_faults(edition: Edition) -> list[Fault]:
    """Cities of other rankings whose name is not one of the city with that code."""
    table = edition.reference_table("other_rankings")
    return name_faults("other_rankings.csv", table, known_names(edition))


def stand_in_faults(edition: Edition) -> list[Fault]:
    """Measures that stand in for one of another indicator, or for one that stands in itself."""
    measures = edition.reference_table("measures")
    mine, place = measures["stands_in_for"], measures.set_index("measure")
    standing = mine.ne("")
    other = mine.map(place["indicator"]).ne(measures["indicator"])
    chained = mine.map(place["stands_in_for"]).ne("")
    return [
        *each_fault(
            "measures.csv", mine[standing & other], "must be a measure of the same indicator"
        ),
        *each_fault(
            "measures.csv",
            mine[standing & ~other & chained],
            "stands in itself: name a measure that counts wherever it has figures",
        ),
    ]


def weak_faults(edition: Edition) -> list[Fault]:
    """Weak measures of which it is not said whether they are tried, and others of which it is."""
    measures = edition.reference_table("measures")
    tried, weak = measures["weak_tried"], measures["evidence"].eq("weak")
    return [
        *each_fault(
            "measures.csv",
            tried[weak & tried.eq("")],
            "say 1 if the alternative of weak evidence may take it, or 0 if not",
        ),
        *each_fault("measures.csv", tried[~weak & tried.ne("")], "must be empty: it is not weak"),
    ]


def stray_faults(edition: Edition) -> list[Fault]:
    """Tables in the folders of reference tables that nothing reads."""
    described = set(edition.column_table["file"])
    shared, own = (
        sorted(path.name for path in folder.glob("[!.]*") if path.suffix != ".md")
        for folder in (edition.reference, edition.own_reference)
    )
    of_no_use = "is no table that an edition may have of its own: take it out"
    faults = [
        Fault(
            name,
            "",
            "",
            "",
            "columns.csv does not describe it: add its columns there, or take the file out",
        )
        for name in shared
        if name not in described | {"columns.csv"}
    ]
    faults += [
        Fault(f"reference/{name}", "", "", "", of_no_use) for name in own if name not in described
    ]
    return faults
