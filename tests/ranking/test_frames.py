"""A function that takes three frames says which columns of each it reads, and reads no others."""

import ast
import inspect
import re
from collections.abc import Callable
from importlib import import_module
from types import ModuleType

import pandas as pd
import pytest

from analysis.chapters import regions
from analysis.editions import ROOT
from analysis.ranking import cleaning, method, scores

PATHS = [path for room in ("index", "ranking") for path in (ROOT / "analysis" / room).rglob("*.py")]
MODULES = [
    regions,
    *(
        import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        for path in sorted(PATHS)
        if path.stem != "__init__"
    ),
]
DESCRIBED = pd.concat(
    [
        pd.read_csv(ROOT / "data" / "dictionary.csv", dtype=str),
        pd.read_csv(ROOT / "data" / "reference" / "columns.csv", dtype=str),
    ]
)
# One row per unit and a column per leaf or node: their columns are told by the framework.
BY_CODE = {"data", "treated", "normalised", "nodes", "years"}
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
    assert len(FUNCTIONS) == 11


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
    return {name: table[columns(function, name)] for name, table in tables.items()}


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


@pytest.mark.parametrize(
    ("function", "others"),
    [
        (
            regions.region_table,
            {"regions": pd.DataFrame({"region": ["East"], "order": [1], "x": 0})},
        ),
        (regions.province_table, {}),
    ],
)
def test_places_are_counted_by_the_columns_named_alone(function, others):
    cities = pd.DataFrame(
        {"adcode": list("abc"), "province": ["P", "P", "Q"], "region": ["East", "East", "West"]}
    )
    ranked = cities.assign(rank=[1, 2, 3], index=[9.0, 5.0, 1.0], score=0)
    given = {"cities": cities, "published": cities.head(2), "scores": ranked} | others
    found = function(**named(function, **given), places=2)
    pd.testing.assert_frame_equal(found, function(**given, places=2))
