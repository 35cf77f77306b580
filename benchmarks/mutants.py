"""Mutants: the program with one small mistake in it, which the tests have to notice.

``make mutants`` makes them of `analysis/index`, `analysis/ranking` and `analysis/chapters/regions`
and prints every one that stays alive. A mistake is another comparison, operator, number, constant
or connective, a condition turned round, a statement or a result left out. Those that cannot change
what the program does stand in `equivalent_mutants.csv`, with the reason, and are not counted.

Each mutant runs in a process of its own, which has everything loaded before the mistake is put in,
and meets the tests of its own module, its examples, and what `TESTED_BY` adds. What starts
worker processes, `cluster` and `simulation`, is left out, and so are `own_figures`, whose tests lay
out an edition each and take minutes, and a few other tests that take long.
"""

import argparse
import ast
import csv
import importlib
import importlib.abc
import importlib.util
import inspect
import os
import random
import resource
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings

ROOT = Path(__file__).parents[1]
EQUIVALENT = Path(__file__).parent / "equivalent_mutants.csv"
LEFT_OUT = {"cluster", "simulation", "own_figures", "example", "refusal", "__init__"}
# Modules that other tests of their room try too, besides the file of their own name.
TESTED_BY = {
    "index/audit/distribution": ["index/audit/test_coverage.py"],
    "index/robustness/draws": ["index/robustness/test_engine.py"],
    "index/robustness/kernel": ["index/robustness/test_engine.py"],
    "index/robustness/flatten": ["index/robustness/test_engine.py"],
    "index/robustness/states": ["index/robustness/test_engine.py"],
    "index/robustness/replay": ["index/robustness/test_engine.py"],
    "index/robustness/study": ["index/robustness/test_engine.py"],
    "ranking/bands": ["ranking/test_scores.py"],
    "ranking/of_record": ["ranking/test_scores.py"],
}
SLOW = (
    "every_rank_is_that or every_score_is_that or same_figures_share or the_plain_kernel "
    "or nine_intervals or a_hundred_draws or matter[40] or a_gap_leaves_its_weight "
    "or figure_stands_in or carried_figure_says"
)
# What these prepare takes long too.
SLOW_FIXTURES = {"other_method", "real_copy", "real_cells", "ranked", "shenzhen"}
# Of computing, on a machine that may have other work; the longest tests of a module take half.
SECONDS = 60
GOAL = 0.02

OPERATORS: dict[type, list[type]] = {
    ast.Lt: [ast.LtE, ast.GtE],
    ast.LtE: [ast.Lt, ast.Gt],
    ast.Gt: [ast.GtE, ast.LtE],
    ast.GtE: [ast.Gt, ast.Lt],
    ast.Eq: [ast.NotEq],
    ast.NotEq: [ast.Eq],
    ast.In: [ast.NotIn],
    ast.NotIn: [ast.In],
    ast.Is: [ast.IsNot],
    ast.IsNot: [ast.Is],
    ast.Add: [ast.Sub],
    ast.Sub: [ast.Add],
    ast.Mult: [ast.Div],
    ast.Div: [ast.Mult],
    ast.FloorDiv: [ast.Mult],
    ast.Mod: [ast.Mult],
    ast.Pow: [ast.Mult],
    ast.BitAnd: [ast.BitOr],
    ast.BitOr: [ast.BitAnd],
    ast.And: [ast.Or],
    ast.Or: [ast.And],
}


@dataclass(frozen=True)
class Mutant:
    """One mistake: where, what it is, the source with it, and the function that it is in."""

    path: Path
    line: int
    before: str
    after: str
    function: str
    number: int

    @property
    def module(self) -> str:
        """Name of the module."""
        return ".".join(self.path.relative_to(ROOT).with_suffix("").parts)

    @cached_property
    def source(self) -> str:
        """The source of the module with the mistake in it."""
        tree = ast.parse(self.path.read_text("utf8"))
        owner, key, _, other, _ = list(_mistakes(tree))[self.number]
        _put(owner, key, other)
        return ast.unparse(tree)

    @cached_property
    def row(self) -> tuple[str, str, str]:
        """File, text of the line and mistake, as `equivalent_mutants.csv` has them."""
        text = self.path.read_text("utf8").splitlines()[self.line - 1].strip()
        return str(self.path.relative_to(ROOT)), text, f"{self.before} -> {self.after}"


def mutants(path: Path) -> Iterator[Mutant]:
    """All mutants of a file."""
    mistakes = _mistakes(ast.parse(path.read_text("utf8")))
    for number, (_, _, node, other, function) in enumerate(mistakes):
        yield Mutant(path, node.lineno, _short(node), _short(other), function, number)


def _mistakes(tree: ast.Module) -> Iterator[tuple[Any, Any, Any, ast.AST, str]]:
    """Every node with its place and owner, what may stand there by mistake, and its function."""
    for owner, key, node, function in _places(tree, ""):
        for other in _others(node):
            yield owner, key, node, other, function


def _places(node: ast.AST, function: str) -> Iterator[tuple[Any, Any, Any, str]]:
    """Every node below this one with its place in its owner and the function that it is in."""
    # Whether lengths are compared is no matter of what is computed.
    if isinstance(node, ast.keyword) and node.arg == "strict":
        return
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns", "decorator_list", "type_params"):
            continue
        within = "" if field == "args" and isinstance(node, ast.FunctionDef) else function
        pairs = enumerate(value) if isinstance(value, list) else [(field, value)]
        for key, child in pairs:
            if not isinstance(child, ast.AST) or isinstance(child, ast.JoinedStr):
                continue
            yield value if isinstance(value, list) else node, key, child, within
            yield from _places(child, _named(child, within, node))


def _named(child: ast.AST, function: str, parent: ast.AST) -> str:
    """The outermost function, with its class, to which what lies below a node belongs."""
    if isinstance(child, ast.ClassDef) and isinstance(parent, ast.Module):
        return f"{child.name}."
    if isinstance(child, ast.FunctionDef) and (not function or function.endswith(".")):
        return function + child.name
    return function


def _put(owner: Any, key: Any, node: ast.AST) -> None:
    if isinstance(owner, list):
        owner[key] = node
    else:
        setattr(owner, key, node)


def _short(node: ast.AST) -> str:
    return " ".join(ast.unparse(ast.fix_missing_locations(node)).split())


def _others(node: ast.AST) -> Iterator[ast.AST]:
    """What may stand by mistake in place of a node."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        for operator in OPERATORS[type(node.ops[0])]:
            yield ast.Compare(node.left, [operator()], node.comparators)
    elif isinstance(node, ast.Compare):
        for place, present in enumerate(node.ops):
            changed = OPERATORS[type(present)][0]()
            yield ast.Compare(
                node.left, [*node.ops[:place], changed, *node.ops[place + 1 :]], node.comparators
            )
    elif isinstance(node, ast.BinOp):
        for operator in OPERATORS.get(type(node.op), []):
            yield ast.BinOp(node.left, operator(), node.right)
    elif isinstance(node, ast.BoolOp):
        yield ast.BoolOp(OPERATORS[type(node.op)][0](), node.values)
    elif isinstance(node, ast.UnaryOp):
        yield node.operand
    else:
        yield from _other_constants(node)
        yield from _other_statements(node)


def _other_constants(node: ast.AST) -> Iterator[ast.AST]:
    if not isinstance(node, ast.Constant):
        return
    if isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node.value, int | float):
        yield ast.Constant(node.value + 1)
        yield ast.Constant(node.value - 1)


def _other_statements(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Return):
        if node.value is not None and ast.unparse(node.value) != "None":
            yield ast.Return(ast.Constant(None))
    elif isinstance(node, ast.If | ast.IfExp | ast.While):
        turned = ast.UnaryOp(ast.Not(), node.test)
        parts = {name: value for name, value in ast.iter_fields(node) if name != "test"}
        yield type(node)(test=turned, **parts)
    elif isinstance(node, ast.Raise | ast.AugAssign | ast.Continue) or (
        isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant | ast.Yield)
    ):
        yield ast.Pass()


def paths() -> list[Path]:
    """The files that mutants are made of."""
    rooms = [ROOT / "analysis" / room for room in ("index", "ranking")]
    found = [path for room in rooms for path in sorted(room.rglob("*.py"))]
    found.append(ROOT / "analysis" / "chapters" / "regions.py")
    return [path for path in found if path.stem not in LEFT_OUT]


def own_tests(path: Path) -> list[str]:
    """The module itself for its examples, and the tests of its name."""
    name = str(path.relative_to(ROOT / "analysis").with_suffix(""))
    folder, stem = name.rsplit("/", 1)
    named = ROOT / "tests" / folder / f"test_{stem}.py"
    others = [ROOT / "tests" / file for file in TESTED_BY.get(name, [])]
    examples = [path] if "/index/" in str(path) else []
    return [str(file) for file in [*examples, *([named] if named.exists() else []), *others]]


def load(path: Path) -> ModuleType:
    """A module of the program, or of the tests."""
    base = ROOT if path.is_relative_to(ROOT / "analysis") else ROOT / "tests"
    return importlib.import_module(".".join(path.relative_to(base).with_suffix("").parts))


def put_in(mutant: Mutant) -> None:
    """Put a mistake into the loaded program: into a function, else by loading it all anew."""
    code = compile(mutant.source, str(mutant.path), "exec")
    function = _function(load(mutant.path), mutant.function)
    new = _code(code, mutant.function)
    if function is not None and new is not None:
        function.__code__ = new
        return
    for name in [name for name in sys.modules if name.startswith("analysis")]:
        del sys.modules[name]
    for path in (ROOT / "tests").rglob("*.py"):
        sys.modules.pop(".".join(path.relative_to(ROOT / "tests").with_suffix("").parts), None)
    sys.meta_path.insert(0, Mistaken(mutant))


class Quick:
    """Leaves out the tests for which something slow has to be prepared."""

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keep the others."""
        items[:] = [item for item in items if not SLOW_FIXTURES & set(_fixtures(item))]


def _fixtures(item: pytest.Item) -> list[str]:
    return getattr(item, "fixturenames", [])


class Mistaken(importlib.abc.Loader):
    """Finds the module with the mistake when it is imported."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant

    def find_spec(self, name: str, *_: object) -> Any:
        """The module with the mistake, and no other."""
        if name != self.mutant.module:
            return None
        path = self.mutant.path
        return importlib.util.spec_from_file_location(name, path, loader=self)

    def exec_module(self, module: ModuleType) -> None:
        """Run the source with the mistake."""
        exec(compile(self.mutant.source, str(self.mutant.path), "exec"), module.__dict__)


def _function(module: ModuleType, name: str) -> FunctionType | None:
    found: Any = module
    for part in name.split("."):
        found = inspect.getattr_static(found, part, None)
    for wrapper in ("fget", "func", "__wrapped__", "__func__"):
        found = getattr(found, wrapper, None) or found
    return found if isinstance(found, FunctionType) else None


def _code(code: CodeType, name: str) -> CodeType | None:
    inside = [constant for constant in code.co_consts if isinstance(constant, CodeType)]
    below = (_code(part, name) for part in inside)
    return next((part for part in [*inside, *below] if part and part.co_qualname == name), None)


def survives(mutant: Mutant) -> bool:
    """Whether its tests pass with the mistake in the program."""
    return pass_with(mutant.path, mutant)


def pass_with(path: Path, mutant: Mutant | None) -> bool:
    """Whether the tests of a module pass, with a mistake in the program or without any."""
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
        os._exit(_run(path, mutant))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def _run(path: Path, mutant: Mutant | None) -> int:
    try:
        if mutant is not None:
            put_in(mutant)
        plain = ["--noconftest"] if "/index/" in str(path) else []
        plugins = ["cacheprovider", "xdist", "hypothesispytest"]
        options = [
            "-x",
            "-q",
            "--assert=plain",
            "--tb=no",
            "-k",
            f"not ({SLOW})",
            "--rootdir",
            str(ROOT),
        ]
        options += [*plain, *(f"-pno:{name}" for name in plugins)]
        return int(pytest.main([*own_tests(path), *options], plugins=[Quick()]))
    except BaseException:
        return 1


def prepare(files: list[Path]) -> None:
    """Load the program and its tests once, with few examples for each property."""
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    settings.register_profile(
        "mutants", deadline=None, derandomize=True, database=None, max_examples=5,
        phases=[Phase.explicit, Phase.generate], report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    settings.load_profile("mutants")
    for path in {Path(test) for file in files for test in own_tests(file)}:
        load(path)


def equivalent() -> set[tuple[str, str, str]]:
    """The mutants that cannot change what the program does."""
    with EQUIVALENT.open(encoding="utf8") as file:
        return {(row["file"], row["line"], row["mutation"]) for row in csv.DictReader(file)}


def main() -> None:
    """Try a sample of the mutants, print those that live, and fail if they are too many."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=400, help="mutants in the sample, 0 for all")
    parser.add_argument("--seed", type=int, default=1, help="seed of the sample")
    parser.add_argument("--only", default="", help="part of the names of the files")
    chosen = parser.parse_args()
    files = [path for path in paths() if chosen.only in str(path.relative_to(ROOT))]
    every = [mutant for path in files for mutant in mutants(path)]
    known = equivalent()
    judged = [mutant for mutant in every if mutant.row not in known]
    random.Random(chosen.seed).shuffle(judged)
    sample = judged[: chosen.count or None]
    if not sample:
        sys.exit(f"there is no mutant to try in files called {chosen.only!r}")
    prepare(files)
    # Tests that fail anyhow would seem to notice every mistake.
    failing = [path for path in {mutant.path for mutant in sample} if not pass_with(path, None)]
    if failing:
        sys.exit(f"the tests of {', '.join(map(str, failing))} fail without any mistake")
    alive = 0
    for number, mutant in enumerate(sample, 1):
        print(f"{number} of {len(sample)}", end="\r", file=sys.stderr, flush=True)
        if survives(mutant):
            alive += 1
            file, text, mistake = mutant.row
            print(f"{file}:{mutant.line}: {text}\n    {mistake}", flush=True)
    print(f"mutants\t{len(every)}\nequivalent\t{len(every) - len(judged)}")
    print(f"tried\t{len(sample)}\nalive\t{alive}\t{alive / len(sample):.1%}")
    sys.exit(alive > GOAL * len(sample))


if __name__ == "__main__":
    main()
