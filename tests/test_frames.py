"""A function that takes three frames says which columns of each it reads, and reads no others."""

import ast
import inspect
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from types import ModuleType

import pandas as pd
import pytest
from matplotlib.figure import Figure

from analysis.chapters import (
    audit,
    cases,
    city_study,
    economy,
    losses,
    published,
    regions,
    tiers,
    yardsticks,
)
from analysis.editions import ROOT
from analysis.figures import cases as case_figures
from analysis.figures import economy as economy_figures
from analysis.figures import reconstruction, style
from analysis.ranking import cleaning, indicators, method, scores

MODULES = [
    import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    for path in sorted((ROOT / "analysis").rglob("*.py"))
    if path.stem not in {"__init__", "__main__"}
]
DESCRIBED = pd.concat(
    [
        pd.read_csv(ROOT / "data" / "dictionary.csv", dtype=str),
        pd.read_csv(ROOT / "data" / "reference" / "columns.csv", dtype=str),
    ]
)
# One row per unit and a column per leaf or node: their columns are told by the framework.
BY_CODE = {
    "data", "plain", "matrix", "record", "treated", "normalised", "nodes", "years", "present"
}  # fmt: skip
FRAMEWORK = {"code", "parent", "level", "weight", "direction"}


def frames(function: Callable) -> list[str]:
    """Parameters that are frames."""
    parameters = inspect.signature(function).parameters.values()
    annotated = {each.name: str(each.annotation) for each in parameters}
    return [n for n, text in annotated.items() if "DataFrame" in text and "Callable" not in text]


def takes_three(module: ModuleType) -> list[Callable]:
    """Public functions of a module with three frames or more."""
    names = [node.name for node in ast.parse(inspect.getsource(module)).body
             if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]  # fmt: skip
    return [found for name in names if len(frames(found := getattr(module, name))) > 2]


FUNCTIONS = {
    f"{module.__name__}.{function.__name__}": function
    for module in MODULES
    for function in takes_three(module)
}
FRAMES = [(name, frame) for name, function in FUNCTIONS.items() for frame in frames(function)]


def paragraph(function: Callable, parameter: str) -> str:
    """What the docstring says of a parameter."""
    text = inspect.getdoc(function).split("Parameters\n----------\n")[1]
    blocks = re.findall(r"^(\S.*)\n((?:    .*\n?|\n(?=    ))+)", text, re.M)
    return next(said for names, said in blocks if parameter in names.split(", "))


def columns(function: Callable, parameter: str) -> list[str]:
    """The columns that the docstring names for a frame."""
    said = re.search(r"``?([a-z_, ]+)``?(?=[.;,\n]| by| are|$)", paragraph(function, parameter))
    return said[1].split(", ") if said else []


def test_the_functions_that_take_three_frames_are_found():
    assert len(FUNCTIONS) == 35


@pytest.mark.parametrize(("name", "frame"), FRAMES)
def test_the_columns_of_every_frame_are_named(name, frame):
    assert (
        frame in BY_CODE
        or "`group`" in paragraph(FUNCTIONS[name], frame)
        or columns(FUNCTIONS[name], frame)
    )


@pytest.mark.parametrize(("name", "frame"), FRAMES)
def test_the_columns_named_stand_in_the_dictionary(name, frame):
    for file, listed in re.findall(
        r"`(\w+\.csv)`[^`]*``([^`]+)``", paragraph(FUNCTIONS[name], frame)
    ):
        known = set(DESCRIBED.loc[DESCRIBED["file"] == file, "column"])
        assert set(listed.split(", ")) <= known, file


@pytest.mark.parametrize(("name", "frame"), [pair for pair in FRAMES if "framework" in pair[1]])
def test_the_columns_of_a_framework_are_those_of_a_framework(name, frame):
    assert {"code", "parent"} <= set(columns(FUNCTIONS[name], frame)) <= FRAMEWORK


def named(function: Callable, **tables: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Tables cut down to the columns that the docstring of a function names."""
    return {
        name: table[columns(function, name) + by_domain(function, name)]
        for name, table in tables.items()
    }


def by_domain(function: Callable, parameter: str) -> list[str]:
    """The columns of domains, if the docstring asks for them by their codes."""
    return ["economy"] if "the domains of `" in paragraph(function, parameter) else []


@pytest.fixture
def tables(tiny_edition) -> dict[str, pd.DataFrame]:
    names = ("framework", "measures", "cities")
    read = {name: tiny_edition.reference_table(name) for name in names}
    return {"cells": cleaning.clean(tiny_edition), **read}


@pytest.mark.parametrize("function", [scores.covered_cities, scores.rank_cities])
def test_cities_are_ranked_by_the_columns_named_alone(tiny_edition, tables, function):
    chosen = method.load(tiny_edition)
    whole, cut = (
        function(**tables, method=chosen),
        function(**named(function, **tables), method=chosen),
    )
    pd.testing.assert_frame_equal(cut.matrix, whole.matrix)
    pd.testing.assert_frame_equal(cut.unranked, whole.unranked)


def test_scores_are_made_of_the_columns_named_alone(tiny_edition, tables):
    composite = scores.rank_cities(**tables, method=method.load(tiny_edition)).composite
    tiers = tiny_edition.reference_table("tiers")
    anchors = scores.own_anchors(composite.index, tiers).assign(place=1)
    given = {"cities": tables["cities"], "tiers": tiers, "anchors": anchors}
    expected = scores.score_table(composite, **given, domains=["economy"])
    cut = named(scores.score_table, **given)
    found = scores.score_table(composite, **cut, domains=["economy"])
    pd.testing.assert_frame_equal(found, expected)


# Five cities, four of which are published, with more columns than any one function reads.
CITIES = pd.DataFrame(
    {
        "adcode": list("abcde"),
        "name_en": ["Alder", "Birch", "Cedar", "Dogwood", "Elm"],
        "province_en": ["P", "P", "Q", "Q", "Q"],
        "region": ["East", "East", "West", "West", "West"],
    }
)
STAGES = ["ecosystem_innovation", *["capability_synergy"] * 2, *["unit_digitalisation"] * 2]
SCORES = CITIES.rename(columns={"name_en": "city", "province_en": "province"}).assign(
    index=[90.0, 70.0, 50.0, 30.0, 10.0],
    score=[95.0, 80.0, 72.0, 65.0, 61.0],
    rank=[1, 2, 3, 4, 5],
    tier=STAGES,
    economy=[80.0, 90.0, 50.0, 60.0, 20.0],
)
PRINTED = pd.DataFrame({"rank": [1, 2, 3, 4], "adcode": list("bacd"), "city_as_printed": "x"})
LISTED = PRINTED.merge(SCORES.drop(columns=["rank", "tier"]), on="adcode").assign(tier=STAGES[:4])
TIERS = pd.DataFrame(
    {
        "tier": list(dict.fromkeys(STAGES)),
        "minimum": [85.0, 70.0, 60.0],
        "maximum": [None, 85.0, 70.0],
        "last_place": [1, 3, 5],
        "meaning": "x",
    }
)
SIZES = pd.DataFrame(
    {"gdp": [900.0, 800, 500, 600, 100], "gdp_per_head": [9.0, 7, 8, 3, 2], "people": 1.0},
    index=pd.Index(list("abcde"), name="adcode"),
)
SIZED = SCORES.drop(columns="region").join(SIZES, on="adcode").assign(name="name")
CASES = pd.DataFrame({"adcode": list("ba"), "domain": "economy", "known_for": "x", "name": "name"})
RANKINGS = pd.DataFrame(
    {"ranking": "One", "data_year": 2019, "position": [1, 2, 3, 4], "adcode": list("abdc")}
).assign(score=1.0)
FITS = pd.DataFrame(
    {"shape": ["linear"], "intercept": 0.0, "slope": 0.1, "best": 1, "r_squared": 0.5}
)
TREE = pd.DataFrame(
    [("index", "", "index"), ("economy", "index", "domain"), ("trade", "economy", "indicator")],
    columns=["code", "parent", "level"],
).assign(weight=1.0)
MEASURES = pd.DataFrame(
    {
        "measure": ["parcels", "shops"],
        "indicator": "trade",
        "evidence": "observed",
        "included": "1",
        "weak_tried": "",
        "stands_in_for": "",
    }
).assign(weight=1.0)
VALUES = [("a", 1.0), ("b", 2.0), ("c", None)]
CELLS = pd.DataFrame(
    [(adcode, "parcels", value, 2019) for adcode, value in VALUES]
    + [(adcode, "shops", None, 2019) for adcode, _ in VALUES],
    columns=["adcode", "measure", "value", "year"],
)
REGIONS = pd.DataFrame({"region": ["East", "West"], "order": [1, 2], "note": "x"})
MISSING = pd.DataFrame({"adcode": ["c"], "domain": "all", "share": 0.0, "needed": 0.5})
MEDIANS = pd.DataFrame(
    {"kind": ["set"], "group": "published", "domain": "economy", "median": 50.0, "mean": 55.0}
)
RECONSTRUCTED = LISTED[["rank", "adcode", "city"]].assign(
    score=[93.0, 80.0, 72.0, 65.0], low=TIERS["minimum"][[0, 1, 1, 2]].to_list(),
    high=[100.0, 85.0, 85.0, 70.0], note="x", name="name",
)  # fmt: skip
# A word for every label.
WORDS = {"labels": defaultdict(lambda: "word")}


@dataclass(frozen=True)
class Call:
    """A function with the frames it takes, and what else it takes."""

    function: Callable
    frames: dict[str, pd.DataFrame]
    others: dict[str, object] = field(default_factory=dict)

    @property
    def cut(self) -> dict[str, pd.DataFrame]:
        """The frames with the columns that the docstring names alone."""
        return named(self.function, **self.frames)


BOTH = {"published": LISTED, "scores": SCORES}
CALLS = [
    Call(
        published.published_table,
        {"published": PRINTED, "cities": CITIES, "scores": SCORES, "tiers": TIERS},
    ),
    Call(tiers.tier_table, {**BOTH, "economy": SIZES, "tiers": TIERS}),
    Call(cases.case_table, {**BOTH, "cases": CASES, "cities": CITIES}),
    Call(yardsticks.yardstick_table, {**BOTH, "rankings": RANKINGS}),
    Call(economy.relation_table, {**BOTH, "economy": SIZES}, {"draws": 9, "seed": 1}),
    Call(economy.expected_table, {"scores": SCORES, "economy": SIZES, "fits": FITS}),
    Call(regions.region_table, {**BOTH, "cities": SCORES, "regions": REGIONS}, {"places": 2}),
    Call(regions.province_table, {**BOTH, "cities": SCORES}, {"places": 2}),
    Call(
        losses.losses,
        {"framework": TREE, "measures": MEASURES, "cells": CELLS},
        {"grades": ["observed"]},
    ),
    Call(
        city_study.usable_measures,
        {"cells": CELLS, "measures": MEASURES[["measure", "weak_tried", "stands_in_for"]]},
        {"record": pd.DataFrame({"parcels": [1.0, 2.0]}, index=["a", "b"])},
    ),
    Call(
        indicators.unranked,
        {"missing": MISSING, "shares": pd.DataFrame({"all": 0.0}, ["c"]), "cities": CITIES},
    ),
    Call(
        case_figures.domain_picture,
        {"scores": SCORES, "domains": MEDIANS},
        {**WORDS, "singled_out": pd.Series({"a": "x"}, name="economy")},
    ),
    Call(
        economy_figures.size_scatter,
        {"scores": SCORES, "economy_cities": SIZED, "fits": FITS},
        WORDS,
    ),
    Call(
        reconstruction.reconstructed_curve,
        {"reconstructed": RECONSTRUCTED, "published": LISTED, "tiers": TIERS},
        WORDS,
    ),
]
NEEDED = [
    pytest.param(call, frame, column, id=f"{call.function.__name__}-{frame}-{column}")
    for call in CALLS
    for frame in call.frames
    for column in columns(call.function, frame)
]


def plain(found: object) -> object:
    """A result in a form that can be compared."""
    if isinstance(found, pd.DataFrame):
        return found.to_csv()
    return style.svg(found).data if isinstance(found, Figure) else found


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.function.__name__)
def test_a_function_works_with_the_columns_named_alone(call):
    whole = call.function(**call.frames, **call.others)
    assert plain(call.function(**call.cut, **call.others)) == plain(whole)
    assert not isinstance(whole, pd.DataFrame) or not whole.empty


@pytest.mark.parametrize(("call", "frame", "column"), NEEDED)
def test_a_function_does_not_work_without_a_column_named(call, frame, column):
    given = {**call.cut, frame: call.cut[frame].drop(columns=column)}
    with pytest.raises(KeyError):
        call.function(**given, **call.others)


@pytest.mark.parametrize("function", [audit.data_tables, audit.audit_tables])
def test_an_index_is_audited_by_the_columns_named_alone(tiny_edition, tables, function):
    ranking = scores.rank_cities(**tables, method=method.load(tiny_edition))
    given = {name: tables[name] for name in ("cells", "cities")}
    whole, cut = (
        function(ranking.matrix, ranking.composite, **frames)
        for frames in (given, named(function, **given))
    )
    assert len(whole) > 3
    for name, table in whole.items():
        pd.testing.assert_frame_equal(cut[name], table)
