"""What others may import from the engine says what it takes, when it refuses, and shows itself."""

import ast
import json
import re
from collections import defaultdict
from pathlib import Path

import pytest

from analysis.editions import ROOT

ENGINE = ROOT / "analysis" / "index"
OUTSIDE = [
    *(path for path in (ROOT / "analysis").rglob("*.py") if not path.is_relative_to(ENGINE)),
    *(ROOT / "benchmarks").glob("*.py"),
    *(ROOT / "notebooks").glob("*.ipynb"),
]
# Exceptions that say nothing but their name, and workers, which are told by `cluster`.
PLAIN = {"analysis.index.refusal", "analysis.index.robustness.simulation"}


def source(path: Path) -> str:
    if path.suffix == ".py":
        return path.read_text("utf8")
    cells = json.loads(path.read_text("utf8"))["cells"]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    return "\n".join(line for line in code.splitlines() if not line.startswith(("%", "!")))


def is_module(name: str) -> bool:
    return (ROOT / f"{name.replace('.', '/')}.py").exists()


def imported() -> dict[str, set[str]]:
    """Names that other rooms take from each module of the engine."""
    found = defaultdict(set)
    for path in OUTSIDE:
        tree, modules = ast.parse(source(path)), {}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and str(node.module).startswith("analysis.index"):
                for alias in node.names:
                    whole = f"{node.module}.{alias.name}"
                    if is_module(whole):
                        modules[alias.asname or alias.name] = whole
                    else:
                        found[node.module].add(alias.name)
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                found[modules.get(node.value.id)].add(node.attr)
    return {module: names for module, names in found.items() if module and module not in PLAIN}


def definitions() -> dict[str, ast.FunctionDef | ast.ClassDef]:
    """Functions and classes of the engine that other rooms import, by their full name."""
    found = {}
    for module, names in imported().items():
        tree = ast.parse((ROOT / f"{module.replace('.', '/')}.py").read_text("utf8"))
        found |= {
            f"{module}.{node.name}": node
            for node in tree.body
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name in names
        }
    return found


@pytest.fixture(scope="module")
def defined() -> dict[str, ast.FunctionDef | ast.ClassDef]:
    return definitions()


@pytest.fixture(scope="module")
def functions(defined) -> dict[str, ast.FunctionDef]:
    return {name: node for name, node in defined.items() if isinstance(node, ast.FunctionDef)}


def test_other_rooms_import_most_of_the_engine(defined):
    assert len(defined) > 50


def test_what_others_import_has_an_example(defined):
    texts = {name: ast.get_docstring(node) or "" for name, node in defined.items()}
    parts = ("Examples\n--------\n", ">>> ")
    assert [name for name, text in texts.items() if not all(part in text for part in parts)] == []


def test_what_raises_by_itself_says_so(functions):
    raising = [
        name
        for name, node in functions.items()
        if any(isinstance(part, ast.Raise) for part in ast.walk(node))
    ]
    assert len(raising) > 10
    assert [
        name for name in raising if "Raises\n------\n" not in ast.get_docstring(functions[name])
    ] == []


def test_a_function_of_two_parameters_or_more_names_them_all(functions):
    unnamed = {name: parameters_unnamed(node) for name, node in functions.items()}
    assert {name: some for name, some in unnamed.items() if some} == {}


def parameters_unnamed(function: ast.FunctionDef) -> list[str]:
    """Parameters, of two or more, that the docstring does not name."""
    names = [each.arg for each in [*function.args.args, *function.args.kwonlyargs]]
    text = ast.get_docstring(function) or ""
    return [n for n in names if len(names) > 1 and not re.search(rf"\b{n}\b", text)]
